"""What a promise is about, and whether two promises are about the same thing.

Similarity only finds candidates here; what is compared afterwards are slots: the day and the percentage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.checks.words import SYNONYMS, bag, content, lemma, names, numbers
from extractors.lazily import compiled

_VERBS: Mapping[str, frozenset[str]] = {
    "deliver": bag(
        """send share deliver provide attach forward email mail circulate return ship issue release submit
    supply hand deck prepare build create draft write finalise finalize compile respond answer complete
    fill turn follow bring reach present upload post publish pass drop reply finish update outline
    expect attaching"""
    ),
    "arrange": bag("schedule arrange book organise organize plan set host calendar hold"),
    "introduce": bag("introduce connect intro put loop introduction"),
    "fix": bag("fix resolve patch repair correct solve mend resolved"),
    "refund": bag("refund credit reimburse repay"),
    "sign": bag("sign countersign execute"),
    "extend": bag("extend prolong push postpone lengthen"),
    "assign": bag("assign appoint dedicate allocate staff name"),
    "migrate": bag("migrate import move transfer load convert"),
    "train": bag("train teach coach"),
    "review": bag("review read study evaluate assess inspect examine"),
    "confirm": bag("confirm verify check clarify test investigate"),
    "concede": bag("discount waive reduce lower offer knock"),
    "hire": bag("hire recruit"),
}
_CLASSES: Mapping[str, str] = {verb: name for name, verbs in _VERBS.items() for verb in verbs}
_COMPATIBLE = frozenset(
    {
        frozenset({"deliver", "confirm"}),
        frozenset({"review", "confirm"}),
        frozenset({"deliver", "train"}),
        frozenset({"concede", "deliver"}),
        frozenset({"assign", "deliver"}),
        frozenset({"introduce", "deliver"}),
        frozenset({"concede", "arrange"}),
    }
)
"""Besides a class and itself. Verbs of no class (get, have, give, do, be) go with everything."""

_WEAK = bag(
    """audit report document integration support call meeting session access update question answer note list
    plan detail information item thing email message mail link analysis customer team setup review
    summary environment form unit material set part work request response input feedback contact name
    copy data"""
)
"""Words that say too little alone: `SOC 2 report` is about SOC 2, `usage report` about usage."""
_LIGHT = bag("make do give have get")
"""Verbs that leave the deed to their object: `make an intro`."""
_DERIVED = bag(
    "summary analysis question note list review request response input feedback update support call meeting"
)
"""Of the weak words, those that make another thing of what they follow."""
_AT_AN_INTRODUCTION = bag("make do happy touch between contact direct directly glad soon chain")
_PLACES = bag("inbox mailbox hand desk way")
"""`It will be in your inbox` says where, and not what."""
_AMOUNT = compiled(r"[\d$€£]|\b(?:day|week|month|quarter|year)s?\b", re.IGNORECASE)
"""An object that only says how much: what for stands in the rest of the sentence."""
_YEAR = compiled(r"(?:19|20)\d\d")
_CORE_ENDS = bag(
    """of for from with in on at by to into about regarding covering against over via per prior before after
    you we i they he she that which who where if provided providing unless when once"""
)
"""After one of these an object says which one it is, and no longer what."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """The thing a promise is about, in the one name that each thing has."""

    action: str | None
    object: str | None
    text: str

    @cached_property
    def verb(self) -> str | None:
        """The class of the verb; None for a verb that goes with everything."""
        words = names(self.action) if self.action else names(self.text)
        if set(words) <= _LIGHT:
            words = words + self.core[:1]
        return next((c for w in words if (c := _CLASSES.get(lemma(w))) is not None), None)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words of the object up to its first preposition."""
        words = names(self.object or "")
        end = next((n for n, word in enumerate(words) if n and word in _CORE_ENDS), len(words))
        return _uncounted(word for word in content(words[:end]) if word not in _PLACES)

    @cached_property
    def around(self) -> tuple[str, ...]:
        """Every telling word of the whole statement but its verb."""
        words = content(names(f"{self.object or ''} {self.text}"))
        return tuple(word for word in words if word in SYNONYMS or word not in _CLASSES)

    @cached_property
    def told(self) -> frozenset[str]:
        """The statement's telling words without its numbers."""
        return frozenset(word for word in self.around if word.isalpha())

    @cached_property
    def head(self) -> str | None:
        """What is promised, in one word: the last of the object that says enough, else one of the statement's."""
        strong = [word for word in self.core if word not in _WEAK and word not in numbers(self.core)]
        if strong:
            return strong[-1]
        named = [word for word in self.around if word in SYNONYMS and word not in _WEAK]
        if named:
            return named[0]
        if "percent" in names(self.text):
            return "discount"
        if not self.core and _AMOUNT.search(self.object or ""):
            return next((word for word in reversed(self.around) if word.isalpha() and word not in _WEAK), None)
        return self.core[-1] if self.core else None

    @cached_property
    def rest(self) -> frozenset[str]:
        """What the object says besides its head."""
        return frozenset(self.core) - {self.head} - _WEAK


