"""What operators and their machines ask of a process: is it alive, is it ready, how is it going."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from app.api import problems
from app.api.access import House
from app.operations.metrics import MEDIA_TYPE
from app.operations.readiness import readiness
from app.services import Services

router = APIRouter(tags=["operations"])

_scheme = HTTPBearer(auto_error=False, description="COUNTERSIGN_METRICS_TOKEN, where one is set.")


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(services: House) -> dict[str, Any]:
    """The database answers, its tables fit this version, a policy is in force and the directory can be read.

    503 otherwise, with everything that is wrong.
    """
    found = readiness(services)
    if found.troubles:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "; ".join(found.troubles))
    return {
        "status": "ready",
        "tables": found.tables,
        "policy_version": found.policy_version,
        "people": found.people,
    }


@router.get("/metrics", response_class=Response)
def metrics(
    services: House, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)]
) -> Response:
    """How the gate is doing, for Prometheus."""
    token = services.settings.metrics_token.get_secret_value()
    if token and (credentials is None or not hmac.compare_digest(credentials.credentials.encode(), token.encode())):
        raise HTTPException(
            HTTPStatus.UNAUTHORIZED,
            "send the metrics token: Authorization: Bearer …",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return Response(services.metrics.exposition(), media_type=MEDIA_TYPE)


def build_health(services: Services) -> FastAPI:
    """These three alone, for a worker that has no page."""
    api = FastAPI(title="Countersign worker", openapi_url=None)
    api.state.services = services
    problems.install(api)
    api.include_router(router)
    return api
