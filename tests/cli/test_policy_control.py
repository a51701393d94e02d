"""`policy propose`, `review`, `publish`, `rollback`, `diff`, `history`: how a policy comes into force."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.company import POLICY, found_company, write_draft
from tests.cli.process import Countersign
from tests.support.databases import lay_tables

BLOCKING = POLICY.format(version=2).replace("route: auto_send", "route: block")


@pytest.fixture
def house(tmp_path: Path) -> Countersign:
    """A house of its own for each test: what is in force is what these tests change."""
    return Countersign(home=lay_tables(tmp_path / "home"), world=found_company(tmp_path / "world"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A second version that lets nothing go unattended."""
    return written(tmp_path, BLOCKING)


def written(folder: Path, text: str, name: str = "policy.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def proposed(house: Countersign, file: Path, author: str = "ruth") -> str:
    (record,) = house.here("policy", "propose", file, "--as", author, "--note", "for the audit", "--json").records
    assert (record["state"], record["author"], record["base"]) == ("proposed", author, 1)
    return str(record["id"])


def test_a_policy_is_proposed_reviewed_by_another_and_published(
    house: Countersign, second: Path, tmp_path: Path
) -> None:
    refused = house.here("policy", "publish", second, "--as", "ada").refusal(1)
    assert "nobody has approved exactly this text" in refused
    assert "countersign policy propose FILE --as PERSON" in refused

    proposal = proposed(house, second)
    assert proposed(house, second) == proposal
    waiting = house.here("policy", "publish", second, "--as", "ada").refusal(1)
    assert f"countersign policy review {proposal} --approve --reason WHY --as PERSON" in waiting
    words = ("--approve", "--reason", "ran it over October")
    assert "somebody else has to review it" in house.here(
        "policy", "review", proposal, *words, "--as", "ruth"
    ).refusal(1)

    assert (
        f"countersign policy publish {proposal}"
        in house.here("policy", "review", proposal, *words, "--as", "ada").out
    )
    changed = written(tmp_path, BLOCKING + "# one more line\n", "changed.yaml")
    assert "nobody has approved exactly this text" in house.here("policy", "publish", changed, "--as", "ada").refusal(
        1
    )
    assert house.here("policy", "show", "--json").records[0]["version"] == 1
    said = house.here("policy", "publish", second, "--as", "ada").out
    assert (
        said
        == f"version 2 is in force from now on: proposal {proposal}, approved by somebody other than its author\n"
    )

    (event,) = house.here("audit", "--limit", "1", "--json").records
    assert (event["kind"], event["facts"]["proposal"], event["facts"]["basis"]) == (
        "policy.published",
        proposal,
        "reviewed",
    )
    draft = write_draft(tmp_path, "Send it", "p-1")
    assert house.here("submit", draft, "--json").records[0]["route"] == "block"
    assert house.here("audit", "verify").code == 0


def test_a_proposal_is_published_by_its_id_and_only_once(house: Countersign, second: Path) -> None:
    proposal = proposed(house, second, "ada")
    house.here("policy", "review", proposal, "--approve", "--reason", "agreed", "--as", "ruth")

    assert "sam may not publish a policy" in house.here("policy", "publish", proposal, "--as", "sam").refusal(1)
    record = house.here("policy", "publish", proposal, "--as", "ada", "--json").records[0]
    assert (record["version"], record["basis"], record["proposal"]) == (2, "reviewed", proposal)
    assert "give this one a higher number" in house.here("policy", "publish", proposal, "--as", "ada").refusal(1)
    assert "there is no proposed policy 'pp_none'" in house.here(
        "policy", "publish", "pp_none", "--as", "ada"
    ).refusal(2)


def test_a_rejected_policy_stays_out_with_the_reason(house: Countersign, second: Path) -> None:
    proposal = proposed(house, second)
    assert "say --approve or --reject" in house.here(
        "policy", "review", proposal, "--reason", "hm", "--as", "ada"
    ).refusal(2)
    rejected = house.here("policy", "review", proposal, "--reject", "--reason", "too strict", "--as", "ada", "--json")
    assert rejected.records[0]["state"] == "rejected"

    assert "ada rejected it: too strict" in house.here("policy", "publish", second, "--as", "ada").refusal(1)
    table = house.here("policy", "proposals").out
    assert proposal in table
    assert "too strict" in table
    assert house.here("policy", "proposals", "--json").records[0]["note"] == "for the audit"


def test_an_admin_may_make_an_exception_and_it_shows(house: Countersign, second: Path) -> None:
    alone = ("policy", "publish", second, "--without-review")
    assert "needs a reason" in house.here(*alone, " ", "--as", "ada").refusal(2)
    assert "may not publish a policy without a review" in house.here(*alone, "urgent", "--as", "ruth").refusal(1)

    said = house.here(*alone, "mail is going to the wrong people", "--as", "ada").out
    assert "without a review: mail is going to the wrong people" in said
    history = house.here("policy", "history").out
    assert "without a review: mail is going to the wrong people" in history
    assert "the first policy of this house" in history


def test_rolling_back_puts_an_earlier_text_in_force_under_the_next_number(house: Countersign, second: Path) -> None:
    house.here("policy", "publish", second, "--without-review", "urgent", "--as", "ada")
    back = ("policy", "rollback", "--to", "1", "--reason", "too strict after all")
    assert "may not publish a policy" in house.here(*back, "--as", "ruth").refusal(1)

    assert house.here(*back, "--as", "ada").out.startswith("version 3 is in force from now on: version 1 again")
    assert house.here("policy", "show", "--json").records[0]["text"] == POLICY.format(version=3)
    newest = house.here("policy", "history", "--json").records[0]
    assert (newest["version"], newest["rolled_back_to"], newest["reason"]) == (3, 1, "too strict after all")
    assert house.here("policy", "diff", "1", "live").out == (
        "the two do the same: no rule and no setting is different\n"
    )


def test_two_policies_are_compared_rule_by_rule_and_as_text(house: Countersign, second: Path) -> None:
    proposal = proposed(house, second)

    assert house.here("policy", "diff", "live", proposal).out == "~ rule go\n    route: auto_send → block\n"
    (record,) = house.here("policy", "diff", "1", second, "--json").records
    assert record["changed"] == [{"id": "go", "parts": [{"path": "route", "before": "auto_send", "after": "block"}]}]
    lines = house.here("policy", "diff", "live", second, "--text").out.splitlines()
    assert lines[0] == "--- live"
    assert "-version: 1" in lines
    assert "+version: 2" in lines
    assert "cannot be read" in house.here("policy", "diff", "1", "none.yaml").refusal(2)
