"""Who is who among colleagues: in whose name the draft goes out, who is on it, and whom it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.drafts import Draft
from app.core.facts import Person
from app.core.findings import Findings
from app.core.ports import People

_NOBODY_ELSE = frozenset({"sender", "organisation"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Colleagues:
    """The sender, and the colleagues among the recipients by address."""

    sender: Person | None
    by_address: Mapping[str, Person] = field(default_factory=dict)


def colleagues(draft: Draft, people: People) -> Iterator[Colleagues]:
    """The sender first, then one recipient after the other."""
    known = Colleagues(sender=people.person(draft.on_behalf_of))
    yield known
    for address in addresses(draft):
        person = people.person(address)
        if person is not None:
            known = replace(known, by_address={**known.by_address, address: person})
            yield known


def addresses(draft: Draft) -> tuple[str, ...]:
    """The recipients' addresses as first spelt, those that differ only in case once."""
    first_spelling: dict[str, str] = {}
    for address in draft.recipients:
        first_spelling.setdefault(address.casefold(), address)
    return tuple(first_spelling.values())


def named_actors(findings: Findings) -> tuple[str, ...]:
    """The names of those, besides the sender and the company, who are to keep what the draft promises."""
    return tuple(dict.fromkeys(c.actor for c in findings.commitments if c.actor not in _NOBODY_ELSE))


def called(name: str, everybody: Sequence[Person]) -> Person | None:
    """The one colleague whom a name fits: their id, address, full name or first name. None where two are meant."""
    wanted = " ".join(name.casefold().split())
    exact = [p for p in everybody if wanted in {p.id.casefold(), p.email.casefold(), p.name.casefold()}]
    fitting = exact or [p for p in everybody if wanted == p.name.casefold().partition(" ")[0]]
    return fitting[0] if len(fitting) == 1 else None


def named_in(findings: Findings, everybody: Sequence[Person], draft: Draft) -> Iterator[Person]:
    """The colleagues whom the authored text names in full, or by a first name that no reader and nobody else has."""
    words = " ".join(findings.text[start:end] for start, end in findings.authored)
    if not words:
        return
    readers = {part for address in draft.recipients for part in re.split(r"[._-]", address.casefold().split("@")[0])}
    first_names = Counter(person.name.partition(" ")[0] for person in everybody)
    for person in everybody:
        first = person.name.partition(" ")[0]
        alone = first_names[first] == 1 and first.casefold() not in readers
        wanted = rf"{re.escape(person.name)}|{re.escape(first)}" if alone else re.escape(person.name)
        if re.search(rf"\b(?:{wanted})\b", words):
            yield person
