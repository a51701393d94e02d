"""Grants at rest. What owners agreed to is in the clear; the secrets come sealed, and are never opened here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.store.locks import take_places
from app.store.tables import grants


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedGrant:
    """One account's row."""

    provider: str
    account: str
    """In lower case."""
    scopes: tuple[str, ...]
    secret: str | None = field(repr=False)
    """Sealed; None where the grant is closed."""
    version: int
    """Grows whenever the secret becomes another one; not where the same one is sealed anew."""
    granted_at: datetime
    granted_by: str | None
    """Who started the sign-in; None for the operator of the machine."""
    renewed_at: datetime | None = None
    closed_at: datetime | None = None
    closed: str = ""
    """Why it is no use any more; empty while it is open."""


class GrantRepository:
    """Reads and writes grants on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hold(self, provider: str, account: str) -> None:
        """Nobody else signs in to this account before this transaction ends. Before any row is written."""
        take_places(self._connection, [f"grant:{provider}:{account}"])

    def find(self, provider: str, account: str) -> SealedGrant | None:
        """The account's row, open or closed; None where nobody ever signed in."""
        row = self._connection.execute(sa.select(grants).where(*_is(provider, account))).first()
        return _grant(row) if row else None

    def every(self, provider: str | None = None) -> Sequence[SealedGrant]:
        """All of them, or those at one provider, by provider and account."""
        query = sa.select(grants).order_by(grants.c.provider, grants.c.account)
        if provider is not None:
            query = query.where(grants.c.provider == provider)
        return [_grant(row) for row in self._connection.execute(query)]

    def put(self, grant: SealedGrant) -> None:
        """Keep it in the place of whatever was there. Call `hold` before that is read."""
        values = {name: getattr(grant, name) for name in grant.__slots__} | {"scopes": list(grant.scopes)}
        mine = sa.update(grants).where(*_is(grant.provider, grant.account))
        if self._connection.execute(mine.values(values)).rowcount == 0:
            self._connection.execute(sa.insert(grants).values(values))

    def renew(self, provider: str, account: str, version: int, secret: str, *, at: datetime) -> bool:
        """Keep the next secret. False where this version is not the newest, or the grant is closed."""
        renewed = {"secret": secret, "version": version + 1, "renewed_at": at}
        return self._changed(_is_open(provider, account, version), renewed)

    def reseal(self, grant: SealedGrant, secret: str) -> bool:
        """Keep the same secret under another key. False where it has changed since it was read."""
        unchanged = (*_is_open(grant.provider, grant.account, grant.version), grants.c.secret == grant.secret)
        return self._changed(unchanged, {"secret": secret})

    def close(self, provider: str, account: str, version: int | None, *, reason: str, at: datetime) -> bool:
        """It is no use any more: its secret goes. False where it is closed already, or is not this version any more.

        Without a version: whichever there is.
        """
        closed = {"secret": None, "closed": reason, "closed_at": at}
        return self._changed(_is_open(provider, account, version), closed)

    def _changed(self, which: tuple[sa.ColumnElement[bool], ...], values: Mapping[str, object]) -> bool:
        return self._connection.execute(sa.update(grants).where(*which).values(**values)).rowcount == 1


def _is(provider: str, account: str) -> tuple[sa.ColumnElement[bool], ...]:
    return grants.c.provider == provider, grants.c.account == account


def _is_open(provider: str, account: str, version: int | None) -> tuple[sa.ColumnElement[bool], ...]:
    which = (*_is(provider, account), grants.c.closed_at.is_(None))
    return which if version is None else (*which, grants.c.version == version)


def _grant(row: sa.Row[tuple[object, ...]]) -> SealedGrant:
    values = {name: row._mapping[name] for name in SealedGrant.__slots__}
    return SealedGrant(**{**values, "scopes": tuple(row._mapping["scopes"])})
