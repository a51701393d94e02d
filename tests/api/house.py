"""The API of the small company on a real server, and tokens to call it with."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from app import tokens
from app.api.application import build_api
from app.permissions import require_person
from app.services import Services, open_services
from app.settings import Settings
from app.tokens import Scope
from tests.cli.company import found_company
from tests.support.databases import lay_tables


@dataclass(frozen=True, slots=True)
class Api:
    """A running API and the services behind it."""

    services: Services
    url: str

    def secret(self, person: str, *scopes: str, days: int | None = None) -> str:
        """A token's secret."""
        house = self.services
        who = require_person(person, house.opened.world.people)
        now = house.clock.now()
        return tokens.issue(house.store, house.ids, person=who, scopes=scopes, days=days, now=now).secret

    def client(self, person: str = "", *scopes: str) -> httpx.Client:
        """A client that calls for a person with these scopes, with all of them, or without a token."""
        headers = {"Authorization": f"Bearer {self.secret(person, *(scopes or tuple(Scope)))}"} if person else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, transport=httpx.HTTPTransport())


@contextmanager
def opened_house(folder: Path) -> Iterator[Services]:
    """The services of the small company."""
    settings = Settings(home=lay_tables(folder / "home"), world=found_company(folder / "world"), database_url="")
    services = open_services(settings)
    try:
        yield services
    finally:
        services.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application on a free port of this machine; yields its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def running_api(folder: Path) -> Iterator[Api]:
    """The API of the small company."""
    with opened_house(folder) as services, served(build_api(services)) as url:
        yield Api(services, url)
