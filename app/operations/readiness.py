"""Whether this process can do its work: the database answers, its tables fit, the world can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import CountersignError
from app.policy.service import published
from app.services import Services
from app.store.versions import require_fit

_Found = TypeVar("_Found")


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What was found. Ready where there are no troubles."""

    troubles: tuple[str, ...]
    """What is wrong and what to do about it, one line each."""
    tables: str | None = None
    """The version of the tables."""
    policy_version: int | None = None
    """The policy in force."""
    people: int | None = None
    """How many colleagues the directory has."""


def readiness(services: Services) -> Readiness:
    """Look at everything, so that all that is wrong is told at once."""
    troubles: list[str] = []
    tables = _look(lambda: _tables(services), troubles)
    policy = _look(lambda: _policy_version(services), troubles) if tables else None
    people = _look(lambda: len(services.opened.world.people.everybody()), troubles)
    return Readiness(troubles=tuple(troubles), tables=tables, policy_version=policy, people=people)


def _look(at: Callable[[], _Found], troubles: list[str]) -> _Found | None:
    try:
        return at()
    except CountersignError as error:
        troubles.append(str(error))
    except SQLAlchemyError:
        troubles.append("the database did not answer; see that it runs, and look at COUNTERSIGN_DATABASE_URL")
    return None


def _tables(services: Services) -> str | None:
    with services.engine.connect() as connection:
        return require_fit(connection).tables


def _policy_version(services: Services) -> int:
    with services.store.read() as reader:
        return published(reader).version
