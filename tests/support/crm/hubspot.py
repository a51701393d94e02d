"""A double of HubSpot, of our own: records, lists, a search whose index may lag, notes, and HubSpot's errors.

Its answers are built with the models that HubSpot's client was made with from HubSpot's OpenAPI documents, and what
is sent to it is held to them: a query parameter or a key of a body that they do not have fails the test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from tests.support.crm import hubspot_shapes as shapes
from tests.support.crm.server import Answer, Call
from tests.support.provider.faults import RETRY_AFTER, Fault

DEEPEST = 10_000
_STANDARD = {
    "companies": "name domain hs_additional_domains",
    "contacts": "email hs_additional_emails firstname lastname jobtitle associatedcompanyid hs_email_optout",
    "deals": "dealname dealstage amount deal_currency_code closedate hs_next_step hubspot_owner_id hs_is_closed "
    "hs_is_closed_won",
    "notes": "hs_note_body hs_timestamp",
}
_OF_ALL = "createdate hs_object_id hs_merged_object_ids"
CHANGED = {"contacts": "lastmodifieddate"}
_WAIT = str(int(RETRY_AFTER.total_seconds()))


@dataclass
class _Record:
    values: dict[str, str | None]
    created: datetime
    updated: datetime
    archived: bool = False
    associations: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass
class Hubspot:
    """The records of one portal, and who may see them."""

    now: datetime
    custom: Mapping[str, list[str]] = field(default_factory=dict)
    """Custom properties by type."""
    unique: str = ""
    """The property of notes whose values are unique."""
    lags: bool = False
    """Whether the search knows of nothing new until `index` is called."""
    token_paths: frozenset[str] = frozenset({"/oauth/v1/token"})
    portal: int = 4711
    tokens: set[str] = field(default_factory=lambda: {"token-0"})
    refresh_token: str = "refresh-0"
    token_says: Answer | None = None
    wait: str = _WAIT
    refused: Answer = field(
        default_factory=lambda: _error(401, "EXPIRED_AUTHENTICATION", "The OAuth token used expired")
    )

    def __post_init__(self) -> None:
        self.records: dict[str, dict[str, _Record]] = {name: {} for name in _STANDARD}
        self.owners: dict[str, tuple[str, bool]] = {}
        """Addresses, and whether they have left, by id."""
        self.indexed: dict[str, dict[str, tuple[datetime, dict[str, str | None]]]] = {name: {} for name in _STANDARD}
        self.made = 100

    # ── what people do there ──────────────────────────────────────────────────────────────────────────────────

    def add(self, type_name: str, **values: str | None) -> str:
        """A new record; its id. Ids of two types may be the same."""
        self.made += 1
        return self.put(type_name, str(self.made), **values)

    def put(self, type_name: str, record_id: str, **values: str | None) -> str:
        """A new record under that id."""
        self._require_known(type_name, values)
        self.records[type_name][record_id] = _Record(values=dict(values), created=self.now, updated=self.now)
        self._touched(type_name, record_id)
        return record_id

    def edit(self, type_name: str, record_id: str, **values: str | None) -> None:
        """Somebody changes a record."""
        self._require_known(type_name, values)
        found = self.records[type_name][record_id]
        found.values.update(values)
        found.updated = self.now
        self._touched(type_name, record_id)

    def associate(self, deal_id: str, type_name: str, record_id: str, kind: str) -> None:
        """A deal gets a company or a contact."""
        self.records["deals"][deal_id].associations.setdefault(type_name, []).append((record_id, kind))

    def delete(self, type_name: str, record_id: str) -> None:
        """Somebody deletes a record."""
        self.records[type_name][record_id].archived = True
        self.indexed[type_name].pop(record_id, None)

    def merge(self, type_name: str, loser: str, winner: str) -> None:
        """Somebody merges two records."""
        self.delete(type_name, loser)
        known = self.records[type_name][winner].values.get("hs_merged_object_ids")
        self.edit(type_name, winner, hs_merged_object_ids=f"{known};{loser}" if known else loser)

    def index(self) -> None:
        """The search catches up."""
        for type_name, records in self.records.items():
            for record_id, found in records.items():
                if not found.archived:
                    self.indexed[type_name][record_id] = (found.updated, dict(found.values))

    def there(self, type_name: str) -> list[dict[str, str | None]]:
        """The properties of what is not deleted."""
        return [found.values for found in self.records[type_name].values() if not found.archived]

    # ── what the server asks ──────────────────────────────────────────────────────────────────────────────────

    def fault(self, fault: Fault) -> Answer:
        """As the protocol says."""
        match fault:
            case Fault.THROTTLED:
                return _error(429, "RATE_LIMITS", policyName="TEN_SECONDLY_ROLLING", wait=self.wait)
            case Fault.BUSY:
                return _error(503, "SERVICE_UNAVAILABLE", wait=self.wait)
            case Fault.NO_QUOTA:
                return _error(429, "RATE_LIMITS", policyName="DAILY")
            case _:
                return _error(500, "INTERNAL_ERROR")

    def token(self, form: Mapping[str, str]) -> Answer:
        """As the protocol says."""
        if self.token_says is not None:
            return self.token_says
        if form.get("refresh_token") != self.refresh_token:
            return _error(400, "BAD_REFRESH_TOKEN")
        self.made += 1
        fresh = f"token-{self.made}-fresh"
        self.tokens.add(fresh)
        body = {
            "access_token": fresh,
            "refresh_token": self.refresh_token,
            "token_type": "bearer",
            "expires_in": 1800,
        }
        return Answer(body=body)

    def answer(self, call: Call) -> Answer:  # noqa: PLR0911 - one line a resource
        """As the protocol says."""
        if call.path == "/account-info/v3/details":
            return Answer(body={"portalId": self.portal, "accountType": "STANDARD", "timeZone": "Europe/Berlin"})
        resource, *path = map(unquote, call.path.removeprefix("/crm/v3/").strip("/").split("/"))
        if not (call.method == "POST" and path[-1:] == ["search"]):
            shapes.check_query(call.method, resource, len(path), set(call.query))
        match call.method, resource, path:
            case "GET", "objects", [type_name]:
                return self._list(type_name, call)
            case "GET", "objects", [type_name, record_id]:
                return self._get(type_name, record_id, call)
            case "POST", "objects", [type_name]:
                return self._create(type_name, call.json)
            case "POST", "objects", [type_name, "search"]:
                return self._search(type_name, call.json)
            case "PATCH", "objects", [type_name, record_id]:
                return self._update(type_name, record_id, call.json)
            case "DELETE", "objects", [type_name, record_id]:
                self.delete(type_name, record_id)
                return Answer(status=204)
            case "GET", "owners", []:
                return self._owners(archived=call.query["archived"] == ["true"])
            case "GET", "properties", [type_name]:
                return Answer(body=shapes.plain(shapes.property_page(sorted(self._known(type_name)))))
        return _error(404, "OBJECT_NOT_FOUND")

    def _list(self, type_name: str, call: Call) -> Answer:
        limit, after = int(call.query["limit"][0]), int(call.query.get("after", ["0"])[0])
        assert limit <= 100, "a page has at most a hundred records"
        records = self.records[type_name]
        ids = sorted((each for each in records if not records[each].archived), key=int)
        wanted = [each for each in ids if int(each) > after][:limit]
        following = wanted[-1] if wanted and wanted[-1] != ids[-1] else None
        found = [self._shown(type_name, each, call) for each in wanted]
        return Answer(body=shapes.plain(shapes.page(found, following)))

    def _get(self, type_name: str, record_id: str, call: Call) -> Answer:
        if "idProperty" in call.query:
            [name] = call.query["idProperty"]
            if name != self.unique:
                return _error(400, "VALIDATION_ERROR")
            named = [each for each, found in self.records[type_name].items() if found.values.get(name) == record_id]
            record_id = named[0] if named else ""
        found = self.records[type_name].get(record_id)
        if found is None or found.archived:
            return _error(404, "OBJECT_NOT_FOUND")
        return Answer(body=shapes.plain(self._shown(type_name, record_id, call)))

    def _shown(self, type_name: str, record_id: str, call: Call) -> Any:
        found = self.records[type_name][record_id]
        made = self._made(type_name, record_id, found.updated, found.values, call.query.get("properties", []))
        kinds = call.query.get("associations", [])
        return shapes.with_associations(made, {kind: found.associations.get(kind, []) for kind in kinds})

    def _made(
        self, type_name: str, record_id: str, updated: datetime, values: Mapping[str, str | None], names: list[str]
    ) -> Any:
        """What HubSpot does not have it leaves out without a word."""
        known = self._known(type_name)
        shown = {name: values.get(name) for name in names if name in known}
        found = self.records[type_name][record_id]
        return shapes.record(
            record_id,
            {**shown, "hs_object_id": record_id, CHANGED.get(type_name, "hs_lastmodifieddate"): updated.isoformat()},
            created=found.created,
            updated=updated,
            archived=found.archived,
        )

    def _search(self, type_name: str, body: dict[str, Any]) -> Answer:
        shapes.check_body(body, "PublicObjectSearchRequest")
        [group] = body["filterGroups"]
        [only] = group["filters"]
        by = CHANGED.get(type_name, "hs_lastmodifieddate")
        if only["propertyName"] != by or only["operator"] != "GTE" or body["sorts"] != [by]:
            return _error(400, "VALIDATION_ERROR")
        start, offset = int(only["value"]), int(body.get("after", "0"))
        found = sorted(
            ((moment, int(each)) for each, (moment, _) in self.indexed[type_name].items() if _ms(moment) >= start)
        )
        if offset + body["limit"] > DEEPEST:
            return _error(400, "VALIDATION_ERROR")
        ids = [str(each) for _, each in found[offset : offset + body["limit"]]]
        more = offset + len(ids) < len(found)
        results = [self._made(type_name, each, *self.indexed[type_name][each], body["properties"]) for each in ids]
        after = str(offset + len(ids)) if more else None
        return Answer(body=shapes.plain(shapes.page(results, after, total=len(found))))

    def _create(self, type_name: str, body: dict[str, Any]) -> Answer:
        shapes.check_body(body, "SimplePublicObjectInputForCreate")
        values = body["properties"]
        if not values.keys() <= self._known(type_name):
            return _error(400, "VALIDATION_ERROR")
        if self.unique and any(found.get(self.unique) == values.get(self.unique) for found in self.there(type_name)):
            return _error(400, "VALIDATION_ERROR")
        made = self.add(type_name, **values)
        for each in body["associations"]:
            self.records[type_name][made].associations.setdefault("deals", []).append(
                (each["to"]["id"], str(each["types"][0]["associationTypeId"]))
            )
        return Answer(status=201, body=shapes.plain(self._made(type_name, made, self.now, values, list(values))))

    def _update(self, type_name: str, record_id: str, body: dict[str, Any]) -> Answer:
        shapes.check_body(body, "SimplePublicObjectInput")
        if not body["properties"].keys() <= self._known(type_name):
            return _error(400, "VALIDATION_ERROR")
        self.edit(type_name, record_id, **body["properties"])
        found = self.records[type_name][record_id]
        return Answer(body=shapes.plain(self._made(type_name, record_id, found.updated, found.values, [])))

    def _owners(self, *, archived: bool) -> Answer:
        wanted = [
            shapes.owner(each, email, archived=archived, at=self.now)
            for each, (email, left) in self.owners.items()
            if left is archived
        ]
        return Answer(body=shapes.plain(shapes.owner_page(wanted)))

    def _known(self, type_name: str) -> set[str]:
        own = {CHANGED.get(type_name, "hs_lastmodifieddate"), *self.custom.get(type_name, ())}
        return {*_STANDARD[type_name].split(), *_OF_ALL.split(), *own}

    def _require_known(self, type_name: str, values: Mapping[str, object]) -> None:
        assert values.keys() <= self._known(type_name), values.keys() - self._known(type_name)

    def _touched(self, type_name: str, record_id: str) -> None:
        if not self.lags:
            found = self.records[type_name][record_id]
            self.indexed[type_name][record_id] = (found.updated, dict(found.values))


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _error(status: int, category: str, message: str = "", *, wait: str = "", **more: str) -> Answer:
    headers = {"Retry-After": wait} if wait else {}
    body = {"status": "error", "message": message, "correlationId": "0", "category": category, **more}
    return Answer(status=status, body=body, headers=headers)
