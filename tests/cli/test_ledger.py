"""`ledger`: read it, take it along, say what became of a promise."""

from __future__ import annotations

from pathlib import Path

from tests.cli.process import Countersign


def test_the_ledger_in_every_form(countersign: Countersign) -> None:
    table = countersign.here("ledger")
    assert table.code == 0
    assert "I'll send the price list by Friday" in table.out

    (record,) = countersign.here("ledger", "--json").records
    assert (record["id"], record["standing"], record["due_day"]) == ("L-1", "open", "2026-11-20")
    header, line = countersign.here("ledger", "--csv").out.splitlines()
    assert header.startswith("id,standing,due_day")
    assert line.startswith("L-1,open,2026-11-20,sam")
    assert "DTSTART;VALUE=DATE:20261120" in countersign.here("ledger", "--ics").out
    assert countersign.here("ledger", "--state", "kept").out == "nothing has been promised\n"
    assert "choose one" in countersign.here("ledger", "--csv", "--ics").refusal(2)
    assert "'lost' is not one of" in countersign.here("ledger", "--state", "lost").refusal(2)


def test_a_promise_is_settled_by_those_who_may(countersign: Countersign) -> None:
    assert "tom may not settle" in countersign.here("ledger", "set", "L-1", "kept", "--as", "tom").refusal(1)
    assert "there is no commitment 'L-9'" in countersign.here("ledger", "set", "L-9", "kept", "--as", "sam").refusal(
        2
    )
    assert "'done' is not one of" in countersign.here("ledger", "set", "L-1", "done", "--as", "sam").refusal(2)

    settled = countersign.here("ledger", "set", "L-", "withdrawn", "--as", "sam", "--reason", "they asked", "--json")

    assert settled.records[0]["state"] == "withdrawn"
    assert "cannot become kept" in countersign.here("ledger", "set", "L-1", "kept", "--as", "sam").refusal(1)
    (event,) = countersign.here("audit", "--limit", "1", "--json").records
    assert (event["kind"], event["actor"], event["facts"]["reason"]) == (
        "commitment.withdrawn",
        "person:sam",
        "they asked",
    )


def test_what_keeping_a_promise_cost(countersign: Countersign, tmp_path: Path) -> None:
    company = Countersign(home=tmp_path / "home", world=countersign.world)
    kept = ("ledger", "set", "L-1", "kept", "--as", "sam")

    assert "from 0 to" in company.here(*kept, "--hours", "-1").refusal(2)
    assert "for promises that were kept" in company.here(
        "ledger", "set", "L-1", "broken", "--as", "sam", "--hours", "2"
    ).refusal(2)
    (record,) = company.here(*kept, "--hours", "2.5", "--json").records
    assert (record["state"], record["hours"]) == ("kept", 2.5)
