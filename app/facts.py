"""Asks the ports, once a draft, for everything that the checks and the policy may know about its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.drafts import Draft
from app.core.errors import FactUnavailable, InvalidDraft, InvalidWorld
from app.core.facts import Account, BusySlot, Deal, Document, Facts, History, Person, Recipient, UnknownFact
from app.core.findings import DateMention, Due, Findings, Kind
from app.core.ports import OpenPromises, World

T = TypeVar("T")

CALENDAR_MARGIN = timedelta(days=7)
"""How far past the latest day of a draft its sender's calendar is read, so that there is a free slot to suggest."""
CALENDAR_LIMIT = timedelta(days=60)
"""No calendar is read further ahead than this."""
_CLOCK_GRAINS = frozenset({"minute", "hour"})


def gather(
    draft: Draft, findings: Findings, *, world: World, promises: OpenPromises, history: History, at: datetime
) -> Facts:
    """Everything known about the draft at the moment `at`; each port is asked only for what the draft needs.

    A source that fails becomes an `UnknownFact` (`crm`, `people`, `calendar`, `ledger`, `library`); so do a deal
    that the CRM does not have (`deal`) and a meeting too far ahead to look up (`calendar beyond <day>`).
    Raises InvalidDraft where the sender is nobody's id, InvalidWorld for a sender in no time zone, and
    FactUnavailable where the directory cannot say who the sender is: without a sender there is nothing to check.
    """
    sender = world.people.person(draft.on_behalf_of)
    if sender is None:
        raise InvalidDraft(f"there is no person '{draft.on_behalf_of}'; use a colleague's id", field="on_behalf_of")
    ask = _Asker()
    deal = _deal(draft, world, ask)
    recipients = _recipients(draft, world, ask)
    accounts = _accounts(deal, recipients, world, ask)
    busy, busy_until = _calendar(findings, sender, world, ask, at)
    library = _library(draft, findings, world, ask)
    ledger = ask(
        "ledger",
        lambda: promises.open_promises(person=sender.id, deal_id=draft.deal_id, recipients=draft.recipients),
    )
    as_of = _as_of(world, sender, ask)
    return Facts(
        now=at,
        sender=sender,
        recipients=recipients,
        deal=deal,
        account=_account(deal, recipients, accounts),
        accounts=accounts,
        busy=busy,
        busy_until=busy_until,
        ledger=tuple(ledger or ()),
        library=library,
        own_domains=world.own_domains,
        history=history,
        unknown=ask.unknown,
        as_of=as_of,
    )


class _Asker:
    """Puts questions to ports, and remembers who answered and who failed, one failure a source."""

    def __init__(self) -> None:
        self.answered: set[str] = set()
        self._unknown: dict[str, UnknownFact] = {}

    def __call__(self, source: str, question: Callable[[], T]) -> T | None:
        """The answer, or None where the source has failed; one that failed is not kept waiting for again."""
        if source in self._unknown:
            return None
        try:
            answer = question()
        except FactUnavailable as error:
            self.note(source, error.reason if error.source == source else str(error))
            return None
        self.answered.add(source)
        return answer

    def note(self, source: str, reason: str) -> None:
        self._unknown.setdefault(source, UnknownFact(source=source, reason=reason))

    @property
    def unknown(self) -> tuple[UnknownFact, ...]:
        return tuple(self._unknown.values())


def _deal(draft: Draft, world: World, ask: _Asker) -> Deal | None:
    deal_id = draft.deal_id
    if deal_id is None:
        return None
    deal = ask("crm", lambda: world.crm.deal(deal_id))
    if deal is None and "crm" in ask.answered:
        ask.note("deal", f"the CRM has no deal '{deal_id}'")
    return deal


def _recipients(draft: Draft, world: World, ask: _Asker) -> tuple[Recipient, ...]:
    first_spelling: dict[str, str] = {}
    for address in draft.recipients:
        first_spelling.setdefault(address.casefold(), address)
    return tuple(_recipient(address, world, ask) for address in first_spelling.values())


