"""A pattern whose alternatives are left out where they cannot match finds what the whole pattern finds."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.checks
from app.checks.turns import Turns
from app.checks.turns.literals import needs_of
from app.checks.turns.parts import has_groups, parts_of
from app.checks.turns.texts import Strings, folded
from tests.golden.scenarios.scenario import read_scenarios
from tests.unit.app.checks.turns.instances import instances

ROOT = Path(__file__).parents[5]
TEXTS = [str(s.draft["text"]) for s in read_scenarios(ROOT / "tests" / "golden" / "scenarios") if s.draft.get("text")]
EVERY = 80
"""Of the texts that people would write, every so-manieth is looked through for everything."""
MADE = 16
"""Texts made from every pattern."""

_Spans = list[tuple[int, int]]


def _in_use() -> Iterator[tuple[str, Turns]]:
    seen: set[int] = set()
    for module in pkgutil.walk_packages(app.checks.__path__, f"{app.checks.__name__}."):
        for name, value in vars(import_module(module.name)).items():
            for number, each in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(each, Turns) and id(each) not in seen:
                    seen.add(id(each))
                    yield f"{module.name}.{name}.{number}", each


IN_USE = dict(_in_use())


def _whole(turns: Turns) -> re.Pattern[str]:
    return re.compile(turns.pattern, turns.flags)


def _found(sought: Turns | re.Pattern[str], text: str, *place: int) -> _Spans:
    first = sought.search(text, *place)
    spans = [match.span() for match in sought.finditer(text, *place)]
    assert (first.span() if first else None) == (spans[0] if spans else None)
    return spans


def test_there_are_many_in_use() -> None:
    assert len(IN_USE) > 50


@pytest.mark.parametrize("name", IN_USE)
def test_it_finds_the_same_in_what_people_write(name: str) -> None:
    turns, whole = IN_USE[name], _whole(IN_USE[name])
    for text in TEXTS[::EVERY]:
        assert _found(turns, text) == _found(whole, text)


@pytest.mark.parametrize("name", IN_USE)
def test_it_finds_the_same_in_what_is_made_from_it(name: str) -> None:
    turns, whole = IN_USE[name], _whole(IN_USE[name])
    made = list(instances(turns.pattern, turns.flags, count=MADE, seed=1))
    for text, other in zip(made, [*made[1:], made[0]], strict=True):
        both = f"{text} {other}"
        assert _found(turns, both) == _found(whole, both)
        assert _found(turns, both, 2, len(both) - 3) == _found(whole, both, 2, len(both) - 3)


@pytest.mark.parametrize("name", IN_USE)
def test_whatever_matches_holds_what_was_said_to_be_needed(name: str) -> None:
    turns, whole = IN_USE[name], _whole(IN_USE[name])
    needed = needs_of(turns.pattern, turns.flags).strings
    for text in instances(turns.pattern, turns.flags, count=MADE, seed=2):
        if whole.search(text):
            assert all(any(string in folded(text) for string in strings) for strings in needed)


WORDS = (
    "we",
    "lose",
    "money",
    "on",
    "this",
    "Kim",
    "is",
    "İt",
    "a",
    ".",
    "9",
    "%",
    "’ll",
    "promise",
    "ſo",
    "so",
    "\n",
)
SAMPLE = Turns(
    r"""\bwe\ (?:lose|make)\ money\b  # or | not (
    | (?:I|we)['’]ll\ promise | \d\s?% | (?<=\.\ )so\b | [ks]im\b (?!\ a)""",
    re.IGNORECASE | re.VERBOSE,
)


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), st.integers(0, 40), st.integers(0, 80))
def test_it_finds_the_same_in_any_order_of_words(text: str, start: int, end: int) -> None:
    assert _found(SAMPLE, text) == _found(_whole(SAMPLE), text)
    assert _found(SAMPLE, text, start, end) == _found(_whole(SAMPLE), text, start, end)


@given(st.text(alphabet="abİıſK k’σς%\n", max_size=12), st.sets(st.text(alphabet="abik%", min_size=1, max_size=4)))
def test_the_strings_that_a_text_holds_are_found(text: str, strings: set[str]) -> None:
    assert set(Strings(strings).held_by(text)) == {string for string in strings if string in folded(text)}


def test_of_two_that_begin_at_one_place_the_earlier_one_is_found() -> None:
    found = Turns("monday|monday morning").search("on monday morning")
    assert found is not None
    assert found[0] == "monday"


@pytest.mark.parametrize(
    ("pattern", "has_them"),
    [("(a)", True), ("(?P<a>b)", True), ("(?:a)", False), (r"\(a", False), ("[(]a", False), ("(?=a)(?<!b)", False)],
)
def test_groups_are_seen(pattern: str, has_them: bool) -> None:
    assert has_groups(pattern) is has_them


def test_groups_are_kept() -> None:
    found = Turns(r"by (?P<day>\w+day)|in (?P<hours>\d+) hours").search("in 12 hours")
    assert found is not None
    assert (found["hours"], found["day"]) == ("12", None)


@pytest.mark.parametrize("pattern", ["a?", "a|b*", r"\b", "(?=a)", "^"])
def test_a_pattern_that_may_match_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="must not match nothing at all"):
        Turns(pattern).search("a")


@pytest.mark.parametrize(
    ("pattern", "is_verbose", "parts"),
    [
        ("a|b(c|d)|e", False, ["a", "b(c|d)", "e"]),
        (r"a\||[|(]|b", False, [r"a\|", "[|(]", "b"]),
        ("[]|]|[^]|(]|a", False, ["[]|]", "[^]|(]", "a"]),
        ("a # one | (two\n|b", True, ["a # one | (two\n", "b"]),
        ("a#|b", False, ["a#", "b"]),
        (r"a\#|b", True, [r"a\#", "b"]),
        ("", False, [""]),
    ],
)
def test_a_pattern_is_taken_apart_at_its_outer_bars(pattern: str, is_verbose: bool, parts: list[str]) -> None:
    assert list(parts_of(pattern, is_verbose=is_verbose)) == parts


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("Promise", [{"promise"}]),
        (r"\b(?:our|my) bottom\b", [{"our bottom", "my bottom"}]),
        (r"colou?rs", [{"colors", "colours"}]),
        (r"re[sz]ult", [{"result", "rezult"}]),
        (r"give\s+\w+\s+back", [{"give"}, {"back"}]),
        (r"(?:cost){2}x", [{"cost"}]),
        (r"\d\s?%", [{"%"}]),
        (r"(?:sum|\d+)", []),
        (r"[^a]b|straße", []),
        (r"no(?! way)thing", [{"nothing"}]),
    ],
)
def test_what_a_text_needs_is_read_off_the_pattern(pattern: str, needed: list[set[str]]) -> None:
    assert [set(strings) for strings in needs_of(pattern, re.IGNORECASE).strings] == needed
