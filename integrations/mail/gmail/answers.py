"""Reading what Gmail answers: what is there, and what has to be in it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from googleapiclient.http import HttpRequest  # type: ignore[import-untyped]

from integrations.credentials.google.caller import Caller, Json
from integrations.credentials.google.trouble import Refusal
from integrations.http import NotAnswered


def look(caller: Caller, request: HttpRequest) -> Json | None:
    """The answer; None where what is asked for is not there any more. Raises what `Caller.call` does."""
    try:
        return caller.call(request)
    except Refusal as refused:
        if refused.status == 404 and refused.pause is None:
            return None
        raise


def text_in(answer: Mapping[str, Any], name: str) -> str:
    """What stands there under the name. Raises NotAnswered where nothing does."""
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise NotAnswered(f"Gmail answers without {name}")
    return value


def bytes_of(text: str) -> bytes:
    """The bytes that Gmail has written as text. Raises NotAnswered where they are none."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise NotAnswered("Gmail answers with bytes that are none") from None
