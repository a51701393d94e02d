"""Replies, bounces and machines' notes are told apart by the marks that the RFCs define."""

from __future__ import annotations

import pytest

from app.inbox.contents import content_of
from app.inbox.kinds import Classified, Failure, Kind, classify, is_worth_reading
from tests.unit.app.inbox.mails import USUAL, group, incoming, raw_mail, report

FROM_SYSTEM = USUAL.replace("Lee <lee@acme.example>", "MAILER-DAEMON@acme.example")
NO_SENDER = "Return-Path: <>\n"


def found(raw: bytes) -> Classified:
    return classify(incoming(raw), content_of(raw))


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "raw",
    [
        raw_mail(),
        raw_mail("Auto-Submitted: no\n"),
        raw_mail("Auto-Submitted: No (a person wrote this)\n"),
        raw_mail("Return-Path: <lee@acme.example>\n"),
        raw_mail("Precedence: first-class\n"),
        raw_mail("Precedence: list\n"),
        raw_mail("X-Auto-Response-Suppress: None\n"),
        raw_mail("X-Autoreply: no\n"),
        raw_mail('Content-Type: multipart/mixed; boundary="B"\n', "--B\n\nFine.\n--B--\n"),
        raw_mail('Content-Type: text/plain; report-type="delivery-status"\n'),
        raw_mail(usual=USUAL.replace("The plan", "Our out of office policy")),
        raw_mail(usual=USUAL.replace("The plan", "Urlaubsplanung 2027")),
        raw_mail(usual=USUAL.replace("The plan", "Absences in the team")),
        raw_mail(usual=USUAL.replace("The plan", "Leave the plan as it is")),
        raw_mail(usual=USUAL.replace("The plan", "automatic replying in your product")),
        raw_mail("Auto-Submitted: no\n", usual=USUAL.replace("The plan", "Automatic reply: how does it work?")),
        raw_mail(body="I am out of the office tomorrow, so call me today.\n"),
        raw_mail(body="550 5.1.1 is what their server said to us.\n"),
        raw_mail("X-Failed-Recipients:\n"),
    ],
)
def test_a_person_wrote_it(raw: bytes) -> None:
    assert found(raw) == Classified(kind=Kind.REPLY, mark="")


def test_what_the_owner_sent_is_their_own_whatever_it_says() -> None:
    raw = raw_mail("Auto-Submitted: auto-replied\n")
    assert classify(incoming(raw, is_own=True)).kind is Kind.OWN


# ── machines ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("Auto-Submitted: auto-replied\n", "auto-submitted"),
        ("Auto-Submitted: auto-generated\n", "auto-submitted"),
        ("Auto-Submitted: auto-notified; owner-email=lee@acme.example\n", "auto-submitted"),
        ("AUTO-SUBMITTED:  Auto-Replied (vacation)\n", "auto-submitted"),
        ("Auto-Submitted: auto-replied; owner-token=x\n", "auto-submitted"),
        ("Auto-Submitted: x-something-new\n", "auto-submitted"),
        ("X-Auto-Response-Suppress: All\n", "x-auto-response-suppress"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply\n", "x-auto-response-suppress"),
        ("Precedence: bulk\n", "precedence"),
        ("Precedence: Junk\n", "precedence"),
        ("Precedence: auto_reply\n", "precedence"),
        ("X-Autoreply: yes\n", "x-autoreply"),
        ("X-Autorespond: The plan\n", "x-autorespond"),
        (NO_SENDER + "Auto-Submitted: auto-replied\n", "auto-submitted"),
        (NO_SENDER + "X-Auto-Response-Suppress: All\n", "x-auto-response-suppress"),
        (
            'Content-Type: multipart/report; report-type=disposition-notification; boundary="B"\n',
            "report disposition-notification",
        ),
        (
            NO_SENDER + 'Content-Type: multipart/report; report-type=feedback-report; boundary="B"\n',
            "report feedback-report",
        ),
        ('Content-Type: multipart/report; boundary="B"\n', "report unnamed"),
    ],
)
def test_a_machine_says_that_it_is_one(head: str, mark: str) -> None:
    assert found(raw_mail(head)) == Classified(kind=Kind.AUTO_REPLY, mark=mark)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: The plan",
        "Re: Out of Office: The plan",
        "Out-of-office AutoReply: The plan",
        "Auto-Response: The plan",
        "OOO: The plan",
        "On annual leave until 30 November",
        "Abwesenheitsnotiz: The plan",
        "AW: Automatische Antwort: The plan",
        "Nicht im Büro: The plan",
        "Im Urlaub bis 30.11.",
        "=?utf-8?q?R=C3=A9ponse_automatique?= : The plan",
        "RE: Absence du bureau : The plan",
        "Message d’absence",
        "En congé jusqu'au 30 novembre",
    ],
)
def test_machines_that_only_their_title_gives_away(subject: str) -> None:
    raw = raw_mail(usual=USUAL.replace("Re: The plan", subject))
    assert found(raw) == Classified(kind=Kind.AUTO_REPLY, mark="subject")


