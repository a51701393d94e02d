"""Looking at what left unattended, after the fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.autonomy.incidents import keep_incident
from app.core.autonomy import Look, Sample
from app.core.errors import Conflict
from app.core.facts import Person
from app.core.ids import Ids
from app.core.plain import plain
from app.core.ports import People
from app.permissions import Operation, may, require, require_seer
from app.permissions.relations import to_draft
from app.standing import read_standing
from app.store.store import Reader, Store
from app.trail import happened


def listed(reader: Reader, *, person: Person | None, looked_at: bool = False, limit: int = 100) -> Sequence[Sample]:
    """The samples that wait for a look, oldest first; or those that had one, latest first.

    None is the operator of this machine. Whoever may not look at everybody's mail sees their own.
    """
    all_of_them = person is None or may(person, Operation.SAMPLE_LOOK)
    sender = None if all_of_them or person is None else person.id
    return reader.samples.listed(looked_at=looked_at, sender=sender, limit=limit)


def look(
    store: Store,
    ids: Ids,
    people: People,
    draft_id: str,
    *,
    seen: Look,
    reason: str = "",
    person: Person,
    now: datetime,
) -> Sample:
    """Keep what a person saw in a sample; an incident counts like any other. The same look twice is one.

    Raises NotFound where the draft was not drawn or the person may not read it, NotPermitted, InvalidInput for an
    incident without a reason, Conflict where somebody has looked at it already.
    """
    reason = plain(reason, field="reason")
    with store.write(now=now) as tx:
        tx.autonomy.take()
        standing = read_standing(tx, draft_id)
        require_seer(person, standing, people)
        relations = to_draft(person, standing, people)
        require(person, Operation.SAMPLE_LOOK, relations, doing=f"look at draft {draft_id} after the fact")
        sample = tx.samples.get(draft_id)
        if (sample.look, sample.looked_by) == (seen, person.id):
            return sample
        after = tx.samples.keep_look(sample, seen, by=person.id, at=now, reason=reason)
        if after is None:
            raise Conflict(
                f"{sample.looked_by} looked at draft {draft_id} already and said {sample.look}; "
                f"what went wrong since is an incident: countersign incident {draft_id} --reason WHY"
            )
        facts = {"look": seen.value, "reason": reason}
        tx.record(happened("sample.looked_at", f"person:{person.id}", draft_id=draft_id, **facts))
        if seen is Look.INCIDENT:
            keep_incident(tx, ids, standing, reason=reason, person=person)
        return after
