"""Judging without a gate: a world folder and a policy in, verdicts out. No database; nothing is stored or sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.assess import Assessor
from app.core.assessment import Assessment
from app.core.clock import Clock, ManualClock, SystemClock
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.drafts import Draft
from app.core.errors import InvalidInput
from app.core.facts import History
from app.extraction import extract_findings
from app.intake import check_references
from app.policy import Policy
from app.policy.document import load_policy
from integrations.world import open_world


@dataclass(frozen=True, slots=True)
class ListedPromises:
    """The open promises among a list of ledger entries."""

    entries: Sequence[LedgerEntry]

    def open_promises(self, *, person: str, deal_id: str | None, recipients: Sequence[str]) -> Sequence[LedgerEntry]:
        """The open promises that this person owes, of this deal, and to these addresses; oldest first."""
        addresses = {address.lower() for address in recipients}
        found = [
            entry
            for entry in self.entries
            if entry.state is CommitmentState.OPEN
            and (
                entry.person == person
                or (deal_id is not None and entry.deal_id == deal_id)
                or entry.recipient.lower() in addresses
            )
        ]
        return sorted(found, key=lambda entry: (entry.made_at, entry.id))


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """Judges drafts as a gate on its first day would: nothing has been sent yet."""

    assessor: Assessor
    policy: Policy
    promises: ListedPromises
    clock: Clock

    def assess(self, draft: Draft) -> Assessment:
        """The verdict. Raises InvalidDraft, or FactUnavailable where the directory cannot be read."""
        world = self.assessor.world
        return self.assessor.assess(
            check_references(draft, world.people, world.crm),
            policy=self.policy,
            promises=self.promises,
            history=History(),
            at=self.clock.now(),
        )


def open_trial(world: Path, policy_file: Path | None = None) -> Trial:
    """A trial in a world folder, under its own policy or another one.

    The clock stands where the world's starts, or is the system's. Raises InvalidWorld, InvalidPolicy, or InvalidInput
    where there is no policy.
    """
    opened = open_world(world)
    return Trial(
        assessor=Assessor(extractor=extract_findings, world=opened.world),
        policy=load_policy(_text(policy_file or opened.policy_file)),
        promises=ListedPromises(opened.ledger),
        clock=ManualClock(opened.starts_at) if opened.starts_at else SystemClock(),
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(f"cannot be read: {reason}; name a policy with --policy", field=str(file)) from None
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is not UTF-8 at byte {error.start}; save it as UTF-8 text", field=str(file)) from None
