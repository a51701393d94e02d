"""What the CRM says about a draft: its deal, its recipients, their companies, and who else is a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.drafts import Draft
from app.core.facts import Account, Contact, Deal
from app.core.ports import Crm


@dataclass(frozen=True, kw_only=True, slots=True)
class CrmFacts:
    """What the CRM has answered so far."""

    deal: Deal | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    """By the address asked for."""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """Those named by the deal and the contacts, by id."""
    customers: tuple[Account, ...] = ()

    @property
    def account(self) -> Account | None:
        """The deal's account; without a deal, the one that all contacts share."""
        if self.deal is not None:
            return self.accounts.get(self.deal.account)
        shared = {contact.account for contact in self.contacts.values()}
        only = shared.pop() if len(shared) == 1 else None
        return self.accounts.get(only) if only else None

    @property
    def account_id(self) -> str | None:
        """The same one's id, also where the CRM has no such account."""
        return self.deal.account if self.deal is not None else self.account.id if self.account else None


def crm_facts(draft: Draft, crm: Crm, *, strangers: Sequence[str], all_customers: bool) -> Iterator[CrmFacts]:
    """The deal first: it weighs most. `strangers` are the recipients who are no colleagues."""
    known = CrmFacts(deal=crm.deal(draft.deal_id) if draft.deal_id is not None else None)
    yield known
    for address in strangers:
        contact = crm.contact(address)
        if contact is not None:
            known = replace(known, contacts={**known.contacts, address: contact})
            yield known
    for account_id in _named(known):
        account = crm.account(account_id)
        if account is not None:
            known = replace(known, accounts={**known.accounts, account_id: account})
            yield known
    if all_customers:
        yield replace(known, customers=tuple(crm.accounts()))


def _named(known: CrmFacts) -> Iterator[str]:
    ids = [known.deal.account] if known.deal else []
    ids += [contact.account for contact in known.contacts.values() if contact.account]
    yield from dict.fromkeys(ids)
