"""A double of Salesforce, of our own: records, the queries that we ask, and the errors as Salesforce words them.

It knows the fields that Salesforce's object reference lists for these objects, and those custom ones that it is told
of; a query or a record that names any other is refused, as is one that names a field twice.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from tests.support.crm.server import Answer, Call
from tests.support.provider.faults import RETRY_AFTER, Fault

PAGE = 2000
_SYSTEM = ("Id", "IsDeleted", "CreatedDate", "LastModifiedDate", "SystemModstamp")
FIELDS = {
    "Account": {*_SYSTEM, "Name", "Website", "MasterRecordId", "Industry"},
    "Contact": {*_SYSTEM, "Name", "Email", "AccountId", "Title", "HasOptedOutOfEmail", "MasterRecordId"},
    "Opportunity": {
        *(*_SYSTEM, "Name", "AccountId", "OwnerId", "Owner.Email", "StageName", "Amount", "CloseDate"),
        *("NextStep", "IsClosed", "IsWon", "Description"),
    },
    "OpportunityContactRole": {*_SYSTEM, "OpportunityId", "ContactId", "Role", "IsPrimary"},
    "Task": {*_SYSTEM, "Subject", "Description", "Status", "ActivityDate", "WhatId", "WhoId", "OwnerId"},
}
PREFIXES = {"Account": "001", "Contact": "003", "Opportunity": "006", "OpportunityContactRole": "00K", "Task": "00T"}
_QUERY = re.compile(
    r"SELECT (?P<fields>[\w., ]+) FROM (?P<type>\w+)(?: WHERE (?P<name>\w+) (?P<op>=|>=) (?P<value>.+?))?"
    r"(?: LIMIT (?P<limit>\d+))?"
)
_WAIT = str(int(RETRY_AFTER.total_seconds()))


@dataclass
class Salesforce:
    """The records of one org, and who may see them."""

    now: datetime
    custom: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """Custom fields by object."""
    token_paths: frozenset[str] = frozenset({"/services/oauth2/token", "/services/oauth2/revoke"})
    user: str = "Gate@ours.example"
    challenge: str = ""
    """Of the sign-in under way; its code is `code-0`."""
    tokens: set[str] = field(default_factory=lambda: {"token-0"})
    refresh_token: str = "refresh-0"
    token_says: Answer | None = None
    address: str = ""
    wait: str = _WAIT
    """What `Retry-After` says."""
    refused: Answer = field(
        default_factory=lambda: Answer(
            status=401, body=[{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
        )
    )

    def __post_init__(self) -> None:
        self.records: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in FIELDS}
        self.cursors: dict[str, list[dict[str, Any]]] = {}
        self.made = 0

    # ── what people do there ──────────────────────────────────────────────────────────────────────────────────

    def add(self, type_name: str, **values: object) -> str:
        """A new record; its id."""
        self.made += 1
        record_id = f"{PREFIXES[type_name]}{self.made:015d}"
        stamp = _stamp(self.now)
        usual = {"IsDeleted": False, "CreatedDate": stamp}
        self.records[type_name][record_id] = {"Id": record_id, **usual, **_changed(stamp), **values}
        return record_id

    def edit(self, type_name: str, record_id: str, **values: object) -> None:
        """Somebody changes a record."""
        self.records[type_name][record_id].update(values, **_changed(_stamp(self.now)))

    def delete(self, type_name: str, record_id: str, *, into: str | None = None) -> None:
        """Somebody deletes a record, or merges it `into` another one."""
        self.edit(type_name, record_id, IsDeleted=True, **({"MasterRecordId": into} if into else {}))

    def there(self, type_name: str) -> list[dict[str, Any]]:
        """The records that are not deleted."""
        return [record for record in self.records[type_name].values() if not record["IsDeleted"]]

    # ── what the server asks ──────────────────────────────────────────────────────────────────────────────────

    def fault(self, fault: Fault) -> Answer:
        """As the protocol says."""
        match fault:
            case Fault.THROTTLED:
                return _error(429, "TOO_MANY_REQUESTS", headers={"Retry-After": self.wait})
            case Fault.BUSY:
                return _error(503, "SERVER_UNAVAILABLE", headers={"Retry-After": self.wait})
            case Fault.NO_QUOTA:
                return _error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
            case _:
                return _error(500, "UNKNOWN_EXCEPTION")

    def token(self, form: Mapping[str, str]) -> Answer:
        """As the protocol says."""
        if self.token_says is not None:
            return self.token_says
        if "token" in form:
            return Answer(status=200 if form["token"] == self.refresh_token else 400)
        if form.get("grant_type") == "authorization_code":
            return self._exchange(form)
        if form.get("refresh_token") != self.refresh_token:
            words = {"error": "invalid_grant", "error_description": "expired access/refresh token"}
            return Answer(status=400, body=words)
        return Answer(body=self._fresh())

    def _exchange(self, form: Mapping[str, str]) -> Answer:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if form["code"] != "code-0" or base64.urlsafe_b64encode(digest).decode().rstrip("=") != self.challenge:
            return Answer(status=400, body={"error": "invalid_grant", "error_description": "invalid code verifier"})
        return Answer(body={**self._fresh(), "refresh_token": self.refresh_token, "scope": "refresh_token api"})

    def _fresh(self) -> dict[str, str]:
        fresh = f"token-{len(self.tokens) + self.made + 1}-fresh"
        self.tokens.add(fresh)
        return {"access_token": fresh, "instance_url": self.address, "token_type": "Bearer", "issued_at": "1"}

    def answer(self, call: Call) -> Answer:  # noqa: PLR0911 - one line a resource
        """As the protocol says."""
        if call.path == "/services/oauth2/userinfo":
            return Answer(body={"user_id": "005", "preferred_username": self.user, "email": "other@ours.example"})
        path = call.path.removeprefix("/services/data/v59.0/").strip("/").split("/")
        match call.method, path:
            case "GET", ["query" | "queryAll" as verb]:
                return self._query(call.query["q"][0], with_deleted=verb == "queryAll")
            case "GET", ["query" | "queryAll", cursor]:
                return self._page(self.cursors.pop(cursor))
            case "POST", ["sobjects", type_name]:
                return self._create(type_name, call.json)
            case "PATCH", ["sobjects", type_name, record_id]:
                return self._update(type_name, record_id, call)
            case "DELETE", ["sobjects", type_name, record_id]:
                return self._delete(type_name, record_id)
        return _error(404, "NOT_FOUND", "The requested resource does not exist")

    def _query(self, query: str, *, with_deleted: bool) -> Answer:
        match = _QUERY.fullmatch(query)
        if match is None:
            return _error(400, "MALFORMED_QUERY", f"unexpected token: {query}")
        type_name, names = match["type"], match["fields"].split(", ")
        unknown = self._unknown(type_name, [*names, *([match["name"]] if match["name"] else [])])
        if unknown:
            return _no_column(unknown, type_name)
        if len(set(names)) < len(names):
            return _error(400, "INVALID_FIELD", "duplicate field selected")
        found = [
            _selected(record, type_name, names)
            for record in self.records[type_name].values()
            if (with_deleted or not record["IsDeleted"]) and _fits(record, match)
        ]
        return self._page(found[: int(match["limit"])] if match["limit"] else found)

    def _page(self, records: list[dict[str, Any]]) -> Answer:
        page, rest = records[:PAGE], records[PAGE:]
        if not rest:
            return Answer(body={"totalSize": len(records), "done": True, "records": page})
        cursor = f"01g{len(self.cursors):012d}-{len(rest)}"
        self.cursors[cursor] = rest
        following = f"/services/data/v59.0/query/{cursor}"
        return Answer(body={"totalSize": len(records), "done": False, "nextRecordsUrl": following, "records": page})

    def _create(self, type_name: str, values: dict[str, Any]) -> Answer:
        unknown = self._unknown(type_name, values)
        if unknown:
            return _no_column(unknown, type_name)
        return Answer(status=201, body={"id": self.add(type_name, **values), "success": True, "errors": []})

    def _update(self, type_name: str, record_id: str, call: Call) -> Answer:
        record, unknown = self.records[type_name].get(record_id), self._unknown(type_name, call.json)
        if unknown:
            return _no_column(unknown, type_name)
        if record is None or record["IsDeleted"]:
            return _error(404, "NOT_FOUND", "The requested resource does not exist")
        condition = call.headers.get("If-Unmodified-Since")
        if condition and datetime.fromisoformat(record["LastModifiedDate"]) > parsedate_to_datetime(condition):
            return Answer(status=412)
        self.edit(type_name, record_id, **call.json)
        return Answer(status=204)

    def _delete(self, type_name: str, record_id: str) -> Answer:
        record = self.records[type_name].get(record_id)
        if record is None or record["IsDeleted"]:
            return _error(404, "ENTITY_IS_DELETED", "entity is deleted")
        self.delete(type_name, record_id)
        return Answer(status=204)

    def _unknown(self, type_name: str, names: Iterable[str]) -> str | None:
        known = FIELDS[type_name] | set(self.custom.get(type_name, ()))
        return next((name for name in names if name not in known), None)


def _selected(record: Mapping[str, Any], type_name: str, names: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"attributes": {"type": type_name, "url": f"/services/data/v59.0/sobjects/{type_name}"}}
    for name in names:
        if "." in name:
            parent, _, inner = name.partition(".")
            value = record.get(name)
            found[parent] = {"attributes": {"type": "User"}, inner: value} if value is not None else None
        else:
            found[name] = record.get(name)
    return found


def _fits(record: Mapping[str, Any], match: re.Match[str]) -> bool:
    if match["name"] is None:
        return True
    value = record.get(match["name"])
    if match["op"] == ">=":
        return datetime.fromisoformat(value) >= datetime.fromisoformat(match["value"]) if value else False
    wanted = re.sub(r"\\(.)", r"\1", match["value"].removeprefix("'").removesuffix("'"))
    return bool(value == wanted or (match["name"] == "Id" and value and value[:15] == wanted))


def _changed(stamp: str) -> dict[str, str]:
    return {"SystemModstamp": stamp, "LastModifiedDate": stamp}


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000+0000"


def _error(status: int, code: str, message: str = "", headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status=status, body=[{"message": message, "errorCode": code}], headers=headers or {})


def _no_column(name: str, type_name: str) -> Answer:
    words = f"\nSELECT {name} FROM {type_name}\n ^\nERROR at Row:1:Column:8\nNo such column '{name}' on entity"
    return _error(400, "INVALID_FIELD", f"{words} '{type_name}'.")
