"""Fresh proof that somebody is who they say they are, as rules with `step_up` demand it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

FRESH = timedelta(minutes=5)
"""A proof that is older says nothing about who sits there now."""


class ProofMethod(StrEnum):
    """How it was proved."""

    TOTP = "totp"
    """A code of an authenticator app (RFC 6238)."""
    SIGN_IN = "sign_in"
    """A sign-in at the identity provider, whose `auth_time` says when."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """At this moment this person proved who they are."""

    person: str
    method: ProofMethod
    at: datetime


ProofSource = Callable[[], Proof]
"""Gives the proof when it is asked for, and not before: a code is spent only where it is needed.

Raises WrongCode, TooManyTries or StepUpRequired.
"""


class SignIns(Protocol):
    """What the page knows of its readers' sign-ins at the identity provider."""

    def auth_time(self, person_id: str) -> datetime | None:
        """When this person last gave their credentials (OpenID Connect `auth_time`); None where that is unknown."""
        ...
