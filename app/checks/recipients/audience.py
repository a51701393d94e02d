"""Who of the readers is on our side, and who took part in the conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.checks.customers import directory
from app.checks.results import is_own_domain
from app.core.facts import Account, Facts, Message, Recipient

_MACHINES = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"})


def same_mailbox(address: str) -> str:
    """The address without what people add after a plus sign, in small letters."""
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def is_ours(address: str, facts: Facts) -> bool:
    """Whether somebody on our side has the address."""
    known = {r.email.casefold() for r in facts.recipients if r.colleague is not None}
    return address.casefold() in known | {facts.sender.email.casefold()} or is_own_domain(address, facts)


def outside(facts: Facts) -> Iterator[Recipient]:
    """The recipients who are not on our side."""
    return (r for r in facts.recipients if r.colleague is None and not is_own_domain(r.email, facts))


def inside(facts: Facts) -> Iterator[Recipient]:
    """The recipients on our side, without the sender."""
    ours = (r for r in facts.recipients if r.colleague is not None or is_own_domain(r.email, facts))
    return (r for r in ours if r.email.casefold() != facts.sender.email.casefold())


def everybody(messages: Iterable[Message]) -> frozenset[str]:
    """Every mailbox that wrote or got one of the messages."""
    return frozenset(same_mailbox(a) for m in messages for a in (m.sender, *m.recipients))


def people_wrote(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The messages that no machine wrote, in their order."""
    return tuple(m for m in messages if not m.automatic and m.sender.rpartition("@")[0] not in _MACHINES)


def took_part(facts: Facts) -> frozenset[str]:
    """The mailboxes outside that wrote in the conversation, or whom somebody outside had in copy."""
    messages = people_wrote(facts.conversation.messages) if facts.conversation else ()
    theirs = [m for m in messages if not is_ours(m.sender, facts)]
    return frozenset(address for address in everybody(theirs) if not is_ours(address, facts))


def owners(facts: Facts) -> Mapping[str, tuple[Account, ...]]:
    """Each domain of a known customer, and whose it is: companies of one group may share it."""
    known = directory(facts.customers)
    named = (*facts.accounts.values(), *([facts.account] if facts.account else []))
    further = tuple(account for account in named if account.id not in known.by_id)
    return directory((*facts.customers, *further)).by_domain if further else known.by_domain


def account_name(id: str | None, facts: Facts) -> str:
    """The name of the account, or its id where nobody knows more."""
    account = facts.accounts.get(id) if id else None
    return account.name if account else str(id)
