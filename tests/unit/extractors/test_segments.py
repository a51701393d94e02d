import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.segments import sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "One.|Two!|Three?",
        "Dr. Lee will call at 3 p.m. on Monday.",
        "We pay e.g. by card, i.e. at once.|See No. 5 of vol. 2.",
        "No.|We can't.",
        "It weighs approx. 3.5 kg.",
        "Mr. J. R. Smith agreed.|He will sign.",
        "Acme Inc. will sign.|We'll ask Acme Inc.|They will sign.",
        "The U.S. team meets at 9 a.m. tomorrow, or at 3 p.m.|Then we rest.",
        "It is due on Jan. 5.|It is due in Jan.|Then we pay.",
        "We go with plan B.|We start Monday.",
        "So do I.|We'll see.",
        "See www.acme.example or https://acme.example/a.b?c=d.|Thanks.",
        "Hmm... we will see.|Wait...|Fine.",
        'He said "go." and left.|"Done."|We left.',
        "(Really.)|We will.",
        "(really?) we will",
        "ok.|then we go",
        "Great \U0001f389|We'll celebrate.|I \u2764\ufe0f New York.",
        "Fine :)|See you.",
        "Mark H. today, Wed. Sept. 20, then Sig. Ravasio.",
        "It opens at 11:00 a.m.|Registration follows at 3 p.m. Toronto time, 4 p.m. EST or 5 p.m. Tuesday.",
        "v1.2.3 is out.|Node.Js and report.Final.pdf stay.",
        "P.S. I'll bring cake.",
    ],
)
def test_sentence_ends(text: str) -> None:
    expected = text.split("|")
    assert texts(" ".join(expected)) == expected


def test_a_forgotten_space_is_an_end_all_the_same() -> None:
    assert texts("It's done.Then we go.Great!Thanks") == ["It's done.", "Then we go.", "Great!", "Thanks"]


def test_wide_marks_need_no_space() -> None:
    assert texts("\u660e\u5929\u53d1\u3002\u597d\uff01\u518d\u89c1") == [
        "\u660e\u5929\u53d1\u3002",
        "\u597d\uff01",
        "\u518d\u89c1",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi Ann,\n\nThanks.", ["Hi Ann,", "Thanks."]),
        ("- one\n- two", ["one", "two"]),
        (
            "- one\n    - two\n\t* three\n      a) four\n      (b) five\n  iv. six",
            ["one", "two", "three", "four", "five", "six"],
        ),
        ("1. Deck\n2) Quote\n(c) Plan\n2.1 Price\n10. End", ["Deck", "Quote", "Plan", "Price", "End"]),
        ("\u2022tight\n[x] done\n[ ] open\n\u2705 ticked\n> arrow", ["tight", "done", "open", "ticked", "arrow"]),
        ("# Plan\nWe ship.", ["Plan", "We ship."]),
        ("3.5 million seats", ["3.5 million seats"]),
        ("Seats | Price\n50 | $40", ["Seats | Price", "50 | $40"]),
        ("... --- ...", []),
        ("", []),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_wrapped_lines_are_joined_with_one_space_and_keep_their_offsets() -> None:
    text = (
        "We will send you the complete report with all of its appendices on\n"
        "Friday, after the board has met and taken note of it in the usual\nmanner."
    )
    (sentence,) = sentences(text)
    assert sentence.text == text.replace("\n", " ")
    assert len(sentence.text) == len(text)


def test_a_wrapped_item_is_one_block() -> None:
    text = "- We'll send you the report with its appendices by Friday at noon,\n  and the quote.\n- Sign"
    assert [sentence.item for sentence in sentences(text)] == [True, True]


def test_a_raggedly_wrapped_line_goes_on_in_small_letters() -> None:
    assert len(texts("We'll send you the whole of the report by\nthe end of the week.")) == 2
    assert len(texts("We'll send you the whole of the long report by\nthe end of the week.")) == 1


def test_lines_of_a_program_that_does_not_wrap_stay_apart() -> None:
    assert len(texts("We'll send it " + "very " * 30 + "soon\nThanks")) == 2


def test_lines_of_a_sender_who_uses_no_capitals_stay_apart() -> None:
    assert len(texts("10k run tomorrow, results in the shared doc right after\nif it fails i'll call the team")) == 2


def test_short_lines_stay_apart() -> None:
    assert texts("deck tonight\nquote tomorrow") == ["deck tonight", "quote tomorrow"]


def test_items_are_marked() -> None:
    assert [sentence.item for sentence in sentences("Plan:\n- Ann: report. More.")] == [False, True, False]


_ENGLISH = "We'll send it. Dr. e.g. No. 5 p.m. ... :) - 1. a) | ! ? . ) x.Then"
_STRANGE = ["\n", "\n\n", "\t", "\u2022", "\u2026", "\u3002", "\U0001f389", "e\u0301", "\u05d0\u05d1", "\u0645", '."']
_PIECES = st.sampled_from([*_ENGLISH.split(), *_STRANGE])


@settings(deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=50).map(" ".join)))
def test_every_segment_is_the_text_at_its_place_and_none_overlap(text: str) -> None:
    last = 0
    for sentence in sentences(text):
        assert last <= sentence.start < sentence.end <= len(text)
        assert sentence.text == text[sentence.start : sentence.end].replace("\n", " ")
        assert sentence.text == sentence.text.strip() or sentence.item
        last = sentence.end


@given(st.lists(st.sampled_from(["abc", "bca", ".", "!", "? ", " ", "\n", "- "]), max_size=40).map("".join))
def test_no_letter_is_lost(text: str) -> None:
    assert [letter for sentence in sentences(text) for letter in sentence.text if letter in "abc"] == [
        letter for letter in text if letter in "abc"
    ]
