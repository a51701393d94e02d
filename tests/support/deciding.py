"""What people do to a draft in tests."""

from __future__ import annotations

from app.core.approvals import Verdict
from app.standing import Standing, read_standing
from tests.support.gates import Harness


def standing(harness: Harness, draft_id: str) -> Standing:
    with harness.store.read() as reader:
        return read_standing(reader, draft_id)


def approve(harness: Harness, shown: Standing, person: str = "ruth", reason: str = "") -> Standing:
    return harness.gate.decide(
        shown.row.id,
        person=person,
        verdict=Verdict.APPROVE,
        digest=shown.row.digest,
        reason=reason,
        request_id=shown.pending.id if shown.pending else None,
    )


def reject(harness: Harness, shown: Standing, person: str, reason: str = "no") -> Standing:
    return harness.gate.decide(
        shown.row.id, person=person, verdict=Verdict.REJECT, digest=shown.row.digest, reason=reason
    )
