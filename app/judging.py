"""The verdict on a draft under the policy in force, and whether that still lets it leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.assess import Assessor
from app.autonomy.verdicts import with_autonomy
from app.core.assessment import Assessment, RuleMatch
from app.core.drafts import Draft
from app.delivery.recheck import back_to_review, failed_closed, objections
from app.limits.floors import held_back, with_floors
from app.limits.holding import floors_on, is_attended, lock_places, places_of, take_places
from app.operations.metrics import timed
from app.policy.live import LivePolicy
from app.standing import Standing
from app.store.history import Outside
from app.store.rows import DraftRow
from app.store.store import Reader, Transaction

_REMEMBERED = timedelta(days=28)
"""How far back it matters when mail went to somebody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """Judges drafts with what the store knows. Stores nothing but the places that a draft takes under limits."""

    assessor: Assessor
    policy: LivePolicy
    judged: Callable[[timedelta], None] = field(default=lambda _took: None, repr=False, compare=False)
    """Hears how long each verdict took."""

    def verdict(
        self,
        reader: Reader,
        draft: Draft,
        *,
        at: datetime,
        row: DraftRow | None = None,
        editors: frozenset[str] = frozenset(),
    ) -> Assessment:
        """The verdict on the draft as it is now; `row` is its own where it is kept already.

        Raises InvalidPolicy where none is in force, and what `Assessor.assess` raises.
        """
        with timed(self.judged):
            return self._verdict(reader, draft, at=at, row=row, editors=editors)

    def _verdict(
        self, reader: Reader, draft: Draft, *, at: datetime, row: DraftRow | None, editors: frozenset[str]
    ) -> Assessment:
        outside = Outside(own_domains=self.assessor.world.own_domains, since=at - _REMEMBERED)
        policy = self.policy.read(reader)
        verdict = self.assessor.assess(
            draft,
            policy=policy,
            promises=reader.ledger.at(at),
            history=reader.drafts.history(draft, row=row, outside=outside),
            at=at,
            editors=editors,
        )
        verdict = with_autonomy(reader, draft, verdict, policy, editors=editors)
        floors = floors_on(reader, draft, verdict, policy.limits, row=row, own_domains=outside.own_domains, at=at)
        return with_floors(verdict, floors, people=self.assessor.world.people, editors=editors)

    def today(self, reader: Reader, standing: Standing, *, at: datetime) -> Assessment:
        """The verdict on a draft that is kept, on the facts of this moment. Raises as above."""
        return self.verdict(reader, standing.draft, at=at, row=standing.row, editors=standing.editors)

    def recheck(self, reader: Reader, standing: Standing, *, at: datetime) -> tuple[Assessment, tuple[str, ...]]:
        """The verdict on today's facts, and the reasons why the draft may not leave under its permit."""
        permit, approved = standing.row.permit, standing.assessment
        try:
            fresh = self.today(reader, standing, at=at)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, what cannot be judged must not leave
            reason = f"{type(error).__name__}: {error}"
            return failed_closed(approved, reason), (f"it cannot be judged: {reason}",)
        reasons = objections(permit, approved, fresh)
        return (back_to_review(permit, approved, fresh) if reasons else fresh), reasons

    def undo_window(self, reader: Reader, assessment: Assessment) -> timedelta:
        """How long a draft that may leave waits under the policy of its verdict."""
        return self.policy.of_version(reader, assessment.ruling.policy_version).undo_window

    def lock_places(self, tx: Transaction, leaving: Sequence[tuple[Standing, Assessment]]) -> None:
        """Before any row is written: nobody else begins mail under the same stops and limits in this transaction."""
        own = self.assessor.world.own_domains
        lock_places(tx, [place for standing, fresh in leaving for place in places_of(standing.draft, fresh, own)])

    def no_place(self, tx: Transaction, standing: Standing, fresh: Assessment) -> RuleMatch | None:
        """What holds the draft back now that it would begin to leave; None where it has taken its places."""
        limits = self.policy.of_version(tx, fresh.ruling.policy_version).limits
        own = self.assessor.world.own_domains
        return take_places(tx, standing.row, standing.draft, fresh, limits, own_domains=own)

    def held_back(self, standing: Standing, fresh: Assessment, floor: RuleMatch) -> Assessment:
        """The verdict on a draft that was about to leave and met a floor: people see it first."""
        approved = standing.assessment if is_attended(standing.row.permit) else None
        people, editors = self.assessor.world.people, standing.editors
        return held_back(fresh, approved, floor, people=people, editors=editors)
