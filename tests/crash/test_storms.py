"""Storms of kills and freezes on both databases, through several mailboxes: nothing is lost, nothing leaves twice."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.house import MAILBOX, OUTBOX, SERVER, Databases, House, new_house
from tests.crash.mailbox import Kind
from tests.crash.storm import Storm, Tally, Weather
from tests.support.provider.faults import Fault, Step
from tests.support.provider.process import ServerProcess

pytestmark = pytest.mark.crash

KILLS = int(os.environ.get("CRASH_KILLS", "60"))
"""In each of the four storms; `make crash-full` asks for more."""
FREEZES = max(1, KILLS // 10)
DRAFTS = max(20, KILLS)
FAULTS_PER_STRIKE = 0.3
FAULTS = (Fault.UNANSWERED, Fault.ERROR_AFTER, Fault.TRUNCATED, Fault.GARBAGE, Fault.DROPPED, Fault.ERROR_BEFORE)
SLOW = 0.15
"""Seconds that a step of a mailbox takes at most where a kill shall hit it often."""
MOST_STORMS = 4
"""A missing fence shows only where a freeze falls into the right moment; a few storms are sure to find it."""
RATE = 30.0
"""A lease of a minute is over in two seconds."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Of both kinds."""
    return Databases(request.getfixturevalue("postgres_url") if request.param == "postgres" else None)


def a_house(tmp_path: Path, databases: Databases, mail: str, *, pause: float = 0.04) -> House:
    """A house in whose mailbox everything takes a while, and whose search lags behind longer than a freeze lasts."""
    return new_house(tmp_path / "house", databases, mail=mail, rate=RATE, lag=8.0, pause=pause)


def report(databases: Databases, house: House, weather: Weather, tally: Tally) -> None:
    """One line for whoever runs the suite."""
    print(f"\n{databases.kind}, {house.mail}, {weather.mutation}: {tally}")


def test_a_storm_over_the_outbox_loses_nothing_and_sends_nothing_twice(tmp_path: Path, databases: Databases) -> None:
    house = a_house(tmp_path, databases, OUTBOX)
    weather = Weather(kills=KILLS, freezes=FREEZES, drafts=DRAFTS)
    tally = Storm(house=house, weather=weather).rage()
    report(databases, house, weather, tally)
    tally.must_be_clean()


def test_a_storm_over_a_mailbox_that_fails_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, databases: Databases
) -> None:
    server = ServerProcess(tmp_path / "mailboxes.db")
    try:
        mailbox = server.mailbox(MAILBOX)
        mailbox.lag(searches=2)
        house = replace(a_house(tmp_path, databases, SERVER), port=server.port)
        weather = Weather(kills=KILLS, freezes=FREEZES, drafts=DRAFTS)

        def hurt(chance: random.Random) -> None:
            if chance.random() < FAULTS_PER_STRIKE:
                mailbox.hurt(chance.choice(list(Step)), chance.choice(FAULTS))

        tally = Storm(house=house, weather=weather, hurt=hurt).rage()
    finally:
        server.stop()
    report(databases, house, weather, tally)
    tally.must_be_clean()


@pytest.mark.parametrize("mail", [Kind.PLAIN.value, Kind.DRAFTS_FIRST.value])
def test_a_small_storm_over_a_folder_is_clean(tmp_path: Path, databases: Databases, mail: str) -> None:
    house, weather = a_house(tmp_path, databases, mail, pause=SLOW), small("whole")
    tally = Storm(house=house, weather=weather).rage()
    report(databases, house, weather, tally)
    tally.must_be_clean()


# Without the fence a storm does harm only now and then: tests/contract freezes a worker at every step instead.
@pytest.mark.parametrize("mutation", ["intent after the call", "no question"])
def test_the_same_storm_notices_that_a_protection_is_missing(
    tmp_path: Path, databases: Databases, mutation: str
) -> None:
    for number in range(MOST_STORMS):
        house = a_house(tmp_path / str(number), databases, Kind.PLAIN.value, pause=SLOW)
        weather = replace(small(mutation), seed=number)
        tally = Storm(house=house, weather=weather).rage()
        report(databases, house, weather, tally)
        if tally.twice or tally.lost:
            return
    pytest.fail("nothing was lost or delivered twice without it")


def small(mutation: str) -> Weather:
    """Enough to see whether a protection is there."""
    return Weather(kills=40, freezes=16, drafts=100, mutation=mutation)
