"""Due soon and overdue: told once, at the right moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.commitments import CommitmentState, LedgerEntry
from app.core.findings import Kind, Strength
from app.monitoring.due import due_standing, raise_due_alerts
from tests.support.gates import START, Harness, make_harness


def an_entry(number: int = 1, *, due_in_hours: float | None = 48) -> LedgerEntry:
    due = None if due_in_hours is None else START + timedelta(hours=due_in_hours)
    return LedgerEntry(
        id=f"cm_{number}",
        person="sam",
        recipient="dana@theirs.example",
        text="I will send the plan",
        action="send",
        object="the plan",
        kind=Kind.DELIVERABLE,
        strength=Strength.FIRM,
        due_day=due.date() if due else None,
        due_at=due,
        state=CommitmentState.OPEN,
        made_at=START,
    )


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def keep(harness: Harness, *entries: LedgerEntry) -> None:
    with harness.store.write(now=START) as tx:
        tx.ledger.add(entries)


def kinds(harness: Harness) -> list[str]:
    with harness.store.read() as reader:
        return sorted(alert.kind for alert in reader.ledger.alerts())


def test_a_promise_is_told_to_be_due_soon_and_then_overdue_once_each(harness: Harness) -> None:
    keep(harness, an_entry(due_in_hours=48))
    assert raise_due_alerts(harness.store, now=START) == 0
    assert raise_due_alerts(harness.store, now=START + timedelta(hours=25)) == 1
    assert raise_due_alerts(harness.store, now=START + timedelta(hours=26)) == 0
    assert raise_due_alerts(harness.store, now=START + timedelta(hours=49)) == 1
    assert raise_due_alerts(harness.store, now=START + timedelta(hours=50)) == 0
    assert kinds(harness) == ["due_soon", "overdue"]


def test_a_promise_without_a_day_or_settled_is_never_told(harness: Harness) -> None:
    keep(harness, an_entry(1, due_in_hours=None), an_entry(2, due_in_hours=1))
    with harness.store.write(now=START) as tx:
        assert tx.ledger.change_state(tx.ledger.get("cm_2"), CommitmentState.KEPT)
    assert raise_due_alerts(harness.store, now=START + timedelta(days=9)) == 0


def test_many_overdue_promises_do_not_hide_one_that_is_due_soon(harness: Harness) -> None:
    keep(harness, *(an_entry(n, due_in_hours=-100) for n in range(600)), an_entry(999, due_in_hours=2))
    assert raise_due_alerts(harness.store, now=START) == 500 + 1


@pytest.mark.parametrize(
    ("due_in_hours", "standing"), [(-1, "overdue"), (1, "due_soon"), (25, "open"), (None, "open")]
)
def test_how_an_open_promise_stands(due_in_hours: float | None, standing: str) -> None:
    assert due_standing(an_entry(due_in_hours=due_in_hours), START) == standing
