"""Who may sit down before the page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import runtime
from app.settings import SAMPLE_WORLD
from tests.unit.app.ui.pages import House, page_for, press, shown


def test_in_the_sample_world_anybody_may_sit_down_as_anybody(house: House) -> None:
    page = page_for()
    assert "anybody may sit down as anybody here" in shown(page)
    assert "OpenID Connect" in shown(page)
    press(page, "sit-dana")
    assert "Dana Okafor" in shown(page)
    press(page, "get-up")
    assert "anybody may sit down" in shown(page)


def refused(page_text: str) -> bool:
    return "needs an OpenID Connect provider" in page_text and "Dana Okafor" not in page_text


def test_a_server_that_others_can_reach_lets_nobody_choose(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSIGN_HOST", "0.0.0.0")  # noqa: S104
    runtime.close_services()
    page = page_for()
    assert refused(shown(page))
    assert "0.0.0.0" in shown(page)  # noqa: S104
    assert not page.button


def test_another_world_lets_nobody_choose(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    world = shutil.copytree(SAMPLE_WORLD, tmp_path / "world")
    monkeypatch.setenv("COUNTERSIGN_WORLD", str(world))
    runtime.close_services()
    page = page_for()
    assert refused(shown(page))
    assert not page.button


def test_a_seat_that_was_taken_elsewhere_does_not_open_a_closed_door(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = house.submit("15-")
    monkeypatch.setenv("COUNTERSIGN_HOST", "0.0.0.0")  # noqa: S104
    runtime.close_services()
    page = page_for("dana", draft=draft.row.id)
    assert refused(shown(page))
    assert draft.row.subject not in shown(page)


def test_somebody_unknown_is_asked_again(house: House) -> None:
    assert "anybody may sit down" in shown(page_for("nobody"))


def test_a_house_that_cannot_open_says_why(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COUNTERSIGN_WORLD", str(tmp_path / "nowhere"))
    runtime.close_services()
    assert "Countersign cannot start" in shown(page_for())
