"""Who is new in a thread, and who is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import Severity
from app.core.drafts import Draft
from app.core.facts import Conversation, Facts, Message, Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import DANA, SAM, draft, facts, failed, found, ny, results

LEE = replace(DANA, id="c-lee", email="lee.chan@acme.example", name="Lee Chan")
OURS = SAM.email
PLAIN = found("Hi Dana,\n\nThanks for the figures.")
STRANGE = "t.brandt@elsewhere.example"


def mail(sender: str, *readers: str, day: int = 17, automatic: bool = False) -> Message:
    return Message(sender=sender, recipients=readers, at=ny(day, 9), automatic=automatic)


def world(*messages: Message, others: tuple[Recipient, ...] = ()) -> Facts:
    readers = (Recipient(email=DANA.email, contact=DANA), *others)
    return facts(recipients=readers, conversation=Conversation(id="t-1", messages=messages))


def with_lee(*messages: Message) -> tuple[Facts, Draft]:
    return world(*messages, others=(Recipient(email=LEE.email, contact=LEE),)), draft(cc=(LEE.email,))


def test_who_had_the_last_mail_and_would_not_get_this_one() -> None:
    (copied,) = results("recipient.dropped", PLAIN, world(mail(DANA.email, OURS, LEE.email)))
    (asking,) = results("recipient.dropped", PLAIN, world(mail(LEE.email, OURS, DANA.email)))

    assert (copied.severity, asking.severity) == (Severity.LOW, Severity.MEDIUM)
    assert copied.message.startswith(LEE.email)


@pytest.mark.parametrize(
    "messages",
    [
        (mail(DANA.email, OURS),),
        (mail(DANA.email, OURS, "ruth@ours.example"),),
        (mail(OURS, DANA.email, LEE.email, day=12), mail(DANA.email, OURS)),
        (mail(DANA.email, OURS, "dana+crm@acme.example"),),
        (mail(DANA.email, OURS, "dana@mail.acme.example"),),
        (mail(DANA.email, OURS, "noreply@acme.example", "all-staff@acme.example"),),
        (mail(DANA.email, OURS, day=12), mail(LEE.email, OURS, automatic=True)),
        (mail(DANA.email, OURS), mail("ruth@ours.example", OURS, day=18)),
        (),
    ],
    ids=["sole", "colleague", "left-by-her", "plus-sign", "other-host", "machines", "automatic", "aside", "empty"],
)
def test_nobody_is_left_out(messages: tuple[Message, ...]) -> None:
    assert results("recipient.dropped", PLAIN, world(*messages)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Moving Lee to bcc. Thanks.",
        "I have taken Lee off copy.",
        "Just to you, for now: thanks.",
        "Dropping the others from this thread.",
    ],
)
def test_who_is_left_out_on_purpose(text: str) -> None:
    assert results("recipient.dropped", found(text), world(mail(DANA.email, OURS, LEE.email))) == []


def test_a_mail_within_the_house_leaves_customers_out() -> None:
    inner = facts(
        recipients=(Recipient(email="ruth@ours.example"),),
        conversation=Conversation(id="t-1", messages=(mail(DANA.email, OURS),)),
    )

    assert results("recipient.dropped", PLAIN, inner) == []


def test_who_was_in_none_of_the_mails() -> None:
    lee, copied = with_lee(mail(DANA.email, OURS))
    stranger = world(mail(DANA.email, OURS), others=(Recipient(email=STRANGE),))

    (known,) = results("recipient.added", PLAIN, lee, copied)
    (unknown,) = results("recipient.added", PLAIN, stranger, draft(bcc=(STRANGE,)))

    assert (known.severity, unknown.severity) == (Severity.LOW, Severity.MEDIUM)


@pytest.mark.parametrize(
    "text",
    [
        "Hi Dana, hi Lee,\n\nThanks.",
        "I'm copying our contact at your plant.",
        "Ms. Chan knows the export best.",
        "Looping the plant in.",
        "Adding a colleague of yours to this thread.",
    ],
)
def test_who_is_brought_in_with_a_word(text: str) -> None:
    lee, copied = with_lee(mail(DANA.email, OURS))

    assert results("recipient.added", found(text), lee, copied) == []


@pytest.mark.parametrize(
    "messages",
    [
        (mail(DANA.email, OURS, LEE.email, day=12), mail(DANA.email, OURS)),
        (mail(LEE.email, OURS, automatic=True), mail(DANA.email, OURS)),
        (mail("ruth@ours.example", OURS),),
        (),
    ],
    ids=["was there before", "a machine answered for her", "an internal thread", "an empty thread"],
)
def test_who_is_not_new(messages: tuple[Message, ...]) -> None:
    lee, copied = with_lee(*messages)

    assert results("recipient.added", PLAIN, lee, copied) == []


def test_colleagues_come_as_they_like() -> None:
    ruth = world(mail(DANA.email, OURS), others=(Recipient(email="ruth@ours.example"),))

    assert results("recipient.added", PLAIN, ruth, draft(cc=("ruth@ours.example",))) == []


@pytest.mark.parametrize("check", ["recipient.added", "recipient.dropped"])
def test_without_the_mailbox_nobody_is_new_or_gone(check: str) -> None:
    thread = Conversation(id="t-1", messages=(mail(LEE.email, OURS),))

    assert results(check, PLAIN, facts(conversation=None)) == []
    assert results(check, PLAIN, failed("mailbox", conversation=thread)) == []
    assert results(check, Findings(text=""), facts(conversation=None)) == []
