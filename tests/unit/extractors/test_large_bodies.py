"""Bodies as large as a draft may be, of the shapes that make careless code slow or fail. All of them together take
seconds; the time of any grows with its square once something is quadratic.
"""

import pytest

from extractors.authored_text import authored_spans
from extractors.hidden import find_zero_width
from extractors.html_text import render
from extractors.reading import read
from extractors.segments import sentences

_SIZE = 150_000
_PLAIN = [
    "a",
    "\n",
    ">",
    "> ",
    ">\n",
    ".",
    ". ",
    "...",
    "we will send it. ",
    "ab cd\n",
    "On Mon 5 wrote:\n",
    "From: x\n",
    "From: x\nhello there\n",
    "____________\n",
    "-- \n",
    "--\n",
    "Best regards,\n",
    "Best,\nTom Hale\nAcme, Sales\n\n",
    "Tom Hale\nAcme, Sales\n\n",
    "- a\n",
    "this email is ",
    "Unsubscribe\n",
    "x:\n",
    "e.g. ",
    "A. ",
    "1 ",
    "(",
    '"',
    ":",
    "@",
    "<",
    "a\u200b",
    "\u200b",
    "\u200d",
    "a\u200d",
    "\u202e",
    "а",
    "aа",
    "pаy ",
    "🚀",
    "́",
    "\U000e0041",
    "️",
    "hello there\r\n",
    "天。",
    "> a\nb\n",
    "_ ",
    "    x",
    "\xad",
]
_RICH = [
    "<div>",
    "</div>",
    "<b>",
    "<p>x",
    "<b><p>",
    "<ul><li>",
    "<table><tr><td>",
    "<blockquote>",
    "<br>",
    '<a href="',
    "<!--",
    "<!-- two words -->",
    "<",
    ">",
    "&amp;",
    "&",
    '<span style="display:none">two words</span>',
    "<form>",
    "<td>x",
    "<!--[if mso]>",
    "<font size=1>x",
    "<style>/*",
    "<style>.a{color:red}</style>",
]


@pytest.mark.parametrize("piece", [*_PLAIN, "|", " |"], ids=ascii)
def test_a_large_text(piece: str) -> None:
    text = (piece * (_SIZE // len(piece) + 1))[:_SIZE]
    reading = read(text)
    last = 0
    for start, end in authored_spans(reading.text):
        assert last <= start < end <= len(reading.text)
        for sentence in sentences(reading.text, start, end):
            assert start <= sentence.start < sentence.end <= end
        last = end
    assert all(text[hidden.start : hidden.end] == hidden.text for hidden in find_zero_width(text, reading))


@pytest.mark.parametrize("piece", _RICH)
def test_a_large_page(piece: str) -> None:
    rendering = render(piece * 20_000 + "I will send it")
    assert all(rendering.text[hidden.start : hidden.end] == hidden.text for hidden in rendering.hidden)


@pytest.mark.parametrize(
    "piece", ["<div>", "<b>", "<p>x", "<ul><li>", "<blockquote>", "<table><tr><td>", "</div>", "<br>"]
)
def test_a_large_page_keeps_its_words(piece: str) -> None:
    assert "I will send it" in render(piece * 20_000 + "I will send it").text
