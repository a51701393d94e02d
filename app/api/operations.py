"""The trail, and what operators ask: alive, ready, how is it going."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from app import desk
from app.api.access import AuditReader, House
from app.audit.service import trail_for
from app.core.errors import CountersignError
from app.policy.service import published
from app.records import event_record

router = APIRouter(tags=["operations"])

_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/audit")
def audit(
    services: House,
    caller: AuditReader,
    draft: str | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 100,
) -> list[dict[str, Any]]:
    """The newest events of the trail, of one draft or of all, oldest of them first; exactly as they were hashed."""
    with services.store.read() as reader:
        people = services.opened.world.people
        events = trail_for(reader, person=caller.person, people=people, draft=draft, limit=limit)
        return [event_record(event) for event in events]


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(services: House) -> dict[str, Any]:
    """The database answers, a policy is in force and the directory can be read; 503 otherwise."""
    try:
        people = len(services.opened.world.people.everybody())
        with services.store.read() as reader:
            version = published(reader).version
    except CountersignError as error:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, str(error)) from None
    return {"status": "ready", "policy_version": version, "people": people}


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(services: House) -> PlainTextResponse:
    """How the gate is doing, for Prometheus."""
    now = services.clock.now()
    with services.store.read() as reader:
        seen = desk.overview(reader, now=now)
    waited = max(0.0, (now - seen.waiting_since).total_seconds()) if seen.waiting_since else 0.0
    lines = ["# HELP countersign_drafts Drafts in each state.", "# TYPE countersign_drafts gauge"]
    lines += [f'countersign_drafts{{state="{state.value}"}} {count}' for state, count in seen.counts.items()]
    lines += _gauge(
        "countersign_oldest_waiting_seconds", "How long the oldest draft has waited for a person.", waited
    )
    lines += _gauge(
        "countersign_overdue_drafts", "Drafts whose timer rang and that no worker has woken.", seen.overdue
    )
    return PlainTextResponse("\n".join(lines) + "\n", media_type=_METRICS_TYPE)


def _gauge(name: str, help: str, value: float) -> list[str]:
    return [f"# HELP {name} {help}", f"# TYPE {name} gauge", f"{name} {value:g}"]
