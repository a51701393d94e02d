"""`tokens`, `people`, `doctor`: who may do what with which program, and what is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.process import Countersign


def test_a_tokens_secret_is_shown_once_and_kept_nowhere(countersign: Countersign) -> None:
    issued = countersign.here("tokens", "issue", "--as", "sam", "--scope", "drafts:read,ledger:read", "--days", "3")
    secret = issued.out.splitlines()[-1]
    token = issued.out.split()[0]

    assert re.fullmatch(r"cs_[A-Za-z0-9_-]{43}", secret)
    stored = b"".join(file.read_bytes() for file in countersign.home.glob("countersign.db*"))
    assert token.encode() in stored
    assert secret.encode() not in stored
    assert secret not in countersign.here("tokens", "list").out

    assert "is revoked" in countersign.here("tokens", "revoke", token).out
    assert countersign.here("tokens", "list", "--json").records[0]["standing"] == "revoked"
    assert [event["kind"] for event in countersign.here("audit", "--json").records][-2:] == [
        "token.issued",
        "token.revoked",
    ]


def test_tokens_that_make_no_sense_are_refused(countersign: Countersign) -> None:
    issue = ("tokens", "issue", "--as", "sam", "--scope")
    assert "possible are drafts:submit" in countersign.here(*issue, "everything").refusal(2)
    assert "scope: is missing" in countersign.here(*issue, " ").refusal(2)
    assert "days: must be between" in countersign.here(*issue, "drafts:read", "--days", "0").refusal(2)
    assert "there is no token 'tk_x'" in countersign.here("tokens", "revoke", "tk_x").refusal(2)


def test_people_and_their_roles(countersign: Countersign) -> None:
    assert "Ruth Adler" in countersign.here("people").out
    assert [person["id"] for person in countersign.here("people", "--json").records] == ["sam", "ruth", "ada", "tom"]


def test_the_doctor_finds_nothing_to_mend_and_touches_nothing(countersign: Countersign, tmp_path: Path) -> None:
    fresh = Countersign(home=tmp_path / "home", world=countersign.world)

    seen = fresh.here("doctor")

    assert seen.code == 0
    assert "3 rules in policy.yaml" in seen.out
    assert not fresh.home.exists()
    assert {part["what"]: part["health"] for part in countersign.here("doctor", "--json").records} == {
        "python": "ok",
        "settings": "ok",
        "home folder": "ok",
        "world folder": "ok",
        "calendars": "optional",
        "database": "ok",
        "policy": "ok",
        "worker": "ok",
        "port": "ok",
        "notices by folder": "ok",
        "mailboxes": "optional",
    }


def test_the_doctor_says_what_is_missing_and_how_to_mend_it(alone: Countersign, tmp_path: Path) -> None:
    seen = alone.here("doctor", "--json")
    missing = {part["what"]: part["mend"] for part in seen.records if part["health"] == "missing"}
    assert seen.code == 1
    assert missing == {
        "world folder": "mend the file, or set COUNTERSIGN_WORLD to another folder",
        "database": "start it, or mend COUNTERSIGN_DATABASE_URL",
    }

    odd = Countersign(home=tmp_path / "home", database_url="no url")
    assert any("is no URL" in part["found"] for part in odd.here("doctor", "--json").records)
    (tmp_path / "countersign.toml").write_text("home = [", encoding="utf-8")
    assert "settings" in [
        part["what"] for part in alone.here("doctor", "--json").records if part["health"] == "missing"
    ]


@pytest.mark.parametrize(
    ("by", "health", "says"),
    [
        ("none", "optional", "nobody is told; they stand on the board only"),
        ("smtp", "missing", "notices_smtp_host: is missing; name the mail server"),
    ],
)
def test_the_doctor_says_how_people_are_told(
    countersign: Countersign, tmp_path: Path, by: str, health: str, says: str
) -> None:
    house = Countersign(home=tmp_path / "home", world=countersign.world)
    (tmp_path / "countersign.toml").write_text(f'notices_by = "{by}"\n', encoding="utf-8")
    (seen,) = [part for part in house.here("doctor", "--json").records if part["what"] == "notices"]
    assert (seen["health"], seen["found"]) == (health, says)
    assert "COUNTERSIGN_NOTICES_" in seen["mend"]
