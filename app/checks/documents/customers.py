"""The other customers whose names must not stand in what one customer gets, and where a text has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from app.checks.documents.filenames import readable
from app.checks.documents.shelf import audience
from app.checks.once import once
from app.checks.words import bag
from app.core.facts import Account, Facts
from extractors.lazily import compiled

_LEGAL_FORMS = bag(
    """inc incorporated llc llp lp ltd limited plc corp corporation co company companies gmbh ag kg se sa sarl sas srl
    spa nv bv ab as asa oy oyj aps pty pte holding holdings group kgaa ohg sl sl kk intl international"""
)
_ORDINARY = bag(
    """north south east west northern southern eastern western central first second national united general
    global american british european pacific atlantic blue red green gold golden silver black white bright
    sun star river lake mountain ocean harbor harbour bridge stone iron steel pioneer liberty union metro
    city capital prime premier elite alpha beta delta omega apex summit zenith nova orbit atlas titan port
    hill valley forest field spring summer autumn winter home health food foods energy power water air land
    data cloud digital smart open next new old great grand royal modern classic standard quality service
    services solution solutions system systems partner partners trust value vision insight impact target
    focus core edge point base key link gate bank market trade world planet earth family people human care
    life safe secure fast rapid swift bold true pure clear simple direct express advance advanced future
    progress alliance heritage legacy target gap visa square block shell oracle apple amazon"""
)
"""Words that stand in texts without meaning the company that begins with them."""
_SHORTEST = 4
_WORD = compiled(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class Customer:
    """A customer by all the names that it goes by; `names` are phrases of small plain words, the longest first."""

    account: Account
    names: tuple[tuple[str, ...], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of its names, an address at one of its domains included, in a text that went through `plain`."""
        words = [r"[\W_]{1,3}".join(re.escape(word) for word in name) for name in self.names]
        domains = [rf"(?:[\w.+-]{{1,64}}@)?(?:[\w-]+\.){{0,3}}{re.escape(d.lower())}" for d in self.account.domains]
        return re.compile(rf"(?<![\w@.-])(?:{'|'.join([*domains, *words])})(?!\w)")

    def is_in_file_name(self, words: tuple[str, ...]) -> bool:
        """Whether a file's name, in small plain words, has one of its names, written as one word or as several."""
        written = {*words, *(one + other for one, other in pairwise(words))}
        return any("".join(name) in written or _runs_in(name, words) for name in self.names)


@once
def strangers_of(facts: Facts) -> tuple[Customer, ...]:
    """The customers to whom not every reader belongs; none where all readers are colleagues."""
    readers = _own(facts)
    if readers is None:
        return ()
    known = {account.id: account for account in (*facts.accounts.values(), *facts.customers)}
    for key in dict.fromkeys(document.customer for document in facts.library):
        if key:
            known.setdefault(key, Account(id=key, name=key))
    if len(readers) != 1:
        return tuple(customer_of(account) for account in known.values())
    taken = set(customer_of(readers[0]).names)
    others = [customer_of(account) for key, account in known.items() if key != readers[0].id]
    return tuple(kept for other in others if (kept := _without(other, taken)) is not None)


def own_customers(facts: Facts) -> tuple[Customer, ...]:
    """The customers to whom the mail goes."""
    return tuple(customer_of(account) for account in _own(facts) or ())


@lru_cache(maxsize=8192)
def customer_of(account: Account) -> Customer:
    """The account with its names: its full name, without its legal form, its aliases, and its usual short forms."""
    full = _words(account.name)
    names = [full, _without_form(full), *(_words(alias) for alias in account.aliases), *_short(account, full)]
    fit = [name for name in dict.fromkeys(names) if name and len("".join(name)) > 1]
    return Customer(account=account, names=tuple(sorted(fit, key=len, reverse=True)))


def named_in(text: str, customers: Iterable[Customer]) -> tuple[Customer, ...]:
    """Those whose names stand in a text that went through `plain`."""
    # The words are looked up before any pattern is made: there may be thousands of customers.
    words = frozenset(_WORD.findall(text))
    likely = [customer for customer in customers if any(words.issuperset(name) for name in customer.names)]
    return tuple(customer for customer in likely if customer.pattern.search(text))


def plain(text: str) -> str:
    """The text in small letters without accents; every character keeps its place."""
    return text.lower() if text.isascii() else "".join(_plain_character(character) for character in text)


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    small = unicodedata.normalize("NFKD", character)[:1].lower()
    return small if len(small) == 1 else character


def file_words(stem: str) -> tuple[str, ...]:
    """The words of a file's name, small and plain."""
    return tuple(_WORD.findall(plain(readable(stem))))


def _own(facts: Facts) -> tuple[Account, ...] | None:
    """The accounts of the readers; of those whom nobody can place, whose domain it is. None: nobody is outside."""
    readers = audience(facts)
    if not readers:
        return None
    domains = {recipient.email.rpartition("@")[2].casefold() for recipient in facts.recipients}
    every = {account.id: account for account in (*facts.accounts.values(), *facts.customers)}
    at_home = [a for a in every.values() if "" in readers and domains & {d.casefold() for d in a.domains}]
    return tuple(dict.fromkeys((*(every[key] for key in readers if key in every), *at_home)))


def _without(customer: Customer, taken: set[tuple[str, ...]]) -> Customer | None:
    """The customer by its names but for those that the reader's own company goes by too; None where none is left."""
    if taken.isdisjoint(customer.names):
        return customer
    names = tuple(name for name in customer.names if name not in taken)
    return replace(customer, names=names) if names else None


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(name)))


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    end = len(words)
    while end > 1 and words[end - 1] in _LEGAL_FORMS:
        end -= 1
    return words[:end] if end > 1 or words[0] not in _ORDINARY else words


def _short(account: Account, full: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """`halden` for Halden Paper Mills at haldenpaper.example, and the id where it is words of the name."""
    labels = [_words(domain.partition(".")[0]) for domain in account.domains]
    yield from (label for label in labels if len(label) > 1 or _tells("".join(label)))
    for word in full[:1]:
        if _tells(word) and any("".join(label).startswith(word) for label in labels):
            yield (word,)
    if set(key := _words(account.id)) <= set(full) and key and (len(key) > 1 or _tells(key[0])):
        yield key


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST and word not in _ORDINARY and not word.isdigit()


def _runs_in(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))
