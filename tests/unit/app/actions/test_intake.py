"""Actions from JSON."""

from __future__ import annotations

import json

import pytest

from app.actions.intake import MAX_ACTION, action_from_json
from app.core.actions import Target
from app.core.errors import InvalidInput

WHOLE: dict[str, object] = {
    "client_id": "c-1",
    "kind": "update_record",
    "agent": "bot",
    "on_behalf_of": "sam",
    "deal_id": "d-1",
    "target": {"system": "crm", "type": "opportunity", "id": "o-1"},
    "before": {"stage": "proposal", "tags": ["a", {"b": None}]},
    "after": {"stage": "negotiation", "amount": 12.5},
    "reason": "A contract came.",
}


def test_a_whole_action_is_read() -> None:
    action = action_from_json(json.dumps(WHOLE))
    assert (action.kind, action.resource, action.client_id) == ("update_record", "record_mutation", "c-1")
    assert action.target == Target(system="crm", type="opportunity", id="o-1")
    assert action.after == {"stage": "negotiation", "amount": 12.5}
    assert action_from_json(WHOLE) == action == action_from_json(b"\xef\xbb\xbf" + json.dumps(WHOLE).encode())


@pytest.mark.parametrize(
    ("kind", "given", "resource"),
    [
        ("post", None, "agent_action"),
        ("create_record", None, "record_mutation"),
        ("delete_record", "record_mutation", "record_mutation"),
        ("merge_records", "record_mutation", "record_mutation"),
    ],
)
def test_the_resource_follows_from_the_kind(kind: str, given: str | None, resource: str) -> None:
    assert action_from_json({**WHOLE, "kind": kind, "resource": given}).resource == resource


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "send_email"}, "kind: a mail is handed in as a draft"),
        ({"kind": "Update Record"}, "kind: must be one word"),
        ({"resource": "agent_action"}, "resource: 'update_record' changes records"),
        ({"resource": "mail"}, "resource: 'mail' is none; write agent_action or record_mutation"),
        ({"agent": " "}, "agent: is blank"),
        ({"agent": 3}, "agent: must be text"),
        ({"target": "o-1"}, "target: must be an object with named fields"),
        ({"target": {"system": "crm"}}, "target.type: is missing; add it"),
        ({"after": ["stage"]}, "after: must be an object with named fields"),
        ({"after": {str(n): n for n in range(501)}}, "after: has 501 fields"),
        ({"payload": {"text": "x" * (MAX_ACTION + 1)}}, "payload: has "),
        ({"payload": {"text": "\ud800"}}, "payload: holds what cannot be kept"),
        ({"payload": {"n": float("nan")}}, "payload: holds what cannot be kept"),
        ({"reason": "x" * 2001}, "reason: is longer than 2000"),
        ({"hurry": True}, "hurry: is no known field; known are kind"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(change: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        action_from_json({**WHOLE, **change})
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "an action must be a JSON object"),
        ("{", "line 1, column 2: is not JSON"),
        (b"\xff", "is not UTF-8 at byte 0"),
        ('{"after": {"n": NaN}}', "is not an action: it is nested too deeply, or has a number"),
        ("[" * 100_000, "is not an action: it is nested too deeply"),
        (" " * (MAX_ACTION + 1), "an action may have"),
    ],
)
def test_what_is_no_action_is_refused(text: str | bytes, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        action_from_json(text)
    assert str(refused.value).startswith(words)


def test_deep_values_are_refused_not_fatal() -> None:
    deep: object = 1
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(InvalidInput):
        action_from_json({**WHOLE, "after": {"deep": deep}})
