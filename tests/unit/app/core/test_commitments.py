"""What the ledger's entries say together: who is a rival, and what a kind of promise costs."""

from __future__ import annotations

import pytest

from app.core.codec import from_json, to_json
from app.core.commitments import LEAST_KEPT, LedgerEntry, is_rival, typical_effort
from app.core.findings import Kind
from tests.unit.app.checks.builders import owed


@pytest.mark.parametrize(
    ("entry", "here", "rival"),
    [
        (("acme", "D-1"), ("acme", "D-1"), False),
        (("acme", "D-1"), ("acme", "D-2"), False),
        (("globex", "D-1"), ("acme", "D-1"), True),
        ((None, "D-9"), ("acme", "D-1"), True),
        ((None, "D-1"), ("acme", "D-1"), False),
        (("globex", "D-9"), (None, "D-1"), True),
        (("globex", None), (None, "D-1"), False),
        (("globex", "D-9"), (None, None), False),
    ],
)
def test_who_is_another_customer(
    entry: tuple[str | None, str | None], here: tuple[str | None, str | None], rival: bool
) -> None:
    made = owed("it", None, account=entry[0], deal_id=entry[1])

    assert is_rival(made, account=here[0], deal_id=here[1]) is rival


def test_effort_is_the_median_of_enough() -> None:
    spent = [(Kind.DELIVERABLE, float(n)) for n in (1, 2, 3, 4, 100)] + [(Kind.RESOURCE, 8.0)] * (LEAST_KEPT - 1)

    assert typical_effort(spent) == {Kind.DELIVERABLE: 3.0}


def test_an_entry_from_before_there_were_things_and_hours_still_loads() -> None:
    entry = owed("the plan", None)
    old = to_json(entry).replace(',"thing":null,"hours":null', "")

    assert "thing" not in old
    assert from_json(LedgerEntry, old) == entry
