"""What an examination comes to: parts that are there, that are missing, or that can be done without."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """Whether a part is there."""

    OK = "ok"
    MISSING = "missing"
    """Needed, and not there: nothing works until it is mended."""
    OPTIONAL = "optional"
    """Not there, and the rest works without it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Symptom:
    """One thing that was looked at."""

    what: str
    health: Health
    found: str
    mend: str = ""


def fine(what: str, found: str) -> Symptom:
    """It is there."""
    return Symptom(what=what, health=Health.OK, found=found)


def missing(what: str, found: str, mend: str) -> Symptom:
    """It is needed, and not there."""
    return Symptom(what=what, health=Health.MISSING, found=found, mend=mend)


def optional(what: str, found: str, mend: str) -> Symptom:
    """It is not there, and the rest works without it."""
    return Symptom(what=what, health=Health.OPTIONAL, found=found, mend=mend)
