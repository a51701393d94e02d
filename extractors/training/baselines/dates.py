"""What every finder of dates is asked and answers, and the finders that are Python libraries."""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from extractors.training.measure import Span

_DAY = 10  # characters of an ISO 8601 day


@dataclass(frozen=True, kw_only=True)
class DateQuestion:
    """A sentence to find dates in; `sent_at` is aware and in the sender's zone."""

    text: str
    sent_at: datetime
    day_first: bool


@dataclass(frozen=True, kw_only=True)
class DateAnswer:
    """A date found, with offsets in the text that was asked about. The libraries know no due days: theirs is the
    first.
    """

    span: Span
    first_day: date | None
    due_day: date | None


class DateFinder(Protocol):
    """A finder of dates in many sentences."""

    name: str

    def missing(self) -> str | None:
        """What is not installed, or None where the finder can be asked."""

    def find(self, questions: Sequence[DateQuestion]) -> list[list[DateAnswer]]:
        """The dates of each sentence, in order."""


def answer(start: int, end: int, day: date | None) -> DateAnswer:
    return DateAnswer(span=(start, end), first_day=day, due_day=day)


def _not_installed(module: str, distribution: str) -> str | None:
    """What hinders the import: some libraries are there but cannot live with what else is there."""
    try:
        importlib.import_module(module)
    except ModuleNotFoundError:
        return f"{distribution} is not installed"
    except ImportError as error:
        return f"{distribution} cannot be imported: {error.msg.partition(' (')[0]}"
    return None


class Dateparser:
    """dateparser's `search_dates`, with English fixed and the future preferred. It gives words without their place,
    so each is looked for behind the one before.
    """

    name = "dateparser `search_dates`"

    def missing(self) -> str | None:
        return _not_installed("dateparser", "dateparser")

    def find(self, questions: Sequence[DateQuestion]) -> list[list[DateAnswer]]:
        search: Any = importlib.import_module("dateparser.search")
        return [list(self._search(search, question)) for question in questions]

    def _search(self, search: Any, question: DateQuestion) -> Iterator[DateAnswer]:
        settings = {
            "RELATIVE_BASE": question.sent_at.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY" if question.day_first else "MDY",
        }
        at = 0
        for words, moment in search.search_dates(question.text, languages=["en"], settings=settings) or ():
            start = question.text.find(words, at)
            if start >= 0:
                at = start + len(words)
                yield answer(start, at, moment.date())


class RecognizersText:
    """Microsoft Recognizers-Text; of the readings of a date the first that is not past, otherwise the last. In Python
    it knows the American order of day and month alone.
    """

    name = "Recognizers-Text"

    def missing(self) -> str | None:
        return _not_installed("recognizers_date_time", "recognizers-text-date-time")

    def find(self, questions: Sequence[DateQuestion]) -> list[list[DateAnswer]]:
        library: Any = importlib.import_module("recognizers_date_time")
        return [
            [
                answer(result.start, result.end + 1, _first_to_come(result.resolution, question.sent_at.date()))
                for result in library.recognize_datetime(
                    question.text, "en-us", reference=question.sent_at.replace(tzinfo=None)
                )
            ]
            for question in questions
        ]


def _first_to_come(resolution: dict[str, Any] | None, today: date) -> date | None:
    days = []
    for reading in (resolution or {}).get("values") or ():
        written = str(reading.get("start") or reading.get("value") or reading.get("end") or "")
        try:
            days.append(date.fromisoformat(written[:_DAY]))
        except ValueError:
            continue  # a time of day, a duration or a recurrence
    return next((day for day in days if day >= today), days[-1] if days else None)