# ── mail systems ──────────────────────────────────────────────────────────────────────────────────────────────


def failure(
    recipient: str = "lee@acme.example",
    *,
    permanent: bool = True,
    final: bool = True,
    status: str = "5.1.1",
    reason: str = "",
) -> Failure:
    return Failure(recipient=recipient, is_permanent=permanent, is_final=final, status=status, reason=reason)


REPORTS: list[tuple[bytes, tuple[Failure, ...]]] = [
    (report(group()), (failure(),)),
    (report(group(status="5.2.2")), (failure(status="5.2.2"),)),
    (report(group(status="4.4.7")), (failure(permanent=False, status="4.4.7"),)),
    (report(group(action="delayed", status="4.4.1")), (failure(permanent=False, final=False, status="4.4.1"),)),
    (report(group(action="delayed", status="5.4.1")), (failure(permanent=False, final=False, status="5.4.1"),)),
    (report(group(action="FAILED (for good)", status="5.1.1 (no such user)")), (failure(),)),
    (report(group(status="what?")), (failure(status=""),)),
    (report(group("LEE@Acme.Example")), (failure(),)),
    (report(group("<lee@acme.example>")), (failure(),)),
    (
        report(group("lee@new.example", more="Original-Recipient: rfc822;lee@acme.example\n")),
        (failure(),),
    ),
    (
        report(group(more="Diagnostic-Code: smtp; 550 5.1.1\n  no such user\n")),
        (failure(reason="smtp; 550 5.1.1 no such user"),),
    ),
    (
        report(group(), group("ana@acme.example", status="5.7.1")),
        (failure(), failure("ana@acme.example", status="5.7.1")),
    ),
    (report(group(), group("ana@acme.example", action="delivered", status="2.0.0")), (failure(),)),
    (report("Final-Recipient: rfc822; lee@acme.example\nStatus: 5.1.1\n"), (failure(),)),
    (report(), ()),
    (report(group(), head="Auto-Submitted: auto-replied\n"), (failure(),)),
    (report(group(), head="Auto-Submitted: auto-generated\nPrecedence: bulk\n"), (failure(),)),
    (report(group(), head="X-Failed-Recipients: other@acme.example\n"), (failure(),)),
]


@pytest.mark.parametrize(("raw", "failures"), REPORTS)
def test_a_report_names_those_whom_the_mail_did_not_reach(raw: bytes, failures: tuple[Failure, ...]) -> None:
    assert found(raw) == Classified(kind=Kind.BOUNCE, mark="delivery-status", failures=failures)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_that_all_went_well_is_no_bounce(action: str) -> None:
    raw = report(group(action=action, status="2.0.0"))
    assert found(raw) == Classified(kind=Kind.AUTO_REPLY, mark="delivery-status")


@pytest.mark.parametrize(
    ("named", "text", "failures"),
    [
        ("lee@acme.example", "", (failure(status=""),)),
        ("lee@acme.example", "550 5.1.1 The account does not exist.", (failure(),)),
        ("lee@acme.example", "The response was: 452 4.2.2 mailbox full", (failure(permanent=False, status="4.2.2"),)),
        ("lee@acme.example", "The response was:\n\n451 try later", (failure(permanent=False, status=""),)),
        ("lee@acme.example", "Version 5.1.12.7 of our server", (failure(status=""),)),
        ("lee@acme.example, Ana@Acme.example", "", (failure(status=""), failure("ana@acme.example", status=""))),
    ],
)
def test_a_bounce_without_a_report(named: str, text: str, failures: tuple[Failure, ...]) -> None:
    raw = raw_mail(f"X-Failed-Recipients: {named}\n", text + "\n", usual=FROM_SYSTEM)
    assert found(raw) == Classified(kind=Kind.BOUNCE, mark="x-failed-recipients", failures=failures)


@pytest.mark.parametrize(
    "raw",
    [
        raw_mail(NO_SENDER),
        raw_mail("Return-Path: < >\n"),
        raw_mail(NO_SENDER, usual=FROM_SYSTEM),
        raw_mail(NO_SENDER + "Auto-Submitted: auto-replied\n", usual=FROM_SYSTEM),
        raw_mail(
            NO_SENDER + "X-Auto-Response-Suppress: All\n",
            usual=USUAL.replace("lee@acme.example", "MicrosoftExchange329e71ec88ae@acme.example"),
        ),
    ],
)
def test_a_bounce_that_only_its_missing_sender_gives_away(raw: bytes) -> None:
    assert found(raw) == Classified(kind=Kind.BOUNCE, mark="return-path")


def test_a_report_is_known_before_anybody_has_looked_inside_and_is_worth_it() -> None:
    mail = incoming(report(group()))
    assert classify(mail) == Classified(kind=Kind.BOUNCE, mark="delivery-status")
    assert is_worth_reading(mail)
    assert not is_worth_reading(incoming(raw_mail()))
    assert not is_worth_reading(incoming(raw_mail("Auto-Submitted: auto-replied\n")))
    assert not is_worth_reading(incoming(report(group()), is_own=True))
