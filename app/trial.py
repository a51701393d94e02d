"""Judging without a gate: a world folder and a policy in, verdicts out. No database; nothing is stored or sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.assess import Assessor
from app.core.assessment import Assessment
from app.core.clock import Clock, ManualClock, SystemClock
from app.core.commitments import CommitmentState, LedgerEntry, is_rival, typical_effort
from app.core.drafts import Draft
from app.core.errors import InvalidInput
from app.core.facts import History
from app.core.findings import Kind
from app.extraction import extract_findings
from app.policy import Policy
from app.policy.document import load_policy
from integrations.world import open_world


@dataclass(frozen=True, slots=True)
class ListedPromises:
    """The promises in a list of ledger entries, read as the ledger would."""

    entries: Sequence[LedgerEntry]

    def open_promises(self, *, person: str, deal_id: str | None, recipients: Sequence[str]) -> Sequence[LedgerEntry]:
        """The open promises that this person owes, of this deal, and to these addresses; oldest first."""
        addresses = _folded(recipients)
        return [
            entry
            for entry in self._in(CommitmentState.OPEN)
            if entry.person == person or _of(entry, deal_id) or entry.recipient.lower() in addresses
        ]

    def broken_promises(
        self, *, person: str, deal_id: str | None, recipients: Sequence[str]
    ) -> Sequence[LedgerEntry]:
        """The broken promises of this deal, and of this person to these addresses; oldest first."""
        addresses = _folded(recipients)
        return [
            entry
            for entry in self._in(CommitmentState.BROKEN)
            if _of(entry, deal_id) or (entry.person == person and entry.recipient.lower() in addresses)
        ]

    def rival_promises(
        self, *, things: Sequence[str], account: str | None, deal_id: str | None
    ) -> Sequence[LedgerEntry]:
        """The open promises to others than this account about one of these things; oldest first."""
        return [
            entry
            for entry in self._in(CommitmentState.OPEN)
            if entry.thing in things and is_rival(entry, account=account, deal_id=deal_id)
        ]

    def effort(self) -> Mapping[Kind, float]:
        """Hours that promises of a kind have cost, for the kinds of which enough are known."""
        kept = self._in(CommitmentState.KEPT)
        return typical_effort((entry.kind, entry.hours) for entry in kept if entry.hours is not None)

    def _in(self, state: CommitmentState) -> list[LedgerEntry]:
        found = [entry for entry in self.entries if entry.state is state]
        return sorted(found, key=lambda entry: (entry.made_at, entry.id))


def _folded(addresses: Sequence[str]) -> frozenset[str]:
    return frozenset(address.lower() for address in addresses)


def _of(entry: LedgerEntry, deal_id: str | None) -> bool:
    return deal_id is not None and entry.deal_id == deal_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """Judges drafts as a gate on its first day would: nothing has been sent yet."""

    assessor: Assessor
    policy: Policy
    promises: ListedPromises
    clock: Clock

    def assess(self, draft: Draft) -> Assessment:
        """The verdict. Raises InvalidDraft, or FactUnavailable where the directory cannot be read."""
        return self.assessor.assess(
            self.assessor.admit(draft),
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
