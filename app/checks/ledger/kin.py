"""Whether a promise may be an open one under another name.

A `guided tour of the mobile version`, and a walkthrough of the app was promised: enough for a question, for no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.checks.ledger.kin_words import AUDIENCES, KINDS, LOOSE, SUBJECTS
from app.checks.topics import Topic, verbs_agree
from app.checks.words import content_words, names, numbers
from extractors.lazily import compiled

_THROUGH = compiled(r"\b(?:run|walk|talk|go|look|step)(?:ning|ing)?[ -](?:\w+ ){0,3}?through\b", re.IGNORECASE)
_FREELY_WORDED = frozenset({"showing", "teaching", "talking"})
"""Kinds of deeds that each verb words in its own way: to walk somebody through, to give a tour."""


def akin(new: Topic, old: Topic) -> bool:
    """Whether both are one kind of thing about one matter, in other words, and for nobody who differs."""
    kinds = _kinds(new.text) & _kinds(old.text)
    if not kinds or not (verbs_agree(new, old) or kinds & _FREELY_WORDED) or _numbers_differ(new, old):
        return False
    reworded = frozenset(kind for kind in kinds if not _says_the_same(new, old, kind))
    here, there = _matters(new, reworded or kinds), _matters(old, reworded or kinds)
    if here & AUDIENCES and there & AUDIENCES and (here & AUDIENCES).isdisjoint(there):
        return False
    if here <= AUDIENCES and there <= AUDIENCES:
        return bool(here & there)
    here, there = here - AUDIENCES, there - AUDIENCES
    if not reworded:
        return bool(here) and here == there
    return bool(here & there) and (here <= there or there <= here or len(here & there) > 1)


def only_for_the_same(new: Topic, old: Topic) -> bool:
    """Whether all that the objects say is for whom, and the matters differ: `walk your planners through …`."""
    if not _is_audience(new) or not _is_audience(old):
        return False
    kinds = _kinds(new.text) | _kinds(old.text)
    here, there = _matters(new, kinds) - AUDIENCES, _matters(old, kinds) - AUDIENCES
    return bool(here and there) and here.isdisjoint(there)


def _is_audience(topic: Topic) -> bool:
    return bool(topic.core) and all(_SUBJECT_OF.get(word, frozenset()) & AUDIENCES for word in topic.core)


def _says_the_same(new: Topic, old: Topic, kind: str) -> bool:
    """Whether the kind is called by one word in both; what differs then differs on purpose: two reports."""
    shared = content_words(new.text) & content_words(old.text)
    return any(kind in _KIND_OF.get(word, ()) for word in shared)


def _numbers_differ(new: Topic, old: Topic) -> bool:
    here, there = numbers(names(new.object or "")), numbers(names(old.object or ""))
    return bool(here and there and here != there)


@lru_cache(maxsize=8192)
def _kinds(text: str) -> frozenset[str]:
    """What sorts of thing the words speak of."""
    words = content_words(_THROUGH.sub("walkthrough", text))
    return frozenset(kind for word in words for kind in _KIND_OF.get(word, ()))


def _matters(topic: Topic, kinds: frozenset[str]) -> frozenset[str]:
    """What the words are about besides, each matter by one name."""
    found: set[str] = set()
    for word in content_words(topic.text) - LOOSE:
        named = _SUBJECT_OF.get(word)
        if named:
            found |= named
        elif word in topic.told and kinds.isdisjoint(_KIND_OF.get(word, ())):
            found.add(word)
    return frozenset(found)


def _inverted(groups: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """By each word, in the name that all checks use, the groups that it is in."""
    found: dict[str, frozenset[str]] = {}
    for group, words in groups.items():
        for name in (name for word in words for name in names(word)[:1]):
            found[name] = found.get(name, frozenset()) | {group}
    return found


_KIND_OF = _inverted(KINDS)
_SUBJECT_OF = _inverted(SUBJECTS)
