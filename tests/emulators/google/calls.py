"""A call and its answer, as plain data between the front and the servers behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, kw_only=True)
class Call:
    """One HTTP request. Header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    @cached_property
    def query(self) -> Mapping[str, list[str]]:
        """Every value of every parameter."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def parameter(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return next(iter(self.query.get(name, [])), default)

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body or b"{}")

    @property
    def bearer(self) -> str:
        """The token that it carries."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One HTTP answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def reply(value: object, *, status: int = 200, **headers: str) -> Reply:
    """A JSON answer."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    content = {"Content-Type": "application/json; charset=UTF-8", **named}
    return Reply(status=status, body=json.dumps(value).encode(), headers=content)


def refuse(status: int, reason: str, message: str = "no", **headers: str) -> Reply:
    """An error as Google's APIs write it."""
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return reply({"error": {"code": status, "message": message, "errors": errors}}, status=status, **headers)


class Upstream(Protocol):
    """A server that stands in for Google."""

    def __call__(self, call: Call) -> Reply:
        """Its answer."""
        ...
