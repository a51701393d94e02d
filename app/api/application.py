"""The API, put together. It is mounted under /api; its own description is at /api/docs."""

from __future__ import annotations

from fastapi import FastAPI

from app.api import (
    actions,
    autonomy,
    codes,
    commitments,
    drafts,
    health,
    operations,
    policy,
    problems,
    reviewing,
    stops,
)
from app.api.doorstep import Doorstep
from app.services import Services
from app.version import version


def build_api(services: Services) -> FastAPI:
    """The API on these services."""
    api = FastAPI(
        title="Countersign",
        version=version(),
        description="The gate between the agents that write a sales team's email and the customers who read it.",
        docs_url="/docs",
        redoc_url=None,
    )
    api.state.services = services
    api.add_middleware(Doorstep)
    problems.install(api)
    for part in (drafts, actions, reviewing, codes, commitments, policy, stops, autonomy, operations, health):
        api.include_router(part.router)
    return api
