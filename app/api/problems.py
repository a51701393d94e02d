"""Errors as RFC 9457 problems. No answer ever holds a traceback."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.core.errors import (
    Busy,
    Conflict,
    CountersignError,
    FactUnavailable,
    InvalidInput,
    NotAvailable,
    NotFound,
    NotPermitted,
    SendError,
    TablesUnfit,
    TooManyTries,
)

MEDIA_TYPE = "application/problem+json"
NOT_JSON = "the body is not JSON; send one JSON object in UTF-8"
_STATUS: tuple[tuple[type[CountersignError], HTTPStatus], ...] = (
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (NotPermitted, HTTPStatus.FORBIDDEN),
    (TooManyTries, HTTPStatus.TOO_MANY_REQUESTS),
    (NotAvailable, HTTPStatus.NOT_IMPLEMENTED),
    (Busy, HTTPStatus.SERVICE_UNAVAILABLE),
    (FactUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (TablesUnfit, HTTPStatus.SERVICE_UNAVAILABLE),
    (SendError, HTTPStatus.BAD_GATEWAY),
)
_log = structlog.get_logger(__name__)


def problem(
    status: HTTPStatus, kind: str, detail: str, *, field: str | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer for something that went wrong. `kind` is CamelCase, such as `StaleDigest`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", kind).lower()
    content: dict[str, object] = {
        "type": f"urn:countersign:problem:{words.replace(' ', '-')}",
        "title": words.capitalize(),
        "status": status.value,
        "detail": detail,
    }
    if field is not None:
        content["field"] = field
    return JSONResponse(content, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def of_http(status_code: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem for a plain HTTP error."""
    status = HTTPStatus(status_code)
    kind = "".join(word.capitalize() for word in re.findall(r"[a-z]+", status.phrase.lower()))
    return problem(status, kind, detail, headers=headers)


async def _ours(_request: Request, error: Exception) -> JSONResponse:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    wait = {"Retry-After": f"{error.retry_after.total_seconds():.0f}"} if isinstance(error, Busy) else None
    return problem(status, type(error).__name__, str(error), field=getattr(error, "field", None), headers=wait)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    return of_http(error.status_code, str(error.detail), error.headers)


async def _request(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return of_http(HTTPStatus.BAD_REQUEST, NOT_JSON)
    place = ".".join(str(part) for part in first["loc"][1:]) or "body"
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "InvalidInput", f"{place}: {first['msg']}", field=place)


async def _database(_request: Request, error: Exception) -> JSONResponse:
    _log.error("database error", error=error)
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "DatabaseUnavailable", "the database did not answer; try again in a moment"
    )


async def _anything(_request: Request, error: Exception) -> JSONResponse:
    _log.error("unexpected error", error=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Unexpected", "something unexpected went wrong; the log has it")


def install(api: FastAPI) -> None:
    """Have the API answer every error as a problem."""
    api.add_exception_handler(CountersignError, _ours)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(RequestValidationError, _request)
    api.add_exception_handler(SQLAlchemyError, _database)
    api.add_exception_handler(Exception, _anything)
