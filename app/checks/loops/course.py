"""What kind of turn a draft is in its conversation, and what was said there last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.checks.recipients.audience import is_ours
from app.core.drafts import Draft
from app.core.facts import Conversation, Facts, Message

_UNASKED = frozenset({"cold_outreach", "outreach", "follow_up", "followup", "nudge", "newsletter", "sequence_step"})
_ANSWERS = frozenset({"reply", "answer", "response"})
_MACHINES = frozenset({"mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon", "bounce", "bounces"})


def leaves_at(draft: Draft, facts: Facts) -> datetime:
    """The moment at which the draft would leave, were it let through now."""
    return max(facts.now, draft.send_after) if draft.send_after else facts.now


def is_answer(draft: Draft) -> bool:
    """Whether the draft says of itself that it answers a mail."""
    return _kind(draft) in _ANSWERS and draft.sequence is None


def is_unasked(draft: Draft, facts: Facts) -> bool:
    """Whether nobody waits for the mail. A step of a sequence is nobody's answer, even where the customer wrote."""
    if draft.sequence is not None:
        return True
    return _kind(draft) in _UNASKED and not _customer_waits(facts)


def is_machine(message: Message) -> bool:
    """Whether no person wrote the message."""
    return message.automatic or is_bounce(message)


def is_bounce(message: Message) -> bool:
    """Whether a mail system wrote it, to say that a mail did not arrive."""
    return is_mail_system(message.sender)


def is_mail_system(address: str) -> bool:
    """Whether mail to the address is read by a mail system, if at all."""
    return address.rpartition("@")[0].casefold() in _MACHINES


def by_people(conversation: Conversation) -> Iterator[tuple[int, Message]]:
    """The messages that people wrote, the latest first, each with its place in the conversation."""
    for place in range(len(conversation.messages) - 1, -1, -1):
        message = conversation.messages[place]
        if not is_machine(message):
            yield place, message


def last_of_customer(facts: Facts) -> tuple[int, Message] | None:
    """The latest message that a person outside wrote in the draft's conversation, with its place."""
    if facts.conversation is None:
        return None
    outside = ((n, m) for n, m in by_people(facts.conversation) if not is_ours(m.sender, facts))
    return next(outside, None)


def _customer_waits(facts: Facts) -> bool:
    """Whether the last person to write in the conversation is a customer."""
    if facts.conversation is None:
        return False
    last = next(by_people(facts.conversation), None)
    return last is not None and not is_ours(last[1].sender, facts)


def _kind(draft: Draft) -> str:
    return draft.action.casefold().replace("-", "_").replace(" ", "_")
