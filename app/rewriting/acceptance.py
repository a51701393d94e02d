"""Applies the suggestions that a person chose, the gravest first, each only where nothing speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.assessment import Assessment
from app.core.checks import Suggestion
from app.core.drafts import Draft
from app.core.errors import Conflict
from app.core.findings import Findings
from app.core.ports import Extractor
from app.edits import DraftEdit
from app.rewriting.bodies import rewritten
from app.rewriting.offers import Chosen, Offer, chosen_from, offers
from app.rewriting.places import Unplaceable, replaced
from app.rewriting.promises import added_promise


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A suggestion that was chosen and not applied, and why."""

    offer: Offer
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """What is to become of the chosen suggestions. `edit` has all that are applied; the gate has yet to judge it."""

    edit: DraftEdit
    applied: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]


def accept(draft: Draft, assessment: Assessment, chosen: Chosen, *, extractor: Extractor, at: datetime) -> Acceptance:
    """The edit that puts the chosen suggestions of a draft's verdict into its bodies.

    Of those that overlap, the gravest is applied. One whose words cannot be found for certain, and one after which
    the text would promise more than before, is left out. Both are told by reading the changed draft at the moment
    `at`, as the gate would. Raises InvalidInput for a number that there is not, and Conflict where none can be
    applied or the draft does not read as it did when it was judged.
    """
    rewriter = _Rewriter(draft, assessment, extractor, at)
    left_out = []
    for offer in chosen_from(offers(assessment), chosen):
        if why := rewriter.take(offer):
            left_out.append(LeftOut(offer=offer, why=why))
    if not rewriter.taken:
        reasons = "; ".join(f"{left.offer.number} {left.why}" for left in left_out)
        raise Conflict(f"no suggestion was applied: {reasons}")
    after = rewriter.draft
    return Acceptance(
        edit=DraftEdit(text=after.text, html=after.html),
        applied=tuple(sorted(rewriter.taken, key=lambda offer: offer.number)),
        left_out=tuple(left_out),
    )


class _Rewriter:
    """A draft with the suggestions taken so far. All of them count in the text that was judged."""

    def __init__(self, draft: Draft, assessment: Assessment, extractor: Extractor, at: datetime) -> None:
        self.draft = draft
        self.taken: list[Offer] = []
        self._original = draft
        self._sender = assessment.sender
        self._extract = extractor
        self._at = at
        self._before = self._read(draft)
        if self._before.text != assessment.findings.text:
            raise Conflict("this mail is read differently today than when it was judged; change its text instead")

    def take(self, offer: Offer) -> str | None:
        """Apply one more suggestion, or say why not."""
        rival = next((taken for taken in self.taken if taken.overlaps(offer)), None)
        if rival is not None and not rival.same_change(offer):
            return f"would change the same words as number {rival.number} ({rival.result.check})"
        changes = [taken.suggestion for taken in (*self.taken, *(() if rival else (offer,)))]
        try:
            after = rewritten(self._original, self._before.text, changes)
        except Unplaceable as error:
            return f"cannot be applied safely: {error}"
        findings = self._read(after)
        if findings.text != self._expected(changes):
            return "cannot be applied safely: the mail would then read otherwise elsewhere too; change it by hand"
        if promise := added_promise(self._before, findings, changes):
            return f"would add a promise: “{promise.text}”"
        self.draft = after
        self.taken.append(offer)
        return None

    def _expected(self, changes: Sequence[Suggestion]) -> str:
        text = self._before.text
        for change in sorted(changes, key=lambda change: (change.start, change.end), reverse=True):
            text = replaced(text, change)
        return text

    def _read(self, draft: Draft) -> Findings:
        return self._extract(draft, sender=self._sender, at=self._at)