def _recipient(address: str, world: World, ask: _Asker) -> Recipient:
    colleague = ask("people", lambda: world.people.person(address))
    if colleague is not None:
        return Recipient(email=address, colleague=colleague)
    return Recipient(email=address, contact=ask("crm", lambda: world.crm.contact(address)))


def _accounts(
    deal: Deal | None, recipients: tuple[Recipient, ...], world: World, ask: _Asker
) -> Mapping[str, Account]:
    named = [deal.account] if deal else []
    named += [r.contact.account for r in recipients if r.contact and r.contact.account]
    found = {key: ask("crm", partial(world.crm.account, key)) for key in dict.fromkeys(named)}
    return {key: account for key, account in found.items() if account is not None}


def _account(deal: Deal | None, recipients: tuple[Recipient, ...], accounts: Mapping[str, Account]) -> Account | None:
    if deal is not None:
        return accounts.get(deal.account)
    shared = {r.contact.account for r in recipients if r.contact}
    only = shared.pop() if len(shared) == 1 else None
    return accounts.get(only) if only else None


def _library(draft: Draft, findings: Findings, world: World, ask: _Asker) -> tuple[Document, ...]:
    """A mail that neither promises nor carries anything does not wait for the library."""
    if not (findings.commitments or findings.attachments or draft.attachments):
        return ()
    return ask("library", lambda: tuple(world.library.documents())) or ()


def _calendar(
    findings: Findings, sender: Person, world: World, ask: _Asker, at: datetime
) -> tuple[tuple[BusySlot, ...], datetime | None]:
    moments = [_end(when, sender) for when in _scheduled(findings)]
    if not moments and not any(c.kind is Kind.MEETING for c in findings.commitments):
        return (), None
    zone = _zone(sender)
    today = datetime.combine(at.astimezone(zone).date(), time(), zone)
    limit = at + CALENDAR_LIMIT
    until = min(limit, max([at, *moments]) + CALENDAR_MARGIN)
    busy = ask("calendar", lambda: tuple(world.calendars.busy(sender, today, until)))
    if busy is None:
        return (), None
    for when in _scheduled(findings):
        if when.grain in _CLOCK_GRAINS and when.from_ is not None and when.from_ >= limit:
            day = limit.astimezone(zone).date()
            ask.note(f"calendar beyond {day}", f"nobody can say yet whether '{when.text}' is free")
    return busy, until


def _scheduled(findings: Findings) -> Iterator[DateMention | Due]:
    """What of the draft stands in somebody's calendar: due days, and times of day."""
    yield from (c.due for c in findings.commitments if c.due and (c.due.due_day or c.due.grain in _CLOCK_GRAINS))
    yield from (mention for mention in findings.dates if mention.grain in _CLOCK_GRAINS)


def _end(when: DateMention | Due, sender: Person) -> datetime:
    if when.to is not None:
        return when.to
    if when.due_day is not None:
        return datetime.combine(when.due_day, time.max, _zone(sender))
    return datetime.min.replace(tzinfo=_zone(sender))


def _zone(person: Person) -> ZoneInfo:
    try:
        return ZoneInfo(person.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"'{person.timezone}' is no IANA time zone; write one such as Europe/Berlin"
        raise InvalidWorld(message, field=f"people: {person.id}.timezone") from error


def _as_of(world: World, sender: Person, ask: _Asker) -> Mapping[str, datetime]:
    """How old the answers are. A source that cannot say how old its answers are may not be relied on either."""
    sources: Mapping[str, Callable[[], datetime]] = {
        "crm": world.crm.as_of,
        "library": world.library.as_of,
        "calendar": lambda: world.calendars.as_of(sender),
    }
    ages = {source: ask(source, age) for source, age in sources.items() if source in ask.answered}
    return {source: age for source, age in ages.items() if age is not None}
