"""What is turned away before anything reads it: bodies that are too large, or not JSON."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import of_http

MAX_BODY_BYTES = 26_000_000
_TOO_LARGE = f"a request may have {MAX_BODY_BYTES} bytes; send smaller attachments"
_NOT_JSON = "send the body as Content-Type: application/json"


class Doorstep:
    """Limits the size of a body, however it is sent, and takes only JSON."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = _refusal(headers)
        if refusal is not None:
            await of_http(*refusal)(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)


def _refusal(headers: Headers) -> tuple[HTTPStatus, str] | None:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > MAX_BODY_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE
    has_body = length != "0" or "transfer-encoding" in headers
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and media_type != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _NOT_JSON
    return None


def _counted(receive: Receive) -> Receive:
    """A body that is sent in chunks does not say how long it is; it is counted as it comes."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY_BYTES:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE)
        return message

    return counted
