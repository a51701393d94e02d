import importlib
import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from extractors.segments import Sentence
from extractors.training.baselines.chrono import ChronoNode
from extractors.training.baselines.dates import DateFinder, Dateparser, DateQuestion, RecognizersText
from extractors.training.baselines.plain_regex import find_promises
from extractors.training.baselines.product_dates import Product
from extractors.training.baselines.tfidf import TfidfFinder

FRIDAY = DateQuestion(
    text="🎉 Call me on Friday.", sent_at=datetime.fromisoformat("2026-03-04T10:00:00+01:00"), day_first=True
)
NUMERIC = DateQuestion(text="Due 5/6/2026.", sent_at=FRIDAY.sent_at, day_first=True)
NOTHING = DateQuestion(text="The price is fair.", sent_at=FRIDAY.sent_at, day_first=True)


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(text=text, start=start, item=False)


@pytest.mark.parametrize(
    "promise", ["Tomorrow I'll call.", "We are going to pay.", "we shall see to it", "Let me check."]
)
def test_the_expression_finds_promising_words_to_the_end_of_the_sentence(promise: str) -> None:
    ((start, end),) = find_promises([sentence(promise, start=7)])
    assert 7 <= start < end == 7 + len(promise)


@pytest.mark.parametrize("other", ["You will pay.", "I will not pay.", "I called."])
def test_the_expression_leaves_other_sentences_alone(other: str) -> None:
    assert find_promises([sentence(other)]) == []


def test_words_alone_learn_what_they_are_taught() -> None:
    finder = TfidfFinder(["I'll send it", "it rained today", "I'll call you", "the sun shone"], [True, False] * 2)
    assert finder.find([sentence("I'll send you"), sentence("it rained", start=20)]) == [(0, 13)]
    assert finder.find([]) == []


FINDERS: tuple[DateFinder, ...] = (Product(), Dateparser(), RecognizersText(), ChronoNode())


@pytest.mark.parametrize("finder", FINDERS, ids=lambda finder: finder.name)
def test_a_finder_of_dates_gives_places_and_days(finder: DateFinder) -> None:
    if missing := finder.missing():
        pytest.skip(missing)
    friday, nothing = finder.find([FRIDAY, NOTHING])
    assert nothing == []
    (found,) = friday
    assert FRIDAY.text[slice(*found.span)].endswith("Friday")
    assert found.first_day == found.due_day == date(2026, 3, 6)


@pytest.mark.parametrize("finder", [Product(), Dateparser(), ChronoNode()], ids=lambda finder: finder.name)
def test_the_order_of_day_and_month_is_the_senders(finder: DateFinder) -> None:
    if missing := finder.missing():
        pytest.skip(missing)
    ((found,),) = finder.find([NUMERIC])
    assert found.first_day == date(2026, 6, 5)


def test_a_question_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="give an aware one"):
        Product().find([DateQuestion(text="Friday", sent_at=datetime(2026, 3, 4), day_first=True)])  # noqa: DTZ001


def test_a_library_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ModuleType:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert RecognizersText().missing() == "recognizers-text-date-time is not installed"


def test_a_library_that_cannot_be_imported_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> ModuleType:
        raise ImportError("cannot import name 'X' from 'y' (y.py)")

    monkeypatch.setattr(importlib, "import_module", broken)
    assert (
        RecognizersText().missing()
        == "recognizers-text-date-time cannot be imported: cannot import name 'X' from 'y'"
    )


def test_without_node_there_is_no_chrono(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert ChronoNode().missing() == "node is not installed"


def test_node_without_the_package_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/false")
    assert ChronoNode().missing() == "chrono-node is not installed"


class FakeResult:
    """A result in the form of Recognizers-Text: the end is that of the last character."""

    start = 13
    end = 18
    resolution: ClassVar = {"values": [{"value": "2026-02-27"}, {"value": "2026-03-06"}, {"value": "12:00:00"}]}


def test_of_two_readings_the_one_to_come_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    library = ModuleType("recognizers_date_time")
    monkeypatch.setattr(library, "recognize_datetime", lambda *_, **__: [FakeResult], raising=False)
    monkeypatch.setitem(sys.modules, library.__name__, library)
    assert RecognizersText().missing() is None
    (found,) = RecognizersText().find([FRIDAY])[0]
    assert FRIDAY.text[slice(*found.span)] == "Friday"
    assert found.first_day == date(2026, 3, 6)


FAKE_CHRONO = """
const day = {year: 2026, month: 3, day: 6};
const found = text => [{index: text.indexOf("Friday"), text: "Friday", start: {get: part => day[part]}}];
exports.en = {parse: () => [], GB: {parse: found}};
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_places_from_node_count_characters_as_python_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "chrono-node").mkdir()
    (tmp_path / "chrono-node" / "index.js").write_text(FAKE_CHRONO, encoding="utf-8")
    monkeypatch.setenv("NODE_PATH", str(tmp_path))
    assert ChronoNode().missing() is None
    (found,) = ChronoNode().find([FRIDAY])[0]
    assert FRIDAY.text[slice(*found.span)] == "Friday"
    assert found.first_day == date(2026, 3, 6)
