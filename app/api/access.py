"""Who calls: a bearer token, its scopes, and the person it acts for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from app import tokens
from app.core.errors import NotPermitted
from app.core.facts import Person
from app.services import Services
from app.tokens import Scope

_scheme = HTTPBearer(auto_error=False, description="A token from `countersign tokens issue`.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """The person in whose name a program calls."""

    person: Person
    scopes: frozenset[str]


def services_of(request: Request) -> Services:
    """The services behind this API."""
    services: Services = request.app.state.services
    return services


House = Annotated[Services, Depends(services_of)]


def _caller(services: House, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)]) -> Caller:
    if credentials is None:
        raise _unauthorized("send a token: Authorization: Bearer cs_…", error=None)
    with services.store.read() as reader:
        token = tokens.bearer(reader, credentials.credentials, now=services.clock.now())
    if token is None:
        raise _unauthorized("this token is unknown, revoked or expired; issue another one", error="invalid_token")
    person = services.opened.world.people.person(token.person)
    if person is None:
        raise NotPermitted(f"'{token.person}', for whom this token acts, is no longer in the directory")
    return Caller(person=person, scopes=frozenset(token.scopes))


def _unauthorized(detail: str, *, error: str | None) -> HTTPException:
    challenge = f'Bearer error="{error}"' if error else "Bearer"
    return HTTPException(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": challenge})


def with_scope(scope: Scope) -> Callable[[Caller], Caller]:
    """A dependency: the caller, whose token must have this scope."""

    def check(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
        if scope not in caller.scopes:
            raise NotPermitted(f"this token lacks the scope '{scope}'; issue one that has it")
        return caller

    return check


Submitter = Annotated[Caller, Depends(with_scope(Scope.SUBMIT))]
DraftReader = Annotated[Caller, Depends(with_scope(Scope.READ))]
Resolver = Annotated[Caller, Depends(with_scope(Scope.RESOLVE))]
AgentResolver = Annotated[Caller, Depends(with_scope(Scope.AGENT))]
Proposer = Annotated[Caller, Depends(with_scope(Scope.ACTIONS_PROPOSE))]
ActionReader = Annotated[Caller, Depends(with_scope(Scope.ACTIONS_READ))]
Executor = Annotated[Caller, Depends(with_scope(Scope.ACTIONS_EXECUTE))]
LedgerReader = Annotated[Caller, Depends(with_scope(Scope.LEDGER_READ))]
LedgerWriter = Annotated[Caller, Depends(with_scope(Scope.LEDGER_WRITE))]
AuditReader = Annotated[Caller, Depends(with_scope(Scope.AUDIT_READ))]
PolicyReader = Annotated[Caller, Depends(with_scope(Scope.POLICY_READ))]
Switcher = Annotated[Caller, Depends(with_scope(Scope.STOPS))]
