"""Ten thousand deals: how long the first look at them takes, at the doubles. Too long for every run of the tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crm.houses import House, hubspot_house, salesforce_house

pytestmark = pytest.mark.emulators

DEALS, LONGEST = 10_000, 60.0


@pytest.fixture(params=["salesforce", "hubspot"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with a CRM, signed in."""
    with (salesforce_house if request.param == "salesforce" else hubspot_house)(tmp_path) as made:
        yield made


def test_the_first_look(house: House) -> None:
    for number in range(DEALS):
        house.add_deal(f"Deal {number}", house.halden)
    begun = time.process_time()
    crm = house.refreshed()
    used = time.process_time() - begun
    pages = {"salesforce": 3 + 6, "hubspot": 3 + 2 + 2 + 101}[house.name]
    print(f"{house.name}: {DEALS} deals, {len(house.server.calls)} calls, {used:.1f} s of CPU with the double's own")
    assert len(house.server.calls) == pages
    assert crm.copy.deal(house.deal) is not None
    assert used < LONGEST
