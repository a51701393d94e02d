import pytest

from extractors.segments import sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Lee will call at 3 p.m. on Monday.", ["Dr. Lee will call at 3 p.m. on Monday."]),
        ("Hi Ann,\n\nThanks.", ["Hi Ann,", "Thanks."]),
        ("- one\n- two", ["one", "two"]),
        ("1. Deck\n2) Quote\n(c) Plan", ["Deck", "Quote", "Plan"]),
        ("... --- ...", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_wrapped_lines_are_joined_with_one_space_and_keep_their_offsets() -> None:
    text = (
        "We will send you the complete report with all of its appendices on\n"
        "Friday, after the board has met and taken note of it in the usual\nmanner."
    )
    (sentence,) = sentences(text)
    assert sentence.text == text.replace("\n", " ")
    assert len(sentence.text) == len(text)


def test_short_lines_stay_apart() -> None:
    assert texts("deck tonight\nquote tomorrow") == ["deck tonight", "quote tomorrow"]


def test_items_are_marked() -> None:
    assert [sentence.item for sentence in sentences("Plan:\n- Ann: report. More.")] == [False, True, False]
