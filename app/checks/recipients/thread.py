"""Who was in the conversation last, and whether the mail says why that changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.recipients.audience import everybody, is_ours, people_wrote, same_mailbox
from app.checks.recipients.mailboxes import UNREAD, is_list, role_of
from app.checks.recipients.names import folded_words
from app.core.drafts import Draft
from app.core.facts import Conversation, Facts, Message
from app.core.findings import Findings
from extractors.lazily import compiled

_LEAVING = compiled(
    r"\b(?:(?:mov|tak|dropp|remov|leav)(?:e|es|ed|en|ing)|take|drop|left|spar(?:e|ed|ing))\b[^.!?\n]{0,80}"
    r"\b(?:bcc|off|out of|from (?:this|the|copy|cc)|copy|cc|thread|inbox(?:es)?|loop)\b"
    r"|\b(?:off|without) (?:the )?(?:others|rest|group|list)\b|\b(?:only|just) (?:to )?(?:you|the two of us)\b"
    r"|\b(?:in private|privately|off[- ]?list|one[- ]to[- ]one|1:1|separately)\b"
    r"|\bbetween (?:the two of us|you and me)\b",
    re.IGNORECASE,
)
_JOINING = compiled(
    r"\b(?:cc(?:'?ing|'?d|ed)|copying|copied|in (?:copy|cc)|on copy|loop(?:ing|ed)?[^.!?\n]{0,40}\bin"
    r"|includ(?:ing|ed)|introduc(?:e|ing|tion)|add(?:ing|ed)[^.!?\n]{0,60}\b(?:here|thread|copy|cc|conversation|loop|email|mail))\b",
    re.IGNORECASE,
)


def last_round(conversation: Conversation, facts: Facts) -> Message | None:
    """The latest message by a person that somebody outside wrote or got."""
    for message in reversed(people_wrote(conversation.messages)):
        if any(not is_ours(address, facts) for address in (message.sender, *message.recipients)):
            return message
    return None


def readers(draft: Draft) -> frozenset[str]:
    """The mailboxes that would get the draft."""
    return frozenset(same_mailbox(address) for address in draft.recipients)


def left_out(draft: Draft, last: Message, facts: Facts) -> tuple[str, ...]:
    """The people outside who were in the last round and would not get the draft, whoever wrote it first."""
    present = readers(draft)
    kin = {_kin(address) for address in present}
    addresses = dict.fromkeys(same_mailbox(address) for address in (last.sender, *last.recipients))
    return tuple(
        address
        for address in addresses
        if address not in present
        and not is_ours(address, facts)
        and _kin(address) not in kin
        and role_of(address) != UNREAD
        and not is_list(address)
    )


def newcomers(draft: Draft, conversation: Conversation, facts: Facts) -> tuple[str, ...]:
    """The people outside who would get the draft and were in no message of the conversation."""
    known = everybody(conversation.messages)
    kin = {_kin(address) for address in known}
    return tuple(
        address
        for address in dict.fromkeys(draft.recipients)
        if not is_ours(address, facts) and _kin(same_mailbox(address)) not in kin
    )


def says_who_leaves(findings: Findings) -> bool:
    """Whether the mail says that somebody is left out."""
    return any(_LEAVING.search(text) for text in written(findings))


def says_who_joins(findings: Findings) -> bool:
    """Whether the mail says that somebody is brought in."""
    return any(_JOINING.search(text) for text in written(findings))


def mentions(address: str, findings: Findings, facts: Facts) -> bool:
    """Whether the mail speaks of the person by name."""
    recipient = next((r for r in facts.recipients if r.email.casefold() == address.casefold()), None)
    contact = recipient.contact if recipient else None
    name = contact.name if contact and "@" not in contact.name else ""
    words = {word for word in folded_words(f"{name} {address.partition('@')[0]}") if len(word) > 2}
    return any(words.intersection(folded_words(text)) for text in written(findings))


def written(findings: Findings) -> Iterator[str]:
    """What the sender newly wrote."""
    return (findings.text[start:end] for start, end in findings.authored)


def _kin(address: str) -> tuple[str, str]:
    """One person's addresses at two hosts of one company: `dana@acme.com`, `dana@mail.acme.com`."""
    local, _, domain = address.partition("@")
    return local, ".".join(domain.split(".")[-2:])
