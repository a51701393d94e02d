"""How grave a log line is."""

from __future__ import annotations

import logging
from enum import StrEnum


class LogLevel(StrEnum):
    """From which gravity on lines are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        """As the standard library counts it."""
        return logging.getLevelNamesMapping()[self.value.upper()]
