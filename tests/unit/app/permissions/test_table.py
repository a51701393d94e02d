"""The documented table and the one that the services ask are the same."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.core.errors import NotPermitted
from app.core.facts import Person
from app.permissions import Operation, Relation, Role, may, require, roles_of
from app.permissions.table import TABLE
from tests.unit.app.permissions.documented import RELATIONS, documented

ROWS = list(documented())


def person(*roles: str) -> Person:
    return Person(id="p", email="p@ours.example", name="P", roles=roles)


def test_the_documented_table_is_the_one_that_is_asked() -> None:
    assert [row.operation for row in ROWS] == list(Operation) == list(TABLE)
    assert {row.operation: row.cells for row in ROWS} == {
        operation: {role: grant.of(role) for role in Role} for operation, grant in TABLE.items()
    }


def test_every_row_says_from_where_and_to_what() -> None:
    for row in ROWS:
        assert row.surfaces
        assert set(row.surfaces) <= {"CLI", "API", "services"}
        assert row.record in RELATIONS


def test_whoever_has_a_role_may_do_what_those_below_may() -> None:
    for grant in TABLE.values():
        cells = [grant.of(role) for role in Role]
        assert all(lower <= higher for lower, higher in pairwise(cells))


def test_everybody_is_a_colleague_and_unknown_roles_give_nothing() -> None:
    assert roles_of(person("legal", "Admin")) == {Role.COLLEAGUE}
    assert roles_of(person("admin", "manager")) == {Role.COLLEAGUE, Role.MANAGER, Role.ADMIN}


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(NotPermitted, match="p may not stop everything: people with the role admin or owner may"):
        require(person("manager"), Operation.STOP_ALL, doing="stop everything")
    with pytest.raises(NotPermitted, match="it is for asked records only"):
        require(person("admin"), Operation.RESOLVE, doing="approve it")


@pytest.mark.parametrize("relation", Relation)
def test_one_relation_that_is_allowed_is_enough(relation: Relation) -> None:
    assert may(person(), Operation.EDIT, frozenset({relation, Relation.OWN}))
