"""The name in the greeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import CheckResult, Severity
from app.core.facts import Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import ACME, DANA, HANK, SAM, draft, facts, found, results, rewritten

BODY = "\n\nThanks for the figures.\n\nSam"


def named(name: str, email: str = "someone@acme.example") -> Recipient:
    return Recipient(email=email, contact=replace(DANA, id=f"c-{name}", name=name, email=email))


def greeted(line: str, *recipients: Recipient) -> tuple[Findings, list[CheckResult]]:
    readers = recipients or (named("Dana Reyes"),)
    findings = found(line + BODY)
    mail = draft(to=tuple(r.email for r in readers))
    return findings, results("recipient.greeting", findings, facts(recipients=readers), mail)


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("Hi Hank,", "Hi Dana,"),
        ("Hello, Hank!", "Hello, Dana!"),
        ("Dear Hank Scorpio:", "Dear Dana Reyes:"),
        ("Dear Mr. Scorpio,", "Dear Dana Reyes,"),
        ("Good morning Hank –", "Good morning Dana –"),
        ("Hank,", "Dana,"),
        ("Hi Hank, thanks for the call.", "Hi Dana, thanks for the call."),
        ("Hi there, Hank,", "Hi there, Dana,"),
        ("Thanks, Hank!", "Thanks, Dana!"),
        ("Hank, you are right.", "Dana, you are right."),
        ("Guten Tag Herr Vogt,", "Guten Tag Dana Reyes,"),
        ("Bonjour Hélène,", "Bonjour Dana,"),
        ("Hi Jean-Luc,", "Hi Dana,"),
        ("Hey Hank thanks for the call", "Hey Dana thanks for the call"),
    ],
)
def test_somebody_elses_name_is_replaced_in_its_own_form(line: str, mended: str) -> None:
    findings, (result,) = greeted(line)

    assert result.severity is Severity.HIGH
    assert rewritten(findings, result) == mended + BODY


@pytest.mark.parametrize(
    "line",
    [
        "Hi Dana,",
        "Dear Ms. Reyes,",
        "Dear Dana Reyes,",
        "DANA,",
        "Hi D.,",
        "Dear Dr. Dana Reyes,",
        "Hi Dana and team,",
        "Hi all,",
        "Hi everyone,",
        "Dear team,",
        "Dear Sir or Madam,",
        "To whom it may concern,",
        "Folks,",
        "Hi there,",
        "Hello again,",
        "Dear Acme Mills,",
        "Dear Purchasing,",
        "Good morning,",
        "Hi [NAME],",
        "Hi {{first_name}},",
        "Thanks for the call.",
        "Understood, Friday it is.",
        "Great news!",
        "Quick question:",
        "Following up on Friday,",
        "On Monday,",
        "Route Planner:",
        "Executive Overview,",
        "Unfortunately,",
        "Thank you, that helps.",
        "Dear Customer,",
        "Hi both,",
        "Sehr geehrte Damen und Herren,",
        "Yes,",
    ],
)
def test_the_right_name_and_no_name(line: str) -> None:
    assert greeted(line)[1] == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Hi Bob,", "Robert Smith"),
        ("Hi Liz,", "Elizabeth Moss"),
        ("Hi Sam,", "Samantha Lee"),
        ("Hi Jim,", "James Dow"),
        ("Hi Nat,", "Natalie Brooks"),
        ("Hi Mark,", "Marc Jensen"),
        ("Hi Sara,", "Sarah Kim"),
        ("Hi Jürgen,", "Juergen V."),
        ("Hi Juergen,", "Jürgen Vogt"),
        ("Hi Jurgen,", "Jürgen Vogt"),
        ("Hi Zoe,", "Zoë Park"),
        ("Hi JP,", "Jean-Pierre Roy"),
        ("Hi Jean,", "Jean-Pierre Roy"),
        ("Hi Dana,", "Reyes, Dana"),
        ("Hi Søren,", "Soren Dahl"),
        ("Hi Ola,", "Aleksandra (Ola) N"),
        ("Dear Mr. O’Neil,", "Pat O'Neil"),
        ("Dear Mr. van Dyk,", "Piet van Dyk"),
        ("Hi Wei,", "Chen Wei"),
        ("Hi Ted,", "Edward Ash"),
    ],
)
def test_names_in_other_forms(line: str, name: str) -> None:
    assert greeted(line, named(name))[1] == []


@pytest.mark.parametrize(
    ("line", "strange"),
    [("Hi Dana and Joe,", "Joe"), ("Dana, Joe, Hank,", "Joe"), ("Hi Dana, Hank & Joe,", "Joe")],
)
def test_of_several_names_each_has_to_be_a_readers(line: str, strange: str) -> None:
    readers = (named("Dana Reyes"), named("Hank Scorpio", "hank@acme.example"))

    findings, (result,) = greeted(line, *readers)

    (span,) = result.spans
    assert findings.text[slice(*span)] == strange
    assert greeted("Hi Dana and Hank,", *readers)[1] == []


def test_of_two_names_the_wrong_one_is_replaced_by_the_other_reader() -> None:
    findings, (result,) = greeted("Hi Dana and Joe,", named("Dana Reyes"), named("Hank Scorpio", "hank@acme.example"))

    assert rewritten(findings, result).startswith("Hi Dana and Hank,")


def test_who_is_in_copy_may_be_greeted() -> None:
    world = facts(recipients=(Recipient(email=DANA.email, contact=DANA), Recipient(email=HANK.email, contact=HANK)))
    mail = draft(cc=(HANK.email,))

    assert results("recipient.greeting", found("Hi Hank," + BODY), world, mail) == []


@pytest.mark.parametrize(
    ("address", "line", "spoken"),
    [
        ("dana.reyes@acme.example", "Hi Hank,", True),
        ("dana.reyes@acme.example", "Hi Dana,", False),
        ("dana@acme.example", "Hi Hank,", True),
        ("h.marsh@acme.example", "Dear Ms. Marsh,", False),
        ("h.marsh@acme.example", "Hi Hannah,", False),
        ("h.marsh@acme.example", "Hi Dana,", True),
        ("dreyes@acme.example", "Hi Hank,", False),
        ("x17@acme.example", "Hi Hank,", False),
        ("info@acme.example", "Hi Hank,", False),
        ("sales-team@acme.example", "Hi Hank,", False),
    ],
)
def test_without_a_contact_the_address_has_to_tell(address: str, line: str, spoken: bool) -> None:
    assert bool(greeted(line, Recipient(email=address))[1]) is spoken


def test_a_contact_whose_name_is_the_address_counts_as_nameless() -> None:
    assert greeted("Hi Hank,", named("x17@acme.example", "x17@acme.example"))[1] == []


def test_a_reader_without_a_name_may_be_the_one() -> None:
    assert greeted("Hi Hank,", named("Dana Reyes"), Recipient(email="x17@acme.example"))[1] == []


def test_colleagues_have_names_too() -> None:
    assert greeted("Hi Sam,", Recipient(email=SAM.email, colleague=SAM))[1] == []
    assert len(greeted("Hi Dana,", Recipient(email=SAM.email, colleague=SAM))[1]) == 1


def test_quoted_greetings_are_not_ours() -> None:
    text = "Thanks!\n\n> Hi Hank,"

    assert results("recipient.greeting", Findings(text=text, authored=((0, 7),)), facts()) == []
    assert results("recipient.greeting", Findings(text=""), facts()) == []


def test_a_company_is_no_stranger() -> None:
    world = facts(account=replace(ACME, aliases=("Millies",)))

    assert results("recipient.greeting", found("Dear Millies," + BODY), world) == []
