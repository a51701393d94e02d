"""Part-of-speech tags put right where they contradict their neighbours, the relation or the spelling.

Terse business lines are far from what taggers learn from: "the order form" ends in a verb, "her write-up" begins with
one. Only such readings are changed as English does not allow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.commitments import slot_words as words
from extractors.commitments.lexicon import IRREGULAR
from extractors.wordlists import word_set

_SPACE = "_SP"
_OUTSIDE = "^"
_NOMINAL_DEPS = word_set("obj iobj nsubj nsubj:pass obl nmod")
_OPENS = word_set("DT PRP$ POS")
_BEFORE_NOUN = word_set("DT PRP$ POS JJ NN NNS CD HYPH")
_AFTER_VERB = word_set("DT PRP PRP$ WDT")
_FINITE = word_set("VB VBP VBZ VBD")
_FRAGMENT_DEPS = word_set("xcomp ccomp conj acl dep parataxis")
_POINTING = word_set("this that these those all both")
_NUMBERS = word_set("two three four five six seven eight nine ten eleven twelve thirty forty fifty sixty ninety")
_LOOSE = word_set("IN RB RP")
_PARTICIPLES = word_set("VBG VBN VBD")
_AFTER_ATTRIBUTE = word_set("NN NNS NNP CD JJ")
_AFTER_GERUND = word_set("VBZ VBP MD")


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """A sentence's words as tagged and parsed."""

    lower: Sequence[str]
    tags: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]


def mended_tags(columns: Columns, joints: Iterable[int]) -> list[str]:
    """The tags with those changed that cannot be; `joints` are the hyphens with no space about them."""
    lower = columns.lower
    mended = [
        _mended_verb(columns, word) if tag[:2] == "VB" and columns.deps[word][:3] != "aux" else tag
        for word, tag in enumerate(columns.tags)
    ]
    if lower[1:2] == [":"] and mended[0] in ("RB", "UH"):
        mended[0] = "NN"
    for space in [word for word, text in enumerate(lower) if text.isspace()]:
        mended[space] = _SPACE
    for joint in joints:
        _mend_joined(mended, joint)
    return mended


def _mended_verb(columns: Columns, word: int) -> str:
    lower, tag = columns.lower, columns.tags[word]
    if lower[word] in _NUMBERS:
        return "CD"
    if tag in _PARTICIPLES and _is_attribute(columns, word):
        return "JJ"
    if _is_noun(columns, word):
        return "NNS" if tag == "VBZ" and lower[word].endswith("s") else "NN"
    return tag


def _is_attribute(columns: Columns, word: int) -> bool:
    """Whether a participle stands between a determiner and a noun or number ("the remaining 32")."""
    tags = columns.tags
    return 0 < word < len(tags) - 1 and tags[word - 1] in ("DT", "PRP$") and tags[word + 1] in _AFTER_ATTRIBUTE


def _is_noun(columns: Columns, word: int) -> bool:
    """Whether a word with a verb's tag stands where only a noun can ("Invite to follow", "Drawing goes out")."""
    lower, tags = columns.lower, columns.tags
    tag, text = tags[word], lower[word]
    after = tags[word + 1] if word + 1 < len(tags) else _OUTSIDE
    if (tag == "VBG" and after in _AFTER_GERUND) or lower[word + 1 : word + 3] == ["to", "follow"]:
        return True
    if text in words.BE_FORMS or text in words.HAVE_FORMS:
        return False
    if (tag == "VBZ" and not text.endswith("s")) or (tag == "VBD" and text[-1] not in "dt" and text not in IRREGULAR):
        return True
    if any(mark.isdigit() for mark in text):
        return True
    before = tags[word - 1] if word else _OUTSIDE
    if before in _OPENS and tag in ("VB", "VBP"):
        return lower[word - 1] not in _POINTING
    return before in _BEFORE_NOUN and after not in _AFTER_VERB and _ends_compound(columns, word)


def _ends_compound(columns: Columns, word: int) -> bool:
    """Whether what stands before a supposed verb makes it the last word of a noun phrase ("the order form")."""
    tags, deps = columns.tags, columns.deps
    tag, dep = tags[word], deps[word]
    if dep in _NOMINAL_DEPS:
        governed = dep[:5] == "nsubj" or deps[word - 1] == "compound" or tags[columns.heads[word]][:2] == "VB"
        return governed and (tag in _FINITE or (tag == "VBG" and tags[word - 1] in _OPENS))
    if columns.lower[word] in words.PEOPLE_NOUNS and tag in _FINITE:
        return True
    # A singular subject takes "-s", so that a base form right after a noun heads a compound.
    return tag == "VB" and tags[word - 1] == "NN" and dep in _FRAGMENT_DEPS and deps[word - 1] != "obj"


def _mend_joined(tags: list[str], hyphen: int) -> None:
    """Words joined by a hyphen to a noun are part of it ("side-by-side test", "write-up", "per-seat price")."""
    before, after = tags[hyphen - 1], tags[hyphen + 1]
    if before[:2] == "VB" or after[:2] == "VB":
        return
    tags[hyphen] = "HYPH"
    if before in _LOOSE:
        tags[hyphen - 1] = "GW"
    if after in _LOOSE:
        tags[hyphen + 1] = "GW"
