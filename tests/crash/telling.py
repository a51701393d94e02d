"""Telling a story in a process: the house is opened, a worker runs, people act, and the ending is written down.

Every act may be done again: a process that was killed tells its story from the beginning, as a submitter who heard no
answer sends the draft again, and a person who saw no change clicks again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.audit.service import verify_store
from app.core.approvals import Verdict
from app.core.commitments import CommitmentState
from app.core.errors import CountersignError
from app.core.lifecycle import STUCK, State
from app.edits import DraftEdit
from app.intake import draft_from_json
from app.ledger.service import settle
from app.services import Services
from app.standing import Standing, read_standing
from app.store.rows import DraftRow
from tests.crash.failing import Point, Watch
from tests.crash.house import House, row_of, rows_of, stuck_drafts
from tests.support.processes import wait_until

PATIENCE = 60.0
"""Seconds that anything may take; a hundredth of it is usual."""
SHORT = "Hi Joan,\n\nThat format is fine.\n\nPriya\n"
PROMISE = "Hi Joan,\n\nI'll send you the Security Overview 2026 by Friday, November 20.\n\nPriya\n"
_REST_SECONDS = 0.4
"""How long the clock is left alone after it was moved: a send must fit in between."""
_GRACE = timedelta(minutes=10)
"""How long after its timer a draft may stand still: leases and pauses are far shorter."""


def record_of(client_id: str, *, agent: str = "inbox-agent", text: str = SHORT, **more: object) -> dict[str, object]:
    """A draft as an agent hands it in, in a thread of its own."""
    return {
        "client_id": client_id,
        "action": "reply",
        "agent": agent,
        "on_behalf_of": "priya",
        "to": ["joan.ferris@haldenpaper.example"],
        "subject": "Re: PO format for the Planner order",
        "text": text,
        "deal_id": "D-101",
        "thread": {"id": client_id, "message_id": f"<{client_id}@crash.example>"},
        **more,
    }


@dataclass(frozen=True, kw_only=True)
class Teller:
    """What happens in a story, in the words of the people and agents in it."""

    house: House
    services: Services

    def submit(self, client_id: str, **traits: Any) -> Standing:
        """An agent hands in a draft, or asks again what became of it."""
        draft = draft_from_json(record_of(client_id, **traits))
        standing = self.services.gate.submit(draft)
        self.house.acknowledge(client_id, standing.row.id)
        return standing

    def row(self, client_id: str) -> DraftRow:
        """The draft as it is now."""
        row = row_of(self.services, client_id)
        assert row is not None, f"{client_id} was submitted and is not there"
        return row

    def wait(self, client_id: str, *states: State, hours: float = 0.0) -> State:
        """Wait until the draft is in one of these states; with `hours`, let so much more time pass between looks."""

        def there() -> bool:
            if self.row(client_id).state in states:
                return True
            if hours:
                self.house.clock.move(timedelta(hours=hours))
                time.sleep(_REST_SECONDS)
            return False

        wait_until(there, seconds=PATIENCE, what=f"{client_id} {self.row(client_id).state}, not {states}")
        return self.row(client_id).state

    def decide(self, client_id: str, verdict: Verdict = Verdict.APPROVE, *, person: str = "priya") -> None:
        """A person decides, if it still waits."""
        self._act(
            client_id,
            {State.IN_REVIEW},
            lambda row: self.services.gate.decide(row.id, person=person, verdict=verdict, digest=row.digest),
        )

    def edit(self, client_id: str, text: str) -> None:
        """A person changes the text, if it is not as they want it."""
        with self.services.store.read() as reader:
            if read_standing(reader, self.row(client_id).id).draft.text == text:
                return
        self._act(
            client_id,
            {State.IN_REVIEW},
            lambda row: self.services.gate.edit(row.id, DraftEdit(text=text), person="priya", digest=row.digest),
        )

    def undo(self, client_id: str) -> None:
        """A person takes it back."""
        self._act(client_id, {State.SCHEDULED}, lambda row: self.services.gate.undo(row.id, person="priya"))

    def reopen(self, client_id: str) -> None:
        """A person has it asked about again, if it has lapsed."""
        self._act(
            client_id,
            {State.EXPIRED},
            lambda row: self.services.gate.reopen(row.id, person="priya", digest=row.digest, reason="still right"),
        )

    def look_at_the_mailbox(self, client_id: str) -> None:
        """A person looks whether it left, and says what they saw, if nobody else knows."""
        self._act(client_id, STUCK, self._say_what_the_mailbox_shows)

    def _say_what_the_mailbox_shows(self, row: DraftRow) -> None:
        left = row.state is State.NEEDS_PERSON and self.house.deliveries()[str(row.client_id)] > 0
        self.services.gate.settle_send(
            row.id,
            person="priya",
            digest=row.digest,
            left=left,
            reason="I looked at the mailbox",
            version=row.version,
        )

    def until_sent(self, client_id: str) -> None:
        """It is sent, by the gate alone or with a person's help."""
        while self.wait(client_id, State.SENT, *STUCK, hours=0.25) is not State.SENT:
            self.look_at_the_mailbox(client_id)

    def wait_for_event(self, client_id: str, kind: str) -> None:
        """Wait until the trail tells of it, at any time since the draft came in."""

        def told() -> bool:
            with self.services.store.read() as reader:
                events = list(reader.audit.events(draft_id=self.row(client_id).id))
            return kind in {event.kind for event in events}

        wait_until(told, seconds=PATIENCE, what=f"{kind} of {client_id}")

    def keep_promise(self, client_id: str, state: CommitmentState) -> None:
        """Say what became of what was promised."""
        person = self.services.opened.world.people.person("priya")
        assert person is not None
        with self.services.store.read() as reader:
            entries = [e for e in reader.ledger.entries() if e.draft_id == self.row(client_id).id]
        assert entries, "nothing was entered"
        for entry in entries:
            now = self.services.clock.now()
            settle(self.services.store, entry.id, state, person=person, reason="seen", now=now)

    def alerts(self) -> list[str]:
        """What was raised about promises: of which draft, and which kind."""
        by_id = {row.id: row.client_id for row in rows_of(self.services)}
        with self.services.store.read() as reader:
            drafts = {entry.id: entry.draft_id for entry in reader.ledger.entries()}
            raised = [(drafts.get(alert.commitment_id), alert.kind) for alert in reader.ledger.alerts()]
        return sorted(f"{by_id[draft_id]} {kind}" for draft_id, kind in raised if draft_id in by_id)

    def _act(self, client_id: str, states: Collection[State], act: Callable[[DraftRow], object]) -> None:
        """Do it as long as the draft is in such a state: somebody may move it between the look and the deed."""
        while (row := self.row(client_id)).state in states:
            try:
                act(row)
                return
            except CountersignError:
                if self.row(client_id) == row:
                    raise


def ending(teller: Teller) -> dict[str, object]:
    """How the story ends: what a killed one has to end like."""
    services = teller.services
    rows = {row.id: row for row in rows_of(services)}
    with services.store.snapshot() as reader:
        verify_store(reader)
        entries = [e for e in reader.ledger.entries() if e.draft_id in rows]
    return {
        "drafts": {str(row.client_id): row.state.value for row in rows.values()},
        "delivered": dict(sorted(teller.house.deliveries().items())),
        "ledger": sorted(f"{rows[e.draft_id].client_id} {e.text} {e.state}" for e in entries if e.draft_id),
        "stuck": [str(row.client_id) for row in stuck_drafts(services, beyond=_GRACE)],
    }


def tell(house: House, story: str, kill_at: Point | None) -> None:
    """Tell one story in this process, from the beginning to the end. Dies at the point, where one is given."""
    from tests.crash.stories import STORIES

    watch = Watch(house.folder / ("points" if kill_at is None else "points-of-the-killed"), kill_at=kill_at)
    watch.install()
    services = house.open(watch)
    services.worker().start()
    teller = Teller(house=house, services=services)
    STORIES[story].happens(teller)
    text = json.dumps(ending(teller))
    (house.folder / "ending").write_text(text, encoding="utf-8")
