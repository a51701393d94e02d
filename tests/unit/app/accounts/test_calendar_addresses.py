"""Calendars at a private address: handed in, listed without their secret, and asked when a draft is judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.accounts.features import ICS, Feature
from app.accounts.ics import open_door
from app.accounts.service import Accounts, Standing, Way
from app.core.assessment import Assessment
from app.core.clock import ManualClock
from app.core.errors import InvalidInput, NotFound, NotPermitted
from app.core.routes import Route
from app.identity.vault import new_key
from app.intake import draft_from_json
from app.services import Services, open_services
from app.settings import Settings
from integrations.credentials.signed_in import SignInFailed
from tests.cli.company import draft, found_company
from tests.support.databases import lay_tables
from tests.support.doors import SILENT
from tests.support.gates import START, Harness
from tests.support.published import SECRET, Published, publishing
from tests.unit.app.accounts.test_grants import told, trail
from tests.unit.app.accounts.test_service import SAM, someone
from tests.unit.integrations.worlds import calendar, event

FRIDAY = event("DTSTART:20261120T210000Z", "DTEND:20261120T220000Z", "SUMMARY:Dentist")
TALK = "Hello Lee,\n\nLet us meet on Friday, November 20, 2026 at 3:00 pm. I am free then.\n\nSam\n"


@pytest.fixture
def published() -> Iterator[Published]:
    with publishing(calendar(FRIDAY)) as told:
        yield told


def hand_in(accounts: Accounts, address: str, *, whose: str = "sam", by: str | None = None) -> None:
    talk = replace(SILENT, ask=lambda: f"{address}\n")
    doors = replace(accounts, door=lambda _: open_door(Settings()))
    who = someone(accounts, by) if by else None
    doors.connect(ICS, whose, features=[Feature.CALENDAR], way=Way.BROWSER, talk=talk, by=who)


@pytest.mark.parametrize("whose", ["sam", "SAM", SAM])
def test_an_address_is_kept_under_its_owners(accounts: Accounts, published: Published, whose: str) -> None:
    hand_in(accounts, published.url, whose=whose)
    [seen] = accounts.every(by=None)
    assert (seen.grant.account, seen.standing, seen.features) == (SAM, Standing.OPEN, (Feature.CALENDAR,))
    assert seen.place == f"{published.root}/…"
    kept = accounts.grants.of(ICS, SAM)
    assert kept is not None
    assert kept.secret == published.url


def test_people_hand_in_their_own_and_admins_anybodys(accounts: Accounts, published: Published) -> None:
    hand_in(accounts, published.url, by="sam")
    hand_in(accounts, published.url, by="ada")
    with pytest.raises(NotPermitted, match=r"tom may not connect sam@ours"):
        hand_in(accounts, published.url, by="tom")
    with pytest.raises(NotFound, match="no person 'nobody'"):
        hand_in(accounts, published.url, whose="nobody")


def test_it_is_let_go_as_every_other_and_says_what_that_does_not_do(
    accounts: Accounts, published: Published, harness: Harness
) -> None:
    hand_in(accounts, published.url)
    asked = len(published.asked)
    done = replace(accounts, door=lambda _: open_door(Settings())).disconnect(ICS, "sam", by=None)
    assert "to have the calendar's address changed" in done.not_told
    assert len(published.asked) == asked
    [seen] = accounts.every(by=None)
    assert (seen.standing, seen.grant.secret, seen.place) == (Standing.CLOSED, None, "")
    assert [event.kind for event in trail(harness)] == ["account.connected", "account.disconnected"]


@pytest.mark.parametrize(
    ("status", "content", "says"),
    [
        (404, "", "there is none any more"),
        (500, "", "answers 500"),
        (200, "<html>Sign in</html>", "there is no calendar"),
    ],
)
def test_what_cannot_be_read_is_not_kept(
    accounts: Accounts, published: Published, status: int, content: str, says: str
) -> None:
    published.status, published.content = status, content.encode()
    with pytest.raises(SignInFailed, match=says) as failed:
        hand_in(accounts, published.url)
    assert SECRET not in str(failed.value)
    assert accounts.every(by=None) == []


def test_what_is_no_address_is_not_kept_and_not_repeated(accounts: Accounts) -> None:
    with pytest.raises(InvalidInput, match="address: ") as refused:
        hand_in(accounts, f"http://cal.example/{SECRET}")
    assert SECRET not in str(refused.value)
    assert accounts.every(by=None) == []


@pytest.mark.parametrize(("way", "flag"), [(Way.CODE, "--device"), (Way.PASTE, "--paste")])
def test_ways_to_sign_in_are_for_accounts(way: Way, flag: str) -> None:
    with pytest.raises(InvalidInput, match=f"{flag}: is for accounts"):
        open_door(Settings()).sign_in(SAM, (), way, SILENT)


def test_its_owner_is_asked_for_another_one(accounts: Accounts, published: Published, harness: Harness) -> None:
    hand_in(accounts, published.url)
    kept = accounts.grants.of(ICS, SAM)
    assert kept is not None
    accounts.grants.closed(kept, "its server says that there is none any more (404)")
    assert told(harness, "sam") == [
        "The calendar of sam@ours.example can be read at its private address no more (its server says that there is "
        "none any more (404)). Drafts that name a time go to review. Hand in another address: countersign accounts "
        "connect ics --for sam@ours.example"
    ]


# ── when a draft is judged ────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def opened(folder: Path) -> Iterator[Services]:
    """The small company, whose calendars are at addresses."""
    world = found_company(folder / "world")
    chosen = {"home": lay_tables(folder / "home"), "world": world, "calendars": "ics"}
    services = open_services(
        Settings.model_validate({**chosen, "secret_key": SecretStr(new_key())}), base_clock=ManualClock(START)
    )
    try:
        yield services
    finally:
        services.close()


def verdict(services: Services, client_id: str) -> Assessment:
    letter = draft("Send a time", client_id, text=TALK, action="follow_up")
    return services.gate.submit(draft_from_json(letter)).assessment


def test_a_taken_time_is_seen_and_what_cannot_be_had_goes_to_review(tmp_path: Path, published: Published) -> None:
    with opened(tmp_path) as services:
        before = verdict(services, "before")
        assert [(fact.source, "connect ics --for sam" in fact.reason) for fact in before.unknown] == [
            ("calendar", True)
        ]
        assert before.route is Route.REVIEW

        hand_in(services.accounts, published.url)
        busy = verdict(services, "busy")
        assert busy.unknown == ()
        assert "Dentist" in str([result for result in busy.checks if result.check == "calendar.busy"])

        published.content, published.etag = calendar().encode(), '"two"'
        later(services, timedelta(minutes=2))
        free = verdict(services, "free")
        assert free.unknown == ()
        assert [result for result in free.checks if result.check == "calendar.busy"] == []

        published.status = 410
        later(services, timedelta(minutes=2))
        gone = verdict(services, "gone")
        assert gone.route is Route.REVIEW
        assert [fact.source for fact in gone.unknown] == ["calendar"]
        assert SECRET not in str(gone)


def later(services: Services, by: timedelta) -> None:
    clock = getattr(services.clock, "base", services.clock)
    assert isinstance(clock, ManualClock)
    clock.advance(by)
