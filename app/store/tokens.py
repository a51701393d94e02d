"""API tokens at rest: only their hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.store.tables import tokens


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """What a bearer of the token may do, and as whom."""

    id: str
    person: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


def _hash(secret: str) -> str:
    # Secrets are random and long, so one round of SHA-256 cannot be searched back.
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenRepository:
    """Reads and writes tokens on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, token: Token, secret: str) -> None:
        """Keep a token under the hash of its secret."""
        values = {name: getattr(token, name) for name in token.__slots__}
        self._connection.execute(
            sa.insert(tokens).values(**{**values, "scopes": list(token.scopes)}, sha256=_hash(secret))
        )

    def by_secret(self, secret: str) -> Token | None:
        """The token with this secret, valid or not, or None."""
        row = self._connection.execute(sa.select(tokens).where(tokens.c.sha256 == _hash(secret))).first()
        return _token(row) if row else None

    def every(self) -> list[Token]:
        """All tokens, oldest first."""
        found = self._connection.execute(sa.select(tokens).order_by(tokens.c.created_at, tokens.c.id))
        return [_token(row) for row in found]

    def revoke(self, token_id: str, *, at: datetime) -> bool:
        """Make a token worthless; False where there is no such token or it is revoked already."""
        changed = self._connection.execute(
            sa.update(tokens).where(tokens.c.id == token_id, tokens.c.revoked_at.is_(None)).values(revoked_at=at)
        )
        return changed.rowcount == 1


def _token(row: sa.Row[tuple[object, ...]]) -> Token:
    values = {name: row._mapping[name] for name in Token.__slots__}
    return Token(**{**values, "scopes": tuple(row._mapping["scopes"])})
