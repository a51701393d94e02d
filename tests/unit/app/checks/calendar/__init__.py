"""The checks of times and days, one file a question."""
