"""How connecting accounts and letting go of them are tried."""

from __future__ import annotations

from collections.abc import Mapping

from app.accounts.features import Feature
from app.accounts.service import Way
from app.core.facts import Person
from app.permissions import Operation, Relation
from tests.support.doors import SILENT
from tests.unit.app.permissions.attempt import Attempt, Try
from tests.unit.app.permissions.company import House


def _connect(house: House, actor: str, relation: Relation) -> Attempt:
    address = house.person(house.colleague(actor, relation)).email
    return Attempt(
        services=lambda: _let_in(house, address, by=house.person(actor)),
        cli=("accounts", "connect", "google", "--account", address),
    )


def _disconnect(house: House, actor: str, relation: Relation) -> Attempt:
    address = house.person(house.colleague(actor, relation)).email
    _let_in(house, address, by=None)
    accounts = house.services.accounts
    return Attempt(
        services=lambda: accounts.disconnect("google", address, by=house.person(actor)),
        cli=("accounts", "disconnect", "google", "--account", address),
    )


def _let_in(house: House, address: str, *, by: Person | None) -> None:
    accounts = house.services.accounts
    accounts.connect("google", address, features=[Feature.SEND], way=Way.BROWSER, talk=SILENT, by=by)


ACCOUNT_TRIES: Mapping[Operation, Try] = {
    Operation.ACCOUNTS_CONNECT: _connect,
    Operation.ACCOUNTS_MANAGE: _disconnect,
}
