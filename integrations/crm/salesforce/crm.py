"""What Salesforce says about deals, accounts and contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.clock import Clock
from app.core.facts import Account, Deal
from app.core.grants import Grants
from integrations.crm.kept import Key, Kind, Look, Role
from integrations.crm.line import Unreadable
from integrations.crm.live import WHOLE_EVERY, LiveCrm
from integrations.crm.mapping import SALESFORCE, CrmFields
from integrations.crm.records import Flawed, KnownContact, Row, account_of, contact_of, deal_of
from integrations.crm.salesforce.client import SYSTEM, SalesforceApp, SalesforceClient, SalesforceStep

VERSION = "59.0"
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_TYPES = {
    Kind.ACCOUNT: "Account",
    Kind.CONTACT: "Contact",
    Kind.DEAL: "Opportunity",
    Kind.ROLE: "OpportunityContactRole",
}
_STANDARD = {
    Kind.ACCOUNT: ("Id", "Name"),
    Kind.CONTACT: ("Id", "Name", "Email", "AccountId"),
    Kind.DEAL: ("Id", "Name", "AccountId", "Owner.Email", "IsClosed", "IsWon"),
    Kind.ROLE: ("Id", "OpportunityId", "ContactId"),
}
_MERGES = (Kind.ACCOUNT, Kind.CONTACT)
"""Salesforce merges these, and keeps the one that is gone with the id of the one that it became part of."""
_OVERLAP = timedelta(minutes=10)
"""A change bears the time at which its transaction wrote it, and is seen only when that has ended."""


class SalesforceCrm(LiveCrm):
    """The port `Crm` over Salesforce. A deal's owner is the user's address; its contacts have a role in it."""

    def __init__(
        self,
        *,
        grants: Grants,
        account: str,
        app: SalesforceApp,
        clock: Clock,
        fields: CrmFields = SALESFORCE,
        version: str = VERSION,
        whole_every: timedelta = WHOLE_EVERY,
    ) -> None:
        """`account` is the name under which the grant is kept; `clock` is the real time."""
        client = SalesforceClient(grants, account, app=app, clock=clock, version=version)
        super().__init__(_Reading(client, fields), whole_every=whole_every)


class _Reading:
    system = SYSTEM

    def __init__(self, client: SalesforceClient, fields: CrmFields) -> None:
        self._client = client
        self._fields = fields
        mapped = {Kind.ACCOUNT: fields.account, Kind.CONTACT: fields.contact, Kind.DEAL: fields.deal, Kind.ROLE: {}}
        self._selected = {
            kind: tuple(dict.fromkeys((*_STANDARD[kind], *mapped[kind].values(), "SystemModstamp")))
            for kind in _TYPES
        }

    def deal(self, deal_id: str) -> Deal | Flawed | None:
        """The deal and who has a role in it, in two questions."""
        if not is_id(deal_id):
            return None
        with self._client.step() as step:
            found = step.rows(f"{self._select(Kind.DEAL)} WHERE Id = '{deal_id}'")
            if not found:
                return None
            roles = step.rows(
                f"SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = '{deal_id}'"  # noqa: S608
            )
        return self._deal(found[0], contacts=[_text(role, "ContactId") for role in roles])

    def whole(self) -> Look:
        """All records, deal by deal without those that were deleted."""
        with self._client.step(each_in_time=True) as step:
            return self._look({kind: step.rows(self._select(kind)) for kind in _TYPES})

    def changes(self, since: Mapping[Kind, datetime]) -> Look:
        """One question for each kind of record."""
        with self._client.step(each_in_time=True) as step:
            return self._look({kind: self._changed(step, kind, since.get(kind)) for kind in _TYPES})

    def _changed(self, step: SalesforceStep, kind: Kind, since: datetime | None) -> list[Mapping[str, Any]]:
        master = ("MasterRecordId",) if kind in _MERGES else ()
        query = self._select(kind, "IsDeleted", *master)
        if since is not None:
            query += f" WHERE SystemModstamp >= {(since - _OVERLAP).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return step.rows(query, with_deleted=True)

    def _select(self, kind: Kind, *more: str) -> str:
        return f"SELECT {', '.join((*self._selected[kind], *more))} FROM {_TYPES[kind]}"  # noqa: S608 - names only

    def _look(self, found: Mapping[Kind, Sequence[Mapping[str, Any]]]) -> Look:
        there = {kind: [row for row in rows if not row.get("IsDeleted")] for kind, rows in found.items()}
        contacts = [(_text(row, "Id"), self._contact(row)) for row in there[Kind.CONTACT]]
        return Look(
            accounts=[self._account(row) for row in there[Kind.ACCOUNT]],
            contacts=[contact for _, contact in contacts if contact is not None],
            deals=[self._deal(row) for row in there[Kind.DEAL]],
            roles=[_role(row) for row in there[Kind.ROLE]],
            gone=frozenset([*_gone(found), *((Kind.CONTACT, each) for each, contact in contacts if contact is None)]),
            merged=dict(_merged(found)),
            marks={kind: _latest(rows) for kind, rows in found.items() if rows},
        )

    def _deal(self, row: Mapping[str, Any], *, contacts: Sequence[str] = ()) -> Deal | Flawed:
        owner = row.get("Owner")
        outcome = "closed_won" if row.get("IsWon") else "closed_lost" if row.get("IsClosed") else None
        return deal_of(
            _row(row, Kind.DEAL),
            self._fields,
            name=_text(row, "Name"),
            account=_text(row, "AccountId"),
            owner=_text(owner, "Email") if isinstance(owner, Mapping) else None,
            contacts=contacts,
            closed=outcome,
        )

    def _account(self, row: Mapping[str, Any]) -> Account:
        return account_of(_row(row, Kind.ACCOUNT), self._fields, name=_text(row, "Name"))

    def _contact(self, row: Mapping[str, Any]) -> KnownContact | None:
        return contact_of(
            _row(row, Kind.CONTACT),
            self._fields,
            name=_text(row, "Name"),
            account=_text(row, "AccountId"),
            addresses=[_text(row, "Email")],
        )


def is_id(text: str) -> bool:
    """Whether it has the form of an id of Salesforce's, which needs no quoting in a query."""
    return _ID.fullmatch(text) is not None


def _row(row: Mapping[str, Any], kind: Kind) -> Row:
    return Row(system=SYSTEM, type=_TYPES[kind], id=_text(row, "Id"), values=row)


def _role(row: Mapping[str, Any]) -> Role:
    return Role(id=_text(row, "Id"), deal=_text(row, "OpportunityId"), contact=_text(row, "ContactId"))


def _gone(found: Mapping[Kind, Sequence[Mapping[str, Any]]]) -> Iterator[Key]:
    for kind, rows in found.items():
        yield from ((kind, _text(row, "Id")) for row in rows if row.get("IsDeleted"))


def _merged(found: Mapping[Kind, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[Key, str]]:
    for kind in _MERGES:
        for row in found[kind]:
            if row.get("IsDeleted") and row.get("MasterRecordId"):
                yield (kind, _text(row, "Id")), _text(row, "MasterRecordId")


def _latest(rows: Iterable[Mapping[str, Any]]) -> datetime:
    """The latest change. Raises Unreadable where a record does not say when it was changed."""
    try:
        moments = [datetime.fromisoformat(_text(row, "SystemModstamp")) for row in rows]
    except ValueError:
        raise Unreadable("Salesforce's records do not say when they were changed") from None
    return max(moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in moments)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)
