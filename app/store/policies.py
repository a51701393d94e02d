"""Published policies. A version, once published, never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.digest import sha256_of
from app.store.tables import policies


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedPolicy:
    """The text of a policy that is or was in force."""

    version: int
    text: str
    published_by: str
    published_at: datetime


_LIVE = sa.select(sa.func.max(policies.c.version))


class PolicyRepository:
    """Reads and writes published policies on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def live_version(self) -> int | None:
        """The version in force: the highest that was published. None where there is none."""
        version: int | None = self._connection.execute(_LIVE).scalar()
        return version

    def get(self, version: int) -> PublishedPolicy | None:
        """One published version, or None."""
        row = self._connection.execute(sa.select(policies).where(policies.c.version == version)).first()
        if row is None:
            return None
        return PublishedPolicy(
            version=row.version, text=row.text, published_by=row.published_by, published_at=row.published_at
        )

    def publish(self, policy: PublishedPolicy) -> None:
        """Put a version in force. Raises sqlalchemy's IntegrityError where it was published already."""
        self._connection.execute(
            sa.insert(policies).values(
                version=policy.version,
                text=policy.text,
                sha256=sha256_of(policy.text.encode()),
                published_by=policy.published_by,
                published_at=policy.published_at,
            )
        )

    def every_version(self) -> Iterator[PublishedPolicy]:
        """Everything that was ever published, oldest first."""
        found = self._connection.execute(
            sa.select(policies.c.version, policies.c.text, policies.c.published_by, policies.c.published_at).order_by(
                policies.c.version
            )
        )
        return (PublishedPolicy(**row._mapping) for row in found)
