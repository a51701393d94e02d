"""Facts are gathered once, only those that are needed, and what could not be had is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.core.drafts import Draft, SequenceStep, Thread
from app.core.errors import FactUnavailable, InvalidDraft, InvalidWorld
from app.core.facts import Account, Contact, Conversation, SequencePlan
from app.core.findings import Findings, Kind
from app.core.thresholds import USUAL
from tests.unit.app.checks.builders import (
    ACME,
    DANA,
    DEAL,
    GLOBEX,
    NOW,
    SAM,
    at,
    claim,
    draft,
    file,
    found,
    ny,
    promise,
)
from tests.unit.app.facts.outside import AS_OF, NOTHING, Outside, gathered

BY_FRIDAY = found("By Friday", promise("By Friday", due=("Friday", date(2026, 11, 20))))
LET_US_MEET = found("Let's meet", promise("Let's meet", kind=Kind.MEETING))


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
    assert dict(facts.as_of) == dict.fromkeys(("crm", "library", "calendar", "approved"), AS_OF)
    assert facts.age_of("ledger") == NOW
    assert facts.thresholds == USUAL


def test_what_a_mail_in_a_sequence_and_a_thread_with_a_file_needs() -> None:
    mail = draft(
        thread=Thread(id="T-1"),
        sequence=SequenceStep(id="warm-up", step=2),
        attachments=(file("a.pdf"), file("b.pdf")),
    )

    facts = gathered(mail=mail, findings=BY_FRIDAY)

    assert [(text.filename, text.text) for text in facts.files] == [("a.pdf", "words"), ("b.pdf", "words")]
    assert facts.conversation == Conversation(id="T-1")
    assert facts.sequence == SequencePlan(id="warm-up", steps=4)
    assert [statement.id for statement in facts.approved] == ["S-1"]
    assert [floor.product for floor in facts.price_floors] == ["Planner"]
    assert facts.customers == (ACME, GLOBEX)
    assert facts.effort == {Kind.DELIVERABLE: 3.5}
    assert [entry.id for entry in facts.broken] == ["L-broken"]
    assert {source: facts.as_of.get(source) for source in ("mailbox", "sequences", "files")} == {
        "mailbox": AS_OF,
        "sequences": AS_OF,
        "files": None,
    }


def test_sources_that_are_not_configured_are_neither_asked_nor_missed() -> None:
    mail = draft(thread=Thread(id="T-1"), sequence=SequenceStep(id="warm-up", step=2), attachments=(file("a.pdf"),))

    facts = gathered(mail=mail, findings=BY_FRIDAY, full=False)

    assert (facts.files, facts.conversation, facts.sequence, facts.approved, facts.price_floors) == (
        ((), None, None, (), ())
    )
    assert facts.unknown == ()
    assert set(facts.as_of) == {"crm", "library", "calendar"}


def test_a_plain_mail_asks_for_no_more_than_it_needs() -> None:
    outside = Outside()

    facts = gathered(outside)

    assert set(outside.asked) == {"people", "crm", "ledger", "approved"}
    assert (facts.effort, facts.files, facts.conversation, facts.sequence) == ({}, (), None, None)


def test_the_customers_are_asked_for_only_where_there_is_text_that_could_name_one() -> None:
    assert gathered(findings=Findings(text=" \n")).customers == ()
    assert gathered(findings=Findings(text=""), mail=draft(subject="Acme")).customers == (ACME, GLOBEX)


@pytest.mark.parametrize(
    ("down", "unknown"),
    [
        ("crm", ["crm"]),
        ("people", ["people"]),
        ("calendar", ["calendar"]),
        ("library", ["library"]),
        ("ledger", ["ledger"]),
        ("approved", ["approved"]),
        ("files", ["files"]),
        ("mailbox", ["mailbox"]),
        ("sequences", ["sequences"]),
    ],
)
def test_a_source_that_fails_is_an_unknown_fact_and_nothing_more(down: str, unknown: list[str]) -> None:
    mail = draft(thread=Thread(id="T-1"), sequence=SequenceStep(id="warm-up", step=2), attachments=(file("a.pdf"),))

    facts = gathered(Outside(down=frozenset({down})), mail=mail, findings=BY_FRIDAY)

    assert [fact.source for fact in facts.unknown] == unknown
    assert facts.unknown[0].reason == "timed out"
    assert down not in facts.as_of


def test_all_sources_may_fail_together() -> None:
    facts = gathered(Outside(down=frozenset({"crm", "people", "calendar", "library", "ledger"})), findings=BY_FRIDAY)

    assert {fact.source for fact in facts.unknown} == {"crm", "people", "calendar", "library", "ledger"}
    assert (facts.deal, facts.account, facts.busy, facts.busy_until, facts.ledger, facts.library) == (
        (None, None, (), None, (), ())
    )


def test_a_source_that_trips_over_its_own_feet_is_unknown_too() -> None:
    facts = gathered(Outside(broken=frozenset({"crm"})), findings=BY_FRIDAY)

    assert [(fact.source, fact.reason) for fact in facts.unknown] == [("crm", "failed: KeyError: 'surprise'")]


def test_what_came_before_a_source_failed_is_kept() -> None:
    class Halting(Outside):
        def contact(self, email: str) -> Contact | None:
            raise FactUnavailable("crm", f"the line went dead over {email}")

    facts = gathered(Halting())

    assert facts.deal == DEAL
    assert [fact.source for fact in facts.unknown] == ["crm"]
    assert [recipient.known for recipient in facts.recipients] == [False]


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


TO_ANA = draft(to=("dana@acme.example", "ana@ours.example"))
ANA_COMES = found("Ana will come by Friday", promise("Ana will come by Friday", actor="Ana", kind=Kind.MEETING))
ANA_SENDS = found(
    "Ana sends it Friday", promise("Ana sends it", actor="Ana Brandt", due=("Friday", date(2026, 11, 20)))
)


@pytest.mark.parametrize(
    ("mail", "findings", "others"),
    [
        pytest.param(TO_ANA, LET_US_MEET, ["ana"], id="on a mail that proposes to meet"),
        pytest.param(
            TO_ANA, found("Free at 3pm?", at("3pm", ny(19, 15))), ["ana"], id="on a mail that names an hour"
        ),
        pytest.param(TO_ANA, BY_FRIDAY, [], id="on a mail that only says by when"),
        pytest.param(
            TO_ANA,
            found("By 3pm", promise("By 3pm"), at("3pm", ny(19, 15))),
            [],
            id="on a mail that only says by which hour",
        ),
        pytest.param(TO_ANA, NOTHING, [], id="on a mail without a time"),
        pytest.param(
            draft(bcc=("ana@ours.example",)), LET_US_MEET, [], id="who reads along unseen and need not come"
        ),
        pytest.param(draft(cc=("sam@ours.example",)), LET_US_MEET, [], id="the sender again"),
        pytest.param(draft(), ANA_COMES, ["ana"], id="named by first name"),
        pytest.param(draft(), ANA_SENDS, ["ana"], id="named in full, and has to have it done by a day"),
        pytest.param(TO_ANA, ANA_COMES, ["ana"], id="named and on the mail"),
        pytest.param(
            draft(),
            found("Legal reads it", promise("Legal reads it", actor="Legal", kind=Kind.MEETING)),
            [],
            id="a team",
        ),
    ],
)
def test_colleagues_who_have_to_be_there_are_asked_for_their_calendars(
    mail: Draft, findings: Findings, others: list[str]
) -> None:
    facts = gathered(mail=mail, findings=findings)

    assert [schedule.person.id for schedule in facts.others] == others
    assert all(schedule.busy[0].summary.startswith(schedule.person.name) for schedule in facts.others)
    assert [source for source in facts.as_of if source.startswith("calendar of")] == [
        f"calendar of {person}" for person in others
    ]


def test_a_colleagues_calendar_that_fails_is_an_unknown_fact_of_its_own() -> None:
    facts = gathered(Outside(down=frozenset({"calendar of ana"})), mail=TO_ANA, findings=LET_US_MEET)

    assert [fact.source for fact in facts.unknown] == ["calendar of ana"]
    assert facts.others == ()
    assert len(facts.busy) == 1


def test_where_the_directory_cannot_say_who_is_meant_that_is_unknown() -> None:
    facts = gathered(Outside(down=frozenset({"people"})), findings=ANA_SENDS)

    assert "people" in [fact.source for fact in facts.unknown]
    assert facts.others == ()


DEMO_UNIT = found("I'll keep it", promise("I'll keep it", thing="the last demo unit", kind=Kind.RESOURCE))


def test_promises_to_others_about_the_same_scarce_thing() -> None:
    outside = Outside()

    facts = gathered(outside, findings=DEMO_UNIT)

    assert [entry.id for entry in facts.rivals] == ["L-rival"]
    assert outside.rival_keys == (["machine:demo"], "acme", "D-1")


@pytest.mark.parametrize(
    ("down", "findings"), [("crm", DEMO_UNIT), ("", BY_FRIDAY)], ids=["CRM unknown", "nothing scarce"]
)
def test_nobody_is_a_rival_where_nobody_can_say_so(down: str, findings: Findings) -> None:
    outside = Outside(down=frozenset({down}))

    assert gathered(outside, findings=findings).rivals == ()
    assert outside.rival_keys is None


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
