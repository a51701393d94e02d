"""`policy starter` and `policy actions`, and what `policy check`, `assess` and `show` say of rules and facts."""

from __future__ import annotations

from pathlib import Path

from app.policy.catalogue import ACTIONS
from app.policy.starter import starter_text
from tests.cli.company import write_draft
from tests.cli.process import Countersign


def test_the_starter_is_printed_and_is_sound(countersign: Countersign, tmp_path: Path) -> None:
    printed = countersign.here("policy", "starter")
    assert (printed.code, printed.out) == (0, starter_text())
    file = tmp_path / "starter.yaml"
    file.write_text(printed.out, encoding="utf-8")
    checked = countersign.here("policy", "check", file)
    assert checked.code == 0
    assert "is sound: version 1, " in checked.out


def test_the_actions_are_listed(countersign: Countersign) -> None:
    records = countersign.here("policy", "actions", "--json").records
    assert [record["name"] for record in records] == list(ACTIONS)
    assert records[0] == {
        "name": "send_email",
        "impact": "high",
        "data_sensitivity": "high",
        "reversibility": "no",
        "why": ACTIONS["send_email"].why,
    }
    told = countersign.here("policy", "actions").out
    assert all(name in told for name in ACTIONS)
    assert "operation.impact" in told


def test_a_rule_that_can_never_apply_is_refused_with_its_place(countersign: Countersign, tmp_path: Path) -> None:
    file = tmp_path / "never.yaml"
    rule = "{id: a, route: review, when: deal.amount > 10 && deal.amount < 5}"
    file.write_text(f"version: 2\nrules:\n  - {rule}\n", encoding="utf-8")
    told = countersign.here("policy", "check", file).refusal(2)
    assert "line 3, column 54: rule 'a': it can never apply: deal.amount < 5 contradicts deal.amount > 10" in told


def test_a_rule_that_never_decides_is_noted(countersign: Countersign, tmp_path: Path) -> None:
    file = tmp_path / "covered.yaml"
    file.write_text(
        "version: 2\nrules:\n  - {id: a, route: review}\n  - {id: b, route: review, when: deal.known}\n",
        encoding="utf-8",
    )
    checked = countersign.here("policy", "check", file)
    assert checked.code == 0
    assert "note: line 4, column 34: rule 'b': it never decides: rule 'a' (line 3)" in checked.out


def test_a_verdict_says_which_facts_decided(countersign: Countersign, tmp_path: Path) -> None:
    file = write_draft(tmp_path, "Review this", "c-1")
    facts = [{"path": "draft.subject", "value": "Review this"}]
    submitted = countersign.here("submit", file, "--json").records[0]
    assert submitted["matches"][0]["facts"] == facts
    shown = countersign.here("show", submitted["id"])
    assert 'because draft.subject is "Review this"' in shown.out
    (judged,) = [
        r for r in countersign.here("audit", "--draft", submitted["id"], "--json").records if "matched" in r["facts"]
    ]
    assert judged["facts"]["matched"] == [["look", [["draft.subject", "…"]]]]
