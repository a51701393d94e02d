import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.hidden import find_look_alikes, find_zero_width
from extractors.reading import read


def reported(text: str) -> list[tuple[int, int]]:
    return [(hidden.start, hidden.end) for hidden in find_zero_width(text, read(text))]


def test_characters_keep_their_places() -> None:
    text = "I\u2019ll\u00a0send \u201cit\u201d\r\nnow"
    reading = read(text)
    assert reading.text == 'I\'ll send "it" \nnow'
    assert reading.original(0, 4) == (0, 4)


def test_a_return_by_itself_ends_a_line() -> None:
    assert read("one\rtwo\r\nthree").text == "one\ntwo \nthree"


@pytest.mark.parametrize(
    "invisible",
    [
        "\u200b",
        "\u2060\u200b",
        "\u00ad",
        "\u200d",
        "\u200c\u200b",
        "\u202e",
        "\u2066",
        "\u200e",
        "\u034f",
        "\u3164",
        "\U000e0041\U000e0042",
        "\ufe0f",
        "\ufe01\U000e0101",
        "\u115f",
        "\u2064",
    ],
)
def test_invisible_characters_are_left_out_and_offsets_lead_back(invisible: str) -> None:
    text = f"I w{invisible}ill go"
    reading = read(text)
    assert reading.text == "I will go"
    start, end = reading.original(2, 6)
    assert text[start:end] == f"w{invisible}ill"
    assert reading.shown(end) == 6
    assert reported(text) == [(3, 3 + len(invisible))]


@pytest.mark.parametrize(
    "text",
    [
        "ok \U0001f469\u200d\U0001f4bb",
        "ok \u2764\ufe0f and 1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    ],
    ids=["emoji", "selectors", "flag", "persian"],
)
def test_characters_that_shape_their_neighbours_stay(text: str) -> None:
    assert read(text).text == text
    assert reported(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffHi",
        "Konfe\u00adrenz\u00adraum",
        "extraordinari\u00adly",
        "call \u202a+1 415 555 0137\u202c",
        "\u200f\u05e9\u05dc\u05d5\u05dd\u200f",
    ],
    ids=["byte order mark", "hyphens", "one hyphen", "copied number", "right to left"],
)
def test_harmless_ones_are_read_over_without_a_word(text: str) -> None:
    assert read(text).removed
    assert reported(text) == []


def test_an_override_is_reported_among_right_to_left_letters_too() -> None:
    assert reported("\u05e9\u05dc\u05d5\u05dd \u202eabc") == [(5, 6)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We will p\u0430y y\u043eu", "We will pay you"),
        ("\u0441\u043e\u0440\u0443 this", "copy this"),
        ("We w\u0456ll g\u03bf", "We will go"),
        ("We w\u0456\u200bll", "We will"),
    ],
)
def test_look_alikes_are_read_as_latin_and_named(text: str, shown: str) -> None:
    reading = read(text)
    assert reading.text == shown
    found = find_look_alikes(text, reading)
    assert found
    assert all(text[start:end] == word for word, start, end in found)


@pytest.mark.parametrize(
    "text",
    [
        "TNF\u03b1 rises by \u03b1, \u03c7 and \u03b2",
        "\u041f\u0440\u0438\u0432\u0435\u0442, \u0432 app\u0430\u0445 \u0438 API",
        "\u03a4\u03bf \u03c3\u03cd\u03bc\u03b2\u03bf\u03bb\u03bf",
        "\u0430 \u043e",
        "M\u00fcller",
    ],
)
def test_words_of_another_script_stay(text: str) -> None:
    reading = read(text)
    assert reading.text == text
    assert find_look_alikes(text, reading) == ()


def test_styled_letters_are_read_plain_and_are_nothing_to_report() -> None:
    reading = read("\uff42\uff59 \U0001d405\U0001d42b\U0001d422")
    assert reading.text == "by Fri"
    assert reading.look_alikes == ()


_STRANGE = st.sampled_from(
    [*"ab \r\n\u200b\u200d\u00ad\u202e\ufe0f\U000e0041\U0001f3f4\U0001f469\u0430\u03bf\u05d0\u0301"]
)


@given(st.one_of(st.text(max_size=60), st.lists(_STRANGE, max_size=40).map("".join)))
def test_the_reading_is_the_text_without_what_was_removed(text: str) -> None:
    reading = read(text)
    assert len(reading.text) == len(text) - sum(end - start for start, end in reading.removed)
    for offset in range(len(reading.text)):
        start, end = reading.original(offset, offset + 1)
        assert end - start == 1
        assert reading.shown(start) == offset
    for offset in range(len(text) + 1):
        assert reading.shown(offset) == offset - sum(
            min(end, offset) - start for start, end in reading.removed if start < offset
        )
