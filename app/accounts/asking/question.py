"""One cheap question to a provider, which changes nothing there, and what may be wrong where the answer is no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.clock import Clock
from app.core.grants import Grants
from app.settings import Settings


class About(StrEnum):
    """What of an account is asked about."""

    MAIL = "mail"
    CALENDAR = "calendar"
    CRM = "crm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked, in whose name, and for how long it may be waited."""

    about: About
    account: str
    """The name under which it is kept."""
    settings: Settings
    grants: Grants
    clock: Clock
    seconds: float


class Ailing(Exception):
    """The provider did not answer as it does where all is well. Neither part holds a secret."""

    def __init__(self, found: str, mend: str) -> None:
        super().__init__(found)
        self.found = found
        self.mend = mend

    @classmethod
    def told(cls, message: str, *, otherwise: str) -> Ailing:
        """From an error whose message says after a semicolon what to do; `otherwise`, where it does not."""
        found, _, mend = message.partition("; ")
        return cls(found, mend or otherwise)


def unreachable(name: str, error: Exception, *, setting: str) -> Ailing:
    """Nobody is there, or not in time. `setting` says where the provider is."""
    settings = f"COUNTERSIGN_{setting} and COUNTERSIGN_ACCOUNTS_CA_FILE"
    mend = f"look at this machine's network, and at {settings} if they are set"
    return Ailing(f"{name} cannot be reached ({error})", mend)
