"""Benchmarks: `python -m tests.benchmarks` prints one JSON line each. What is compared runs side by side, in turn."""
