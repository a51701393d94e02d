"""The key of a scarce thing: the same for all ways to say it, and none for what can be given to everybody."""

from __future__ import annotations

import pytest

from app.core.findings import Kind
from app.core.things import LONGEST_KEY, named_person, scarce_thing


@pytest.mark.parametrize(
    ("key", "object", "text"),
    [
        ("machine:demo", "two demo tablets", "We will bring two demo tablets to the depot on 3 December"),
        ("machine:demo", "The twenty evaluation devices", "The twenty evaluation devices go out on Monday"),
        ("slot:migration", "the December 8 migration slot", "We'll reserve the December 8 migration slot for you"),
        ("slot:migration", None, "We'll reserve the December 8 migration slot for you"),
        ("slot:pilot", "the last slot in the January pilot", "We'll keep the last slot in the January pilot for you"),
        ("slot:pilot", None, "The last pilot slot is yours"),
        ("slot:slot", "the last slot", "We'll keep the last slot for you"),
        ("team:field", "our only field engineer", "You get our only field engineer"),
        ("team:implementation", "the rollout crew", "You get the rollout crew"),
        ("room:briefing", "the briefing room", "We'll block the briefing room for you"),
        ("right:dairy", "exclusivity in dairy", "We'll give you exclusivity in dairy"),
        ("right:beta", None, "We'll give you exclusive access to the beta"),
        ("person:ana", None, "We'll put Ana Ruiz on your project full time"),
        ("person:ana", "Ana", "We'll send Ana to your plant for the whole week"),
    ],
)
def test_one_key_for_all_its_names(key: str, object: str | None, text: str) -> None:
    assert scarce_thing(kind=Kind.RESOURCE, object=object, text=text) == key


@pytest.mark.parametrize(
    ("kind", "object", "text"),
    [
        (Kind.DELIVERABLE, "the SOC 2 report", "I'll send Dana the SOC 2 report"),
        (Kind.DELIVERABLE, "the demo unit manual", "I'll send the demo unit manual"),
        (Kind.RESOURCE, "the maintenance window", "We'll use the maintenance window"),
        (Kind.RESOURCE, "a time slot", "I'll find a time slot"),
        (Kind.RESOURCE, "the support team", "You have the support team"),
        (Kind.MEETING, "a call", "I'll get a call on the calendar"),
        (Kind.OTHER, None, "The kickoff will take place soon"),
        (Kind.DELIVERABLE, None, ""),
    ],
)
def test_what_everybody_can_have_has_none(kind: Kind, object: str | None, text: str) -> None:
    assert scarce_thing(kind=kind, object=object, text=text) is None


@pytest.mark.parametrize(
    ("kind", "text", "actor", "who"),
    [
        (Kind.MEETING, "Tom Whitaker runs the workshop at your plant", "Tom Whitaker", "Tom Whitaker"),
        (Kind.RESOURCE, "Ana Ruiz will be on site with you all week", "sender", "Ana Ruiz"),
        (Kind.DELIVERABLE, "Ana will send the plan", "Ana", None),
        (Kind.RESOURCE, "On Friday Monday's numbers will be there", "organisation", None),
        (Kind.RESOURCE, "Legal will be on site", "Legal", None),
        (Kind.RESOURCE, "We'll be on site", "organisation", None),
    ],
)
def test_a_person_is_scarce_where_presence_is_promised(kind: Kind, text: str, actor: str, who: str | None) -> None:
    assert named_person(kind=kind, text=text, actor=actor) == who


def test_a_team_that_acts_is_a_thing() -> None:
    text = "Our implementation team will work exclusively for you"

    assert (
        scarce_thing(kind=Kind.MEETING, object=None, text=text, actor="implementation team") == "team:implementation"
    )


def test_a_key_fits_into_its_column() -> None:
    long = scarce_thing(kind=Kind.RESOURCE, object=f"the {'x' * 500} slot", text="")

    assert long is not None
    assert len(long) == LONGEST_KEY
