"""A process dies right before and after every durable step there is; told again, its story ends as it should."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crash import forge
from tests.crash.failing import Point
from tests.crash.house import Databases, House, new_house
from tests.crash.outside import OUTSIDE
from tests.crash.seams import every_seam
from tests.crash.stories import STORIES
from tests.crash.telling import tell

pytestmark = pytest.mark.crash

_AT_ONCE = 2
_TRIES = 3
_NOT_CROSSED = {"raised"}
"""What a process passes only where something else has failed: where it is killed does not matter to what is kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """One undisturbed telling: the points that it passed first of all stories, and how it ended."""

    story: str
    points: tuple[Point, ...]
    ending: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Theatre:
    """Where stories are told on one kind of database."""

    folder: Path
    databases: Databases
    ready: House

    def house(self, name: str, story: str) -> House:
        """A house for one telling and those that follow it."""
        like = None if STORIES[story].new_house else self.ready
        return new_house(self.folder / name, self.databases, like=like, mail=STORIES[story].mail)


def telling(house: House, story: str, kill_at: Point | None = None) -> int:
    """Tell it in a process of its own, to its end or its death. Returns its exit code."""
    process = forge.start(tell, house, story, kill_at, log=house.folder / "log")
    process.join()
    code = process.exitcode
    assert isinstance(code, int)
    return code


def must_end(house: House, story: str) -> dict[str, Any]:
    """Tell it, and read how it ended."""
    code = telling(house, story)
    assert code == 0, f"{story}: {(house.folder / 'log').read_text(encoding='utf-8')[-4000:]}"
    ending: dict[str, Any] = json.loads((house.folder / "ending").read_text(encoding="utf-8"))
    return ending


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def theatre(request: pytest.FixtureRequest, tmp_path: Path) -> Theatre:
    """With a house that is ready to be copied."""
    server = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    databases = Databases(server)
    ready = new_house(tmp_path / "ready", databases)
    must_end(ready, "nothing happens")
    return Theatre(folder=tmp_path, databases=databases, ready=ready)


def test_every_durable_step_survives_a_kill_before_and_after_it(theatre: Theatre) -> None:
    recordings = record_all(theatre)
    must_have_passed_every_seam(recordings)
    jobs = [(recording, point) for recording in recordings for point in recording.points]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda job: kill_and_tell_again(theatre, *job), jobs))
    objections = [objection for objections in found for objection in objections]
    assert objections == []
    places = {point.place for _, point in jobs}
    print(f"\n{theatre.databases.kind}: {len(jobs)} failpoints at {len(places)} steps: 0 lost, 0 twice, 0 stuck")


def record_all(theatre: Theatre) -> list[Recording]:
    """Tell every story once. A point belongs to the first story that passes it."""
    known: set[Point] = set()
    recordings = []
    for number, story in enumerate(STORIES):
        house = theatre.house(f"told-{number}", story)
        ending = must_end(house, story)
        assert ending["stuck"] == []
        assert set(Counter(ending["delivered"]).values()) <= {1}
        passed = read_points(house)
        fresh = tuple(point for point in passed if point not in known and point.moment not in _NOT_CROSSED)
        known.update(passed)
        recordings.append(Recording(story=story, points=fresh, ending=ending))
        theatre.databases.drop(house.database_url)
    return recordings


def read_points(house: House) -> list[Point]:
    """The points of an undisturbed telling, in the order in which they were first passed."""
    lines = (house.folder / "points").read_text(encoding="utf-8").splitlines()
    return [point for point in map(Point.of_line, lines) if not point.place.startswith("other")]


def must_have_passed_every_seam(recordings: list[Recording]) -> None:
    """A step that somebody adds has to happen in a story, or to be named among those that are no part of the road."""
    passed = {point.place for recording in recordings for point in recording.points}
    seams = {seam.name for seam in every_seam()}
    hit = {seam for seam in seams if any(place == seam or place.startswith(f"{seam} for ") for place in passed)}
    outside = {seam for seam in seams if any(seam.startswith(prefix) for prefix in OUTSIDE)}
    forgotten = seams - hit - outside
    assert not forgotten, f"durable steps that no story passes: {sorted(forgotten)}"
    gone = {prefix for prefix in OUTSIDE if not any(seam.startswith(prefix) for seam in seams)}
    assert not gone, f"steps that are named and are not there any more: {sorted(gone)}"
    unknown = {place for place in passed if place.startswith("unknown")}
    assert not unknown, f"calls from places that the walk through the code has not found: {sorted(unknown)}"


def kill_and_tell_again(theatre: Theatre, recording: Recording, point: Point) -> list[str]:
    """Die at the point, tell the story again, and compare the endings. Returns what is wrong."""
    story = recording.story
    for _ in range(_TRIES):  # where threads race, a step that was seen may not come again at once
        house = theatre.house(f"killed-{os.urandom(6).hex()}", story)
        try:
            code = telling(house, story, point)
            if code != -signal.SIGKILL:
                if code not in (0, forge.UNHEARD):
                    return [f"{story} broke off with {code} on the way to {point}: {tail_of_log(house)}"]
                continue
            return [f"{story}, killed at {point}: {wrong}" for wrong in told_again(house, recording)]
        finally:
            theatre.databases.drop(house.database_url)
    return [f"{story} passed {point} once and not again in {_TRIES} tellings"]


def told_again(house: House, recording: Recording) -> list[str]:
    """What is wrong with the ending of a story that was killed before."""
    code = telling(house, recording.story)
    if code == forge.UNHEARD:  # as if it had been killed once more
        code = telling(house, recording.story)
    if code:
        return [f"told again it ended with exit code {code}: {tail_of_log(house)}"]
    ending = json.loads((house.folder / "ending").read_text(encoding="utf-8"))
    wrong = [f"{draft} was delivered {count} times" for draft, count in ending["delivered"].items() if count != 1]
    wrong += [f"{draft} is stuck" for draft in ending["stuck"]]
    wrong += [f"{c} got two answers: {ids}" for c, ids in house.acknowledged().items() if len(ids) != 1]
    if STORIES[recording.story].same_ending and ending != recording.ending:
        wrong.append(f"it ended with {ending}, not with {recording.ending}")
    return wrong


def tail_of_log(house: House) -> str:
    """The end of what its processes said."""
    return (house.folder / "log").read_text(encoding="utf-8")[-2000:]
