from extractors.commitments.candidates import candidates, stretches
from extractors.findings import Commitment
from tests.unit.extractors.commitments.seen import seen, sentence

TEXT = "Sure, I send it and Dana calls you."
CERTAIN = {
    "I": ("first-firm", 0.9),
    "send": ("firm", 0.9),
    "it": ("firm", 0.8),
    "Dana": ("first-firm", 0.7),
    "calls": ("firm", 0.9),
    "you": ("firm", 0.6),
}


def family(start: int, end: int) -> Commitment:
    return Commitment(
        text=TEXT[start:end],
        start=start,
        end=end,
        strength="firm",
        kind="deliverable",
        actor="sender",
        action="send",
        object=None,
        recipient=None,
        due=None,
        rule="will",
    )


def places(certainties: dict[str, tuple[str, float]], *families: Commitment) -> list[tuple[str, bool, bool]]:
    found = candidates([sentence(TEXT)], [seen(TEXT, certainties)], families)
    return [(TEXT[c.start : c.end], c.seen, c.family is not None) for c in found]


def test_each_stretch_that_the_network_sees_is_a_candidate() -> None:
    assert places(CERTAIN) == [("I send it", True, False), ("Dana calls you", True, False)]


def test_a_family_joins_the_stretch_it_overlaps_most() -> None:
    assert places(CERTAIN, family(6, 15)) == [("I send it", True, True), ("Dana calls you", True, False)]


def test_what_only_a_family_finds_is_a_candidate_too() -> None:
    assert places({}, family(6, 15)) == [("I send it", False, True)]


def test_a_faint_word_between_two_that_are_seen_does_not_part_them() -> None:
    tagged = seen("we send it", {"we": ("first-firm", 0.9), "send": ("firm", 0.06), "it": ("firm", 0.9)})
    assert stretches(tagged) == [(0, 2)]


def test_a_word_outside_parts_two_stretches() -> None:
    tagged = seen("we send it", {"we": ("first-firm", 0.9), "it": ("firm", 0.9)})
    assert stretches(tagged) == [(0, 0), (2, 2)]


def test_offsets_count_in_the_whole_text_and_leave_out_the_full_stop() -> None:
    certain = {**CERTAIN, ".": ("firm", 0.9)}
    (first, second) = candidates([sentence(TEXT, start=100)], [seen(TEXT, certain)], [])
    assert (first.start, second.end) == (106, 100 + TEXT.index(" you.") + len(" you"))


def test_an_empty_sentence_has_no_candidate() -> None:
    assert candidates([sentence("")], [seen("", {})], []) == []
