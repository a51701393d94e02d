"""Every default and every way of asking, over days, with the worker killed between every two timers.

Each timer rings once, whatever was killed; what nobody agreed to is never sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.audit.service import verify_store
from app.core.approvals import Verdict
from app.core.lifecycle import State
from app.core.routes import Route
from app.services import Services
from app.standing import Standing
from tests.support.processes import Installation
from tests.support.timers import (
    ASKING,
    Timeline,
    asking_draft,
    default_draft,
    defaults,
    first_mail,
    found_timed_house,
)

pytestmark = pytest.mark.crash

HOUR = timedelta(hours=1)
TIMERS = frozenset(
    {
        "approval.reminded",
        "approval.escalated",
        "approval.ladder_ended",
        "approval.asked_anew",
        "draft.expired",
        "draft.approved",
        "draft.sent",
    }
)
EXPECTED: dict[str, dict[str, int]] = {
    "user": {"approval.reminded": 2, "draft.expired": 1},
    "manager": {"approval.escalated": 1, "approval.ladder_ended": 1, "draft.expired": 1},
    "role": {"approval.asked_anew": 3, "draft.expired": 1},
    "owner": {"draft.approved": 1, "draft.sent": 1},
    "agent": {"approval.escalated": 4, "approval.ladder_ended": 1, "draft.expired": 1},
    "silence": {"draft.approved": 1, "draft.sent": 1},
    "silence-grave": {"draft.expired": 1},
    "fallback": {"draft.expired": 1},
    "away": {"approval.asked_anew": 3, "draft.expired": 1},
    "delegation": {"approval.asked_anew": 1, "draft.approved": 1, "draft.sent": 1},
    "question": {"draft.expired": 1},
}
"""What the trail tells of each way of asking, in the end."""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return found_timed_house(tmp_path / "world")


@pytest.fixture
def timeline(installation: Installation) -> Iterator[Timeline]:
    made = Timeline(installation)
    yield made
    made.close()


def test_every_timer_rings_once_over_kill_after_kill(timeline: Timeline) -> None:
    began = timeline.now()
    second = next(
        default for default in defaults() if default.record["is_second"] and default.rule == "later-follow-up"
    )
    with timeline.opened() as services:
        for default in defaults():
            if default.record["is_second"]:
                services.gate.submit(first_mail(default))
    timeline.live_on(until=began + timedelta(minutes=1))
    assert timeline.standing(f"first {second.name}").row.state is State.SENT

    submit_everything(timeline)
    with timeline.opened() as services:
        people_act(services, timeline)
    timeline.live_on(until=began + timedelta(days=5))

    must_have_rung_once(timeline)
    must_have_sent_only_what_was_agreed_to(timeline)
    with timeline.opened() as services, services.store.snapshot() as reader:
        verified = verify_store(reader)
    print(
        f"\n{verified.drafts} drafts, {timeline.kills} workers killed, {verified.head.seq} events: every timer once"
    )
    assert timeline.kills >= 12


def submit_everything(timeline: Timeline) -> None:
    """Each default goes where the starter sends it; each way of asking asks whom it should."""
    asked = {
        "user": ("ruth",),
        "manager": ("ruth",),
        "role": ("lena", "luis"),
        "owner": ("sam",),
        "agent": ("agent:checker",),
        "silence": ("ruth",),
        "silence-grave": ("ruth",),
        "fallback": ("tom",),
        "away": ("lena",),
        "delegation": ("ada",),
        "question": ("vera",),
    }
    with timeline.opened() as services:
        for default in defaults():
            shown = services.gate.submit(default_draft(default))
            ruling = shown.assessment.ruling
            assert (ruling.route, ruling.rule) == (default.route, default.rule), (default.name, ruling.why)
        for name in ASKING:
            shown = services.gate.submit(asking_draft(name))
            assert shown.assessment.ruling.rule == f"ask-{name}", shown.assessment.ruling.why
            assert shown.pending is not None
            assert shown.pending.people == asked[name], name


def people_act(services: Services, timeline: Timeline) -> None:
    """One is away for a while, one names a delegate, one agrees, one asks and gets no answer."""
    now, reviews = services.clock.now(), services.gate.reviews
    reviews.absences.add(person="lena", start=now + HOUR, until=now + 2 * HOUR, delegate=None, by="lena")
    reviews.absences.add(person="ada", start=now, until=now + timedelta(days=9), delegate="tom", by="ada")
    approve(services, timeline.standing("owner"), "sam")
    delegated = timeline.standing("delegation")
    assert delegated.pending is not None
    assert "tom" in delegated.pending.people
    after = approve(services, delegated, "tom")
    assert after.approvals[-1].decisions[-1].in_name_of == "ada"
    reviews.questions.ask(timeline.standing("question").row.id, person="vera", text="Which plan?")


def approve(services: Services, shown: Standing, person: str) -> Standing:
    return services.gate.decide(shown.row.id, person=person, verdict=Verdict.APPROVE, digest=shown.row.digest)


def must_have_rung_once(timeline: Timeline) -> None:
    """The trail tells of each timer as often as it should have rung, and so does the board."""
    with timeline.opened() as services, services.store.read() as reader:
        rung: dict[str, dict[str, int]] = {}
        for name in EXPECTED:
            row = reader.drafts.by_key(client_id=name, idempotency_key=None)
            assert row is not None
            events = [event for event in reader.audit.events(draft_id=row.id) if event.kind in TIMERS]
            rung[name] = Counter(event.kind for event in events)
            numbers = [event.facts["number"] for event in events if event.kind == "approval.reminded"]
            assert numbers == sorted(set(numbers)), name
            levels = [event.facts["level"] for event in events if event.kind == "approval.escalated"]
            assert levels == list(range(1, len(levels) + 1)), name
        reminded = [n for n in reader.notices.for_recipient("ruth", limit=1000) if n.kind.value == "reminded"]
        expired = [n for n in reader.notices.for_recipient("sam", limit=1000) if n.kind.value == "expired"]
    assert rung == EXPECTED
    assert len(reminded) == EXPECTED["user"]["approval.reminded"]
    assert len(expired) == len({notice.draft_id for notice in expired})


def must_have_sent_only_what_was_agreed_to(timeline: Timeline) -> None:
    """What a rule lets through, what people approved, and what silence may approve; each of them once."""
    going = {default.name for default in defaults() if default.route is Route.AUTO_SEND}
    firsts = {f"first {default.name}" for default in defaults() if default.record["is_second"]}
    agreed = {name for name, expected in EXPECTED.items() if expected.get("draft.sent")}
    for default in defaults():
        state = timeline.standing(default.name).row.state
        assert state is (State.SENT if default.name in going else State.EXPIRED), default.name
    assert len(timeline.installation.outbox()) == len(going | firsts | agreed)
