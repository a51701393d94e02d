"""`policy simulate` and `shadow`: other rules on the drafts of the past."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.company import POLICY, found_company, write_draft
from tests.cli.process import Countersign
from tests.support.databases import lay_tables

STRICT = POLICY.format(version=2).replace("route: auto_send", "route: review")
TRIAL = """\
  - {id: trial, when: draft.subject.endsWith("please"), route: block, mode: shadow}
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Countersign:
    """A house with a rule on trial, where three drafts came in, one of them as a real process."""
    folder = tmp_path_factory.mktemp("used")
    world = found_company(folder / "world")
    (world / "policy.yaml").write_text(POLICY.format(version=1) + TRIAL, encoding="utf-8")
    house = Countersign(home=lay_tables(folder / "home"), world=world)
    for number, subject in enumerate(("Send it", "Send it please", "Review it")):
        assert house.here("submit", write_draft(folder, subject, f"t-{number}")).code == 0
    return house


def written(folder: Path, text: str) -> Path:
    file = folder / "other.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_another_policy_is_tried_and_told_in_tables(used: Countersign, tmp_path: Path) -> None:
    told = used("policy", "simulate", written(tmp_path, STRICT))
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("version 2 on 3 drafts: 2 would go another way")
    assert "unattended then" in told.out
    assert "nobody decided" in told.out


def test_a_program_gets_every_change_with_both_rules(used: Countersign, tmp_path: Path) -> None:
    (record,) = used.here("policy", "simulate", written(tmp_path, STRICT), "--json").records

    assert record["routes"] == [
        {"before": "auto_send", "after": "review", "drafts": 2},
        {"before": "review", "after": "review", "drafts": 1},
    ]
    change = record["changes"][0]
    assert (change["client_id"], change["before"]["rule"], change["after"]["why"]) == ("t-0", "go", "It may go.")
    assert (record["unattended"]["before"]["drafts"], record["unattended"]["after"]["drafts"]) == (2, 0)
    assert record["not_replayed"] == {"drafts": {}, "thresholds": {}, "floors": {}}


def test_a_period_is_given_as_moments_or_as_how_long_ago(used: Countersign) -> None:
    def drafts(*period: str) -> object:
        return used.here("policy", "simulate", *period, "--json").records[0]["replayed"]

    assert drafts("--since", "1d") == 3
    assert drafts("--since", "2026-11-18", "--until", "2026-11-19T00:00Z") == 3
    assert drafts("--until", "2026-11-18T00:00+00:00") == 0
    assert "is no moment; write" in used.here("policy", "simulate", "--since", "soon").refusal(2)
    assert "has to be later than since" in used.here("policy", "simulate", "--since", "1d", "--until", "2d").refusal(
        2
    )


def test_what_is_no_policy_is_refused_with_its_place(used: Countersign, tmp_path: Path) -> None:
    broken = written(tmp_path, STRICT.replace("draft.subject", "draft.sujet", 1))
    assert used.here("policy", "simulate", broken).refusal(2).startswith(f"{broken}: line 4, column ")
    assert "there is no policy version '9'" in used.here("policy", "simulate", "9").refusal(2)


def test_rules_on_trial_are_told_with_examples(used: Countersign, countersign: Countersign) -> None:
    (record,) = used.here("policy", "shadow", "--json").records
    assert (record["id"], record["drafts"], record["matched"]) == ("trial", 3, 1)
    assert record["changes"] == [{"before": "auto_send", "after": "block", "drafts": 1}]
    assert len(record["examples"]) == 1

    table = used("policy", "shadow", "--since", "7d").out
    assert "1 auto_send → block" in table
    assert "no rule of the policy in force has mode: shadow" in countersign.here("policy", "shadow").out


FAILING = """\
  - {id: unsound, when: 10 / size(attachments) > 5, route: review, mode: shadow}
"""


def test_rules_on_trial_that_fail_are_counted_and_told_wherever_policies_are_read(tmp_path: Path) -> None:
    world = found_company(tmp_path / "world")
    (world / "policy.yaml").write_text(POLICY.format(version=1) + FAILING, encoding="utf-8")
    house = Countersign(home=lay_tables(tmp_path / "home"), world=world)
    for number in (1, 2):
        submitted = house.here("submit", write_draft(tmp_path, "Send it", f"f-{number}"), "--json").records[0]
        assert submitted["route"] == "auto_send", "a rule on trial decides nothing, not even by failing"

    (record,) = house.here("policy", "shadow", "--json").records
    assert (record["drafts"], record["matched"], record["failed"]) == (2, 0, 2)
    assert record["failure"].startswith("rule 'unsound' (line 7) failed: ")
    told = "on 2 of 2 drafts rule 'unsound' (line 7) failed: "
    assert f"note: {told}" in " ".join(house.here("policy", "shadow").out.split())
    assert f"# on trial: {told}" in " ".join(house.here("policy", "show").out.split())
    assert house.here("policy", "show", "--json").records[0]["on_trial"][0]["failed"] == 2
    assert house.here("policy", "simulate", "--json").records[0]["failed_on_trial"] == {"unsound": 2}
    assert "note: rule 'unsound' on trial fails on 2 drafts" in house.here("policy", "simulate").out
