"""Facts are gathered once, only those that are needed, and what could not be had is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.errors import FactUnavailable, InvalidDraft, InvalidWorld
from app.core.facts import Account, BusySlot, Contact, Deal, Document, Facts, History, Person
from app.core.findings import Findings, Kind
from app.core.ports import World
from app.facts import gather
from tests.unit.app.checks.builders import (
    ACME,
    DANA,
    DEAL,
    GLOBEX,
    HANK,
    NOW,
    SAM,
    at,
    busy,
    claim,
    document,
    draft,
    file,
    found,
    ny,
    owed,
    promise,
)

NOTHING = Findings(text="Hi")
BY_FRIDAY = found("By Friday", promise("By Friday", due=("Friday", date(2026, 11, 20))))
AS_OF = datetime(2026, 11, 18, 14, 45, tzinfo=UTC)


@dataclass
class Outside:
    """Every port in one; the sources in `down` fail. Keeps a list of what it was asked."""

    down: frozenset[str] = frozenset()
    sender: Person = SAM
    asked: list[str] = field(default_factory=list)
    calendar_range: tuple[datetime, datetime] | None = None

    def _answer(self, source: str) -> None:
        self.asked.append(source)
        if source in self.down:
            raise FactUnavailable(source, "timed out")

    def person(self, id_or_email: str) -> Person | None:
        if id_or_email != self.sender.id:
            self._answer("people")
        return self.sender if id_or_email in {self.sender.id, self.sender.email} else None

    def with_role(self, role: str) -> Sequence[Person]:
        return [self.sender] if role in self.sender.roles else []

    def everybody(self) -> Sequence[Person]:
        return ()

    def deal(self, deal_id: str) -> Deal | None:
        self._answer("crm")
        return DEAL if deal_id == DEAL.id else None

    def account(self, account_id: str) -> Account | None:
        self._answer("crm")
        return {"acme": ACME, "globex": GLOBEX}.get(account_id)

    def contact(self, email: str) -> Contact | None:
        self._answer("crm")
        return {c.email: c for c in (DANA, HANK)}.get(email.lower())

    def documents(self) -> Sequence[Document]:
        self._answer("library")
        return [document("Guide")]

    def open_promises(self, *, person: str, deal_id: str | None, recipients: Sequence[str]) -> Sequence[LedgerEntry]:
        self._answer("ledger")
        entry = owed("it", None)
        return [entry] if person == entry.person or deal_id == entry.deal_id or entry.recipient in recipients else []

    def as_of(self) -> datetime:
        return AS_OF


@dataclass
class Calendar:
    """The calendar has another `as_of` than the rest."""

    outside: Outside
    ageless: bool = False

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        assert person == self.outside.sender
        self.outside._answer("calendar")
        self.outside.calendar_range = (start, end)
        return [busy(ny(19, 9), 1)]

    def as_of(self, person: Person) -> datetime:
        if self.ageless or person != self.outside.sender:
            raise FactUnavailable("calendar", "no time stamp")
        return AS_OF


def gathered(
    outside: Outside | None = None,
    *,
    mail: Draft | None = None,
    findings: Findings = NOTHING,
    ageless: bool = False,
) -> Facts:
    outside = outside or Outside()
    world = World(
        people=outside,
        crm=outside,
        calendars=Calendar(outside, ageless),
        library=outside,
        own_domains=("ours.example",),
    )
    history = History(sent_in_thread=2)
    return gather(mail or draft(), findings, world=world, promises=outside, history=history, at=NOW)


def test_everything_that_is_known() -> None:
    facts = gathered(findings=BY_FRIDAY)

    assert facts.sender == SAM
    assert facts.deal == DEAL
    assert facts.account == ACME
    assert [r.contact for r in facts.recipients] == [DANA]
    assert len(facts.busy) == len(facts.ledger) == len(facts.library) == 1
    assert facts.own_domains == ("ours.example",)
    assert facts.history.sent_in_thread == 2
    assert facts.unknown == ()
    assert dict(facts.as_of) == {"crm": AS_OF, "library": AS_OF, "calendar": AS_OF}
    assert facts.age_of("ledger") == NOW


@pytest.mark.parametrize(
    ("down", "unknown"),
    [
        ("crm", ["crm"]),
        ("people", ["people"]),
        ("calendar", ["calendar"]),
        ("library", ["library"]),
        ("ledger", ["ledger"]),
    ],
)
def test_a_source_that_fails_is_an_unknown_fact_and_nothing_more(down: str, unknown: list[str]) -> None:
    facts = gathered(Outside(down=frozenset({down})), findings=BY_FRIDAY)

    assert [fact.source for fact in facts.unknown] == unknown
    assert facts.unknown[0].reason == "timed out"
    assert down not in facts.as_of


def test_all_sources_may_fail_together() -> None:
    facts = gathered(Outside(down=frozenset({"crm", "people", "calendar", "library", "ledger"})), findings=BY_FRIDAY)

    assert {fact.source for fact in facts.unknown} == {"crm", "people", "calendar", "library", "ledger"}
    assert (facts.deal, facts.account, facts.busy, facts.busy_until, facts.ledger, facts.library) == (
        (None, None, (), None, (), ())
    )


def test_a_source_that_fails_is_not_asked_again() -> None:
    outside = Outside(down=frozenset({"crm"}))

    gathered(outside, mail=draft(to=("dana@acme.example", "hank@globex.example")))

    assert outside.asked.count("crm") == 1


def test_facts_of_no_known_age_are_not_relied_on() -> None:
    facts = gathered(findings=BY_FRIDAY, ageless=True)

    assert [(fact.source, fact.reason) for fact in facts.unknown] == [("calendar", "no time stamp")]


def test_a_deal_that_the_crm_does_not_have_is_unknown() -> None:
    facts = gathered(mail=draft(deal_id="D-404"))

    assert facts.deal is None
    assert [fact.source for fact in facts.unknown] == ["deal"]
    assert "D-404" in facts.unknown[0].reason


def test_a_sender_whom_nobody_knows_is_an_invalid_draft() -> None:
    with pytest.raises(InvalidDraft, match=r"on_behalf_of: there is no person 'ghost'"):
        gathered(mail=draft(on_behalf_of="ghost"))


def test_a_sender_in_no_time_zone_is_an_invalid_world() -> None:
    with pytest.raises(InvalidWorld, match=r"people: sam\.timezone: 'Mars/Olympus' is no IANA time zone"):
        gathered(Outside(sender=replace(SAM, timezone="Mars/Olympus")), findings=BY_FRIDAY)


def test_recipients_are_looked_up_once_each() -> None:
    mail = draft(to=("dana@acme.example", "DANA@acme.example"), cc=("sam@ours.example",), bcc=("who@x.example",))

    facts = gathered(mail=mail)

    assert [(r.email, bool(r.contact), bool(r.colleague)) for r in facts.recipients] == [
        ("dana@acme.example", True, False),
        ("sam@ours.example", False, True),
        ("who@x.example", False, False),
    ]


@pytest.mark.parametrize(
    ("to", "account"),
    [
        (("dana@acme.example",), ACME),
        (("dana@acme.example", "who@x.example"), ACME),
        (("dana@acme.example", "hank@globex.example"), None),
        (("who@x.example",), None),
    ],
)
def test_without_a_deal_the_account_is_the_one_that_all_contacts_share(
    to: tuple[str, ...], account: Account | None
) -> None:
    facts = gathered(mail=draft(deal_id=None, to=to))

    assert facts.account == account
    assert facts.unknown == ()


def test_every_account_in_the_mail_is_known_by_id() -> None:
    facts = gathered(mail=draft(to=("hank@globex.example",)))

    assert dict(facts.accounts) == {"acme": ACME, "globex": GLOBEX}
    assert facts.account == ACME


@pytest.mark.parametrize(
    ("findings", "until"),
    [
        (BY_FRIDAY, ny(21, 0) + timedelta(days=7)),
        (found("Let's meet", promise("Let's meet", kind=Kind.MEETING)), NOW + timedelta(days=7)),
        (found("See you at 3pm", at("3pm", ny(25, 15), 60)), ny(25, 16) + timedelta(days=7)),
        (
            found("By June", promise("By June", due=("June", date(2027, 6, 30)), grain="month")),
            NOW + timedelta(days=60),
        ),
        (
            found("On Monday", promise("On Monday", due=("Monday", date(2026, 11, 9)))),
            NOW + timedelta(days=7),
        ),
    ],
    ids=["a due day", "a meeting without a time", "an hour", "far away", "past"],
)
def test_the_calendar_is_read_as_far_as_the_draft_needs(findings: Findings, until: datetime) -> None:
    outside = Outside()

    facts = gathered(outside, findings=findings)

    assert outside.calendar_range == (ny(18, 0), until)
    assert facts.busy_until == until
    assert facts.unknown == ()


@pytest.mark.parametrize(
    "findings",
    [
        NOTHING,
        found("I'll send it", promise("I'll send it")),
        found("since Monday", at("Monday", ny(16, 0), 1440, kind="date", grain="day")),
    ],
)
def test_the_calendar_is_left_alone_where_nothing_is_timed(findings: Findings) -> None:
    outside = Outside()

    assert gathered(outside, findings=findings).busy_until is None
    assert "calendar" not in outside.asked


def test_a_meeting_too_far_ahead_is_unknown_and_not_free() -> None:
    facts = gathered(findings=found("March 3 at 3pm", at("March 3 at 3pm", ny(3, 15, month=3) + timedelta(days=365))))

    assert [fact.source for fact in facts.unknown] == ["calendar beyond 2027-01-17"]
    assert "March 3 at 3pm" in facts.unknown[0].reason


@pytest.mark.parametrize(
    ("mail", "findings", "asked"),
    [
        (draft(), NOTHING, False),
        (draft(), BY_FRIDAY, True),
        (draft(), found("see attached", claim("see attached")), True),
        (draft(attachments=(file("a.pdf"),)), NOTHING, True),
    ],
)
def test_the_library_is_asked_only_for_documents(mail: Draft, findings: Findings, asked: bool) -> None:
    outside = Outside()

    facts = gathered(outside, mail=mail, findings=findings)

    assert ("library" in outside.asked) is asked
    assert ("library" in facts.as_of) is asked
