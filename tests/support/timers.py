"""A house whose rules ask in every way there is, and workers that are killed between every two of its timers."""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa

from app import engine
from app.core.drafts import Draft
from app.core.lifecycle import State
from app.core.routes import Route
from app.intake import draft_from_json
from app.policy.starter import starter_text
from app.services import Services
from app.standing import Standing, read_standing
from app.store.database import open_engine
from app.store.settings import CLOCK_SHIFT
from app.store.store import NoWakeUps, Store
from app.store.tables import drafts
from tests.support.bursts import services_of
from tests.support.processes import Installation, wait_until
from tests.unit.app.policy.starter_scenarios import CRM, SCENARIOS, found_house, mail

PEOPLE = """\
- {id: sam, email: sam@ours.example, name: Sam Reyes, roles: [account_executive], manager: ruth, timezone: UTC}
- {id: ruth, email: ruth@ours.example, name: Ruth Adler, roles: [manager], manager: vera, timezone: UTC}
- {id: vera, email: vera@ours.example, name: Vera Lind, roles: [owner], timezone: UTC}
- {id: lena, email: lena@ours.example, name: Lena Roth, roles: [legal], manager: vera, timezone: UTC}
- {id: luis, email: luis@ours.example, name: Luis Vega, roles: [legal], manager: vera, timezone: UTC}
- {id: tom, email: tom@ours.example, name: Tom Bright, roles: [support], manager: ruth, timezone: UTC}
- {id: ada, email: ada@ours.example, name: Ada Olsen, roles: [admin], timezone: UTC}
"""

MOST_TIMERS = 100
ASKING = {
    "user": "{resolver: {user: {id: ruth}}, remind_after: 1h, expires_after: 4h}",
    "manager": "{resolver: {manager: {}}, escalate_after: 1h, expires_after: 6h}",
    "role": "{needed: 2, resolver: {role: legal}, expires_after: 4h}",
    "owner": "{resolver: {record_owner: {}}, expires_after: 4h}",
    "agent": "{resolver: {agent: {name: checker, below: high}}, fallback: {user: {id: tom}}, "
    "escalate_after: 30m, expires_after: 4h}",
    "silence": "{resolver: {auto_approve: {after: 2h}}, fallback: {manager: {}}, expires_after: 4h}",
    "silence-grave": "{resolver: {auto_approve: {after: 2h}}, fallback: {manager: {}}, expires_after: 4h}",
    "fallback": "{resolver: {role: nobody_has_it}, fallback: {user: {id: tom}}, expires_after: 4h}",
    "away": "{resolver: {user: {id: lena}}, fallback: {user: {id: luis}}, expires_after: 4h}",
    "delegation": "{resolver: {user: {id: ada}}, fallback: {manager: {}}, expires_after: 4h}",
    "question": "{resolver: {user: {id: vera}}, remind_after: 1h, expires_after: 4h}",
}
"""Ways of asking, by the subject of the draft that is asked about."""


@dataclass(frozen=True, kw_only=True)
class Default:
    """One of the defaults, as a draft and the route that the starter gives it."""

    name: str
    route: Route
    rule: str
    record: Mapping[str, Any] = field(default_factory=dict)


def found_timed_house(folder: Path) -> Path:
    """The starter's house with more people, a contact for each draft, and a rule for every way of asking."""
    folder.mkdir()
    found_house(folder)
    crm: dict[str, Any] = json.loads(json.dumps({name: part for name, part in CRM.items() if name != "as_of"}))
    count = len(ASKING) + len(SCENARIOS)
    crm["contacts"] += [
        {"id": f"c-{n}", "email": f"lee{n}@acme.example", "name": "Lee", "account": "acme"} for n in range(count)
    ]
    (folder / "crm.json").write_text(json.dumps(crm), encoding="utf-8")
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    rules = "".join(
        f"  - {{id: ask-{name}, when: 'draft.subject == \"{name}\"', route: review, approvals: {how}}}\n"
        for name, how in ASKING.items()
    )
    policy = starter_text().replace("rules:\n", f"rules:\n{rules}", 1)
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    return folder


def asking_draft(name: str) -> Draft:
    """The draft that is asked about in this way."""
    number = list(ASKING).index(name)
    grave = name == "silence-grave"
    text = mail("I will send you the rollout plan by Tuesday, November 24.") if grave else mail("thank you.")
    return _draft(name, number, subject=name, text=text, action="reply", deal="D-big" if grave else "D-1")


def defaults() -> Sequence[Default]:
    """The defaults of the starter that let mail go, and those that put it before people."""
    return [
        Default(
            name=scenario.name,
            route=scenario.route,
            rule=scenario.rule,
            record={
                "action": scenario.action,
                "text": scenario.text,
                "deal": scenario.deal,
                "to": scenario.to if scenario.to != "lee@acme.example" else None,
                "threaded": scenario.thread,
                "sequence": scenario.sequence,
                "is_second": bool(scenario.sent.sent_in_thread),
            },
        )
        for scenario in SCENARIOS
        if scenario.name in _DEFAULTS
    ]


