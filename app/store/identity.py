"""Second factors and one-time codes at rest: secrets encrypted by the caller, codes only as salted hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.store.locks import take_places
from app.store.tables import approvals, one_time_codes, second_factors


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondFactor:
    """One person's authenticator app, and what was tried with it."""

    person: str
    secret: str | None = None
    """Encrypted; None until an enrolment was confirmed."""
    pending: str | None = None
    """Encrypted; waits for its first code."""
    enrolled_at: datetime | None = None
    last_step: int | None = None
    """The newest time step whose code was accepted; none up to it is accepted again."""
    tries: int = 0
    """Wrong codes in a row."""
    locked_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OneTimeCode:
    """One code for one person's word on one digest, in answer to one request."""

    id: str
    person: str
    request_id: str
    draft_id: str
    digest: str
    salt: str
    hash: str
    issued_at: datetime
    expires_at: datetime
    tries: int = 0
    """How often a code was tried on its request since it was issued, right or wrong."""
    closed_at: datetime | None = None
    """When it was used, or made worthless by a newer one."""


class IdentityRepository:
    """Reads and writes both on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hold(self, name: str) -> None:
        """Nobody else who holds this name goes on before this transaction ends. Before any row is written."""
        take_places(self._connection, [f"identity:{name}"])

    def factor(self, person: str) -> SecondFactor:
        """The person's second factor; an empty one where they never began to enrol."""
        row = self._connection.execute(sa.select(second_factors).where(second_factors.c.person == person)).first()
        return SecondFactor(**row._mapping) if row else SecondFactor(person=person)

    def factors(self) -> Sequence[SecondFactor]:
        """Everybody's, by person."""
        found = self._connection.execute(sa.select(second_factors).order_by(second_factors.c.person))
        return [SecondFactor(**row._mapping) for row in found]

    def save_factor(self, factor: SecondFactor) -> None:
        """Keep it as it is now. Call `hold` with the person before it is read."""
        values = _values(factor)
        mine = second_factors.c.person == factor.person
        if self._connection.execute(sa.update(second_factors).where(mine).values(**values)).rowcount == 0:
            self._connection.execute(sa.insert(second_factors).values(**values))

    def issue(self, code: OneTimeCode) -> None:
        """Keep a fresh code; those that the person had for the same request are worthless from now on."""
        earlier = (one_time_codes.c.request_id == code.request_id) & (one_time_codes.c.person == code.person)
        self._close(earlier, at=code.issued_at)
        self._connection.execute(sa.insert(one_time_codes).values(**_values(code)))

    def issued_since(self, person: str, moment: datetime) -> Sequence[datetime]:
        """When the person was given codes after the moment, oldest first."""
        mine = (one_time_codes.c.person == person) & (one_time_codes.c.issued_at > moment)
        query = sa.select(one_time_codes.c.issued_at).where(mine).order_by(one_time_codes.c.issued_at)
        return self._connection.execute(query).scalars().all()

    def try_codes(self, request_id: str, *, now: datetime, most_tries: int) -> Sequence[OneTimeCode]:
        """Count one more try on each code of the request that is worth anything, and return those."""
        alive = (
            (one_time_codes.c.request_id == request_id)
            & one_time_codes.c.closed_at.is_(None)
            & (one_time_codes.c.expires_at > now)
            & (one_time_codes.c.tries < most_tries)
        )
        ids = self._connection.execute(sa.select(one_time_codes.c.id).where(alive)).scalars().all()
        these = one_time_codes.c.id.in_(ids)
        self._connection.execute(sa.update(one_time_codes).where(these).values(tries=one_time_codes.c.tries + 1))
        found = self._connection.execute(sa.select(one_time_codes).where(these).order_by(one_time_codes.c.id))
        return [OneTimeCode(**row._mapping) for row in found]

    def draft_of_request(self, request_id: str) -> str | None:
        """The id of the draft that the request asks about, or None where there is no such request."""
        query = sa.select(approvals.c.draft_id).where(approvals.c.id == request_id)
        return self._connection.execute(query).scalar_one_or_none()

    def close_code(self, code: OneTimeCode, *, at: datetime) -> None:
        """It has been used."""
        self._close(one_time_codes.c.id == code.id, at=at)

    def reopen_code(self, code: OneTimeCode) -> None:
        """It was not used after all."""
        mine = one_time_codes.c.id == code.id
        self._connection.execute(sa.update(one_time_codes).where(mine).values(closed_at=None))

    def _close(self, which: sa.ColumnElement[bool], *, at: datetime) -> None:
        open_ones = which & one_time_codes.c.closed_at.is_(None)
        self._connection.execute(sa.update(one_time_codes).where(open_ones).values(closed_at=at))


def _values(record: SecondFactor | OneTimeCode) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}
