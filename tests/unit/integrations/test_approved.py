"""approved.yaml: what is read, and what is refused with the place that is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.core.errors import FactUnavailable, InvalidWorld
from app.core.facts import ApprovedStatement, PriceFloor
from app.core.findings import Kind
from integrations.documents.approved import ApprovedFile

WHOLE = """\
statements:
  - id: sso
    kind: roadmap
    text: Single sign-on will be available in Q1 2027
    approved_by: product
    customer: acme
    until: 2027-03-31
    day: 2027-03-31
  - {id: uptime, kind: Guarantee, text: 99.9% uptime, approved_by: legal}
price_floors:
  - {product: Planner, floor: "8,000", currency: usd, list_price: 12000}
  - {product: Planner, floor: 7000, currency: EUR}
"""


def approved(folder: Path, text: str) -> ApprovedFile:
    file = folder / "approved.yaml"
    file.write_text(text, encoding="utf-8")
    return ApprovedFile(file)


def test_statements_and_price_floors_are_read_as_they_are_written(tmp_path: Path) -> None:
    file = approved(tmp_path, WHOLE)

    first, second = file.statements()
    assert first == ApprovedStatement(
        id="sso",
        kind=Kind.ROADMAP,
        text="Single sign-on will be available in Q1 2027",
        approved_by="product",
        customer="acme",
        until=date(2027, 3, 31),
        day=date(2027, 3, 31),
    )
    assert (second.kind, second.customer, second.until, second.day) == (Kind.GUARANTEE, None, None, None)
    assert file.price_floors() == (
        PriceFloor(product="Planner", floor=8000, currency="USD", list_price=12000),
        PriceFloor(product="Planner", floor=7000, currency="EUR"),
    )


def test_records_may_be_keyed_by_their_ids(tmp_path: Path) -> None:
    file = approved(tmp_path, "statements: {sso: {kind: other, text: net 45, approved_by: legal, account: acme}}")

    (statement,) = file.statements()
    assert (statement.id, statement.kind, statement.customer) == ("sso", Kind.OTHER, "acme")
    assert file.price_floors() == ()


@pytest.mark.parametrize("text", ["", "statements:\nprice_floors:\n"])
def test_an_empty_file_approves_nothing(tmp_path: Path, text: str) -> None:
    file = approved(tmp_path, text)

    assert (file.statements(), file.price_floors()) == ((), ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("statments: []", "approved.yaml statments"),
        ("statements: soon", "approved.yaml statements"),
        ("statements: [{kind: roadmap, text: x, approved_by: y}]", "statements[0].id"),
        ("statements: [{id: a, text: x, approved_by: y}]", "statements[0].kind"),
        ("statements: [{id: a, kind: meeting, text: x, approved_by: y}]", "statements[0].kind"),
        ("statements: [{id: a, kind: roadmap, approved_by: y}]", "statements[0].text"),
        ("statements: [{id: a, kind: roadmap, text: x}]", "statements[0].approved_by"),
        ("statements: [{id: a, kind: roadmap, text: x, approved_by: y, until: soon}]", "statements[0].until"),
        ("statements: [{id: a, kind: roadmap, text: x, approved_by: y, day: 13}]", "statements[0].day"),
        ("statements: {a: {kind: other, text: x, approved_by: y}, b: 3}", "statements[b]"),
        (
            "statements:\n- {id: a, kind: other, text: x, approved_by: y}\n"
            "- {id: a, kind: other, text: z, approved_by: y}",
            "statements[1].id",
        ),
        ("price_floors: [{floor: 3, currency: USD}]", "price_floors[0].product"),
        ("price_floors: [{product: a, currency: USD}]", "price_floors[0].floor"),
        ("price_floors: [{product: a, floor: -1, currency: USD}]", "price_floors[0].floor"),
        ("price_floors: [{product: a, floor: 3}]", "price_floors[0].currency"),
        ("price_floors: [{product: a, floor: 3, currency: dollars}]", "price_floors[0].currency"),
        ("price_floors: [{product: a, floor: 3, currency: USD, list_price: 2}]", "price_floors[0].list_price"),
        (
            "price_floors: [{product: a, floor: 3, currency: USD}, {product: a, floor: 4, currency: usd}]",
            "price_floors[1].product",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    file = approved(tmp_path, text)

    with pytest.raises(InvalidWorld) as refused:
        file.load()

    assert place in str(refused.value)


def test_a_broken_or_missing_file_is_a_fact_that_cannot_be_had(tmp_path: Path) -> None:
    broken = approved(tmp_path, "statements: [")
    missing = ApprovedFile(tmp_path / "nowhere.yaml")

    for file in (broken, missing):
        with pytest.raises(FactUnavailable) as failed:
            file.statements()
        assert failed.value.source == "approved"
    with pytest.raises(FactUnavailable):
        missing.as_of()


def test_the_file_vouches_for_the_moment_it_is_given_else_for_its_own(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 18, tzinfo=UTC)
    own = approved(tmp_path, "")

    assert ApprovedFile(tmp_path / "approved.yaml", as_of=moment).as_of() == moment
    assert own.as_of().tzinfo is not None


def test_a_change_of_the_file_is_seen(tmp_path: Path) -> None:
    file = approved(tmp_path, "")
    assert file.statements() == ()

    approved(tmp_path, WHOLE)

    assert len(file.statements()) == 2
