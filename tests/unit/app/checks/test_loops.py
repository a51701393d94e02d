"""The checks on mail that nobody asked for, or that was answered already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.core.checks import Severity
from app.core.drafts import Draft, SequenceStep, Thread
from app.core.facts import Conversation, Facts, History, Message, Recipient, SequencePlan
from app.core.findings import Findings
from app.core.thresholds import Thresholds
from tests.unit.app.checks.builders import DANA, NOW, SAM, deal, draft, facts, failed, ny, results

NOTHING = Findings(text="Hi")
OURS, RUTH = SAM.email, "ruth@ours.example"
COLLEAGUE = Recipient(email=OURS, colleague=SAM)
THREAD = Thread(id="t-1")
REPLY = draft(thread=THREAD)
NUDGE = draft(action="follow_up", thread=THREAD)
PLAN = SequencePlan(id="seq-a", steps=4, days_between=3)


def step(number: int, **changes: object) -> Draft:
    return draft(action="follow_up", sequence=SequenceStep(id="seq-a", step=number), **changes)


def mail(sender: str, *readers: str, day: int = 17, hour: int = 9, automatic: bool = False) -> Message:
    return Message(sender=sender, recipients=readers, at=ny(day, hour), automatic=automatic)


def thread(*messages: Message, **changes: object) -> Facts:
    return facts(conversation=Conversation(id="t-1", messages=messages), **changes)


ASKED = mail(DANA.email, OURS, RUTH)
NOTE = mail(DANA.email, OURS, hour=10, automatic=True)
BOUNCE = mail("mailer-daemon@acme.example", OURS, hour=10)


# ── loop.automatic ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("world", "answer"),
    [
        (thread(mail(OURS, DANA.email), NOTE), REPLY),
        (thread(NOTE), REPLY),
        (thread(mail(OURS, DANA.email), BOUNCE), REPLY),
        (thread(mail(OURS, DANA.email), BOUNCE), NUDGE),
        (thread(NOTE, mail(RUTH, OURS, hour=11, automatic=True)), REPLY),
        (facts(), draft(to=("postmaster@acme.example",))),
        (facts(), draft(subject="Re: Automatic reply: Plan")),
        (facts(), draft(subject="AW: Abwesenheitsnotiz: Plan")),
        (facts(), draft(thread=Thread(id="t", subject="Undeliverable: Plan"))),
        (facts(), draft(subject="RE: Out of Office")),
    ],
)
def test_an_answer_to_a_machine(world: Facts, answer: Draft) -> None:
    (result,) = results("loop.automatic", NOTHING, world, answer)

    assert result.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("world", "answer"),
    [
        (thread(NOTE, mail(DANA.email, OURS, hour=11)), REPLY),
        (thread(NOTE, mail(DANA.email, OURS, hour=11)), draft(subject="Re: Automatic reply: Plan", thread=THREAD)),
        (thread(ASKED), REPLY),
        (thread(ASKED, mail(RUTH, DANA.email, hour=11, automatic=True)), REPLY),
        (thread(mail(OURS, DANA.email), NOTE), NUDGE),
        (facts(), draft(subject="Re: Out of office cover in December")),
        (facts(), draft(subject="Re: Automatic replies in your product")),
        (facts(), draft(action="follow_up", subject="Re: Automatic reply: Plan")),
        (thread(), REPLY),
    ],
)
def test_an_answer_to_a_person(world: Facts, answer: Draft) -> None:
    assert results("loop.automatic", NOTHING, world, answer) == []


def quoted(text: str) -> Findings:
    return Findings(text=f"Thanks!\n\n{text}", authored=((0, 7),))


def test_a_quoted_note_tells_where_there_is_no_mailbox() -> None:
    note = quoted("> I am out of the office until Monday\n> and will answer on my return.")
    person = quoted("> I'll be out of the office on Monday, so let's talk on Tuesday.")

    (result,) = results("loop.automatic", note, facts(), REPLY)

    assert result.spans[0][0] > 7
    assert results("loop.automatic", quoted("> This is an automated reply."), facts(), REPLY) != []
    assert results("loop.automatic", person, facts(), REPLY) == []
    assert results("loop.automatic", note, thread(ASKED), REPLY) == []


# ── loop.answered ───────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_has_answered() -> None:
    (colleague,) = results("loop.answered", NOTHING, thread(ASKED, mail(RUTH, DANA.email, hour=11)), REPLY)
    (sender,) = results("loop.answered", NOTHING, thread(ASKED, mail(OURS, DANA.email, hour=11)), REPLY)

    assert (colleague.severity, sender.severity) == (Severity.HIGH, Severity.MEDIUM)
    assert colleague.message.startswith(RUTH)
    assert sender.message.startswith("Sam Ito")


@pytest.mark.parametrize(
    ("world", "answer"),
    [
        (thread(ASKED), REPLY),
        (thread(mail(RUTH, DANA.email, day=16), ASKED), REPLY),
        (thread(ASKED, mail(RUTH, OURS, hour=11)), REPLY),
        (thread(ASKED, mail(RUTH, DANA.email, hour=11, automatic=True)), REPLY),
        (thread(ASKED, mail(RUTH, DANA.email, hour=11), mail(DANA.email, OURS, hour=12)), REPLY),
        (thread(ASKED, mail(OURS, DANA.email, hour=11)), NUDGE),
        (thread(ASKED, mail(RUTH, DANA.email, hour=11)), step(2, thread=THREAD)),
        (thread(mail(RUTH, DANA.email)), REPLY),
        (facts(), REPLY),
        (failed("mailbox"), REPLY),
    ],
)
def test_the_question_is_still_open(world: Facts, answer: Draft) -> None:
    assert results("loop.answered", NOTHING, world, answer) == []


# ── loop.open_mail ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (("dr-1",), "Another mail of this thread has not left yet: dr-1"),
        (("dr-1", "dr-2"), "2 other mails of this thread have not left yet: dr-1, dr-2"),
    ],
)
def test_one_open_mail_a_thread(ids: tuple[str, ...], message: str) -> None:
    world = facts(history=History(waiting_in_thread=ids))

    (result,) = results("loop.open_mail", NOTHING, world, REPLY)

    assert (result.severity, result.message) == (Severity.MEDIUM, message)
    assert results("loop.open_mail", NOTHING, facts(), REPLY) == []
    assert results("loop.open_mail", NOTHING, world, draft()) == []


# ── sequences ───────────────────────────────────────────────────────────────────────────────────────────────


def sent(**days: int) -> History:
    return History(steps_sent={int(name[1:]): ny(day, 10) for name, day in days.items()})


@pytest.mark.parametrize(
    ("number", "history", "severity", "words"),
    [
        (3, sent(s1=10), Severity.HIGH, "comes before step 2; the last that went out was step 1"),
        (2, sent(s1=10, s2=13), Severity.HIGH, "went out on Friday 13 Nov already"),
        (2, sent(s1=10, s3=13), Severity.HIGH, "would come after its step 3"),
        (2, sent(s1=16), Severity.MEDIUM, "the next is due 3 days after it"),
        (2, History(), Severity.HIGH, "nothing of it has gone out"),
    ],
)
def test_steps_out_of_order(number: int, history: History, severity: Severity, words: str) -> None:
    (result,) = results("sequence.order", NOTHING, facts(history=history, sequence=PLAN), step(number))

    assert result.severity is severity
    assert words in result.message


@pytest.mark.parametrize(
    ("world", "mail_of_it"),
    [
        (facts(history=sent(s1=15), sequence=PLAN), step(2)),
        (facts(history=sent(s1=16), sequence=PLAN), step(2, send_after=ny(19, 9))),
        (facts(history=sent(s1=16)), step(2)),
        (facts(sequence=PLAN), step(1)),
        (facts(), step(3)),
        (thread(mail(OURS, DANA.email), sequence=PLAN), step(2, thread=THREAD)),
        (facts(sequence=PLAN), step(2, thread=Thread(id="t-1", message_id="<a@ours.example>"))),
        (facts(history=sent(s1=10), sequence=PLAN), NUDGE),
        (failed("sequences", history=sent(s1=10)), step(3)),
    ],
    ids=[
        "in time",
        "kept until then",
        "no plan",
        "the first",
        "unknown sequence",
        "begun elsewhere",
        "continues a mail",
        "no step",
        "failed",
    ],
)
def test_steps_in_order(world: Facts, mail_of_it: Draft) -> None:
    assert results("sequence.order", NOTHING, world, mail_of_it) == []


@pytest.mark.parametrize("paused", [("seq-a",), ("seq-b", "seq-a")])
def test_a_step_of_a_paused_sequence_is_stopped(paused: tuple[str, ...]) -> None:
    (result,) = results("sequence.paused", NOTHING, deal(paused_sequences=paused), step(3))

    assert result.severity is Severity.HIGH
    assert "seq-a" in result.message


def test_other_sequences_go_on() -> None:
    assert results("sequence.paused", NOTHING, deal(paused_sequences=("seq-b",)), step(3)) == []
    assert results("sequence.paused", NOTHING, deal(paused_sequences=("seq-a",)), draft()) == []
    assert results("sequence.paused", NOTHING, facts(deal=None), step(3)) == []


@pytest.mark.parametrize(
    ("world", "number", "words"),
    [
        (facts(sequence=replace(PLAN, ended=True)), 2, "has ended; this is its step 2"),
        (facts(sequence=PLAN), 5, "has 4 steps; this is step 5"),
        (thread(mail(OURS, DANA.email), mail(DANA.email, OURS, hour=11), sequence=PLAN), 2, "has answered"),
        (thread(mail(OURS, DANA.email), mail(DANA.email, OURS, hour=11), NOTE), 2, "has answered"),
    ],
)
def test_a_sequence_past_its_end(world: Facts, number: int, words: str) -> None:
    (result,) = results("sequence.ended", NOTHING, world, step(number, thread=THREAD))

    assert result.severity is Severity.HIGH
    assert words in result.message


@pytest.mark.parametrize(
    ("world", "mail_of_it"),
    [
        (facts(sequence=PLAN), step(4)),
        (facts(), step(9)),
        (facts(sequence=replace(PLAN, ended=True)), NUDGE),
        (thread(mail(OURS, DANA.email), NOTE, sequence=PLAN), step(2, thread=THREAD)),
        (thread(mail(DANA.email, OURS), mail(RUTH, DANA.email, hour=11), sequence=PLAN), step(2, thread=THREAD)),
        (failed("sequences"), step(9)),
    ],
)
def test_a_sequence_that_goes_on(world: Facts, mail_of_it: Draft) -> None:
    assert results("sequence.ended", NOTHING, world, mail_of_it) == []


# ── loop.quiet_hours ────────────────────────────────────────────────────────────────────────────────────────


def living_in(zone: str | None, now: datetime = NOW, **changes: object) -> Facts:
    contact = replace(DANA, timezone=zone)
    return facts(recipients=(Recipient(email=DANA.email, contact=contact),), now=now, **changes)


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        ("America/Chicago", ny(18, 23), "Thursday 19 Nov, 07:00"),
        ("America/Chicago", ny(19, 7), "Thursday 19 Nov, 07:00"),
        ("America/New_York", ny(18, 20), "Thursday 19 Nov, 07:00"),
        ("America/New_York", ny(21, 11), "Monday 23 Nov, 07:00"),
        ("America/New_York", ny(20, 22), "Monday 23 Nov, 07:00"),
        ("Asia/Singapore", ny(18, 12), "Thursday 19 Nov, 07:00"),
        ("Asia/Riyadh", ny(20, 5), "Sunday 22 Nov, 07:00"),
    ],
)
def test_unasked_mail_in_the_recipients_night(zone: str, now: datetime, morning: str) -> None:
    (result,) = results("loop.quiet_hours", NOTHING, living_in(zone, now), draft(action="follow_up"))

    assert result.severity is Severity.MEDIUM
    assert result.message.endswith(f"their next morning is {morning}")
    assert results("loop.quiet_hours", NOTHING, living_in(zone, now), draft(action="cold_outreach")) != []
    assert results("loop.quiet_hours", NOTHING, living_in(zone, now), step(1)) != []


@pytest.mark.parametrize(
    ("world", "mail_of_it"),
    [
        (living_in("America/New_York"), NUDGE),
        (living_in("America/New_York", ny(18, 7)), NUDGE),
        (living_in("America/New_York", ny(18, 19, 59)), NUDGE),
        (living_in("America/New_York", ny(18, 23)), REPLY),
        (living_in("America/New_York", ny(18, 23)), draft(action="meeting_confirmation")),
        (living_in("America/New_York", ny(18, 23)), draft(action="follow_up", send_after=ny(19, 9))),
        (living_in("America/New_York", ny(18, 10)), draft(action="follow_up", send_after=ny(17, 23))),
        (living_in("Asia/Singapore", ny(18, 23)), NUDGE),
        (living_in("Asia/Riyadh", ny(22, 5)), NUDGE),
        (living_in(None, ny(18, 23)), NUDGE),
        (living_in("America/New_York", ny(18, 23)), draft(action="follow_up", to=(RUTH,), cc=(DANA.email,))),
        (living_in("America/New_York", ny(18, 23), conversation=Conversation(id="t-1", messages=(ASKED,))), NUDGE),
        (failed("crm", now=ny(18, 23)), NUDGE),
        (
            facts(now=ny(18, 23), recipients=(COLLEAGUE,)),
            draft(action="follow_up", to=(OURS,)),
        ),
    ],
)
def test_mail_that_may_come_then(world: Facts, mail_of_it: Draft) -> None:
    assert results("loop.quiet_hours", NOTHING, world, mail_of_it) == []


def test_a_company_may_draw_its_own_night() -> None:
    siesta = Thresholds(quiet_from=time(13), quiet_until=time(16))
    noon, night = (living_in("America/New_York", ny(18, hour), thresholds=siesta) for hour in (14, 23))

    assert results("loop.quiet_hours", NOTHING, noon, NUDGE) != []
    assert results("loop.quiet_hours", NOTHING, night, NUDGE) == []


# ── loop.frequency ──────────────────────────────────────────────────────────────────────────────────────────


def had(*days: int, **changes: object) -> Facts:
    return facts(history=History(recent={DANA.email: tuple(ny(day, 9) for day in days)}), **changes)


@pytest.mark.parametrize("unasked", [NUDGE, draft(action="cold_outreach"), draft(action="invoice_reminder"), step(2)])
def test_one_mail_too_many(unasked: Draft) -> None:
    (result,) = results("loop.frequency", NOTHING, had(12, 16, 17), unasked)

    assert result.severity is Severity.MEDIUM
    assert result.message.startswith("Dana Reyes had 3 mails from us in the last 7 days")


@pytest.mark.parametrize(
    ("world", "mail_of_it"),
    [
        (had(16, 17), NUDGE),
        (had(9, 10, 11), NUDGE),
        (had(12, 16, 17), REPLY),
        (had(12, 16, 17), draft(action="follow_up", send_after=NOW + timedelta(days=5))),
        (had(12, 16, 17, thresholds=Thresholds(mails_per_contact=4)), NUDGE),
        (had(12, 16, 17, thresholds=Thresholds(mails_window=timedelta(days=2))), NUDGE),
        (had(12, 16, 17, conversation=Conversation(id="t-1", messages=(ASKED,))), NUDGE),
        (facts(), NUDGE),
        (
            facts(
                recipients=(COLLEAGUE,),
                history=History(recent={OURS: tuple(ny(day, 9) for day in (12, 16, 17))}),
            ),
            NUDGE,
        ),
    ],
)
def test_not_too_many(world: Facts, mail_of_it: Draft) -> None:
    assert results("loop.frequency", NOTHING, world, mail_of_it) == []
