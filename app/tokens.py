"""API tokens: a secret that is shown once, kept as a hash, and worth a person's rights within its scopes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.errors import InvalidInput, NotFound
from app.core.facts import Person
from app.core.ids import Ids
from app.permissions import Operation, may, require
from app.permissions.relations import to_somebodys
from app.store.store import Reader, Store
from app.store.tokens import Token
from app.trail import happened

PREFIX = "cs_"
_SECRET_BYTES = 32
LONGEST_DAYS = 3650


class Scope(StrEnum):
    """What a token may be used for."""

    SUBMIT = "drafts:submit"
    READ = "drafts:read"
    RESOLVE = "approvals:resolve"
    AGENT = "approvals:agent"
    """For a program that hands on the word of an agent which a rule asks."""
    ACTIONS_PROPOSE = "actions:propose"
    ACTIONS_READ = "actions:read"
    ACTIONS_EXECUTE = "actions:execute"
    """For a program that claims approved actions, carries them out and reports."""
    LEDGER_READ = "ledger:read"
    LEDGER_WRITE = "ledger:write"
    AUDIT_READ = "audit:read"
    POLICY_READ = "policy:read"
    STOPS = "stops:manage"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A fresh token. The secret is here and nowhere else: whoever loses it needs another token."""

    token: Token
    secret: str


def issue(
    store: Store, ids: Ids, *, person: Person, scopes: Sequence[str], days: int | None, now: datetime
) -> Issued:
    """Make a token with which programs act as this person, for so many days or (None) until it is revoked.

    Nobody, an admin neither, can make one that acts as somebody else: that would be deciding in their name. Raises
    InvalidInput for an unknown scope, no scope, or days out of range.
    """
    require(person, Operation.TOKENS_ISSUE, to_somebodys(person, person.id), doing="make a token")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput(f"must be between 1 and {LONGEST_DAYS}", field="days")
    token = Token(
        id=ids.new("tk"),
        person=person.id,
        scopes=_known(scopes),
        created_at=now,
        expires_at=now + timedelta(days=days) if days is not None else None,
    )
    secret = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    with store.write(now=now) as tx:
        tx.tokens.add(token, secret)
        expires = token.expires_at.isoformat() if token.expires_at else None
        tx.record(
            happened(
                "token.issued", f"person:{person.id}", token=token.id, scopes=list(token.scopes), expires=expires
            )
        )
    return Issued(token=token, secret=secret)


def _known(scopes: Sequence[str]) -> tuple[str, ...]:
    words = list(dict.fromkeys(word for given in scopes for word in given.replace(",", " ").split()))
    unknown = [word for word in words if word not in list(Scope)]
    if unknown or not words:
        wrong = f"{unknown[0]!a} is unknown" if unknown else "is missing"
        raise InvalidInput(f"{wrong}; possible are {', '.join(Scope)}", field="scope")
    return tuple(words)


def every(reader: Reader, *, person: Person | None = None) -> Sequence[Token]:
    """The tokens that the person may manage, oldest first, without their secrets; None: all, for the operator."""
    return [token for token in reader.tokens.every() if person is None or _may_manage(person, token)]


def revoke(store: Store, token_id: str, *, person: Person | None = None, now: datetime) -> None:
    """Make a token worthless. Doing it twice does it once; None is the operator of this machine.

    Raises NotFound, also where the person may not manage the token.
    """
    with store.write(now=now) as tx:
        if all(token.id != token_id for token in every(tx, person=person)):
            raise NotFound("token", token_id)
        if tx.tokens.revoke(token_id, at=now):
            tx.record(happened("token.revoked", f"person:{person.id}" if person else "gate", token=token_id))


def _may_manage(person: Person, token: Token) -> bool:
    return may(person, Operation.TOKENS_MANAGE, to_somebodys(person, token.person))


def due_standing(token: Token, now: datetime) -> str:
    """`valid`, `expired` or `revoked`."""
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_at is not None and token.expires_at <= now else "valid"


def bearer(reader: Reader, secret: str, *, now: datetime) -> Token | None:
    """The token with this secret, if it is worth anything now."""
    token = reader.tokens.by_secret(secret) if secret.startswith(PREFIX) else None
    return token if token is not None and due_standing(token, now) == "valid" else None
