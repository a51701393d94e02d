"""Everything that an agent can want to do, and how much is at stake each time, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SEND_EMAIL = "send_email"
"""The action behind every draft."""

OF_RECORDS = ("create_record", "update_record", "delete_record")
"""What changes records; rules about it say `resource: record_mutation`."""


class Level(StrEnum):
    """How much of something there is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Reversible(StrEnum):
    """Whether what was done can be undone."""

    YES = "yes"
    PARTLY = "partly"
    """It can be taken back, and what it has caused meanwhile cannot."""
    NO = "no"


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing that an agent can want to do."""

    name: str
    impact: Level
    """How much it changes outside."""
    data_sensitivity: Level
    """How confidential the data is that it carries or touches."""
    reversibility: Reversible
    why: str


_ACTIONS = (
    Action(
        name=SEND_EMAIL,
        impact=Level.HIGH,
        data_sensitivity=Level.HIGH,
        reversibility=Reversible.NO,
        why="It speaks to a customer in a colleague's name and can carry files; once it has left, it is gone.",
    ),
    Action(
        name="create_record",
        impact=Level.LOW,
        data_sensitivity=Level.MEDIUM,
        reversibility=Reversible.YES,
        why="It adds a record to the CRM, which others may act on; the record can be removed again.",
    ),
    Action(
        name="update_record",
        impact=Level.MEDIUM,
        data_sensitivity=Level.MEDIUM,
        reversibility=Reversible.PARTLY,
        why="It changes what colleagues rely on; old values can be put back, decisions based on new ones cannot.",
    ),
    Action(
        name="post",
        impact=Level.HIGH,
        data_sensitivity=Level.MEDIUM,
        reversibility=Reversible.PARTLY,
        why="It speaks to many at once; it can be deleted, but not for those who have read it.",
    ),
    Action(
        name="page",
        impact=Level.MEDIUM,
        data_sensitivity=Level.MEDIUM,
        reversibility=Reversible.PARTLY,
        why="It changes a page that others read; the earlier version can be put back, copies stay.",
    ),
    Action(
        name="browse",
        impact=Level.LOW,
        data_sensitivity=Level.LOW,
        reversibility=Reversible.YES,
        why="It reads and changes nothing; the address it asks for is all that anybody learns.",
    ),
)

ACTIONS: Mapping[str, Action] = {action.name: action for action in _ACTIONS}
"""All actions by name."""


def stakes_of(name: str) -> Action:
    """The action; one that the catalogue does not have counts as the gravest of everything."""
    return ACTIONS.get(name) or Action(
        name=name,
        impact=Level.HIGH,
        data_sensitivity=Level.HIGH,
        reversibility=Reversible.NO,
        why="It is not in the catalogue, so the worst is assumed.",
    )


def actions_table() -> str:
    """The catalogue as a Markdown table, the one in docs/policy.md."""
    rows = [
        f"| `{action.name}` | {action.impact} | {action.data_sensitivity} | {action.reversibility} | {action.why} |"
        for action in _ACTIONS
    ]
    return "\n".join(["| action | impact | data sensitivity | can be undone | why |", "|---|---|---|---|---|", *rows])
