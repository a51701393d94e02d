"""Checks of the times and days that a draft binds people to, against their calendars and their working time."""
