"""`countersign accounts connect ics`: a secret that is typed or piped in, and to be read nowhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from app.cli.accounts import _ask_secretly
from app.identity.vault import new_key
from tests.cli.process import Countersign
from tests.support.published import SECRET, Published, publishing
from tests.unit.integrations.worlds import calendar, event

SAM = "sam@ours.example"


@pytest.fixture
def published() -> Iterator[Published]:
    with publishing(calendar(event("DTSTART:20261120T210000Z", "DTEND:20261120T220000Z"))) as told:
        yield told


@pytest.fixture
def house(countersign: Countersign, tmp_path: Path) -> Countersign:
    """A fresh home with a key, whose calendars are at addresses."""
    (tmp_path / "countersign.toml").write_text('calendars = "ics"\nlog_level = "debug"\n', encoding="utf-8")
    return Countersign(home=tmp_path / "home", world=countersign.world, secret_key=new_key())


def doctor(house: Countersign, *more: str) -> dict[str, tuple[str, str, str]]:
    """Health, what was found and how to mend it, by part."""
    records = house.here("doctor", "--json", *more).records
    return {part["what"]: (part["health"], part["found"], part["mend"]) for part in records}


def test_an_address_is_piped_in_listed_without_its_secret_and_let_go(
    house: Countersign, published: Published
) -> None:
    done = house("accounts", "connect", "ics", "--for", "sam", stdin=f"{published.url}\nmore\n")
    assert (done.code, done.out, done.err) == (0, "sam@ours.example at ics is connected for calendar\n", "")

    [seen] = house.here("accounts", "list", "--json").records
    assert [seen[name] for name in ("provider", "account", "place", "state", "for")] == [
        "ics",
        SAM,
        f"{published.root}/…",
        "open",
        ["calendar"],
    ]
    assert published.root.removeprefix("http://") in house.here("accounts", "list").out

    let_go = house.here("accounts", "disconnect", "ics", "--account", "sam")
    assert let_go.out.splitlines()[0] == "sam@ours.example at ics is disconnected: its address is gone from here"
    assert "Whoever else knows the address can still read the calendar" in let_go.out


def test_webcal_is_read_as_https(house: Countersign, published: Published) -> None:
    address = published.url.replace("http://", "webcal://")
    refused = house.here("accounts", "connect", "ics", "--for", "sam", stdin=address).refusal(1)
    assert "that calendar cannot be read: its server " in refused, "it speaks no https"
    assert published.asked == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--for", "sam", "--account", SAM), 2, "--for: and --account cannot both be given with ics"),
        (("--for", "nobody"), 2, "there is no person 'nobody'"),
        ((), 2, "--account: is missing; name the account's address, or say --as whom"),
        (("--for", "sam", "--device"), 2, "--device: is for accounts"),
        (("--for", "sam", "--as", "tom"), 1, "tom may not connect sam@ours.example"),
        (("--for", "sam"), 2, "address: is none; copy the private address"),
    ],
)
def test_what_makes_no_sense_is_refused(house: Countersign, arguments: tuple[str, ...], code: int, says: str) -> None:
    assert says in house.here("accounts", "connect", "ics", *arguments).refusal(code)


def test_no_address_is_taken_from_the_command_line(house: Countersign, published: Published) -> None:
    refused = house.here("accounts", "connect", "ics", published.url)
    assert refused.code == 2
    assert published.asked == []


def test_on_a_terminal_it_is_typed_without_an_echo() -> None:
    with (
        mock.patch.object(sys.stdin, "isatty", return_value=True, create=True),
        mock.patch("app.cli.accounts.typer.prompt", return_value="typed") as prompt,
    ):
        assert _ask_secretly() == "typed"
    assert prompt.call_args.kwargs["hide_input"] is True


def test_the_doctor_names_who_is_missing_and_who_has_to_hand_in_another_one(
    house: Countersign, published: Published
) -> None:
    house.here("accounts", "connect", "ics", "--for", "sam", stdin=published.url)
    asked = len(published.asked)
    seen = doctor(house)
    assert seen["account sam@ours.example"] == ("ok", "connected at its private address for calendar", "")
    assert seen["calendars"] == (
        "optional",
        "nobody has handed in an address for ruth@ours.example, ada@ours.example, tom@ours.example: their drafts "
        "that name a time go to review",
        "have each run `countersign accounts connect ics --for ruth@ours.example`",
    )
    for whose in ("ruth", "ada", "tom"):
        house.here("accounts", "connect", "ics", "--for", whose, stdin=published.url)
    assert doctor(house)["calendars"] == ("ok", "at its private address, everybody has connected theirs", "")
    assert len(published.asked) == asked + 3, "the doctor asks nobody"


def test_the_doctor_asks_where_it_is_told_to(house: Countersign, published: Published) -> None:
    assert doctor(house, "--ask").get("asked") is None, "there is no database yet"
    house.here("accounts", "connect", "ics", "--for", "sam", stdin=published.url)
    asked = len(published.asked)
    assert doctor(house, "--ask")["asked: calendar of sam@ours.example"] == ("ok", "its private address answers", "")
    assert len(published.asked) == asked + 1
    published.status = 410
    assert house.here("doctor", "--ask").code == 1
    seen = doctor(house, "--ask")
    assert seen["account sam@ours.example"][1].startswith("its private address lets the gate in no more")
    assert seen["asked"][:2] == ("optional", "nobody: no account is connected")


def test_the_address_is_to_be_read_nowhere(
    house: Countersign, published: Published, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """After a life with it: not in any answer, log, trail, back-up or file."""
    logging.getLogger().setLevel(logging.DEBUG)
    answers = [house("accounts", "connect", "ics", "--as", "sam", stdin=published.url)]
    letter = tmp_path / "letter.json"
    letter.write_text(
        '{"action": "follow_up", "agent": "bot", "on_behalf_of": "sam", "to": ["lee@acme.example"],'
        ' "subject": "Send", "text": "Hello Lee, let us meet on Friday, November 20, 2026 at 3:00 pm.\\n"}',
        encoding="utf-8",
    )
    answers.append(house("submit", letter, "--json"))
    published.status = 410
    answers.append(house("submit", letter, "--json"))
    for arguments in (
        ("accounts", "list"),
        ("accounts", "list", "--json"),
        ("doctor",),
        ("doctor", "--ask"),
        ("audit", "--json"),
        ("audit", "export"),
        ("notices", "--as", "sam", "--json"),
        ("backup", str(house.home / "copy.db")),
    ):
        answers.append(house.here(*arguments))
    published.status = 200
    answers.append(house.here("accounts", "connect", "ics", "--as", "sam", stdin=f"{published.url} x"))
    said = "".join(each.out + each.err for each in answers) + "".join(capfd.readouterr())
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"account.closed" in files
    assert "Hand in another address" in said
    assert SECRET not in said
    assert SECRET.encode() not in files
