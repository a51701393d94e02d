"""What HubSpot says about deals, companies and contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.core.clock import Clock
from app.core.facts import Account, Deal
from app.core.grants import Grants
from integrations.crm.hubspot.client import SYSTEM, HubspotApp, HubspotClient, HubspotStep
from integrations.crm.hubspot.lists import changed, every, every_owner, names_of_fields
from integrations.crm.kept import Key, Kind, Look
from integrations.crm.line import Refused
from integrations.crm.live import WHOLE_EVERY, LiveCrm
from integrations.crm.mapping import HUBSPOT, CrmFields
from integrations.crm.records import Flawed, KnownContact, Row, account_of, contact_of, deal_of, split_words

TYPES = {Kind.ACCOUNT: "companies", Kind.CONTACT: "contacts", Kind.DEAL: "deals"}
_MERGED = "hs_merged_object_ids"
_STANDARD = {
    Kind.ACCOUNT: ("name", "hs_additional_domains", _MERGED),
    Kind.CONTACT: ("email", "hs_additional_emails", "firstname", "lastname", "associatedcompanyid", _MERGED),
    Kind.DEAL: ("dealname", "hubspot_owner_id", "hs_is_closed", "hs_is_closed_won", _MERGED),
}
_ID = re.compile(r"[0-9]{1,20}")
_ASSOCIATED = ["companies", "contacts"]
_PRIMARY = "deal_to_company"
"""The kind of association that a deal has with its one main company."""
_OVERLAP = timedelta(minutes=10)
"""The search, by which changes are found, knows of them only some time later."""
_MANY = 100
"""From so many changed deals on, each of which costs a call, it costs less to read everything."""


class HubspotCrm(LiveCrm):
    """The port `Crm` over HubSpot. A deal's owner is the owner's address; its account is its primary company.

    HubSpot tells of what was deleted in no list of changes: companies and contacts that are gone are known until
    everything is read anew. A deal is not, for it is asked for each time.
    """

    def __init__(
        self,
        *,
        grants: Grants,
        account: str,
        app: HubspotApp,
        clock: Clock,
        fields: CrmFields = HUBSPOT,
        whole_every: timedelta = WHOLE_EVERY,
    ) -> None:
        """`account` is the name under which the grant is kept; `clock` is the real time."""
        super().__init__(
            _Reading(HubspotClient(grants, account, app=app, clock=clock), fields), whole_every=whole_every
        )


class _Reading:
    system = SYSTEM

    def __init__(self, client: HubspotClient, fields: CrmFields) -> None:
        self._client = client
        self._fields = fields
        self._mapped = {Kind.ACCOUNT: fields.account, Kind.CONTACT: fields.contact, Kind.DEAL: fields.deal}
        self._selected = {kind: [*dict.fromkeys((*_STANDARD[kind], *self._mapped[kind].values()))] for kind in TYPES}
        self._owners: Mapping[str, str | None] = {}
        self._is_fit = False
        """Whether HubSpot has every property that the mapping names for deals."""
        self._read_at: dict[str, datetime] = {}
        """Of deals that changed not long ago, which change we have read."""

    def deal(self, deal_id: str) -> Deal | Flawed | None:
        """The deal and what it is associated with, in one call; the first time properties and owners, too."""
        if not _ID.fullmatch(deal_id):
            return None
        with self._client.step() as step:
            if not self._is_fit:
                self._require_fields(step, Kind.DEAL)
            found = self._read_deal(step, deal_id)
            if found is None:
                return None
            self._learn_owners(step, [found])
        return self._deal(found)

    def whole(self) -> Look:
        """All records, a hundred a call. Raises Refused where HubSpot has no such property as the mapping names."""
        self._is_fit = False
        with self._client.step(each_in_time=True) as step:
            for kind in TYPES:
                self._require_fields(step, kind)
            self._owners, self._is_fit = every_owner(step), True
            found = {
                kind: list(every(step, name, self._selected[kind], _ASSOCIATED if kind is Kind.DEAL else None))
                for kind, name in TYPES.items()
            }
        self._read_at = {each.id: each.updated_at for each in found[Kind.DEAL]}
        return self._look(found)

    def changes(self, since: Mapping[Kind, datetime]) -> Look:
        """What the search finds; each deal among it is then read by its id, for the search may be behind."""
        with self._client.step(each_in_time=True) as step:
            found = {
                kind: list(changed(step, name, self._selected[kind], self._from(since, kind)))
                for kind, name in TYPES.items()
            }
            self._forget_what_is_long_ago(self._from(since, Kind.DEAL))
            stale = [each for each in found[Kind.DEAL] if self._read_at.get(each.id) != each.updated_at]
            if len(stale) > _MANY:
                found[Kind.DEAL] = list(every(step, TYPES[Kind.DEAL], self._selected[Kind.DEAL], _ASSOCIATED))
                gone: list[Key] = []
            else:
                read = {each.id: self._read_deal(step, each.id) for each in stale}
                found[Kind.DEAL] = [each for each in read.values() if each is not None]
                gone = [(Kind.DEAL, each) for each, deal in read.items() if deal is None]
            self._read_at.update((each.id, each.updated_at) for each in stale)
            if any(
                str(each.properties.get("hubspot_owner_id") or "") not in self._owners for each in found[Kind.DEAL]
            ):
                self._owners = every_owner(step)
        return self._look(found, gone=gone)

    def _read_deal(self, step: HubspotStep, deal_id: str) -> Any:
        return step.find(
            lambda crm: crm.objects.basic_api.get_by_id(
                "deals", deal_id, properties=self._selected[Kind.DEAL], associations=_ASSOCIATED
            )
        )

    def _require_fields(self, step: HubspotStep, kind: Kind) -> None:
        """HubSpot leaves out in silence what it does not have: then a deal on hold would look as if it were not."""
        known = names_of_fields(step, TYPES[kind])
        for theirs in self._mapped[kind].values():
            if theirs not in known:
                raise Refused(SYSTEM, 400, field=theirs)
        self._is_fit = self._is_fit or kind is Kind.DEAL

    def _learn_owners(self, step: HubspotStep, deals: Iterable[Any]) -> None:
        """Whose addresses these deals' owners have. Of one whom HubSpot does not list, the id has to do."""
        ids = {str(each.properties.get("hubspot_owner_id") or "") for each in deals} - {""}
        if not ids <= self._owners.keys():
            self._owners = {**dict.fromkeys(ids | self._owners.keys()), **every_owner(step)}

    @staticmethod
    def _from(since: Mapping[Kind, datetime], kind: Kind) -> datetime | None:
        return since[kind] - _OVERLAP if kind in since else None

    def _forget_what_is_long_ago(self, start: datetime | None) -> None:
        if start is not None:
            self._read_at = {each: moment for each, moment in self._read_at.items() if moment >= start}

    def _look(self, found: Mapping[Kind, list[Any]], *, gone: list[Key] | None = None) -> Look:
        contacts = [(each.id, self._contact(each)) for each in found[Kind.CONTACT]]
        return Look(
            accounts=[self._account(each) for each in found[Kind.ACCOUNT]],
            contacts=[contact for _, contact in contacts if contact is not None],
            deals=[self._deal(each) for each in found[Kind.DEAL]],
            gone=frozenset([*(gone or ()), *((Kind.CONTACT, each) for each, contact in contacts if contact is None)]),
            merged=dict(_merged(found)),
            marks={kind: max(each.updated_at for each in records) for kind, records in found.items() if records},
        )

    def _deal(self, found: Any) -> Deal | Flawed:
        row = _row(found, Kind.DEAL)
        companies = _associated(found, "companies")
        primary = [each for each, kind in companies if kind == _PRIMARY]
        choices = list(dict.fromkeys(primary or [each for each, _ in companies]))
        if len(choices) > 1:
            return Flawed(
                id=found.id,
                reason=f"{SYSTEM} deals {found.id} has {len(choices)} companies, none of them primary; choose one",
            )
        outcome = "closed_won" if _is_yes(row, "hs_is_closed_won") else None
        if outcome is None and _is_yes(row, "hs_is_closed"):
            outcome = "closed_lost"
        return deal_of(
            row,
            self._fields,
            name=row.text("dealname"),
            account=choices[0] if choices else "",
            owner=self._owners.get(row.text("hubspot_owner_id")) or row.text("hubspot_owner_id") or None,
            contacts=list(dict.fromkeys(each for each, _ in _associated(found, "contacts"))),
            closed=outcome,
        )

    def _account(self, found: Any) -> Account:
        row = _row(found, Kind.ACCOUNT)
        domains = split_words(row.values.get("hs_additional_domains"))
        return account_of(row, self._fields, name=row.text("name"), domains=domains)

    def _contact(self, found: Any) -> KnownContact | None:
        row = _row(found, Kind.CONTACT)
        return contact_of(
            row,
            self._fields,
            name=f"{row.text('firstname')} {row.text('lastname')}".strip(),
            account=row.text("associatedcompanyid") or None,
            addresses=[row.text("email"), *split_words(row.values.get("hs_additional_emails"))],
        )


def is_id(text: str) -> bool:
    """Whether it has the form of an id of HubSpot's."""
    return _ID.fullmatch(text) is not None


def _row(found: Any, kind: Kind) -> Row:
    return Row(system=SYSTEM, type=TYPES[kind], id=found.id, values=found.properties)


def _is_yes(row: Row, name: str) -> bool:
    return row.text(name).lower() == "true"


def _associated(found: Any, type_name: str) -> list[tuple[str, str]]:
    """Ids and the kinds of their association."""
    listed = (found.associations or {}).get(type_name)
    return [(each.id, each.type) for each in listed.results] if listed is not None else []


def _merged(found: Mapping[Kind, list[Any]]) -> Iterator[tuple[Key, str]]:
    for kind, records in found.items():
        for each in records:
            for loser in split_words(each.properties.get(_MERGED)):
                if loser != each.id:
                    yield (kind, loser), each.id
