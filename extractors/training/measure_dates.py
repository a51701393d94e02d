"""Measure the finder of dates on the Recognizers-Text cases and the labelled mails.

Usage: python -m extractors.training.measure_dates DATA_FOLDER [--misses]

The Recognizers cases fall into three by a hash of their input: two to develop on and one held out, whose misses
are never listed. A value is right where the first day found is the first day of one of the values given; cases
that expect nothing count as false alarms where anything is found. Bare durations and recurrences, which place
nothing in time, are left out.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from extractors import DateMention, WorkingHours, extract
from extractors.dates import Moment, business_calendar, find_dates
from extractors.lazily import compiled
from extractors.segments import sentences
from extractors.training.measure import SALES, Row, Share, Span, load, overlap

ZONE = "America/New_York"
_DEFAULT_MOMENT = "2016-11-07T00:00:00"
_PLACED = ("date", "datetime", "daterange", "datetimerange", "time", "timerange")
_FIRST_DAYS = ("date", "dateTime", "startDate", "startDateTime")
_DAY = compiled(r"\d{4}-\d\d-\d\d")
_WORDS_PER_MAIL = 150
_ROUNDS = 5


@dataclass(kw_only=True)
class Case:
    """One input with what the files expect in it: by span, the type and the first days of its values."""

    text: str
    sent_at: str = _DEFAULT_MOMENT
    expected: dict[Span, tuple[str, set[str]]] = field(default_factory=dict)

    @property
    def held_out(self) -> bool:
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 == 0


@dataclass(kw_only=True)
class Tally:
    """What was counted over the cases of one side."""

    found: Share = field(default_factory=Share)
    days: Share = field(default_factory=Share)
    alarms: Share = field(default_factory=Share)
    misses: list[str] = field(default_factory=list)


def read_cases(folder: Path) -> list[Case]:
    """The cases of all parser and extractor files, one for each input."""
    cases: dict[str, Case] = {}
    for path in sorted(folder.glob("*.json")):
        if "TimeZone" in path.stem or "SkipFromTo" in path.stem:
            continue
        for row in json.loads(path.read_text(encoding="utf-8")):
            case = cases.setdefault(row["Input"], Case(text=row["Input"]))
            case.sent_at = row.get("Context", {}).get("ReferenceDateTime") or case.sent_at
            _add_results(case, row["Results"])
    return list(cases.values())


def _add_results(case: Case, results: list[Row]) -> None:
    at = 0
    for result in results:
        start = result.get("Start")
        if start is None:
            start = max(case.text.lower().find(result["Text"].lower(), at), 0)
        at = start + len(result["Text"])
        known = case.expected.get((start, at), ("", set[str]()))
        kind = known[0] or str(result["Type"]).removeprefix("datetimeV2.")
        case.expected[start, at] = (kind, known[1] or set(_first_days(result.get("Value"))))


def _first_days(value: Row | None) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for reading in (value.get("FutureResolution") or {}, value.get("PastResolution") or {}):
        yield from _days_of(reading.get(key) for key in _FIRST_DAYS)
    for reading in value.get("values") or []:
        yield from _days_of([reading.get("value") or reading.get("start")])


def _days_of(texts: Iterable[str | None]) -> Iterator[str]:
    for text in texts:
        match = _DAY.match(text or "")
        if match:
            yield match[0]


def measure_recognizers(cases: Iterable[Case]) -> Tally:
    tally = Tally()
    for case in cases:
        sent_at = datetime.fromisoformat(case.sent_at).replace(tzinfo=ZoneInfo(ZONE))
        found = extract(case.text, sent_at=sent_at, timezone=ZONE).dates
        if not case.expected:
            tally.alarms.count(bool(found))
            if found:
                tally.misses.append(f"alarm  {case.text!r} {[mention.text for mention in found]}")
        for span, (kind, _) in case.expected.items():
            if kind in _PLACED and not _inside_another(span, case.expected):
                _count(tally, case, span, found)
    return tally


def _inside_another(span: Span, spans: Iterable[Span]) -> bool:
    return any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in spans)


def _count(tally: Tally, case: Case, span: Span, found: tuple[DateMention, ...]) -> None:
    kind, days = case.expected[span]
    hits = [mention for mention in found if overlap((mention.start, mention.end), span) > 0]
    tally.found.count(bool(hits))
    right = any(hit.from_ is not None and hit.from_.date().isoformat() in days for hit in hits)
    valued = bool(days) and kind in ("date", "datetime")
    if valued:
        tally.days.count(right)
    if not hits or (valued and not right):
        got = [f"{hit.text} {hit.from_:%Y-%m-%d}" for hit in hits if hit.from_]
        tally.misses.append(f"{kind}  {case.text!r} wants {case.text[slice(*span)]!r} {sorted(days)} got {got}")


def measure_speed(data: Path) -> float:
    """Milliseconds of process time for 150 words of the development mails, the best of a few rounds."""
    zone = ZoneInfo(ZONE)
    moment = Moment(
        sent_at=datetime(2026, 11, 18, 10, tzinfo=zone),
        zone=zone,
        calendar=business_calendar(WorkingHours(), "US"),
        day_first=False,
    )
    rows = [row for dataset in SALES for row in load(data, dataset, test=False)]
    found = [sentence for row in rows for sentence in sentences(row["text"])]
    words = sum(len(sentence.text.split()) for sentence in found)
    best = float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        for sentence in found:
            find_dates(sentence, moment)
        best = min(best, time.process_time() - start)
    return best / words * _WORDS_PER_MAIL * 1000


def report(data: Path, *, misses: bool) -> Iterator[str]:
    """All figures, line by line."""
    cases = read_cases(data / "dates" / "recognizers")
    for name, side in (("developed on", False), ("held out", True)):
        tally = measure_recognizers(case for case in cases if case.held_out == side)
        yield tally.found.line(f"recognizers, {name}: overlap recall")
        yield tally.days.line(f"recognizers, {name}: day right")
        yield tally.alarms.line(f"recognizers, {name}: false alarms")
        if misses and not side:
            yield from tally.misses
    yield f"find_dates: {measure_speed(data):.2f} ms of process time for {_WORDS_PER_MAIL} words"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what is wrong in the part developed on")
    arguments = parser.parse_args()
    for line in report(arguments.data, misses=arguments.misses):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
