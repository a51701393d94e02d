"""Out of office: said by the person, a manager of theirs or an admin, and in force at once for what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.actions.standing import read_action
from app.approvals.again import until_not_overtaken
from app.approvals.requests import Requests
from app.core.absences import Absence
from app.core.clock import Clock
from app.core.errors import Conflict, InvalidInput
from app.core.ids import Ids
from app.core.matters import Matter
from app.core.ports import People
from app.matter import MatterStanding
from app.permissions import Operation, require_person
from app.permissions.reviewing import require_over
from app.standing import read_standing
from app.store.store import Store, Transaction
from app.trail import happened

LONGEST = timedelta(days=400)


@dataclass(frozen=True, kw_only=True, slots=True)
class Absences:
    """Keeps who is away, and has requests that wait ask who is there."""

    store: Store
    clock: Clock
    ids: Ids
    people: People
    requests: Requests

    def add(self, *, person: str, start: datetime, until: datetime, delegate: str | None, by: str) -> Absence:
        """Say that a person is away, and who decides in their name meanwhile.

        Raises NotFound, NotPermitted unless `by` is the person, a manager of theirs or an admin, and InvalidInput
        where the stretch is over, too long or upside down, or where the delegate is the person.
        """
        who, actor = require_person(person, self.people), require_person(by, self.people)
        require_over(actor, who.id, self.people, Operation.ABSENCE, doing=f"say when {who.id} is away")
        stand_in = require_person(delegate, self.people).id if delegate is not None else None
        self._require_sound(start, until)
        if stand_in == who.id:
            raise InvalidInput("nobody stands in for themselves; name another colleague, or nobody", field="delegate")

        def act(tx: Transaction) -> Absence:
            absence = Absence(
                id=self.ids.new("ab"),
                person=who.id,
                start=start,
                until=until,
                delegate=stand_in,
                set_by=actor.id,
                set_at=tx.now,
            )
            tx.absences.add(absence)
            tx.record(
                happened(
                    "absence.set",
                    f"person:{actor.id}",
                    absence=absence.id,
                    person=who.id,
                    start=start.isoformat(),
                    until=until.isoformat(),
                    delegate=stand_in,
                )
            )
            self._ask_anew(tx, who.id)
            return absence

        return until_not_overtaken(self.store, self.clock, "what waits for them", act)

    def end(self, absence_id: str, *, by: str) -> Absence:
        """Have it end now, or never begin. Raises NotFound, NotPermitted, Conflict where it is over."""
        actor = require_person(by, self.people)

        def act(tx: Transaction) -> Absence:
            absence = tx.absences.get(absence_id)
            whose = absence.person
            require_over(actor, whose, self.people, Operation.ABSENCE, doing=f"say when {whose} is away")
            if absence.until <= tx.now:
                raise Conflict(f"absence {absence_id} is over")
            tx.absences.end(absence, at=tx.now)
            tx.record(happened("absence.ended", f"person:{actor.id}", absence=absence.id, person=absence.person))
            self._ask_anew(tx, absence.person)
            return tx.absences.get(absence_id)

        return until_not_overtaken(self.store, self.clock, "what waits for them", act)

    def known(self) -> Sequence[Absence]:
        """All that have not ended, by their beginning."""
        with self.store.read() as reader:
            return reader.absences.from_now(self.clock.now())

    def _require_sound(self, start: datetime, until: datetime) -> None:
        if start.tzinfo is None or until.tzinfo is None:
            raise InvalidInput("needs a time zone, such as 2026-12-24T09:00+01:00", field="from")
        if until <= max(start, self.clock.now()):
            raise InvalidInput("must lie after the beginning and in the future", field="until")
        if until - start > LONGEST:
            raise InvalidInput(f"lies more than {LONGEST.days} days after the beginning", field="until")

    def _ask_anew(self, tx: Transaction, person: str) -> None:
        """Everything that waits for the person is put before whoever is there now, with timers to match."""
        drafts = tx.requests(Matter.DRAFT).drafts_asking([person])
        actions = tx.requests(Matter.ACTION).drafts_asking([person])
        waiting: list[MatterStanding] = [read_standing(tx, each) for each in drafts]
        waiting += [read_action(tx, each) for each in actions]
        for standing in waiting:
            if (known := self.requests.now_asked(tx, standing)) is not None:
                request, case = known
                event = happened("approval.asked_anew", "gate", approval=request.id, asked=list(request.people))
                self.requests.turn(tx, standing, request, case, event)
