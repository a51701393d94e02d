"""Deadlines and tempting sentences, case by case."""

from datetime import datetime

import pytest

from extractors import extract
from tests.unit.extractors.dates.deadline_cases import SITUATIONS, Situation
from tests.unit.extractors.dates.non_dates import NON_DATES
from tests.unit.extractors.drafts import dates_of

_CASES = [
    pytest.param(situation, text, day, id=f"{name}: {text}")
    for name, situation in SITUATIONS.items()
    for text, day in situation.cases
]


@pytest.mark.parametrize(("situation", "text", "day"), _CASES)
def test_due_day(situation: Situation, text: str, day: str | None) -> None:
    (mention,) = extract(
        text,
        sent_at=datetime.fromisoformat(situation.sent_at),
        timezone=situation.zone,
        holidays=situation.holidays,
        locale=situation.locale,
    ).dates
    assert mention.due_day == (datetime.fromisoformat(day).date() if day else None)


@pytest.mark.parametrize("text", NON_DATES)
def test_what_is_no_date(text: str) -> None:
    assert [mention.text for mention in dates_of(text)] == []
