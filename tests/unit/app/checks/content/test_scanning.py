"""Lines are passed over only where they cannot hold what is looked for."""

from __future__ import annotations

from app.checks.content.scanning import flowing, holding, lowered, stems

TEXT = "First line\nthe KEY is here\nits value\nlast line"


def lines(wanted: str, *, count: int = 1) -> list[str]:
    return [TEXT[start:end] for start, end in holding(TEXT, 0, len(TEXT), stems(wanted), lines=count)]


def test_only_lines_with_a_stem_are_held() -> None:
    assert lines("key") == ["the KEY is here"]
    assert lines("nowhere") == []


def test_a_stem_with_a_capital_has_to_stand_so() -> None:
    assert lines("KEY") == ["the KEY is here"]
    assert lines("Key") == []


def test_lines_that_meet_are_one() -> None:
    assert lines("key|value", count=2) == ["the KEY is here\nits value\nlast line"]
    assert lines("first|last") == ["First line", "last line"]


def test_a_wrapped_sentence_flows_and_keeps_its_places() -> None:
    wrapped = "This line is long enough for a mail program to break it here, and\nit goes on.\nShort\nlines do not."

    assert flowing(wrapped) == wrapped.replace("and\nit", "and it")
    assert len(flowing(wrapped)) == len(wrapped)


def test_small_letters_keep_their_places() -> None:
    assert len(lowered("İSTANBUL key")) == len("İSTANBUL key")
    assert lowered("KEY") == "key"
