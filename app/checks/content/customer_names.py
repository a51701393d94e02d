"""Finds customers by their names, aliases and domains in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.checks.content.ordinary_words import ACRONYMS, CALENDAR, LEGAL_FORMS, ORDINARY
from app.checks.once import while_same
from app.core.facts import Account
from extractors.lazily import compiled

_SHORTEST_IMPLIED = 6
"""Letters that the first word of a name must have to stand for the whole of it where the CRM has no short form."""
_PIECE = compiled(r"[\w'.+]+|&")
_DOMAIN = compiled(r"(?<![\w-])[\w-]+(?:\.[\w-]+)+")
_AS_A_COMPANY = compiled(
    r"(?:['’]s?\s+\w|\s+(?:pays?|paid|signed|uses?|used|chose|switched|renewed|bought|went live|told us|asked us"
    r"|rolled out|runs?|ran"
    r"|has been|is paying|is using|are paying|are using|got|cut|saved|moved to|agreed|negotiated|had the same"
    r"|and \w+ (?:are|both|use|pay|have))\b)"
)
_PLACE = compiled(
    r"\s+(?:Road|Rd|Street|St|Avenue|Ave|Lane|Square|Place|House|Hotel|Inn|Station|Airport|Park|Tower|Bridge|Hall"
    r"|County|Beach|Valley"
    r"|River|Lake|Island|University|College|Stadium|Arena)\b"
)
_THING = compiled(
    r"\s(?:days?|times|years|summers?|paste|sauce|juices?|trees?|pulp|seeds?|chutney|syrup|pies?|fields?|leaves"
    r"|flowers?)\b"
)
"""What an ordinary word for a thing goes with: halcyon days, tamarind paste."""
_PRODUCT = compiled(
    r"\s+(?:connectors?|integrations?|plug-?ins?|API|exports?|imports?|databases?|instances?|logins?|workspaces?"
    r"|tenants?|SSO|cloud"
    r"|ERP|CRM|Teams|Calendar|Maps|Workspace|adapters?|spreadsheets?)\b"
)
_TITLE = compiled(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Mme)\.?\s$")
_DETERMINER = compiled(r"\b(?:the|our|your|a|an|this|that|my|his|her|their|every|each|\d+)\s+$", re.IGNORECASE)
_SENTENCE_START = compiled(r"(?:^|[.!?:;•*>\n–-]\s*|[\"'“‘(\[]\s*|\d[.)]\s*)$")
_CAPITALISED_BEFORE = compiled(r"\b[A-Z][\w'’]*[ ]$")
_CAPITALISED_AFTER = compiled(r"[ ](?!I\b)[A-Z]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """A place where a customer is named; `by_domain` where an address or a link does it."""

    account: Account
    start: int
    end: int
    by_domain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """One way to name an account. `plain` has to be known for a name by what stands around it."""

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    plain: bool
    implied: bool = False
    """Whether the CRM does not have it: it is the first word of the name."""


def namings(
    text: str, start: int, end: int, accounts: tuple[Account, ...], *, first: frozenset[str]
) -> Iterator[Naming]:
    """Where the text names one of the accounts: of names that overlap the longest, of equal ones that of an account
    whose id is among the `first`, else the one that comes first."""
    known = _register(accounts)
    found = [*known.by_names(folded_text(text), start, end), *known.by_domains(folded_text(text), start, end)]
    found.sort(key=lambda n: (n[1].start, -n[1].end, n[1].account.id not in first, n[0]))
    reached = start
    for _, naming in found:
        if naming.start >= reached:
            reached = naming.end
            yield naming


def is_named_in(account: Account, text: str) -> bool:
    """Whether a title, a file name or a note speaks of the account; case does not matter there."""
    words = f" {' '.join(_pieces(re.sub(r'[-_.]', ' ', folded_text(text))))} "
    return any(
        f" {' '.join(form.words)} " in words for form in _forms(account.name, account.aliases, is_shared=False)
    )


@lru_cache(maxsize=512)
def folded_text(text: str) -> str:
    """The text without accents and with straight apostrophes; each character stays where it is."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", c)[0] for c in text).replace("’", "'")


