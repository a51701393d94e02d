"""What people are called: first names and last, short forms, and what an address tells of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.checks.recipients.mailboxes import is_list, role_of
from app.checks.recipients.nicknames import FIRST_NAMES, SHORT_FORMS
from app.checks.recipients.wordlist import word_set
from app.core.facts import Recipient
from extractors.lazily import compiled

_TITLES = word_set(
    "mr mrs ms miss mx dr prof professor sir madam herr frau hr fr dipl ing mag monsieur madame mme mlle m señor "
    "father sister brother captain capt mister reverend rev judge doctor president principal director san "
    "señora sr sra srta signor signora sig dott ir drs phd md jr esq mba cpa"
)
_SPECIAL = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_WORD = compiled(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("y", "i"), ("ie", "i"), ("w", "v"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """The words by which a recipient may be called."""

    words: frozenset[str]
    """Folded, in every usual spelling."""
    first: str | None = None
    """The first name as it is written; None where nobody can be sure of it."""
    full: str | None = None


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text without accents, case and apostrophes."""
    return tuple(_fold(word) for word in _WORD.findall(text))


def called(recipient: Recipient) -> Called | None:
    """What the recipient is called; None where nobody knows, or where it is no single person."""
    person = recipient.contact or recipient.colleague
    name = person.name.strip() if person else ""
    if (is_list(recipient.email) or role_of(recipient.email)) and recipient.colleague is None:
        return None
    from_address = _address_words(recipient.email)
    if name and "@" not in name and _WORD.search(name):
        shown = _in_order(name)
        words = _spellings(shown) | (frozenset(from_address) if len(from_address) > 1 else frozenset())
        return Called(words=words, first=shown[0] if shown else None, full=" ".join(shown) or None)
    return _from_address(from_address)


def fits(greeted: Iterable[str], person: Called) -> bool:
    """Whether every word of the name in a greeting may mean this person."""
    return all(_fits(word, person.words) for word in greeted if word.casefold().rstrip(".") not in _TITLES)


def is_title(word: str) -> bool:
    """Whether the word is one such as `Mr.` or `Frau`."""
    return word.casefold().rstrip(".") in _TITLES


def is_first_name(word: str) -> bool:
    """Whether many people are called so."""
    return _fold(word) in FIRST_NAMES


def _in_order(name: str) -> list[str]:
    """The words of a full name, first name first, without titles: “Reyes, Dr. Dana” as well as “Dana Reyes”."""
    last, comma, first = name.partition(",")
    given = f"{first} {last}" if comma and not all(is_title(word) for word in first.split()) else last
    return [word for word in re.split(r"[\s()“”\"]+", given) if _WORD.search(word) and not is_title(word)]


def _spellings(words: Iterable[str]) -> frozenset[str]:
    parts = [part for word in words for part in (word, *re.split(r"[-.]", word)) if part]
    joined = [re.sub(r"[-.]", "", part) for part in parts]
    return frozenset(
        folded for part in (*parts, *joined) for folded in (_fold(part), _fold(part.casefold().translate(_GERMAN)))
    )


def _from_address(words: tuple[str, ...]) -> Called | None:
    """`dana.reyes@` is Dana Reyes; `reyes@` or `dreyes@` may be anybody."""
    if len(words) >= 2 and any(len(word) > 1 for word in words):
        sure = words[0] in FIRST_NAMES
        full = " ".join(word.capitalize() for word in words if len(word) > 1)
        return Called(
            words=frozenset(words), first=words[0].capitalize() if sure else None, full=full if sure else None
        )
    if len(words) == 1 and words[0] in FIRST_NAMES:
        return Called(words=frozenset(words), first=words[0].capitalize(), full=words[0].capitalize())
    return None


def _address_words(email: str) -> tuple[str, ...]:
    local = email.rpartition("@")[0].partition("+")[0]
    return tuple(_fold(word) for word in re.split(r"[\W\d_]+", local) if word)


def _fits(word: str, names: frozenset[str]) -> bool:
    if len(word) <= 3 and word.isupper():
        return True  # JP, DJ: what people call each other
    forms = _spellings([word])
    return any(_same(form, name) for form in forms for name in names)


def _same(word: str, name: str) -> bool:
    if word == name or not word or not name:
        return word == name
    if min(len(word), len(name)) == 1:
        return word[0] == name[0]
    if min(len(word), len(name)) >= 3 and (word.startswith(name) or name.startswith(word)):
        return True
    return bool(_groups(word) & _groups(name)) or _sound(word) == _sound(name)


def _groups(name: str) -> frozenset[int]:
    return SHORT_FORMS.get(name, frozenset())


@lru_cache(maxsize=4_096)
def _sound(name: str) -> str:
    """Spellings of one name that sound alike: Marc and Mark, Sara and Sarah, Philipp and Filip."""
    silent_h = name[0] + name[1:].replace("h", "") if not name.startswith("ph") else name
    for letters, sound in _SOUNDS:
        silent_h = silent_h.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", silent_h)


@lru_cache(maxsize=4_096)
def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_SPECIAL))
    return "".join(c for c in plain if c.isalpha())
