"""Who sits before the page, and what the page remembers between two runs."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import streamlit as st

from app.core.checks import Suggestion
from app.core.facts import Person
from app.core.ports import People
from app.policy.replay import Simulation
from app.services import Services
from app.settings import Settings

_PERSON, _DRAFT = "person", "draft"


class View(StrEnum):
    """The views of the page; each has one job."""

    REVIEW = "Review"
    DELIVERY = "Delivery"
    LEDGER = "Ledger"
    POLICY = "Policy"
    AGENTS = "Agents"
    AUDIT = "Audit"


class Task(StrEnum):
    """What the reader has begun to say about a draft, beside editing its text."""

    APPROVE = "approve"
    """With a reason, a code, or both."""
    REJECT = "reject"
    ASK = "ask"
    COMMENT = "comment"
    REASSIGN = "reassign"
    AWAY = "away"
    REOPEN = "reopen"
    INCIDENT = "incident"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """One run of the page: who reads it, and when."""

    services: Services
    person: Person
    now: datetime

    @property
    def people(self) -> People:
        """The company's directory."""
        return self.services.opened.world.people


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One line for the reader about what they just did. `look`: `good`, `plain` or `bad`."""

    look: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """What the reader has typed into a draft and not kept yet, over the text that the digest names."""

    digest: str
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What a policy would have done with the drafts of the past days."""

    text: str
    days: int
    found: Simulation


@dataclass(slots=True)
class Sketch:
    """A rule that is being put together: its lines. What stands in them, the boxes keep."""

    lines: list[int] = field(default_factory=lambda: [1])
    made: int = 1
    """How many lines there ever were; a number is never used again."""
    said: dict[int, int] = field(default_factory=dict)
    """By line: how many things are said about its item; one where it is not here."""


@dataclass(slots=True)
class Memory:
    """What the page remembers for one reader until the browser tab is closed. Nothing that matters is only here."""

    notice: Notice | None = None
    editing: str | None = None
    """Id of the draft whose text is open."""
    typed: dict[str, Typed] = field(default_factory=dict)
    """By draft id. The boxes forget when they leave the page; this does not."""
    wanted: dict[tuple[str, str], frozenset[Suggestion]] = field(default_factory=dict)
    """Suggestions that the reader wants to use and has not kept yet, by draft id and digest."""
    at_hand: tuple[str, str] | None = None
    """Id and digest of the draft that the buttons drawn last are about; None while another one is being opened."""
    begun: tuple[str, Task] | None = None
    """The draft about which something is being said, and what."""
    place: int = 0
    """Where in the queue the reader was."""
    let_go: list[str] = field(default_factory=list)
    """Ids of the drafts that the reader let go, newest first."""
    commitment: str | None = None
    verified: Notice | None = None
    sample: str | None = None
    """Id of the mail that is looked at after the fact."""
    proposal: str | None = None
    """Id of the proposed policy that is open."""
    asked_twice: str | None = None
    """Name of the grave button that was pressed once and waits to be confirmed."""
    trial: Trial | None = None
    sketch: Sketch = field(default_factory=Sketch)


def memory() -> Memory:
    """This reader's memory."""
    if "memory" not in st.session_state:
        st.session_state["memory"] = Memory()
    kept: Memory = st.session_state["memory"]
    return kept


def refusal(settings: Settings) -> str | None:
    """Why nobody may choose who they are here, in plain words; None where anybody may."""
    if not settings.is_sample_world:
        return "This is not the sample world, so everybody has to prove who they are."
    if not is_loopback(settings.host):
        return f"The server listens on {settings.host}: others can reach it, so everybody has to prove who they are."
    return None


def is_loopback(host: str) -> bool:
    """Whether an address that a server listens on can be reached from its own machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def seated(services: Services) -> Seat | None:
    """The seat that was taken, if it still may be."""
    if refusal(services.settings) is not None:
        return None
    chosen = st.session_state.get(_PERSON)
    person = services.opened.world.people.person(chosen) if isinstance(chosen, str) else None
    return Seat(services=services, person=person, now=services.clock.now()) if person else None


def sit_down(person_id: str) -> None:
    """Take the seat of this person."""
    st.session_state[_PERSON] = person_id


def get_up() -> None:
    """Leave the seat, and forget what was open: the next person begins with their own queue."""
    for key in (_PERSON, "memory"):
        st.session_state.pop(key, None)
    st.query_params.clear()


def opened_draft() -> str | None:
    """Id of the draft in the address bar."""
    return st.query_params.get(_DRAFT)


def open_draft(draft_id: str) -> None:
    """Put the draft into the address bar, and so before the reader. A text that is open elsewhere stays open."""
    st.query_params[_DRAFT] = draft_id
    memory().begun = memory().at_hand = None


def begin(draft_id: str, task: Task) -> None:
    """Open the boxes in which this is said about the draft; whatever else was begun is dropped."""
    memory().begun, memory().editing = (draft_id, task), None


def leave_it() -> None:
    """Say nothing after all."""
    memory().begun = None


def ask_twice(name: str | None) -> None:
    """Have a grave press confirmed before it counts; None: not any more."""
    memory().asked_twice = name


def typed_in(key: str) -> str:
    """What stands in a box at the moment of the press: what it held when the page was drawn may be older."""
    return str(st.session_state.get(key, ""))


def keep_boxes(*beginnings: str) -> None:
    """Keep what stands in boxes of such names while another view is looked at: boxes that are not drawn forget it."""
    for key in [key for key in st.session_state if str(key).startswith(beginnings)]:
        st.session_state[key] = st.session_state[key]


def begun_task(draft_id: str) -> Task | None:
    """What the reader has begun to say about this draft."""
    begun = memory().begun
    return begun[1] if begun is not None and begun[0] == draft_id else None


def visit(draft_id: str) -> None:
    """Open the draft in the Review view, from another one."""
    open_draft(draft_id)
    st.session_state["view"] = View.REVIEW.value
