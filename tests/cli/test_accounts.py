"""`countersign accounts`: connecting, looking, letting go, another key; and what the doctor says of it."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.accounts.features import GOOGLE, SCOPES, Feature
from app.accounts.grants import KeptGrants
from app.core.clock import SystemClock
from app.core.ids import RandomIds
from app.identity.vault import Vault, new_key
from app.store.database import open_engine
from app.store.store import NoWakeUps, Store
from tests.cli.process import Countersign
from tests.support.doors import SECRET, SECRETS, WillingDoor
from tests.support.gates import SmallDirectory

SAM = "sam@ours.example"
GMAIL = 'mail = "gmail"\ngoogle_client_id = "house"\ngoogle_client_secret = "between us"\n'


@pytest.fixture
def house(countersign: Countersign, tmp_path: Path) -> Countersign:
    """A fresh home with a key."""
    return Countersign(home=tmp_path / "home", world=countersign.world, secret_key=new_key())


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> WillingDoor:
    willing = WillingDoor()
    monkeypatch.setattr("app.services.door", lambda _name, settings: willing)  # noqa: ARG005
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("app.cli.accounts.webbrowser.open", lambda _: pytest.fail("no browser is opened here"))
    return willing


def connect(house: Countersign, *more: str, account: str = SAM) -> str:
    done = house.here("accounts", "connect", "google", "--account", account, *more)
    assert done.code == 0, done.err
    return done.out


def grants_of(house: Countersign) -> Iterator[KeptGrants]:
    engine = open_engine(f"sqlite:///{house.home / 'countersign.db'}")
    store, vault = Store(engine, NoWakeUps()), Vault(house.secret_key or "")
    yield KeptGrants(store=store, vault=vault, people=SmallDirectory(), clock=SystemClock(), ids=RandomIds())
    engine.dispose()


def close(house: Countersign, reason: str) -> None:
    """As a provider does that takes a token no more."""
    for grants in grants_of(house):
        grant = grants.of(GOOGLE, SAM)
        assert grant is not None
        grants.closed(grant, reason)


def test_an_account_is_connected_seen_and_let_go(house: Countersign, door: WillingDoor) -> None:
    done = house.here("accounts", "connect", "google", "--account", "Sam@Ours.example")
    assert done.out == "sam@ours.example at google is connected for send, replies\n"
    assert done.err == "Sign in at https://signin.example/start\n"

    [seen] = house.here("accounts", "list", "--json").records
    assert {name: seen[name] for name in ("provider", "account", "state", "for", "granted_by", "closed")} == {
        "provider": "google",
        "account": SAM,
        "state": "open",
        "for": ["send", "replies"],
        "granted_by": None,
        "closed": "",
    }
    assert seen["scopes"] == list(SCOPES[GOOGLE][Feature.SEND])
    assert f"{SAM} google open" in " ".join(house.here("accounts", "list").out.split())

    let_go = house.here("accounts", "disconnect", "gmail", "--account", SAM)
    assert let_go.out == "sam@ours.example at google is disconnected: its tokens are gone from here\n"
    assert door.revoked == [SAM]
    assert house.here("accounts", "list", "--json").records[0]["closed"] == "disconnected here"
    assert "disconnected here" in house.here("accounts", "list").out
    kinds = [event["kind"] for event in house.here("audit", "--json").records]
    assert kinds[-2:] == ["account.connected", "account.disconnected"]
    assert house.here("audit", "verify").code == 0


def test_what_it_is_for_and_how_is_asked_of_the_provider(house: Countersign, door: WillingDoor) -> None:
    connect(house, "--for", "send,calendar", "--device")
    connect(house, "--for", "calendar", "--paste")
    both = (*SCOPES[GOOGLE][Feature.SEND], *SCOPES[GOOGLE][Feature.CALENDAR])
    assert [(scopes, way.value) for _, scopes, way in door.asked] == [
        (both, "code"),
        (SCOPES[GOOGLE][Feature.CALENDAR], "paste"),
    ]


def test_people_see_and_connect_their_own(house: Countersign, door: WillingDoor) -> None:
    assert house.here("accounts", "connect", "google", "--as", "sam", "--json").records[0]["granted_by"] == "sam"
    assert house.here("accounts", "list", "--as", "tom").out == (
        "no account is connected; see `countersign accounts connect --help`\n"
    )
    assert "tom may not connect sam@ours.example" in house.here(
        "accounts", "connect", "google", "--account", SAM, "--as", "tom"
    ).refusal(1)
    assert "tom may not disconnect" in house.here(
        "accounts", "disconnect", "google", "--account", SAM, "--as", "tom"
    ).refusal(1)
    assert house.here("accounts", "disconnect", "google", "--account", SAM, "--as", "ada").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("connect", "yahoo", "--account", SAM), "provider: 'yahoo' is none of google, microsoft"),
        (("connect", "google"), "--account: is missing; name the account's address, or say --as whom"),
        (("connect", "google", "--account", SAM, "--for", "fly"), "for: 'fly' is unknown; possible are send"),
        (
            ("connect", "google", "--account", SAM, "--device", "--paste"),
            "--device: and --paste cannot both be given",
        ),
        (("disconnect", "google", "--account", SAM), "there is no account at google named 'sam@ours.example'"),
        (("connect", "google", "--as", "nobody"), "there is no person 'nobody'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    house: Countersign, door: WillingDoor, arguments: tuple[str, ...], says: str
) -> None:
    assert says in house.here("accounts", *arguments).refusal(2)
    assert door.asked == []


def test_without_the_settings_nobody_is_asked_to_sign_in(house: Countersign) -> None:
    for provider in ("google", "microsoft"):
        said = house.here("accounts", "connect", provider, "--account", SAM).refusal(2)
        assert said.startswith(f"{provider}_client_id: is missing")


def test_what_the_owner_or_the_provider_leaves_undone_is_told(house: Countersign, door: WillingDoor) -> None:
    door.refuses = frozenset(SCOPES[GOOGLE][Feature.SEND][1:])
    assert "did not agree to https://www.googleapis.com/auth/gmail.readonly" in connect(house)
    door.cannot_be_told = True
    said = house.here("accounts", "disconnect", "google", "--account", SAM).out
    assert "The provider has not been told, and may go on taking them: " in said


@pytest.mark.parametrize("command", [("accounts", "rotate"), ("people", "rekey")])
def test_another_key_takes_over(house: Countersign, door: WillingDoor, command: tuple[str, str]) -> None:
    connect(house)
    fresh = new_key()
    both = replace(house, secret_key=f"{fresh},{house.secret_key}")
    said = both.here(*command).out
    assert (
        said == "encrypted under the first key of COUNTERSIGN_SECRET_KEY now: secrets of people, 0; of accounts, 1\n"
    )
    assert both.here(*command, "--json").records == [{"people": 0, "accounts": 1}]
    assert replace(house, secret_key=fresh).here("accounts", "list", "--json").records[0]["state"] == "open"
    assert house.here("accounts", "list", "--json").records[0]["state"] == "sealed"


# ── the doctor ────────────────────────────────────────────────────────────────────────────────────────────────


def doctor(house: Countersign) -> dict[str, tuple[str, str, str]]:
    """Health, what was found and how to mend it, by part."""
    records = house.here("doctor", "--json").records
    return {part["what"]: (part["health"], part["found"], part["mend"]) for part in records}


def test_the_doctor_has_a_line_for_each_account(house: Countersign, door: WillingDoor) -> None:
    (house.home.parent / "countersign.toml").write_text(GMAIL, encoding="utf-8")
    connect(house, "--for", "send,calendar")
    connect(house, "--for", "calendar", account="tom@ours.example")
    seen = doctor(house)
    assert seen["mailboxes"] == ("ok", "mail leaves from senders' own, that their owners connect, by gmail", "")
    assert seen[f"account {SAM}"] == ("ok", "connected at Google for send, replies, calendar", "")
    health, found, mend = seen["account tom@ours.example"]
    assert (health, found.startswith("its owner did not agree to https://")) == ("missing", True)
    assert mend == "run `countersign accounts connect google --account tom@ours.example`, and agree to all"
    health, found, _ = seen["senders"]
    assert (health, found) == (
        "optional",
        "nobody has connected ruth@ours.example, ada@ours.example: mail in their name waits",
    )
    assert "between us" not in str(seen)


def test_the_doctor_says_why_an_account_is_closed_and_how_to_open_it(house: Countersign, door: WillingDoor) -> None:
    connect(house)
    close(house, "revoked by its owner")
    assert doctor(house)[f"account {SAM}"] == (
        "missing",
        "Google lets the gate in no more: revoked by its owner",
        f"run `countersign accounts connect google --account {SAM}`",
    )
    assert "Sign in again" in house.here("notices", "--as", "sam", "--json").out
    connect(house)
    assert doctor(house)[f"account {SAM}"][0] == "ok"
    house.here("accounts", "disconnect", "google", "--account", SAM)
    assert doctor(house)[f"account {SAM}"][:2] == ("optional", "was disconnected from Google")


def test_the_doctor_says_that_a_key_is_lost(house: Countersign, door: WillingDoor) -> None:
    connect(house)
    health, found, mend = doctor(replace(house, secret_key=new_key()))[f"account {SAM}"]
    assert (health, found) == (
        "missing",
        "its tokens of Google are encrypted under a key that is not in COUNTERSIGN_SECRET_KEY",
    )
    assert mend.startswith("add the key again at the end of COUNTERSIGN_SECRET_KEY")


@pytest.mark.parametrize(
    ("toml", "health", "found", "mend"),
    [
        ("", "optional", "none is connected; mail goes to", "set COUNTERSIGN_MAIL to gmail, outlook or smtp"),
        ('mail = "smtp"\nmail_smtp_host = "mail.ours.example"\n', "ok", "through mail.ours.example, for ours", ""),
        ('mail = "smtp"\n', "missing", "mail_smtp_host: is missing", "set COUNTERSIGN_MAIL_SMTP_HOST"),
        ('mail = "pigeon"\n', "missing", "knows no mail 'pigeon'", "set COUNTERSIGN_MAIL;"),
        ('mail = "gmail"\n', "missing", "google_client_id: is missing", "set COUNTERSIGN_GOOGLE_CLIENT_ID"),
    ],
)
def test_the_doctor_says_where_mail_leaves(house: Countersign, toml: str, health: str, found: str, mend: str) -> None:
    (house.home.parent / "countersign.toml").write_text(toml, encoding="utf-8")
    seen = doctor(house)["mailboxes"]
    assert seen[0] == health
    assert found in seen[1]
    assert mend in seen[2]


def test_the_doctor_names_a_library_that_is_missing(house: Countersign, monkeypatch: pytest.MonkeyPatch) -> None:
    (house.home.parent / "countersign.toml").write_text(GMAIL, encoding="utf-8")

    def missing(name: str) -> object:
        raise ModuleNotFoundError("no google", name="google_auth_oauthlib")

    monkeypatch.setattr("app.accounts.providers.import_module", missing)
    seen = doctor(house)["mailboxes"]
    assert seen[0] == "missing"
    assert "pip install 'countersign[google]'" in seen[1]


def test_the_doctor_looks_at_tables_of_before_there_were_accounts(house: Countersign, door: WillingDoor) -> None:
    connect(house)
    with contextlib.closing(sqlite3.connect(house.home / "countersign.db")) as older, older:
        older.execute("DROP TABLE grants")
        older.execute("UPDATE countersign_migrations SET version_num = '0007'")
    seen = doctor(house)
    assert seen["database"][0] == "ok"
    assert not any(part.startswith("account ") for part in seen)


# ── secrets ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_token_is_to_be_read_anywhere(
    house: Countersign, door: WillingDoor, caplog: pytest.LogCaptureFixture
) -> None:
    """After a life with an account: not in any answer, log, trail, back-up or file."""
    caplog.set_level(logging.DEBUG)
    said = [connect(house), connect(house, "--json")]
    for grants in grants_of(house):
        grant = grants.of(GOOGLE, SAM)
        assert grant is not None
        assert grant.secret == SECRET
        grants.renewed(grant, SECRET)
    lost = replace(house, secret_key=new_key())
    for home in (house, lost):
        for command in (
            ("accounts", "list"),
            ("accounts", "list", "--json"),
            ("doctor",),
            ("people", "rekey"),
            ("audit", "--json"),
            ("audit", "export"),
            ("backup", str(house.home / f"copy-{home is lost}.db")),
        ):
            answer = home.here(*command)
            said += [answer.out, answer.err]
    close(house, "revoked")
    said += [house.here("notices", "--as", "sam", "--json").out, caplog.text]
    files = b"".join(file.read_bytes() for file in house.home.rglob("*") if file.is_file())
    assert b"account.connected" in files
    for secret in SECRETS:
        assert secret not in "".join(said)
        assert secret.encode() not in files
