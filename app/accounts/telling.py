"""Who is told that an account has to be signed in to again."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.features import ICS
from app.core.facts import Person
from app.core.grants import Grant
from app.core.ids import Ids
from app.core.notices import Notice, NoticeKind
from app.core.ports import People
from app.permissions import Role
from app.store.store import Transaction

NAMES = {
    "google": "Google",
    "microsoft": "Microsoft",
    "salesforce": "Salesforce",
    "hubspot": "HubSpot",
    ICS: "its private address",
}


def readers_of(account: str, people: People) -> Sequence[Person]:
    """The colleague whose address the account is; the admins where it is nobody's.

    Raises FactUnavailable where the directory cannot be read.
    """
    owner = people.person(account)
    return [owner] if owner is not None else people.with_role(Role.ADMIN)


def tell_of_closing(tx: Transaction, grant: Grant, readers: Sequence[Person], ids: Ids, *, reason: str) -> None:
    """Put on the board for each reader what happened, that nothing is lost, and what to do."""
    connect = how_to_connect(grant.provider, grant.account)
    if grant.provider == ICS:
        text = (
            f"The calendar of {grant.account} can be read at its private address no more ({reason}). Drafts that "
            f"name a time go to review. Hand in another address: {connect}"
        )
    else:
        provider = NAMES.get(grant.provider, grant.provider)
        text = (
            f"{grant.account} at {provider} lets the gate in no more ({reason}). What needs it waits, nothing is "
            f"lost. Sign in again: {connect}"
        )
    tx.notices.add(
        Notice(id=ids.new("nt"), recipient=reader.id, kind=NoticeKind.STUCK, draft_id=None, text=text, at=tx.now)
        for reader in readers
    )


def how_to_connect(provider: str, account: str) -> str:
    """The command that lets the gate into an account."""
    whose = "--for" if provider == ICS else "--account"
    return f"countersign accounts connect {provider} {whose} {account}"
