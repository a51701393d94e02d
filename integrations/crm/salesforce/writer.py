"""What the gate writes into Salesforce: tasks that say what was done, and the next step of an opportunity."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from email.utils import formatdate
from typing import cast

from simple_salesforce.api import Salesforce, SFType
from simple_salesforce.format import format_soql

from app.core.clock import Clock
from app.core.crm_writing import LoggedActivity, TextValues, WriteRefused
from app.core.grants import Grants
from integrations.crm.line import Unreadable
from integrations.crm.mapping import FILE, SALESFORCE, CrmFields
from integrations.crm.salesforce.client import PROVIDER, SYSTEM, SalesforceApp, SalesforceClient
from integrations.crm.salesforce.crm import VERSION, is_id
from integrations.crm.writing import CarefulWriter


class SalesforceWriter(CarefulWriter):
    """The port `CrmWriter` over Salesforce."""

    def __init__(
        self,
        *,
        grants: Grants,
        account: str,
        app: SalesforceApp,
        clock: Clock,
        fields: CrmFields = SALESFORCE,
        version: str = VERSION,
    ) -> None:
        """As `SalesforceCrm`. To log activities, `fields.activity` has to name a text field of theirs as `key`."""
        super().__init__(_Hand(SalesforceClient(grants, account, app=app, clock=clock, version=version), fields))


class _Hand:
    system = PROVIDER

    def __init__(self, client: SalesforceClient, fields: CrmFields) -> None:
        self._client = client
        self._fields = fields

    def find_activity(self, key: str) -> str | None:
        query = f"SELECT Id FROM Task WHERE {self._key} = {{}}"  # noqa: S608 - the value is quoted by the library
        with self._client.step() as step:
            found = step.rows(format_soql(query, key))
        return str(found[0]["Id"]) if found else None

    def add_activity(self, activity: LoggedActivity) -> str:
        record = {
            "Subject": activity.subject,
            "Description": activity.text,
            "Status": "Completed",
            "ActivityDate": activity.at.date().isoformat(),
            "WhatId": _deal_id(activity.deal_id),
            self._key: activity.key,
        }
        with self._client.step() as step:
            made = step.ask(lambda sf: _type(sf, "Task").create(record))
        if not isinstance(made, Mapping) or not is_id(str(made.get("id"))):
            raise Unreadable("Salesforce does not say what it calls the new task")
        return str(made["id"])

    def activity(self, activity_id: str) -> TextValues | None:
        query = f"SELECT Subject, Description FROM Task WHERE Id = '{_task_id(activity_id)}'"  # noqa: S608
        with self._client.step() as step:
            found = step.rows(query)
        if not found:
            return None
        return {"subject": str(found[0].get("Subject") or ""), "text": str(found[0].get("Description") or "")}

    def remove_activity(self, activity_id: str) -> None:
        with self._client.step() as step:
            step.ask(lambda sf: _type(sf, "Task").delete(_task_id(activity_id)))

    def next_step(self, deal_id: str) -> tuple[str, str] | None:
        query = f"SELECT {self._next_step}, LastModifiedDate FROM Opportunity WHERE Id = '{_deal_id(deal_id)}'"  # noqa: S608
        with self._client.step() as step:
            found = step.rows(query)
        if not found:
            return None
        return str(found[0].get(self._next_step) or ""), str(found[0].get("LastModifiedDate") or "")

    def write_next_step(self, deal_id: str, text: str, *, unless_changed_since: str) -> None:
        condition = {"If-Unmodified-Since": _http_date(unless_changed_since)}
        with self._client.step() as step:
            step.ask(
                lambda sf: _type(sf, "Opportunity").update(
                    _deal_id(deal_id), {self._next_step: text}, headers=condition
                )
            )

    @property
    def _key(self) -> str:
        field = self._fields.activity.get("key")
        if field is None:
            raise WriteRefused(
                f"{FILE} names no field for an activity's key, without which it could be logged twice: "
                "make a text field at activities in Salesforce and write `activity: {key: Countersign_Id__c}`"
            )
        return field

    @property
    def _next_step(self) -> str:
        field = self._fields.deal.get("next_step")
        if field is None:
            raise WriteRefused(f"{FILE} names no field for a deal's next_step; name one")
        return field


def _type(salesforce: Salesforce, name: str) -> SFType:
    return cast(SFType, getattr(salesforce, name))


def _deal_id(deal_id: str) -> str:
    if not is_id(deal_id):
        raise WriteRefused(f"'{deal_id}' is no id of Salesforce's; an opportunity's begins with 006")
    return deal_id


def _task_id(activity_id: str) -> str:
    if not is_id(activity_id):
        raise WriteRefused(f"'{activity_id}' is no id of Salesforce's; a task's begins with 00T")
    return activity_id


def _http_date(stamp: str) -> str:
    """The moment of a change, not earlier than it: the header counts in whole seconds."""
    try:
        moment = datetime.fromisoformat(stamp).timestamp()
    except ValueError:
        raise Unreadable(f"{SYSTEM} does not say when the deal was changed") from None
    return formatdate(math.ceil(moment), usegmt=True)
