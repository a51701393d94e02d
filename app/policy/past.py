"""What the gate decided about drafts of the past, on the agents' own words, and what people did with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.core.assessment import Ruling
from app.core.checks import CheckResult
from app.core.codec import from_json
from app.core.facts import UnknownFact
from app.core.lifecycle import State
from app.store.past import PastRevision, PastRow
from app.store.store import Reader


class Outcome(StrEnum):
    """What became of a draft, as far as people had a say in it."""

    APPROVED = "approved_unchanged"
    EDITED = "edited"
    """Somebody changed the text, and then it was let through."""
    REJECTED = "rejected"
    EXPIRED = "expired"
    """Nobody answered in time."""
    UNATTENDED = "sent_unattended"
    """The policy of the day let it through, or let an agent or silence approve it."""
    UNDONE = "undone"
    """Somebody took it back before it left."""
    OPEN = "undecided"
    """It waits still, or is blocked."""


PEOPLE_AGREED = frozenset({Outcome.APPROVED})
PEOPLE_OBJECTED = frozenset({Outcome.EDITED, Outcome.REJECTED, Outcome.UNDONE})


@dataclass(frozen=True, kw_only=True, slots=True)
class PastVerdict:
    """The parts of a verdict from which another policy can be tried."""

    checks: tuple[CheckResult, ...]
    ruling: Ruling
    unknown: tuple[UnknownFact, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PastDraft:
    """A draft as the agent wrote it."""

    id: str
    client_id: str | None
    outcome: Outcome
    verdicts: tuple[tuple[PastVerdict, str | None], ...]
    """The verdicts on the agent's words up to the first word of a person, each with its facts as JSON, if kept."""

    @property
    def decided(self) -> Ruling:
        """The strictest ruling, which held the draft back for longest; the first of equals."""
        return max((verdict.ruling for verdict, _ in self.verdicts), key=lambda ruling: ruling.route.strictness)


def past_drafts(reader: Reader, *, since: datetime | None, until: datetime | None) -> Iterator[PastDraft]:
    """Every draft that came in from `since` on and before `until`, oldest first."""
    for row in reader.past.drafts(since=since, until=until):
        kept = list(_before_people(row))
        yield PastDraft(
            id=row.id,
            client_id=row.client_id,
            outcome=_outcome(row),
            verdicts=tuple((from_json(PastVerdict, revision.verdict), revision.facts) for revision in kept),
        )


def _before_people(row: PastRow) -> Iterator[PastRevision]:
    for number, revision in enumerate(row.revisions):
        decided = row.first_word_at is not None and revision.at >= row.first_word_at
        if number and (decided or _by_person(revision)):
            return
        yield revision


def _by_person(revision: PastRevision) -> bool:
    return revision.author.startswith("person:")


def _outcome(row: PastRow) -> Outcome:
    match row.state:
        case State.REJECTED:
            return Outcome.REJECTED
        case State.EXPIRED:
            return Outcome.EXPIRED
        case State.UNDONE:
            return Outcome.UNDONE
        case State.IN_REVIEW | State.BLOCKED:
            return Outcome.OPEN
        case _ if any(map(_by_person, row.revisions)):
            return Outcome.EDITED
        case _:
            by_people = row.permit is not None and row.permit.granted_by.startswith("approval:")
            return Outcome.APPROVED if by_people else Outcome.UNATTENDED
