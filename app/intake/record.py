"""Drafts from JSON: strict in types and keys, and refused in one line that names the field."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from app.core.drafts import Attachment, Draft, SequenceStep, Thread
from app.core.errors import InvalidDraft
from app.intake import values
from app.intake.addresses import address
from app.intake.limits import MAX_ATTACHMENTS, MAX_FILES, MAX_INPUT, MAX_RECIPIENTS, MAX_REFERENCES

_Id = Annotated[str, AfterValidator(values.identifier)]
_Address = Annotated[str, AfterValidator(address)]
_Addresses = Annotated[list[_Address], Field(max_length=MAX_RECIPIENTS)]
_MessageId = Annotated[str, AfterValidator(values.message_id)]
_Subject = Annotated[str, AfterValidator(values.subject)]
_Body = Annotated[str, AfterValidator(values.body)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class _Attachment(_Strict):
    filename: Annotated[str, AfterValidator(values.filename)]
    content_type: Annotated[str, AfterValidator(values.content_type)]
    content: str

    def taken_in(self, place: str) -> Attachment:
        try:
            content = values.base64_bytes(self.content)
        except ValueError as error:
            raise InvalidDraft(str(error), field=f"{place}.content") from None
        return Attachment(filename=self.filename, content_type=self.content_type, content=content)


class _Thread(_Strict):
    id: _Id
    message_id: _MessageId | None = None
    references: Annotated[list[_MessageId], Field(max_length=MAX_REFERENCES)] | None = None
    subject: _Subject | None = None


class _SequenceStep(_Strict):
    id: _Id
    step: Annotated[int, Field(ge=1, le=10_000)]


class _Draft(_Strict):
    client_id: _Id | None = None
    action: Annotated[str, AfterValidator(values.action)]
    agent: _Id
    on_behalf_of: _Id
    to: _Addresses
    cc: _Addresses | None = None
    bcc: _Addresses | None = None
    subject: _Subject | None = None
    text: _Body | None = None
    html: _Body | None = None
    attachments: Annotated[list[_Attachment], Field(max_length=MAX_FILES)] | None = None
    deal_id: _Id | None = None
    thread: _Thread | None = None
    sequence: _SequenceStep | None = None
    send_after: str | None = None


_PARTS: Mapping[str, type[BaseModel]] = {"attachments": _Attachment, "thread": _Thread, "sequence": _SequenceStep}


def draft_from_json(record: object) -> Draft:
    """The draft that a JSON record, or its text or UTF-8 bytes, describes.

    Addresses become bare, their domains lower-case ASCII; `send_after` becomes UTC; null counts as left out.
    Raises InvalidDraft with the path of the first field that does not fit.
    """
    value = _decoded(record) if isinstance(record, str | bytes | bytearray) else record
    if not isinstance(value, Mapping):
        raise InvalidDraft(f"a draft must be a JSON object with named fields, not {_kind(value)}")
    known = _known_fields(value)
    try:
        model = _Draft.model_validate(known)
    except ValidationError as error:
        _refuse(error)
    return _draft(model)


def _draft(model: _Draft) -> Draft:
    draft = Draft(
        client_id=model.client_id,
        action=model.action,
        agent=model.agent,
        on_behalf_of=model.on_behalf_of,
        to=tuple(model.to),
        cc=tuple(model.cc or ()),
        bcc=tuple(model.bcc or ()),
        subject=model.subject or "",
        text=model.text or "",
        html=model.html or None,
        attachments=_attachments(model.attachments or []),
        deal_id=model.deal_id,
        thread=_thread(model.thread) if model.thread else None,
        sequence=SequenceStep(id=model.sequence.id, step=model.sequence.step) if model.sequence else None,
        send_after=None if model.send_after is None else _send_after(model.send_after),
    )
    return require_whole(draft)


def require_whole(draft: Draft) -> Draft:
    """The draft, where its parts make a mail. Raises InvalidDraft."""
    if not draft.to:
        raise InvalidDraft("has nobody in it; name at least one recipient", field="to")
    if len(draft.recipients) > MAX_RECIPIENTS:
        count = len(draft.recipients)
        raise InvalidDraft(f"to, cc and bcc name {count} people; at most {MAX_RECIPIENTS} are allowed", field="to")
    if not draft.text.strip() and not (draft.html or "").strip():
        raise InvalidDraft("is empty and there is no html either; write what the mail says", field="text")
    size = sum(attachment.size for attachment in draft.attachments)
    if size > MAX_ATTACHMENTS:
        message = f"are {size} bytes together; at most {MAX_ATTACHMENTS} are allowed"
        raise InvalidDraft(message, field="attachments")
    return draft


def _attachments(models: list[_Attachment]) -> tuple[Attachment, ...]:
    """Refuses by the length of the base64 before anything is decoded."""
    encoded = sum(len(model.content) for model in models)
    if encoded > 1.5 * MAX_ATTACHMENTS:
        message = f"are {encoded} characters of base64; at most {MAX_ATTACHMENTS} bytes of files are allowed"
        raise InvalidDraft(message, field="attachments")
    return tuple(model.taken_in(f"attachments[{index}]") for index, model in enumerate(models))


def _thread(model: _Thread) -> Thread:
    return Thread(
        id=model.id,
        message_id=model.message_id,
        references=tuple(model.references or ()),
        subject=model.subject,
    )


def _send_after(value: str) -> datetime:
    try:
        return values.moment(value)
    except ValueError as error:
        raise InvalidDraft(str(error), field="send_after") from None


def _decoded(data: str | bytes | bytearray) -> object:
    if len(data) > MAX_INPUT:
        raise InvalidDraft(f"a draft may have {MAX_INPUT} bytes, this one has {len(data)}; attach smaller files")
    try:
        source = data if isinstance(data, str) else data.decode("utf-8-sig")
        value: object = json.loads(source, parse_constant=_not_a_json_number)
    except UnicodeDecodeError as error:
        raise InvalidDraft(f"is not UTF-8 at byte {error.start}; send JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidDraft(f"is not JSON: {error.msg[0].lower()}{error.msg[1:]}", field=place) from None
    except RecursionError:
        raise InvalidDraft("is not a draft: lists and objects are nested too deeply") from None
    except ValueError:
        raise InvalidDraft("is not a draft: it has a number that is no JSON number or far too long") from None
    return value


def _not_a_json_number(word: str) -> NoReturn:
    raise ValueError(word)


def _known_fields(value: Mapping[object, object]) -> dict[str, object]:
    """The record without its nulls. Raises InvalidDraft for a key that no draft has, here or one level down."""
    known = {key: item for key, item in value.items() if item is not None}
    names = _require_keys(known, _Draft, place="")
    for name, part in _PARTS.items():
        item = names.get(name)
        rows = item if isinstance(item, list) else [item]
        for index, row in enumerate(rows):
            if isinstance(row, Mapping):
                _require_keys(row, part, place=f"{name}[{index}]." if isinstance(item, list) else f"{name}.")
    return names


def _require_keys(record: Mapping[object, object], model: type[BaseModel], *, place: str) -> dict[str, object]:
    known: dict[str, object] = {}
    for key, item in record.items():
        if not isinstance(key, str) or key not in model.model_fields:
            raise InvalidDraft(_unknown_key(key, list(model.model_fields)), field=place + _as_field(key))
        known[key] = item
    return known


def _unknown_key(key: object, names: list[str]) -> str:
    near = difflib.get_close_matches(str(key)[:60].lower(), names, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"
    return f"is no known field; {hint}"


def _as_field(key: object) -> str:
    word = str(key) if isinstance(key, str | int) else type(key).__name__
    return word if word.isascii() and word.isidentifier() and len(word) <= 60 else values.shown(word)


def _refuse(error: ValidationError) -> NoReturn:
    """Raise InvalidDraft for the first thing that pydantic found, in our words."""
    first = error.errors(include_url=False)[0]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).removeprefix(".")
    raise InvalidDraft(_in_our_words(first), field=path or None) from None


_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "int_type": "a whole number",
    "model_type": "an object with named fields",
    "model_attributes_type": "an object with named fields",
}


def _in_our_words(error: ErrorDetails) -> str:
    kind, limits = error["type"], error.get("ctx", {})
    if kind in _EXPECTED:
        return f"must be {_EXPECTED[kind]}, not {_kind(error['input'])}"
    if kind == "missing":
        return "is missing; add it"
    if kind == "value_error":
        return error["msg"].removeprefix("Value error, ")
    if kind in {"greater_than_equal", "less_than_equal"}:
        return "must be a whole number from 1 to 10000"
    if kind == "too_long":
        return f"has {limits['actual_length']} entries; at most {limits['max_length']} are allowed"
    return "does not fit; see the description of a draft"


def _kind(value: object) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "an object",
    }
    return "null" if value is None else names.get(type(value), type(value).__name__)
