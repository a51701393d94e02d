"""The accounts that the CRM knows, by what a draft can tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.checks.once import while_same
from app.core.facts import Account, Facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Directory:
    """Accounts by their ids and by their domains, which are in small letters: companies of a group may share one."""

    by_id: Mapping[str, Account]
    by_domain: Mapping[str, tuple[Account, ...]]

    def at(self, domains: Iterable[str]) -> Iterator[Account]:
        """Those at one of the domains, whatever their case."""
        for domain in domains:
            yield from self.by_domain.get(domain.casefold(), ())


@while_same
def directory(accounts: tuple[Account, ...]) -> Directory:
    """Look-ups in these accounts, made once for as long as the CRM gives the same ones."""
    by_domain: dict[str, dict[str, Account]] = {}
    for account in accounts:
        for domain in account.domains:
            by_domain.setdefault(domain.casefold(), {})[account.id] = account
    return Directory(
        by_id={account.id: account for account in accounts},
        by_domain={domain: tuple(known.values()) for domain, known in by_domain.items()},
    )


def account_of(id: str | None, facts: Facts) -> Account | None:
    """The account with this id, as far as the CRM was asked."""
    return (facts.accounts.get(id) or directory(facts.customers).by_id.get(id)) if id else None
