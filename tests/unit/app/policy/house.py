"""A gate of the small company on a database of the test's choice, with people who hand in and decide."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from app.core.approvals import Verdict
from app.core.clock import ManualClock
from app.core.facts import Person
from app.core.ids import CountedIds
from app.edits import DraftEdit
from app.gate import Gate
from app.intake import draft_from_json
from app.permissions import require_person
from app.policy.live import LivePolicy
from app.policy.service import publish
from app.services import open_services
from app.settings import Settings
from app.standing import Standing
from app.store.store import Store
from tests.cli.company import draft as draft_record
from tests.cli.company import found_company
from tests.support.gates import START

POLICY = """\
version: {version}
undo_window: 1m
rules:
{rules}
"""


@dataclass(frozen=True, kw_only=True)
class House:
    """The gate, and what a test does with it."""

    gate: Gate
    clock: ManualClock
    live: LivePolicy = field(default_factory=LivePolicy)

    @property
    def store(self) -> Store:
        """The database behind the gate."""
        return self.gate.store

    def person(self, id: str) -> Person:
        """A colleague."""
        return require_person(id, self.gate.assessor.world.people)

    def publish(self, version: int, *rules: str, more: str = "") -> None:
        """Put a policy of these rules in force."""
        text = policy_text(version, *rules, more=more)
        publish(self.store, text, person=self.person("ada"), now=self.clock.now(), without_review="a test")

    def submit(self, subject: str, **changes: object) -> Standing:
        """Hand in a draft, a minute after the last."""
        self.clock.advance(timedelta(minutes=1))
        return self.gate.submit(draft_from_json({**draft_record(subject), **changes}))

    def decide(self, shown: Standing, verdict: Verdict = Verdict.APPROVE) -> Standing:
        """The word of the one who is asked, a minute later."""
        self.clock.advance(timedelta(minutes=1))
        assert shown.pending is not None
        (asked, *_) = shown.pending.people
        return self.gate.decide(shown.row.id, person=asked, verdict=verdict, digest=shown.row.digest)

    def edit(self, shown: Standing, text: str) -> Standing:
        """The manager's other words, a minute later."""
        self.clock.advance(timedelta(minutes=1))
        return self.gate.edit(shown.row.id, DraftEdit(text=text), person="ruth", digest=shown.row.digest)

    def wait(self, **stretch: float) -> None:
        """Let time pass, then wake every draft whose timer has rung."""
        self.clock.advance(timedelta(**stretch))
        while True:
            with self.store.read() as reader:
                due = reader.drafts.overdue(now=self.clock.now(), grace=timedelta(0), limit=100)
            if not due:
                return
            for draft_id, version in due:
                self.gate.wake(draft_id, version)


def policy_text(version: int, *rules: str, more: str = "") -> str:
    """A policy of rules in YAML flow style, without an undo window to wait for in earnest."""
    return POLICY.format(version=version, rules="\n".join(f"  - {rule}" for rule in rules)) + more


@contextmanager
def opened_house(engine: sa.Engine, folder: Path) -> Iterator[House]:
    """The small company, with the policy of its folder in force."""
    url = engine.url.render_as_string(hide_password=False)
    settings = Settings(home=folder / "home", world=found_company(folder / "world"), database_url=url)
    clock = ManualClock(START)
    services = open_services(settings, base_clock=clock, ids=CountedIds())
    try:
        yield House(gate=services.gate, clock=clock)
    finally:
        services.close()
