"""A CRM of other people's as the gate's port: a deal is read at the moment it is asked for, the rest from a copy."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from app.core.errors import FactUnavailable
from app.core.facts import Account, Contact, Deal
from integrations.crm.kept import SOURCE, Kept, Kind, Look
from integrations.crm.line import told
from integrations.crm.records import Flawed

WHOLE_EVERY = timedelta(hours=6)
"""How often everything is read anew, for the sake of what no list of changes tells."""


class Reading(Protocol):
    """What a CRM's own file has to be able to do. Every method raises Trouble, NotReached or NotAnswered."""

    @property
    def system(self) -> str:
        """The CRM's name as people read it."""
        ...

    def deal(self, deal_id: str) -> Deal | Flawed | None:
        """The deal as it is now."""
        ...

    def whole(self) -> Look:
        """Everything."""
        ...

    def changes(self, since: Mapping[Kind, datetime]) -> Look:
        """What has changed since these marks, and possibly some of what changed shortly before."""
        ...


class LiveCrm:
    """The port `Crm` over a CRM. Nothing but `refresh` reads more than one record; call it every minute or so."""

    def __init__(self, reading: Reading, *, whole_every: timedelta = WHOLE_EVERY) -> None:
        self._reading = reading
        self._whole_every = whole_every
        self._kept = Kept(reading.system)
        self._refreshing = threading.Lock()
        self._marks: Mapping[Kind, datetime] = {}
        self._whole_at: datetime | None = None

    def deal(self, deal_id: str) -> Deal | None:
        """The deal as it is in the CRM at this moment, never from the copy; None where there is none.

        Raises FactUnavailable where the CRM does not answer, or says what cannot be meant.
        """
        with told(self._reading.system):
            found = self._reading.deal(deal_id)
        if isinstance(found, Flawed):
            raise FactUnavailable(SOURCE, found.reason)
        return found

    def account(self, account_id: str) -> Account | None:
        """The account with this id as of the last look, also where it became part of another one."""
        return self._kept.account(account_id)

    def contact(self, email: str) -> Contact | None:
        """The contact with this address as of the last look.

        Raises FactUnavailable as well where several contacts at different accounts have the address.
        """
        return self._kept.contact(email)

    def accounts(self) -> Sequence[Account]:
        """Every account as of the last look."""
        return self._kept.accounts()

    def as_of(self) -> datetime:
        """When the CRM was last looked at with success."""
        return self._kept.as_of()

    @property
    def copy(self) -> CopiedCrm:
        """The same CRM for lists and pages, which do without asking it for every deal."""
        return CopiedCrm(self._kept)

    def refresh(self, now: datetime) -> None:
        """Look at the CRM: at everything the first time and now and then, else at what has changed.

        While another thread looks, this one does nothing. `now` is the moment before it begins. Raises
        FactUnavailable where the CRM does not answer: what was known stays, and grows old.
        """
        if not self._refreshing.acquire(blocking=False):
            return
        try:
            with told(self._reading.system):
                self._look(now)
        finally:
            self._refreshing.release()

    def _look(self, now: datetime) -> None:
        begun = time.monotonic()
        if self._whole_at is None or now - self._whole_at >= self._whole_every:
            look = self._reading.whole()
            self._kept.replace(look, as_of=now)
            self._whole_at = now
        else:
            look = self._reading.changes(self._marks)
            self._kept.take(look, as_of=now)
        # What changed behind our back while we read is seen the next time: no mark is later than the beginning.
        lasted = timedelta(seconds=time.monotonic() - begun)
        self._marks = {**self._marks, **{kind: mark - lasted for kind, mark in look.marks.items()}}


class CopiedCrm:
    """The port `Crm` over the copy alone. For what is shown to people; what is decided asks `LiveCrm`."""

    local = True

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def deal(self, deal_id: str) -> Deal | None:
        """The deal as of the last look."""
        return self._kept.deal(deal_id)

    def account(self, account_id: str) -> Account | None:
        """The account as of the last look."""
        return self._kept.account(account_id)

    def contact(self, email: str) -> Contact | None:
        """The contact as of the last look."""
        return self._kept.contact(email)

    def accounts(self) -> Sequence[Account]:
        """Every account as of the last look."""
        return self._kept.accounts()

    def as_of(self) -> datetime:
        """When that look was."""
        return self._kept.as_of()
