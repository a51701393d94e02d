"""Every role × every operation × every relation to the record, on every surface: exactly what the page documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.permissions import Operation, Relation, Role
from tests.unit.app.permissions.action_attempts import ACTION_TRIES
from tests.unit.app.permissions.attempt import Attempt, Try
from tests.unit.app.permissions.attempts import TRIES
from tests.unit.app.permissions.company import ACTORS, open_house
from tests.unit.app.permissions.documented import RELATIONS, Row, documented
from tests.unit.app.permissions.surfaces import ALLOWED, FORBIDDEN, HIDDEN, Surfaces, surfaces_of

ROWS = {row.operation: row for row in documented()}
READING = frozenset({Operation.VIEW, Operation.AUDIT_VIEW})
"""Leave the record as it is, so that every surface can try the same one."""
KEPT_APART = ("stop", "policy", "absence", "autonomy")
"""What changes the whole house has a house of its own."""


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surfaces]:
    """A house for what concerns single records."""
    house = open_house(tmp_path_factory.mktemp("drafts"))
    with surfaces_of(house, tuple(ACTORS.values())) as surfaces:
        yield surfaces
    house.services.close()


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Surfaces]:
    """A house for one operation that changes all of it."""
    house = open_house(tmp_path)
    with surfaces_of(house, tuple(ACTORS.values())) as surfaces:
        yield surfaces
    house.services.close()


def differences(surfaces: Surfaces, row: Row, tries: Mapping[Operation, Try] = TRIES) -> list[str]:
    """Where what happened is not what is documented."""
    return [
        f"{surface}: {role} × {row.operation} × {relation}: {found}, not {wanted}"
        for role, actor in ACTORS.items()
        for relation in RELATIONS[row.record]
        for surface, found, wanted in tried(surfaces, row, role, actor, relation, tries=tries)
        if found != wanted
    ]


def tried(
    surfaces: Surfaces,
    row: Row,
    role: Role,
    actor: str,
    relation: Relation,
    *,
    tries: Mapping[Operation, Try] = TRIES,
) -> Iterator[tuple[str, str, str]]:
    """Surface, what happened there, and what should have."""
    attempt: Attempt | None = None
    for surface in row.surfaces:
        if attempt is None or (relation in row.cells[role] and row.operation not in READING):
            attempt = tries[row.operation](surfaces.house, actor, relation)
        yield surface, surfaces.outcome(surface, attempt, actor), expected(row, role, relation, attempt)


def expected(row: Row, role: Role, relation: Relation, attempt: Attempt) -> str:
    """What the page says. What somebody may not see is not there for them."""
    if relation in row.cells[role]:
        return ALLOWED
    if attempt.draft is not None and relation not in ROWS[Operation.VIEW].cells[role]:
        return HIDDEN
    return HIDDEN if row.record == "token" else FORBIDDEN


def possible(row: Row) -> bool:
    """Rows that are somebody's own by what they are: there is no way to name anybody else."""
    return row.operation not in (Operation.TOKENS_ISSUE, Operation.IDENTITY_ENROL)


def test_every_documented_operation_is_tried() -> None:
    assert set(TRIES) == set(ROWS) == set(Operation)


@pytest.mark.parametrize("operation", [o for o in Operation if not o.startswith(KEPT_APART) and possible(ROWS[o])])
def test_records_are_open_to_exactly_those_who_may(drafts: Surfaces, operation: Operation) -> None:
    assert differences(drafts, ROWS[operation]) == []


@pytest.mark.parametrize("operation", ACTION_TRIES)
def test_other_actions_are_open_to_exactly_those_who_may(drafts: Surfaces, operation: Operation) -> None:
    assert differences(drafts, ROWS[operation], ACTION_TRIES) == []


@pytest.mark.parametrize("operation", [o for o in Operation if o.startswith(KEPT_APART)])
def test_the_house_is_open_to_exactly_those_who_may(whole: Surfaces, operation: Operation) -> None:
    assert differences(whole, ROWS[operation]) == []


@pytest.mark.parametrize("operation", [o for o in Operation if not possible(ROWS[o])])
def test_everybody_may_do_for_themselves_what_nobody_may_for_others(drafts: Surfaces, operation: Operation) -> None:
    row = ROWS[operation]
    found = [tried(drafts, row, role, actor, Relation.OWN) for role, actor in ACTORS.items()]
    assert all(happened == wanted == ALLOWED for cell in found for _, happened, wanted in cell)
