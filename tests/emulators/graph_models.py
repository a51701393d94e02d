"""Holds what was asked of the double of Graph, and what it answered, to Microsoft's own models.

Run by the second environment, which has msgraph-sdk: `python graph_models.py FOLDER`. Every body of the JSON lines in
the folder is read by the model that Microsoft has for it. A property that the model does not know, at any depth,
counts as unknown, unless it is one of OData's own. Prints what it found as JSON; it imports nothing of the project.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

_ODATA = re.compile(r"@odata\.|@removed$")
_ITEM = "users.item.messages.item.attachments.create_upload_session.create_upload_session_post_request_body"
_SCHEDULE = "users.item.calendar.get_schedule.get_schedule_post"
_MODELS = {
    "GET messages": (None, "models.message_collection_response"),
    "GET mailFolders/drafts/messages": (None, "models.message_collection_response"),
    "POST messages": (None, "models.message"),
    "GET messages/{id}": (None, "models.message"),
    "PATCH messages/{id}": ("models.message", "models.message"),
    "POST messages/{id}/createReply": (None, "models.message"),
    "POST messages/{id}/send": (None, None),
    "GET messages/{id}/$value": (None, None),
    "GET messages/{id}/attachments": (None, "models.attachment_collection_response"),
    "POST messages/{id}/attachments": ("models.attachment", "models.attachment"),
    "POST messages/{id}/attachments/createUploadSession": (_ITEM, "models.upload_session"),
    "GET calendarView": (None, "models.event_collection_response"),
    "GET calendarView/delta": (None, "users.item.calendar_view.delta.delta_get_response"),
    "POST calendar/getSchedule": (f"{_SCHEDULE}_request_body", f"{_SCHEDULE}_response"),
}
"""Which models read the request and the response of a call; None where a body has no JSON."""


def model(path: str) -> Any:
    """The class in this module of msgraph's: its name in camel case."""
    module = import_module(f"msgraph.generated.{path}")
    return getattr(module, "".join(part.capitalize() for part in path.rpartition(".")[2].split("_")))


def read(value: object, path: str) -> Any:
    """The value as Microsoft's client reads it."""
    from kiota_serialization_json.json_parse_node import JsonParseNode  # type: ignore[import-not-found] # not here

    return JsonParseNode(value).get_object_value(model(path))


def unknown(parsed: Any) -> Iterator[str]:
    """The properties that the models do not know, at any depth."""
    if isinstance(parsed, list | tuple):
        for one in parsed:
            yield from unknown(one)
    elif hasattr(parsed, "get_field_deserializers"):
        for name in getattr(parsed, "additional_data", None) or {}:
            if not _ODATA.search(name):
                yield f"{type(parsed).__name__}.{name}"
        for name, inner in vars(parsed).items():
            if name not in ("additional_data", "backing_store"):
                yield from unknown(inner)


def lost(value: object, parsed: Any, path: str) -> Iterator[str]:
    """The properties that the model knows and could not read, for their value is of another kind than it says."""
    if isinstance(value, list):
        for one, inner in zip(value, parsed or [None] * len(value), strict=False):
            yield from lost(one, inner, path)
    elif isinstance(value, dict) and hasattr(parsed, "get_field_deserializers"):
        known = parsed.get_field_deserializers()
        snake = {name: re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).replace("-", "_").lower() for name in known}
        for name, inner in value.items():
            if name in known and inner not in (None, [], "") and not name.startswith("@"):
                got = getattr(parsed, snake[name], None)
                if got is None:
                    yield f"{path}.{name}"
                else:
                    yield from lost(inner, got, f"{path}.{name}")


def judge(line: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one call."""
    call = line["call"]
    if call not in _MODELS:
        yield f"{call}: nobody says which models read it"
        return
    request, response = _MODELS[call]
    if line["status"] >= 400:
        response = "models.o_data_errors.o_data_error"
    for side, path, value in (("request", request, line["request"]), ("response", response, line["response"])):
        if path is None or value is None:
            if value is not None:
                yield f"{call}: a {side} that Graph does not have"
            continue
        parsed = read(value, path)
        yield from (f"{call}: {side} {name}" for name in unknown(parsed))
        yield from (f"{call}: {side} cannot be read at {name}" for name in lost(value, parsed, type(parsed).__name__))


def main(folder: Path) -> None:
    """Judge every call of every file."""
    calls: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    seen: set[str] = set()
    for file in sorted(folder.glob("*.jsonl")):
        for text in file.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            calls[f"{line['call']} {line['status']}"] += 1
            if text not in seen:
                seen.add(text)
                wrong.update(judge(line))
    print(json.dumps({"calls": dict(sorted(calls.items())), "wrong": dict(sorted(wrong.items()))}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