def _uncounted(words: Iterable[str]) -> tuple[str, ...]:
    """Without the number at the beginning that says how many; a year, and the 2 of `phase 2`, tell things apart."""
    found = tuple(words)
    first = next((n for n, word in enumerate(found) if not word.isdigit() or _YEAR.fullmatch(word)), len(found))
    return found[first:]


@lru_cache(maxsize=8192)
def topic_of(action: str | None, object: str | None, text: str) -> Topic:
    """The topic of a promise. Remembered: the same open promises are held against every draft of a deal."""
    return Topic(action=action, object=object, text=text)


def same_thing(new: Topic, old: Topic) -> bool:
    """Whether two promises are about one thing: one head, nothing that tells them apart, verbs that agree."""
    if not verbs_agree(new, old):
        return False
    if new.verb == old.verb == "introduce":
        fewer, more = sorted((_introduced(new), _introduced(old)), key=len)
        return bool(fewer) and fewer <= more
    if new.head is None or new.head != old.head or _derived(new, old):
        return False
    if new.rest & old.rest or (len(new.told) > 1 and (new.core, new.told) == (old.core, old.told)):
        return True
    return new.head not in _WEAK and not (new.rest and old.rest)


def may_be_same_thing(new: Topic, old: Topic) -> bool:
    """Whether two promises could be about one thing, as far as their words go: `the report`, `the usage report`."""
    if not new.core or not old.core or new.core[-1] != old.core[-1] or new.core[-1] not in _WEAK:
        return False
    one_word = min(len(new.core), len(old.core)) == 1
    return one_word and verbs_agree(new, old) and not same_thing(new, old)


def mentions(words: frozenset[str], thing: Topic) -> bool:
    """Whether words of content name the thing that a promise is about, and all that tells it from its like."""
    if thing.head is None or thing.head not in words:
        return False
    return thing.rest <= words and (thing.head not in _WEAK or bool(thing.rest))


def _derived(new: Topic, old: Topic) -> bool:
    """Whether only one of the two is made from the thing, as the summary of a contract is no contract."""
    return any(
        len(made.core) > 1 and made.core[-1] in _DERIVED and not (other.core and other.core[-1] in _WEAK)
        for made, other in ((new, old), (old, new))
    )


def _introduced(topic: Topic) -> frozenset[str]:
    """Who is introduced to whom."""
    return frozenset(content(names(f"{topic.object or ''} {topic.text}"))) - set(_CLASSES) - _AT_AN_INTRODUCTION


def verbs_agree(new: Topic, old: Topic) -> bool:
    """Whether the deeds can be the same; verbs of no class go with everything."""
    one, other = new.verb, old.verb
    return one is None or other is None or one == other or frozenset({one, other}) in _COMPATIBLE
