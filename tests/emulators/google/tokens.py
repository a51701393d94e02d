"""Grants of people who have agreed, with a token that does not expire while a test runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from tests.emulators.google.keys import MemoryGrants

LetIn = Callable[[str, tuple[str, ...]], tuple[str, str]]
"""Gives an access and a refresh token of an account, with these scopes."""
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


def keep(grants: MemoryGrants, let_in: LetIn, account: str, scopes: tuple[str, ...]) -> None:
    """Have the owner agree, and keep what came of it."""
    token, refresh = let_in(account, scopes)
    secret = {"token": token, "refresh_token": refresh, "expiry": _FOREVER.isoformat()}
    grants.keep("google", account, json.dumps(secret), scopes)
