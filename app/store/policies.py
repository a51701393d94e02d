"""Published policies. A version, once published, never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

import sqlalchemy as sa

from app.core.digest import sha256_of
from app.store.locks import take_publishing
from app.store.prepared import rows_of
from app.store.tables import policies


class Basis(StrEnum):
    """Why a text was allowed to come into force."""

    FIRST = "first"
    """It was the house's first policy."""
    REVIEWED = "reviewed"
    """Somebody other than its author approved it."""
    UNREVIEWED = "unreviewed"
    """An admin published it without a review, as an exception, and gave a reason."""
    ROLLBACK = "rollback"
    """It had been in force before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedPolicy:
    """The text of a policy that is or was in force."""

    version: int
    text: str
    published_by: str
    published_at: datetime
    basis: Basis | None = None
    """None for what was published before this was kept."""
    proposal_id: str | None = None
    """The proposal that was approved, where it was reviewed."""
    rolled_back_to: int | None = None
    """The version whose text this is, where it was rolled back to."""
    reason: str | None = None
    """Why it was published without a review, or rolled back."""


_LIVE = sa.select(sa.func.max(policies.c.version))
_EVERYTHING = [column for column in policies.c if column.name != "sha256"]


class PolicyRepository:
    """Reads and writes published policies on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def live_version(self) -> int | None:
        """The version in force: the highest that was published. None where there is none."""
        ((version,),) = rows_of(self._connection, _LIVE, {})
        return cast("int | None", version)

    def live_version_until_commit(self) -> int | None:
        """The version in force, which nobody else can replace before this transaction ends."""
        take_publishing(self._connection)
        return self.live_version()

    def get(self, version: int) -> PublishedPolicy | None:
        """One published version, or None."""
        row = self._connection.execute(sa.select(*_EVERYTHING).where(policies.c.version == version)).first()
        return _policy(row) if row is not None else None

    def publish(self, policy: PublishedPolicy) -> None:
        """Put a version in force. Raises sqlalchemy's IntegrityError where it was published already."""
        values = {name: getattr(policy, name) for name in policy.__slots__}
        values["basis"] = policy.basis.value if policy.basis else None
        self._connection.execute(sa.insert(policies).values(**values, sha256=sha256_of(policy.text.encode())))

    def every_version(self) -> Iterator[PublishedPolicy]:
        """Everything that was ever published, oldest first."""
        found = self._connection.execute(sa.select(*_EVERYTHING).order_by(policies.c.version))
        return (_policy(row) for row in found)


def _policy(row: sa.Row[tuple[object, ...]]) -> PublishedPolicy:
    values = dict(row._mapping)
    basis = values.pop("basis")
    return PublishedPolicy(**values, basis=Basis(basis) if basis else None)
