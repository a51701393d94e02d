"""The command line as a whole: help, wrong use, and failures in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup

from app.cli.commands import COMMANDS, load
from tests.cli.process import Countersign


def test_help_lists_every_command_without_loading_any(alone: Countersign) -> None:
    told = alone.here("--help")
    assert told.code == 0
    for name in COMMANDS:
        assert re.search(rf"\b{name}\b", told.out)
    assert alone.here().out == alone.here("--help").out
    assert alone.here("--version").out.startswith("countersign ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_in_the_table_is_there_and_has_help(name: str, alone: Countersign) -> None:
    assert load(name).name == name or isinstance(load(name), TyperGroup)
    told = alone.here(name, "--help")
    assert told.code == 0
    assert f"countersign {name}" in told.out


def test_wrong_use_is_one_line_that_points_to_help(alone: Countersign) -> None:
    assert (
        alone.here("sumbit").refusal(2)
        == "No such command 'sumbit'. Did you mean 'submit'?; see `countersign --help`"
    )
    assert alone.here("policy").refusal(2) == "Missing command; see `countersign policy --help`"
    assert "Missing argument" in alone.here("submit").refusal(2)
    assert "Missing option '--as'" in alone.here("approve", "x").refusal(2)


def test_a_database_that_does_not_answer_is_one_line(alone: Countersign, countersign: Countersign) -> None:
    lost = Countersign(home=alone.home, world=countersign.world, database_url=alone.database_url)
    refusal = lost.here("queue").refusal(1)
    assert refusal.startswith("the database did not answer: ")
    assert "countersign doctor" in refusal


def test_settings_that_make_no_sense_are_one_line(alone: Countersign) -> None:
    toml = alone.home.parent / "countersign.toml"
    for content, says in (("home = [", "countersign.toml is not TOML"), ("colour = 'red'", "COUNTERSIGN_COLOUR")):
        toml.write_text(content, encoding="utf-8")
        assert says in alone.here("people").refusal(2)
    toml.write_text("port = 'x'", encoding="utf-8")
    assert "COUNTERSIGN_PORT" in alone.here("serve").refusal(2)


def test_a_world_that_cannot_be_read_is_one_line(alone: Countersign) -> None:
    assert "name one with people.yaml and crm.json" in alone.here("people").refusal(2)


def test_the_unexpected_is_one_line_too(
    alone: Countersign, monkeypatch: pytest.MonkeyPatch, countersign: Countersign
) -> None:
    def explode(_home: Path) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("app.cli.house.open_services", explode)
    assert countersign.here("people").refusal(1) == (
        "unexpected ZeroDivisionError: two lines; set COUNTERSIGN_DEBUG=1 to see where, and report it"
    )
