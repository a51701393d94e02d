"""What can be wrong with a draft. One file a family of checks; each check is a function over the gathered facts."""

from app.checks.check import Check
from app.checks.registry import CHECKS, Checked, run_checks

__all__ = ["CHECKS", "Check", "Checked", "run_checks"]
