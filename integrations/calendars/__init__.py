"""Sources of busy times."""
