"""The words of a suggestion are found in bodies that are written another way, or not touched at all."""

from __future__ import annotations

import pytest

from app.core.checks import Suggestion
from app.rewriting.places import Unplaceable, in_html, in_plain_text
from extractors.html_text import render


def change(shown: str, old: str, new: str) -> Suggestion:
    start = shown.index(old)
    return Suggestion(start=start, end=start + len(old), replacement=new, why="")


@pytest.mark.parametrize(
    ("html", "old", "new", "expected"),
    [
        ("<p>Call at 2 pm</p>", "2 pm", "3 pm", "<p>Call at 3 pm</p>"),
        ("<p title='2 pm'>Call at 2 pm</p>", "2 pm", "3 pm", "<p title='2 pm'>Call at 3 pm</p>"),
        ("<!-- 2 --><p>Call at <b>2</b> pm</p>", "2 pm", "3 pm", "<!-- 2 --><p>Call at <b>3</b> pm</p>"),
        ("<b>Tue</b>, Nov <i>3</i>, 9 am", "Tue, Nov 3, 9 am", "Wed, Nov 4, 9 am", "<b>Wed</b>, Nov <i>4</i>, 9 am"),
        ("<p>2 <b>pm</b></p>", "2 pm", "2:30 pm", "<p>2:30 <b>pm</b></p>"),
        ("<p>Lee&#39;s list</p>", "Lee's list", "Lee's plan", "<p>Lee's plan</p>"),
        ("<p>R&amp;D plan</p>", "R&D plan", "R&D <list>", "<p>R&amp;D &lt;list&gt;</p>"),
        ("<p>at\n   2 pm</p>", "at 2 pm", "at 3 pm", "<p>at 3 pm</p>"),
        ("<style>.a2 pm{}</style><p>2 pm</p>", "2 pm", "3 pm", "<style>.a2 pm{}</style><p>3 pm</p>"),
        ("<p>2 pm or 2 pm</p>", "or 2 pm", "or 3 pm", "<p>2 pm or 3 pm</p>"),
    ],
)
def test_the_words_in_html(html: str, old: str, new: str, expected: str) -> None:
    shown = render(html).text
    assert in_html(html, shown, change(shown, old, new)) == expected


def test_words_that_are_only_added_go_beside_their_neighbour() -> None:
    html = "<p>Free at 2 pm</p>"
    shown = render(html).text
    at_the_end = Suggestion(start=len(shown), end=len(shown), replacement=" Eastern", why="")
    in_front = Suggestion(start=0, end=0, replacement="Now ", why="")
    assert in_html(html, shown, at_the_end) == "<p>Free at 2 pm Eastern</p>"
    assert in_html(html, shown, in_front) == "<p>Now Free at 2 pm</p>"


def test_the_second_of_equal_words_is_meant() -> None:
    html = "<p>2 pm</p><p>2 pm</p>"
    shown = render(html).text
    second = Suggestion(start=shown.rindex("2"), end=len(shown), replacement="3 pm", why="")
    assert in_html(html, shown, second) == "<p>2 pm</p><p>3 pm</p>"


def test_words_in_pieces_are_refused() -> None:
    html = "<p>Thurs<b>day</b></p>"
    with pytest.raises(Unplaceable, match="in pieces"):
        in_html(html, "Thursday", change("Thursday", "Thursday", "Friday"))


def test_the_plain_text_beside_it() -> None:
    shown = "Call at 2 pm.\n\nNot at 2 pm."
    second = Suggestion(start=shown.rindex("2 pm"), end=shown.rindex("2 pm") + 4, replacement="3 pm", why="")
    assert in_plain_text("Call at 2\npm. Not at 2 pm.", shown, second) == "Call at 2\npm. Not at 3 pm."
    assert in_plain_text("  \n", shown, second) == "  \n"


@pytest.mark.parametrize("text", ["Call at 14:00.", "Call at 2 pm."])
def test_a_plain_text_that_says_it_otherwise_is_refused(text: str) -> None:
    shown = "Call at 2 pm.\n\nNot at 2 pm."
    with pytest.raises(Unplaceable, match="the plain text does not say “2 pm” where the HTML does"):
        in_plain_text(text, shown, change(shown, "2 pm", "3 pm"))
