"""Policies with limits, and what becomes of the drafts under them."""

from __future__ import annotations

from app.audit.chain import ChainedEvent
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.limits import Stop, StopScope
from app.limits import switch
from app.store.policies import PublishedPolicy
from tests.support.deciding import standing
from tests.support.gates import Harness


def publish_limits(harness: Harness, limits: str, *, version: int = 2) -> None:
    """Put a policy in force with these limits, without an undo window."""
    text = f"version: {version}\nundo_window: 0s\nrules: []\nlimits: {{{limits}}}\n"
    now = harness.clock.now()
    with harness.store.write(now=now) as tx:
        tx.policies.publish(PublishedPolicy(version=version, text=text, published_by="test", published_at=now))


def person(harness: Harness, id: str) -> Person:
    """The colleague with this id."""
    found = harness.gate.assessor.world.people.person(id)
    assert found is not None
    return found


def stop(
    harness: Harness,
    scope: StopScope = StopScope.ALL,
    subject: str = "",
    *,
    by: str = "ada",
    reason: str = "wrong list",
) -> Stop:
    """Somebody stops it."""
    return switch.stop(
        harness.store,
        harness.gate.ids,
        scope=scope,
        subject=subject,
        reason=reason,
        person=person(harness, by),
        now=harness.clock.now(),
    )


def resume(harness: Harness, scope: StopScope = StopScope.ALL, subject: str = "", *, by: str = "ada") -> Stop:
    """Somebody lifts the stop of it."""
    return switch.resume(
        harness.store, scope=scope, subject=subject, person=person(harness, by), now=harness.clock.now()
    )


def state(harness: Harness, draft_id: str) -> State:
    """The state of the draft."""
    return standing(harness, draft_id).row.state


def rule_and_why(harness: Harness, draft_id: str) -> tuple[str, str]:
    """Which rule decided about the draft, and why."""
    ruling = standing(harness, draft_id).assessment.ruling
    return ruling.rule, ruling.why


def events(harness: Harness, kind: str) -> list[ChainedEvent]:
    """All events of this kind in the trail."""
    with harness.store.read() as reader:
        return [event for event in reader.audit.events() if event.kind == kind]
