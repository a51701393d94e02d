"""Finds in the library what a mail calls by its own words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from app.checks.documents.mentions import GENERIC, Mention
from app.checks.words import content, names, numbers
from app.checks.worktime import today
from app.core.facts import Document, Facts


def match(mention: Mention, facts: Facts) -> Document | None:
    """The document that is meant, or None: a file by its bytes, then by its name, and words by the title.

    Where several could be meant, one that may be shared is.
    """
    same = [document for document in facts.library if mention.sha256 and document.sha256 == mention.sha256]
    named = same or [document for document in facts.library if _same_file(mention, document)]
    candidates = named or [document for document in facts.library if _is_meant(mention, document, facts)]
    exact = [document for document in candidates if frozenset(mention.words) == words_of_title(document)]
    day = mention.day or today(facts)
    return max(exact or candidates, key=lambda d: (is_fit(d, day, facts), _closeness(mention, d)), default=None)


def nearest(mention: Mention, facts: Facts) -> Document | None:
    """The most similar document that may be shared, or None where none is at all similar."""
    day = mention.day or today(facts)
    fit = [d for d in facts.library if is_fit(d, day, facts) and _closeness(mention, d) > 0]
    return max(fit, key=lambda document: _closeness(mention, document), default=None)


def is_fit(document: Document, day: date, facts: Facts) -> bool:
    """Whether the document may go to everybody in the mail on that day."""
    return document.approved and not is_expired(document, day) and not strangers(document, facts)


def is_expired(document: Document, day: date) -> bool:
    """Whether the document is out of date on that day; the last day itself still counts."""
    return document.expires is not None and document.expires < day


def strangers(document: Document, facts: Facts) -> tuple[str, ...]:
    """The accounts in the mail, by id, that a document made for one customer is not for; colleagues may see all."""
    if document.customer is None:
        return ()
    return tuple(account for account in audience(facts) if account != document.customer)


def audience(facts: Facts) -> tuple[str, ...]:
    """The accounts, by id, for which the readers outside read the mail; "" for somebody whom nobody can place.

    A contact of the deal reads for the deal's account, whoever pays them; so does one whom the CRM does not know.
    """
    about = facts.deal.account if facts.deal else facts.account.id if facts.account else ""
    in_the_deal = facts.deal.contacts if facts.deal else ()
    outside = [recipient.contact for recipient in facts.recipients if recipient.colleague is None]
    return tuple(
        dict.fromkeys(
            contact.account or about if contact and contact.id not in in_the_deal else about for contact in outside
        )
    )


@lru_cache(maxsize=4096)
def _title(document: Document) -> tuple[str, ...]:
    return content(names(document.title))


@lru_cache(maxsize=4096)
def words_of_title(document: Document) -> frozenset[str]:
    """The telling words of a document's title."""
    return frozenset(_title(document))


def _same_file(mention: Mention, document: Document) -> bool:
    called, file = (mention.attached_as or mention.name).casefold(), document.file.casefold()
    return called in {file, file.rpartition("/")[2]}


def _is_meant(mention: Mention, document: Document, facts: Facts) -> bool:
    said, title = frozenset(mention.words), words_of_title(document)
    telling = said - GENERIC
    if not telling:
        return False
    numbered, numbers_said = numbers(title), numbers(said)
    if numbers_said and numbered and numbers_said.isdisjoint(numbered):
        return False
    whole_title = bool(title - GENERIC) and title - numbered <= said
    if mention.attached_as or strangers(document, facts):
        # Half a title is enough to praise a document, and too little to accuse somebody of leaking it.
        return whole_title and title <= said
    return whole_title or (telling <= title and _heads_agree(mention.words, _title(document)))


def _heads_agree(said: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """A `product overview` is not the product roadmap, but a pen test report may be its summary."""
    title_head = next((word for word in reversed(title) if word not in numbers(title)), "")
    if said[-1] in title or title_head in said:
        return True
    return said[-1] in GENERIC and title_head in GENERIC


def _closeness(mention: Mention, document: Document) -> float:
    said = frozenset(mention.words) - GENERIC
    title = words_of_title(document) - GENERIC
    return len(said & title) / len(said | title) if said & title else 0.0
