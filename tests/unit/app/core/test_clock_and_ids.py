"""Time and ids are passed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.clock import ManualClock, ShiftedClock
from app.core.ids import CountedIds, RandomIds

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_a_manual_clock_moves_only_when_moved_and_never_back() -> None:
    clock = ManualClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.advance(timedelta(hours=1)) == NOON + timedelta(hours=1)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(seconds=-1))


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        ManualClock(datetime(2026, 11, 18))  # noqa: DTZ001 - that is the point


def test_a_shifted_clock_runs_with_its_base() -> None:
    base = ManualClock(NOON)
    shifted = ShiftedClock(base=base, shift=timedelta(days=-3))
    base.advance(timedelta(minutes=5))
    assert shifted.now() == NOON - timedelta(days=3) + timedelta(minutes=5)


def test_random_ids_are_fresh_and_safe_in_file_names() -> None:
    ids = [RandomIds().new("dr") for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert all(i.startswith("dr_") and i.replace("_", "").isalnum() for i in ids)


def test_counted_ids_are_the_same_in_every_run() -> None:
    ids = CountedIds()
    assert [ids.new("dr"), ids.new("ap")] == ["dr_000001", "ap_000002"]
