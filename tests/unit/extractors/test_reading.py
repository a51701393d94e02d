import pytest

from extractors.reading import read


def test_characters_keep_their_places() -> None:
    text = "I\u2019ll\u00a0send \u201cit\u201d\r\nnow"
    reading = read(text)
    assert reading.text == 'I\'ll send "it" \nnow'
    assert reading.original(0, 4) == (0, 4)


@pytest.mark.parametrize("invisible", ["\u200b", "\u2060\u200b", "\u00ad", "\u200d"])
def test_invisible_characters_are_left_out_and_offsets_lead_back(invisible: str) -> None:
    text = f"I w{invisible}ill go"
    reading = read(text)
    assert reading.text == "I will go"
    start, end = reading.original(2, 6)
    assert text[start:end] == f"w{invisible}ill"
    assert reading.shown(end) == 6


def test_a_joiner_inside_an_emoji_stays() -> None:
    assert read("ok \U0001f469\u200d\U0001f4bb").text == "ok \U0001f469\u200d\U0001f4bb"
