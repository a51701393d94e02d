"""What becomes of an attempt on each surface, as one of three words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from unittest import mock

from starlette.testclient import TestClient

from app import tokens
from app.api.application import build_api
from app.cli import house as cli_house
from app.core.errors import NotFound, NotPermitted
from app.services import Services
from app.tokens import Scope
from tests.cli.process import Answer, Countersign
from tests.unit.app.permissions.attempt import Attempt
from tests.unit.app.permissions.company import House


class Reply(Protocol):
    """What a call of the API answers."""

    @property
    def status_code(self) -> int:
        """Of HTTP."""
        ...

    @property
    def text(self) -> str:
        """The body."""
        ...

    def json(self) -> Any:
        """The body, decoded."""
        ...


ALLOWED, FORBIDDEN, HIDDEN = "allowed", "forbidden", "hidden"


@dataclass(frozen=True, kw_only=True)
class Surfaces:
    """The three ways into one house."""

    house: House
    api: TestClient
    secrets: Mapping[str, str]
    """A token with every scope for each of the actors."""

    def outcome(self, surface: str, attempt: Attempt, actor: str) -> str:
        """What became of it; a text that says more where it is none of the three."""
        ways: Mapping[str, Callable[[Attempt, str], str]] = {
            "CLI": self._cli,
            "API": self._api,
            "services": _services,
        }
        return ways[surface](attempt, actor)

    def _cli(self, attempt: Attempt, actor: str) -> str:
        assert attempt.cli, "the page says that the command line has it"
        answer = self.run(*attempt.cli, "--as", actor)
        if answer.code == 0:
            return ALLOWED
        said = answer.err
        if "there is no" in said and answer.code == 2:
            return HIDDEN
        return FORBIDDEN if answer.code == 1 and ("may not" in said or "has to review it" in said) else said

    def run(self, *arguments: object) -> Answer:
        """One command, on the services that the API has too."""
        countersign = Countersign(home=self.house.folder / "home", world=self.house.folder / "world")
        with (
            mock.patch.object(cli_house, "open_services", return_value=self.house.services),
            mock.patch.object(Services, "close"),
        ):
            return countersign.here(*arguments)

    def ask(self, method: str, path: str, body: object = None, *, actor: str | None = None) -> Reply:
        """One call of the API, with the actor's token or without any."""
        headers = {"Authorization": f"Bearer {self.secrets[actor]}"} if actor is not None else {}
        return self.api.request(method, path, json=body, headers=headers)

    def _api(self, attempt: Attempt, actor: str) -> str:
        assert attempt.api is not None, "the page says that the API has it"
        method, path, body = attempt.api
        answer = self.ask(method, path, body, actor=actor)
        if answer.status_code in (200, 201):
            return ALLOWED
        return {403: FORBIDDEN, 404: HIDDEN}.get(answer.status_code, answer.text)


def _services(attempt: Attempt, actor: str) -> str:
    try:
        attempt.services()
    except NotFound:
        return HIDDEN
    except NotPermitted:
        return FORBIDDEN
    return ALLOWED


@contextmanager
def surfaces_of(house: House, actors: tuple[str, ...]) -> Iterator[Surfaces]:
    """The ways into this house."""
    services, now = house.services, house.clock.now()
    secrets = {
        actor: tokens.issue(
            services.store, services.ids, person=house.person(actor), scopes=tuple(Scope), days=None, now=now
        ).secret
        for actor in actors
    }
    with TestClient(build_api(services)) as client:
        yield Surfaces(house=house, api=client, secrets=secrets)