_Found = tuple[int, Naming]
"""A naming and the account's place among all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Register:
    """Accounts by the words that their names begin with, and by their domains: a text names few of many."""

    forms: Mapping[str, Sequence[tuple[int, Account, _Form]]]
    domains: Mapping[str, Sequence[tuple[int, Account]]]

    def by_names(self, text: str, start: int, end: int) -> Iterator[_Found]:
        """Every naming by one of an account's names."""
        for word in frozenset(_pieces(text[start:end].replace("-", " "))):
            for place, account, form in self.forms.get(word, ()):
                for match in form.pattern.finditer(text, start, end):
                    if _is_name(text, start, match, form):
                        yield place, Naming(account=account, start=match.start(), end=match.end())

    def by_domains(self, text: str, start: int, end: int) -> Iterator[_Found]:
        """Every naming by a domain, a part of it left of a dot being anything."""
        for match in _DOMAIN.finditer(text, start, end):
            labels = match[0].casefold().split(".")
            for number in range(len(labels) - 1):
                known = self.domains.get(".".join(labels[number:]), ())
                begin = match.end() - len(".".join(match[0].split(".")[number:]))
                for place, account in known:
                    yield place, Naming(account=account, start=begin, end=match.end(), by_domain=True)


@while_same
def _register(accounts: tuple[Account, ...]) -> _Register:
    shared = _shared_first_words(account.name for account in accounts)
    forms: dict[str, list[tuple[int, Account, _Form]]] = {}
    domains: dict[str, list[tuple[int, Account]]] = {}
    for place, account in enumerate(accounts):
        for domain in account.domains:
            domains.setdefault(domain.casefold(), []).append((place, account))
        for form in _forms(account.name, account.aliases, is_shared=account.name.casefold() in shared):
            forms.setdefault(form.words[0], []).append((place, account, form))
    return _Register(forms=forms, domains=domains)


@lru_cache(maxsize=8192)
def _forms(name: str, aliases: tuple[str, ...], *, is_shared: bool) -> tuple[_Form, ...]:
    forms = [form for known in (name, *aliases) if (form := _form(_words(known), known))]
    first = _words(name)[0] if _words(name) else ""
    implied = len(first) >= _SHORTEST_IMPLIED and first not in ORDINARY and not is_shared and first.isalpha()
    if implied and all(first != " ".join(form.words) for form in forms):
        forms += [replace(form, implied=True) for form in (_form((first,), name),) if form]
    return tuple(forms)


def _form(words: tuple[str, ...], written: str) -> _Form | None:
    if not words or len("".join(words)) < 2 or (len(words) == 1 and words[0] in CALENDAR):
        return None
    is_acronym = len(words) == 1 and folded_text(written).strip().isupper() and len(words[0]) <= 4
    if is_acronym and folded_text(written).strip() in ACRONYMS:
        return None
    joined = r"[\s-]+".join("(?:&|and)" if word == "&" else re.escape(word) for word in words)
    flags = re.NOFLAG if is_acronym else re.IGNORECASE
    body = re.escape(folded_text(written).strip()) if is_acronym else joined
    pattern = re.compile(rf"(?<![\w@./&-]){body}(?![\w@]|-\w|\.\w)", flags)
    return _Form(pattern=pattern, words=words, plain=not is_acronym and all(_is_plain(word) for word in words))


def _is_plain(word: str) -> bool:
    return word in ORDINARY or word in LEGAL_FORMS or len(word) <= 2 or word.isdigit()


def _is_name(text: str, first: int, match: re.Match[str], form: _Form) -> bool:
    """Whether a person means the company by it, and no word, place, product or heading."""
    said = match[0]
    before, after = text[first : match.start()], text[match.end() : match.end() + 40]
    capitals = [word[0].isupper() for word in re.findall(r"[^\W\d_]\w*", said) if word not in {"and", "of", "the"}]
    if len(form.words) > 1:
        return all(capitals) or not _is_plain(form.words[0])
    if _THING.match(after) or _PLACE.match(after) or _PRODUCT.match(after) or _TITLE.search(before[-8:]):
        return False
    if not form.plain:
        return all(capitals) and not (form.implied and _CAPITALISED_AFTER.match(after))
    return all(capitals) and not said.isupper() and _stands_as_a_name(before, after)


def _stands_as_a_name(before: str, after: str) -> bool:
    """Whether an ordinary word with a capital can only be a name there."""
    if _SENTENCE_START.search(before[-12:]):
        return bool(_AS_A_COMPANY.match(after))
    alone = not _CAPITALISED_BEFORE.search(before[-40:]) and not _CAPITALISED_AFTER.match(after)
    return alone and not _DETERMINER.search(before[-12:])


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without what follows from the law."""
    words = _pieces(folded_text(name))
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return tuple("&" if word == "and" else word for word in words)


def _pieces(text: str) -> list[str]:
    return [piece.strip(".'").removesuffix("'s") or piece for piece in _PIECE.findall(text.casefold())]


def _shared_first_words(names: Iterable[str]) -> frozenset[str]:
    """Of the names that begin with the same word, all: the word does not tell them apart."""
    firsts: dict[str, list[str]] = {}
    for name in names:
        words = _words(name)
        firsts.setdefault(words[0] if words else "", []).append(name.casefold())
    return frozenset(name for group in firsts.values() if len(group) > 1 for name in group)
