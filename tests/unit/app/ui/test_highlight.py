"""Marks in a draft's text: exact offsets, and nothing from a draft that is not escaped."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checks import Suggestion
from app.core.findings import Findings, HiddenText
from app.ui.highlight import Mark, body_html, changed_html, pieces, visible
from app.ui.markup import Html, joined, tag


def mark(start: int, end: int, *, look: str = "high", rank: int = 10, number: int = 0) -> Mark:
    return Mark(start=start, end=end, look=look, label=f"{look}: why", rank=rank, number=number)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def marked(html: str) -> list[str]:
    return [text_of(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, flags=re.DOTALL)]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> & <img src=x onerror=alert(1)>",
        "**bold** [link](javascript:alert(1)) `code` :smile: $x$ </div></mark>",
        "שלום עולם, I'll call \u200ftomorrow\u200f",
        "👩\u200d👩\u200d👧 I'll send it 🚀 by Friday",
        "  indented\n   \n\ttabbed\n",
    ],
)
def test_hostile_text_comes_out_as_text(text: str) -> None:
    html = body_html(text, [mark(2, 9), mark(5, 12, look="promise", rank=1)])
    assert text_of(html) == text
    assert re.sub(r"</?(div|mark|span)\b[^<>]*>", "", html) == escape(text)
    assert marked(html) == [text[2:5], text[5:9], text[9:12]]


def test_a_mark_covers_exactly_its_characters_after_wide_ones() -> None:
    text = "🚀🚀 שלום — I'll send the plan, ok?"
    start = text.index("I'll")
    html = body_html(text, [mark(start, start + 18, number=3)])
    assert marked(html) == ["I'll send the plan"]
    assert 'data-n="3"' in html


def test_the_worst_result_gives_an_overlap_its_colour_and_all_labels_are_kept() -> None:
    html = body_html("abcdef", [mark(0, 4, look="low", rank=11), mark(2, 6, look="block", rank=14)])
    middle = re.findall(r'<mark class="([^"]*)" title="([^"]*)">cd<', html)
    assert middle == [("cs-block cs-low", "block: why\nlow: why")]


def test_a_number_stands_once_at_the_end_of_its_mark() -> None:
    html = body_html("abcdef", [mark(0, 6, number=1), mark(2, 4, look="promise", rank=1)])
    assert html.count('data-n="1"') == 1
    assert html.index('data-n="1"') > html.index("cd")


def test_labels_cannot_leave_their_attribute() -> None:
    bad = Mark(start=0, end=1, look="high", label='"><script>alert(1)</script>', rank=1)
    assert "<script>" not in body_html("a", [bad])


def test_marks_that_point_outside_are_clipped() -> None:
    assert marked(body_html("abc", [mark(-5, 2), mark(2, 99), mark(7, 9), mark(2, 1)])) == ["ab", "c"]


def test_what_is_quoted_is_dimmed_and_what_is_authored_is_not() -> None:
    html = body_html("mine\n> theirs", [], [(0, 5)])
    assert re.findall(r'<span class="cs-quoted">(.*?)</span>', html) == ["&gt; theirs"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("pay\u200bment", "pay⟨U+200B⟩ment"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("bell\x07", "bell⟨U+0007⟩"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_characters_that_work_unseen_are_named(text: str, expected: str) -> None:
    assert text_of(visible(text)) == expected


@given(
    st.text(alphabet="ab<>&\"'\n 🚀ש", max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8),
)
def test_any_marks_leave_the_text_whole(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [mark(start, end, number=number) for number, (start, end) in enumerate(spans, 1)]
    cut = list(pieces(text, marks))
    assert "".join(text[piece.start : piece.end] for piece in cut) == text
    for piece in cut:
        over = {m.number for m in marks if m.start <= piece.start and piece.end <= m.end}
        assert {m.number for m in piece.marks} == over
    assert text_of(body_html(text, marks)) == text


def test_only_what_was_built_here_counts_as_markup() -> None:
    assert tag("p", "<b>", tag("i", "&")) == "<p>&lt;b&gt;<i>&amp;</i></p>"
    assert joined("<", Html("<br>")) == "&lt;<br>"
    assert tag("a", title='x" onclick="y') == '<a title="x&quot; onclick=&quot;y"></a>'
    assert tag("br") == "<br>"
    assert Html("  <p> \n")._repr_html_() == "  <p> \n"


def test_changes_stand_beside_what_they_replace_and_hidden_text_stays_marked() -> None:
    findings = Findings(
        text="Hi <Al>, 20% off. secret", hidden=(HiddenText(text="secret", start=18, end=24, how="white"),)
    )
    changes = [change(9, 11, "15"), change(0, 0, "Oh. "), change(9, 11, "15")]

    html = changed_html(findings, changes)

    assert "<ins>Oh. </ins>Hi &lt;Al&gt;, <del>20</del><ins>15</ins>% off. <mark" in html
    assert marked(html) == ["secret"]


def test_a_change_within_hidden_text_leaves_the_rest_of_it_marked() -> None:
    findings = Findings(text="abcdef", hidden=(HiddenText(text="abcdef", start=0, end=6, how="white"),))

    html = changed_html(findings, [change(2, 4, "x")])

    assert marked(html) == ["ab", "ef"]
    assert "<del>cd</del><ins>x</ins>" in html


def change(start: int, end: int, replacement: str) -> Suggestion:
    return Suggestion(start=start, end=end, replacement=replacement, why="because")
