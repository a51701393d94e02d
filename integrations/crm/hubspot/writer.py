"""What the gate writes into HubSpot: notes that say what was done, and the next step of a deal."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from hubspot.crm.association_type import AssociationType  # type: ignore[import-untyped]
from hubspot.crm.objects import (  # type: ignore[import-untyped]
    AssociationSpec,
    PublicAssociationsForObject,
    PublicObjectId,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)

from app.core.clock import Clock
from app.core.crm_writing import LoggedActivity, TextValues, WriteRefused
from app.core.grants import Grants
from integrations.crm.hubspot.client import PROVIDER, HubspotApp, HubspotClient
from integrations.crm.hubspot.crm import is_id
from integrations.crm.mapping import FILE, HUBSPOT, CrmFields
from integrations.crm.writing import CarefulWriter

_NOTES = "notes"
_BODY = "hs_note_body"
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


class HubspotWriter(CarefulWriter):
    """The port `CrmWriter` over HubSpot, which takes no condition along with a change."""

    def __init__(
        self, *, grants: Grants, account: str, app: HubspotApp, clock: Clock, fields: CrmFields = HUBSPOT
    ) -> None:
        """As `HubspotCrm`. To log activities, `fields.activity` has to name a property of notes as `key`.

        The property has to be one whose values are unique: by it a note is found again, and none is made twice.
        """
        super().__init__(_Hand(HubspotClient(grants, account, app=app, clock=clock), fields))


class _Hand:
    system = PROVIDER

    def __init__(self, client: HubspotClient, fields: CrmFields) -> None:
        self._client = client
        self._fields = fields

    def find_activity(self, key: str) -> str | None:
        field = self._key
        with self._client.step() as step:
            found = step.find(lambda crm: crm.objects.basic_api.get_by_id(_NOTES, key, id_property=field))
        return str(found.id) if found is not None else None

    def add_activity(self, activity: LoggedActivity) -> str:
        at_deal = PublicAssociationsForObject(
            to=PublicObjectId(id=_deal_id(activity.deal_id)),
            types=[
                AssociationSpec(
                    association_category="HUBSPOT_DEFINED", association_type_id=AssociationType.NOTE_TO_DEAL
                )
            ],
        )
        wanted = SimplePublicObjectInputForCreate(
            properties={
                "hs_timestamp": activity.at.isoformat(),
                _BODY: _as_html(activity.subject, activity.text),
                self._key: activity.key,
            },
            associations=[at_deal],
        )
        with self._client.step() as step:
            made: Any = step.ask(lambda crm: crm.objects.basic_api.create(_NOTES, wanted))
        return str(made.id)

    def activity(self, activity_id: str) -> TextValues | None:
        note = _note_id(activity_id)
        with self._client.step() as step:
            found = step.find(lambda crm: crm.objects.basic_api.get_by_id(_NOTES, note, properties=[_BODY]))
        if found is None or found.archived:
            return None
        subject, _, text = _as_text(str(found.properties.get(_BODY) or "")).partition("\n")
        return {"subject": subject, "text": text}

    def remove_activity(self, activity_id: str) -> None:
        note = _note_id(activity_id)
        with self._client.step() as step:
            step.ask(lambda crm: crm.objects.basic_api.archive(_NOTES, note))

    def next_step(self, deal_id: str) -> tuple[str, str] | None:
        field, deal = self._next_step, _deal_id(deal_id)
        with self._client.step() as step:
            found = step.find(lambda crm: crm.objects.basic_api.get_by_id("deals", deal, properties=[field]))
        if found is None:
            return None
        return str(found.properties.get(field) or ""), found.updated_at.isoformat()

    def write_next_step(self, deal_id: str, text: str, *, unless_changed_since: str) -> None:  # noqa: ARG002
        wanted = SimplePublicObjectInput(properties={self._next_step: text})
        deal = _deal_id(deal_id)
        with self._client.step() as step:
            step.ask(lambda crm: crm.objects.basic_api.update("deals", deal, wanted))

    @property
    def _key(self) -> str:
        field = self._fields.activity.get("key")
        if field is None:
            raise WriteRefused(
                f"{FILE} names no property for an activity's key, without which it could be logged twice: "
                "make a property of notes with unique values in HubSpot and write `activity: {key: countersign_id}`"
            )
        return field

    @property
    def _next_step(self) -> str:
        field = self._fields.deal.get("next_step")
        if field is None:
            raise WriteRefused(f"{FILE} names no property for a deal's next_step; name one")
        return field


def _as_html(subject: str, text: str) -> str:
    """A note's body, which is HTML: the subject on the first line."""
    return "<br>".join(escape(line) for line in (" ".join(subject.split()), *text.splitlines()))


def _as_text(body: str) -> str:
    """The words of a note, also of one that HubSpot's editor has set in paragraphs."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", body))).strip()


def _deal_id(deal_id: str) -> str:
    if not is_id(deal_id):
        raise WriteRefused(f"'{deal_id}' is no id of a deal in HubSpot: those are numbers")
    return deal_id


def _note_id(activity_id: str) -> str:
    if not is_id(activity_id):
        raise WriteRefused(f"'{activity_id}' is no id of a note in HubSpot: those are numbers")
    return activity_id
