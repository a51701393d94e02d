"""What Google publishes of its APIs, by the discovery documents in googleapiclient: may this be sent and answered?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from googleapiclient.discovery_cache import get_static_doc  # type: ignore[import-untyped]

from tests.emulators.google.calls import Call, Reply

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}
_UPLOADS = frozenset({"uploadType", "upload_id", "upload_protocol"})


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method of an API as it is published."""

    id: str
    http: str
    path: re.Pattern[str]
    is_upload: bool
    described: Mapping[str, Any]
    document: Mapping[str, Any]

    def arguments(self, call: Call) -> dict[str, str]:
        """The parts of the path."""
        found = self.path.fullmatch(call.path)
        return found.groupdict() if found else {}

    @property
    def scopes(self) -> frozenset[str]:
        """Any one of which lets a token call it."""
        return frozenset(self.described.get("scopes", []))


def method_of(call: Call) -> Method | None:
    """The published method that is called; None where there is none."""
    fitting = (each for each in _methods() if each.http == call.method and each.path.fullmatch(call.path))
    return next(fitting, None)


def objections_to_call(call: Call) -> list[str]:
    """What Google does not publish as being taken."""
    method = method_of(call)
    if method is None:
        return [f"{call.method} {call.path} is no method of Google's"]
    return [f"{method.id}: {each}" for each in (*_parameters(method, call), *_body(method, call))]


def objections_to_reply(call: Call, answer: Reply) -> list[str]:
    """What Google does not publish as being answered to this call, where it says yes."""
    method = method_of(call)
    if method is None or answer.status != 200 or not answer.body:
        return []
    schema = method.described.get("response")
    found = _against(method.document, schema, answer.json, "answer") if schema else iter(())
    return [f"{method.id}: {each}" for each in found]


def _parameters(method: Method, call: Call) -> Iterator[str]:
    known = {**method.document["parameters"], **method.described.get("parameters", {})}
    for name, values in call.query.items():
        if name in _UPLOADS and method.is_upload:
            continue
        if name not in known:
            yield f"the parameter {name} is not published"
        elif len(values) > 1 and not known[name].get("repeated"):
            yield f"the parameter {name} is given more than once"
        elif not all(value in known[name].get("enum", values) for value in values):
            yield f"the parameter {name} has a value that is not published"
    for name, described in known.items():
        if described.get("required") and described.get("location") == "query" and name not in call.query:
            yield f"the parameter {name} is missing"


def _body(method: Method, call: Call) -> Iterator[str]:
    schema = method.described.get("request")
    if call.method in ("GET", "DELETE"):
        if call.body:
            yield "it has a body"
    elif schema and call.headers.get("content-type", "").startswith("application/json"):
        yield from _against(method.document, schema, call.json, "body")
    elif call.body and not method.is_upload:
        yield "its body is no JSON"


def _against(document: Mapping[str, Any], schema: Mapping[str, Any], value: object, where: str) -> Iterator[str]:
    """Where the value is not as the schema has it. What the schema does not name may not be there."""
    if "$ref" in schema:
        schema = document["schemas"][schema["$ref"]]
    kind = schema.get("type", "any")
    if kind != "any" and not isinstance(value, _TYPES[kind]):
        yield f"{where} is no {kind}"
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        for name, each in value.items():
            inner = known.get(name) or schema.get("additionalProperties")
            if inner is None:
                yield f"{where}.{name} is not published"
            else:
                yield from _against(document, inner, each, f"{where}.{name}")
    elif isinstance(value, list):
        for each in value:
            yield from _against(document, schema.get("items", {}), each, f"{where}[]")
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{where} has a value that is not published"


@cache
def _methods() -> tuple[Method, ...]:
    documents = [json.loads(get_static_doc(*api)) for api in (("gmail", "v1"), ("calendar", "v3"))]
    return tuple(method for document in documents for method in _of(document, document))


def _of(document: Mapping[str, Any], resource: Mapping[str, Any]) -> Iterator[Method]:
    service = f"/{document['servicePath']}"
    for described in resource.get("methods", {}).values():
        paths = [(service + described["path"], False)]
        if "mediaUpload" in described:
            paths.append((described["mediaUpload"]["protocols"]["simple"]["path"], True))
        for path, is_upload in paths:
            yield Method(
                id=described["id"],
                http=described["httpMethod"],
                path=re.compile(re.sub(r"{\+?(\w+)}", r"(?P<\1>[^/]+)", path)),
                is_upload=is_upload,
                described=described,
                document=document,
            )
    for inner in resource.get("resources", {}).values():
        yield from _of(document, inner)
