"""Actions from JSON: strict in types and keys, and refused in one line that names the field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from app.core.actions import Action, Target, Values
from app.core.digest import canonical_bytes
from app.core.errors import InvalidInput
from app.core.plain import plain
from app.intake.values import action as one_word
from app.intake.values import identifier, shown
from app.policy.catalogue import OF_RECORDS, SEND_EMAIL
from app.policy.model import Resource

MAX_ACTION = 200_000
"""Bytes of an action as it is handed in, and of its values."""
MOST_FIELDS = 500
"""Fields that one action may set or carry."""

_Id = Annotated[str, AfterValidator(identifier)]
_Values = dict[str, JsonValue]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class _Target(_Strict):
    system: _Id
    type: _Id
    id: _Id | None = None


class _Action(_Strict):
    kind: Annotated[str, AfterValidator(one_word)]
    resource: str | None = None
    agent: _Id
    on_behalf_of: _Id
    target: _Target
    deal_id: _Id | None = None
    before: _Values | None = None
    after: _Values | None = None
    payload: _Values | None = None
    reason: str = ""
    client_id: _Id | None = None
    rollback_of: _Id | None = None


def action_from_json(record: object) -> Action:
    """The action that a JSON record, or its text or UTF-8 bytes, describes.

    Raises InvalidInput with the path of the first field that does not fit.
    """
    value = json_of(record) if isinstance(record, str | bytes) else record
    if not isinstance(value, Mapping):
        raise InvalidInput("an action must be a JSON object with named fields")
    try:
        model = _Action.model_validate(dict(value))
    except ValidationError as error:
        _refuse(error)
    except RecursionError:
        raise InvalidInput("lists and objects are nested too deeply") from None
    target = model.target
    return Action(
        kind=model.kind,
        resource=_resource(model),
        agent=model.agent,
        on_behalf_of=model.on_behalf_of,
        target=Target(system=target.system, type=target.type, id=target.id),
        deal_id=model.deal_id,
        before=_values(model.before, "before"),
        after=_values(model.after, "after"),
        payload=_values(model.payload, "payload"),
        reason=plain(model.reason, field="reason"),
        client_id=model.client_id,
        rollback_of=model.rollback_of,
    )


def json_of(data: str | bytes) -> object:
    """The JSON value behind text or bytes. Raises InvalidInput."""
    if len(data) > MAX_ACTION:
        raise InvalidInput(f"an action may have {MAX_ACTION} bytes, this one has {len(data)}")
    try:
        source = data if isinstance(data, str) else data.decode("utf-8-sig")
        value: object = json.loads(source, parse_constant=_not_a_json_number)
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is not UTF-8 at byte {error.start}; send JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        raise InvalidInput("is not JSON", field=f"line {error.lineno}, column {error.colno}") from None
    except (RecursionError, ValueError):
        raise InvalidInput("is not an action: it is nested too deeply, or has a number that JSON has not") from None
    return value


def values_from(value: Mapping[str, JsonValue] | None, field: str) -> Values | None:
    """Values that can be kept. Raises InvalidInput."""
    return _values(dict(value) if value is not None else None, field)


def _values(value: _Values | None, field: str) -> Values | None:
    if value is None:
        return None
    if len(value) > MOST_FIELDS:
        raise InvalidInput(f"has {len(value)} fields; at most {MOST_FIELDS} are allowed", field=field)
    try:
        size = len(canonical_bytes(value).decode("utf-8"))  # refuses lone surrogates, which no database keeps
    except (ValueError, RecursionError):
        raise InvalidInput(
            "holds what cannot be kept: a number that JSON has not, or invalid text", field=field
        ) from None
    if size > MAX_ACTION:
        raise InvalidInput(f"has {size} characters; at most {MAX_ACTION} are allowed", field=field)
    return value


def _resource(model: _Action) -> str:
    if model.kind == SEND_EMAIL:
        raise InvalidInput("a mail is handed in as a draft: `countersign submit`, POST /drafts", field="kind")
    usual = Resource.RECORD_MUTATION if model.kind in OF_RECORDS else Resource.AGENT_ACTION
    if model.resource is None:
        return usual.value
    if model.resource not in list(Resource):
        raise InvalidInput(f"{shown(model.resource)} is none; write {' or '.join(Resource)}", field="resource")
    if model.resource != usual and model.kind in OF_RECORDS:
        raise InvalidInput(f"'{model.kind}' changes records; write {usual} or leave it out", field="resource")
    return model.resource


def _not_a_json_number(word: str) -> NoReturn:
    raise ValueError(word)


def _refuse(error: ValidationError) -> NoReturn:
    """Raise InvalidInput for the first thing that pydantic found, in our words."""
    first = error.errors(include_url=False)[0]
    path = ".".join(shown(part)[1:-1] if isinstance(part, str) else str(part) for part in first["loc"])
    raise InvalidInput(_in_our_words(first), field=path or None) from None


def _in_our_words(error: ErrorDetails) -> str:
    match error["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return f"is no known field; known are {', '.join(_Action.model_fields)}"
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case "string_type":
            return "must be text"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "must be an object with named fields"
        case _:
            return "does not fit; see docs/actions.md"
