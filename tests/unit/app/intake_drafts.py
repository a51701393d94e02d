"""Draft records to change and break."""

from __future__ import annotations

import base64
from typing import Any

MINIMAL: dict[str, Any] = {
    "action": "reply",
    "agent": "writer-1",
    "on_behalf_of": "maya",
    "to": ["lee@acme.example"],
    "text": "I'll send the plan by Friday.",
}

FULL: dict[str, Any] = {
    "client_id": "c-1",
    "action": "follow_up",
    "agent": "writer-1",
    "on_behalf_of": "maya",
    "to": ["Lee Chan <lee@ACME.example>"],
    "cc": ['"Chan, Ann" <ann@acme.example>'],
    "bcc": ["archive@ours.example"],
    "subject": "Re: Plän",
    "text": "The plan is attached.\r\n",
    "html": "<p>The plan is attached.</p>",
    "attachments": [
        {"filename": "plan.pdf", "content_type": "application/pdf", "content": base64.b64encode(b"plan").decode()}
    ],
    "deal_id": "D-1",
    "thread": {"id": "t-1", "message_id": "<1@acme.example>", "references": ["<0@acme.example>"], "subject": "Plan"},
    "sequence": {"id": "spring", "step": 2},
    "send_after": "2026-11-20T09:00:00-05:00",
}

AWKWARD = [
    "=?",
    "?=",
    "=?utf-8?q?",
    "=0D=0A",
    '"',
    "\\",
    ",",
    ";",
    ":",
    "<",
    ">",
    "(",
    ")",
    "@",
    "_",
    "=",
    "'",
    "%0A",
]
AWKWARD += [
    " ",
    "  ",
    "ä",
    "–",
    "🎉",
    "שלום",
    "\u202e",
    "日本語",
    "a\u0301",
    "x" * 90,
    "y" * 300,
    "\t",
    "\xa0",
    "\xad",
]
"""What headers are made of that do not read as they are written."""

LINES = [
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\x0c",
    "\x0b",
    "\x1b[0m",
    ".",
    "\n.\n",
    "\n..",
    "\nFrom me",
    "From you\n",
    " \n",
]
LINES += ["\t\n", "--", "\n--=_sn_1-0a1b2c3d4e5f_0--\n", "\n--=_sn_1-0a1b2c3d4e5f_1\n", "=", "=20", "=\n", "\x7f"]
LINES += ["\x85", "\u2028", "z" * 77, "z" * 1200, "é" * 500, "To: x@y.example\n\n", "<p>", "&amp;", "\ufeff"]
"""What bodies are made of that servers and parsers like to change."""

FACTS = (
    "X-Countersign-Client-Id: c-1",
    "X-Countersign-Action: follow_up",
    "X-Countersign-Agent: writer-1",
    "X-Countersign-On-Behalf-Of: maya",
    "To: Lee Chan <lee@acme.example>",
    "Subject: Plan",
)


def eml(*headers: str, body: str | bytes = "Hello Lee,\r\n", facts: tuple[str, ...] = FACTS) -> bytes:
    """An RFC 5322 message: the facts, more headers, a body."""
    head = "\r\n".join((*facts, *headers, "", "")).encode()
    return head + (body.encode() if isinstance(body, str) else body)


def without(name: str) -> tuple[str, ...]:
    """The facts without one header."""
    return tuple(line for line in FACTS if not line.startswith(f"{name}:"))


def file(content: bytes = b"plan", *, name: str = "plan.pdf", kind: str = "application/pdf") -> dict[str, str]:
    """An attachment's record."""
    return {"filename": name, "content_type": kind, "content": base64.b64encode(content).decode()}
