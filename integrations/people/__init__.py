"""Directories of colleagues."""
