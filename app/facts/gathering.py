"""Everything known about a draft at one moment. Sources are asked side by side, and none is waited for too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from app.core.drafts import Draft
from app.core.errors import FactUnavailable, InvalidDraft
from app.core.facts import Facts, History, Person, Recipient
from app.core.findings import Findings
from app.core.ports import OpenPromises, World
from app.core.thresholds import USUAL, Thresholds
from app.facts.asker import Asked, Asker
from app.facts.calendars import Taken, proposes_a_time, put_calendars, stretch, take_calendars
from app.facts.customers import CrmFacts, crm_facts
from app.facts.directory import Colleagues, addresses, called, colleagues, named_actors, named_in
from app.facts.lookups import Lookups
from app.facts.papers import put_papers, take_papers
from app.facts.promises import promised, rivals


def gather(
    draft: Draft,
    findings: Findings,
    *,
    world: World,
    promises: OpenPromises,
    history: History,
    at: datetime,
    thresholds: Thresholds = USUAL,
    lookups: Lookups | None = None,
) -> Facts:
    """Everything known about the draft at the moment `at`; each port is asked only for what the draft needs.

    A source that fails, or has not answered when all facts together have been waited for as long as the thresholds
    let them, becomes an `UnknownFact` (`crm`, `people`, `calendar`, `calendar of <id>`, `ledger`, `library`, `files`,
    `approved`, `mailbox`, `sequences`); so does one that vouches for too long ago, a deal that the CRM does not have
    (`deal`), and a meeting too far ahead to look up (`calendar beyond <day>`). What came before it failed is kept.

    Raises InvalidDraft where the sender is nobody's id, InvalidWorld for a sender in no time zone, and
    FactUnavailable where the directory cannot say who the sender is: without a sender there is nothing to check.
    """
    gathering = Gathering(draft, world=world, at=at, thresholds=thresholds, lookups=lookups or Lookups())
    return gathering.facts(findings, promises=promises, history=history)


class Gathering:
    """The gathering of one draft's facts: the sender first, the rest when the draft has been read."""

    def __init__(self, draft: Draft, *, world: World, at: datetime, thresholds: Thresholds, lookups: Lookups) -> None:
        """Asks the directory. Raises as `gather` does."""
        self._draft = draft
        self._world = world
        self._at = at
        self._thresholds = thresholds
        self._ask = Asker(lookups, at=at, thresholds=thresholds)
        known = self._ask.take(self._ask.put("people", lambda: colleagues(draft, world.people), port=world.people))
        self.sender = self._sender(known)
        self._colleagues: Mapping[str, Person] = known.by_address if known else {}

    def _sender(self, known: Colleagues | None) -> Person:
        if known is None:
            raise FactUnavailable("people", self._ask.reason("people") or "says nothing about the sender")
        if known.sender is None:
            name = self._draft.on_behalf_of
            raise InvalidDraft(f"there is no person '{name}'; use a colleague's id", field="on_behalf_of")
        return known.sender

    def facts(self, findings: Findings, *, promises: OpenPromises, history: History) -> Facts:
        """All facts. The ledger reads on the caller's connection: it is asked in the caller's thread, meanwhile."""
        draft, world, ask, sender = self._draft, self._world, self._ask, self.sender
        asked_crm = self._put_crm(findings)
        papers = put_papers(draft, findings, world, ask)
        days = stretch(findings, sender, self._at)
        calendars = put_calendars(self._needed(findings), days, world.calendars, ask) if days else None
        owed = promised(draft, findings, sender.id, promises, ask)
        crm = self._crm(asked_crm)
        rivalling = rivals(draft, findings, crm.account_id, promises, ask)
        taken = take_calendars(calendars, ask) if calendars else Taken()
        read = take_papers(papers, ask)
        return Facts(
            now=self._at,
            sender=sender,
            recipients=self._recipients(crm),
            deal=crm.deal,
            account=crm.account,
            accounts=crm.accounts,
            customers=crm.customers,
            busy=taken.busy,
            busy_until=taken.busy_until,
            others=taken.others,
            ledger=owed.open,
            broken=owed.broken,
            effort=owed.effort,
            rivals=rivalling,
            library=read.library,
            files=read.files,
            approved=read.permitted.statements,
            price_floors=read.permitted.price_floors,
            conversation=read.conversation,
            sequence=read.sequence,
            thresholds=self._thresholds,
            own_domains=world.own_domains,
            history=history,
            unknown=ask.unknown,
            as_of=ask.as_of,
        )

    def _put_crm(self, findings: Findings) -> Asked[CrmFacts]:
        draft, crm = self._draft, self._world.crm
        strangers = [address for address in addresses(draft) if address not in self._colleagues]
        has_text = bool(findings.text.strip() or draft.subject.strip())
        return self._ask.put(
            "crm",
            lambda: crm_facts(draft, crm, strangers=strangers, all_customers=has_text),
            port=crm,
            as_of=crm.as_of,
        )

    def _crm(self, asked: Asked[CrmFacts]) -> CrmFacts:
        known = self._ask.take(asked) or CrmFacts()
        if self._draft.deal_id is not None and known.deal is None and self._ask.reason("crm") is None:
            self._ask.note("deal", f"the CRM has no deal '{self._draft.deal_id}'")
        return known

    def _recipients(self, crm: CrmFacts) -> tuple[Recipient, ...]:
        return tuple(
            Recipient(email=address, colleague=self._colleagues.get(address), contact=crm.contacts.get(address))
            for address in addresses(self._draft)
        )

    def _needed(self, findings: Findings) -> list[Person]:
        """The sender, and who else has to be there: the readers of a mail that proposes a time, and whom it names."""
        needed = {self.sender.id: self.sender}
        if proposes_a_time(findings):
            visible = {*self._draft.to, *self._draft.cc}
            needed |= {person.id: person for address, person in self._colleagues.items() if address in visible}
        needed |= {person.id: person for person in self._named(findings)}
        return list(needed.values())

    def _named(self, findings: Findings) -> Iterator[Person]:
        names, for_a_time = named_actors(findings), proposes_a_time(findings)
        if not names and not for_a_time:
            return
        people = self._world.people
        everybody = self._ask.take(self._ask.put("people", lambda: iter([tuple(people.everybody())]), port=people))
        for name in names:
            person = called(name, everybody or ())
            if person is not None:
                yield person
        if for_a_time:
            yield from named_in(findings, everybody or (), self._draft)