_DEFAULTS = frozenset(
    {
        "follow-up #2 in a thread",
        "meeting confirmed at a free time",
        "standard invoice reminder",
        "first cold outreach",
        "high-value account",
        "deal over the threshold",
        "sequence paused by a person",
        "sensitive contact",
    }
)


def default_draft(default: Default) -> Draft:
    """The draft of one of the defaults."""
    number = len(ASKING) + [each.name for each in defaults()].index(default.name)
    about = default.record
    return _draft(
        default.name,
        number,
        subject="The numbers",
        text=about["text"],
        action=about["action"],
        deal=about["deal"],
        to=about["to"],
        threaded=about["threaded"],
        sequence={"id": about["sequence"].id, "step": about["sequence"].step} if about["sequence"] else None,
    )


def first_mail(default: Default) -> Draft:
    """What was written in the thread before, to somebody else: an answer that promises nothing."""
    second = default_draft(default)
    assert second.thread is not None
    record = _record("first", 0, subject="first", text=mail("thank you."), action="reply", deal="D-1", to=None)
    thread = {"id": second.thread.id, "message_id": second.thread.message_id}
    return draft_from_json({**record, "client_id": f"first {default.name}", "thread": thread})


def _draft(name: str, number: int, **about: Any) -> Draft:
    return draft_from_json(_record(name, number, **about))


def _record(
    name: str,
    number: int,
    *,
    subject: str,
    text: str,
    action: str,
    deal: str | None,
    to: str | None = None,
    threaded: bool = True,
    sequence: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "client_id": name,
        "action": action,
        "agent": "bot",
        "on_behalf_of": "sam",
        "to": [to or f"lee{number}@acme.example"],
        "subject": subject,
        "text": text,
    }
    thread = {"id": f"t-{number}", "message_id": f"<{number}@acme.example>"}
    return {
        **record,
        **({"deal_id": deal} if deal else {}),
        **({"thread": thread} if threaded else {}),
        **({"sequence": sequence} if sequence else {}),
    }


# ── time and workers ──────────────────────────────────────────────────────────────────────────────────────────


def run_worker(home: Path, world: Path, database_url: str) -> None:
    """A worker that runs until it is killed. It looks for lost wake-ups more often, so that nobody has to wait."""
    with (
        mock.patch.object(engine, "_SWEEP", timedelta(seconds=0.1)),
        services_of(Installation(home=home, world=world, database_url=database_url)) as services,
    ):
        services.worker().start()
        threading.Event().wait()


class Timeline:
    """An installation whose clock is set forward while no worker runs, from one timer to the next."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.kills = 0
        with self.opened() as services:
            self._engine = open_engine(services.settings.database_url)
        self._store = Store(self._engine, NoWakeUps())

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def opened(self) -> Iterator[Services]:
        """The house at its present time."""
        with services_of(self.installation) as services:
            yield services

    def now(self) -> datetime:
        """The present time of the house."""
        with self._store.read() as reader:
            shift = float(reader.settings.get(CLOCK_SHIFT) or 0)
        return datetime.now(UTC) + timedelta(seconds=shift)

    def live_on(self, *, until: datetime) -> None:
        """Set the clock to timer after timer; each rings for a worker of its own, which is then killed at once."""
        before = self.kills
        while (moment := self._next_timer()) is not None and moment <= until:
            self._ring(moment)
            assert self.kills - before < MOST_TIMERS, "the timers never end"

    def _next_timer(self) -> datetime | None:
        with self._engine.connect() as connection:
            moment: datetime | None = connection.execute(sa.select(sa.func.min(drafts.c.due_at))).scalar_one()
        return moment

    def _ring(self, moment: datetime) -> None:
        self._set_forward(moment + engine._SWEEP_GRACE + timedelta(seconds=1) - self.now())
        worker = self._start()
        try:
            wait_until(lambda: not self._is_due(moment), seconds=120, what=f"the timer of {moment} to ring")
        finally:
            worker.kill()
            worker.join(timeout=60)
            self.kills += 1

    def _set_forward(self, by: timedelta) -> None:
        """Set the clock of the house, for every process that opens it from now on."""
        with self._store.write(now=self.now()) as tx:
            before = tx.settings.get(CLOCK_SHIFT) or "0"
            assert tx.settings.replace(CLOCK_SHIFT, before, str(float(before) + max(by.total_seconds(), 0.0)))

    def _is_due(self, moment: datetime) -> bool:
        """Whether something whose timer rang by then has not moved, or is being sent."""
        with self._store.read() as reader:
            return bool(
                reader.drafts.overdue(now=moment, grace=timedelta(0), limit=1)
                or reader.drafts.in_states((State.SENDING,), limit=1)
            )

    def _start(self) -> ForkServerProcess:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        here = self.installation
        worker = context.Process(target=run_worker, args=(here.home, here.world, here.database_url), daemon=True)
        worker.start()
        return worker

    def standing(self, client_id: str) -> Standing:
        """Where the draft is now."""
        with self._store.read() as reader:
            row = reader.drafts.by_key(client_id=client_id, idempotency_key=None)
            assert row is not None
            return read_standing(reader, row.id)
