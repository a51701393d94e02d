"""A person's word that a mail should not have been sent, and what it costs the agent that wrote it."""

from __future__ import annotations

from datetime import datetime

from app.autonomy.outcomes import end_promotion
from app.autonomy.verdicts import subject_of
from app.core.autonomy import Incident, Outcome, Subject
from app.core.errors import Conflict, InvalidInput
from app.core.facts import Person
from app.core.ids import Ids
from app.core.lifecycle import State
from app.core.plain import plain
from app.core.ports import People
from app.permissions import Operation, require, require_seer
from app.permissions.relations import to_draft
from app.standing import Standing, read_standing
from app.store.store import Store, Transaction
from app.trail import happened


def record_incident(
    store: Store, ids: Ids, people: People, draft_id: str, *, reason: str, person: Person, now: datetime
) -> Incident:
    """Keep that a mail which has left should not have. Its agent's autonomy for such mails ends in the same moment.

    The same words of the same person twice are one incident. Raises InvalidInput without a reason, NotFound where the
    person may not read the draft, NotPermitted, Conflict where it has not been sent.
    """
    with store.write(now=now) as tx:
        tx.autonomy.take()
        standing = read_standing(tx, draft_id)
        require_seer(person, standing, people)
        relations = to_draft(person, standing, people)
        require(person, Operation.INCIDENT, relations, doing=f"record an incident about draft {draft_id}")
        return keep_incident(tx, ids, standing, reason=reason, person=person)


def keep_incident(tx: Transaction, ids: Ids, standing: Standing, *, reason: str, person: Person) -> Incident:
    """The same in the caller's transaction, which has taken autonomy's lock and asked for the right."""
    draft_id, reason = standing.row.id, plain(reason, field="reason")
    if not reason:
        raise InvalidInput("is missing; say what went wrong: the trail keeps it", field="reason")
    if standing.row.state is not State.SENT:
        raise Conflict(f"draft {draft_id} is {standing.row.state}; an incident is about a mail that was sent")
    known = tx.autonomy.incidents_of(draft_id)
    same = next((each for each in known if (each.by, each.reason) == (person.id, reason)), None)
    if same is not None:
        return same
    made = Incident(id=ids.new("in"), draft_id=draft_id, by=person.id, at=tx.now, reason=reason)
    tx.autonomy.put_incident(made)
    facts = {"incident": made.id, "reason": reason}
    tx.record(happened("incident.recorded", f"person:{person.id}", draft_id=draft_id, **facts))
    if not known:
        _count(tx, standing, made)
    return made


def _count(tx: Transaction, standing: Standing, made: Incident) -> None:
    """The mail becomes an incident in the figures; what was signed for such mails ends."""
    draft_id, draft = made.draft_id, standing.draft
    before = tx.autonomy.outcome_of(draft_id)
    if before is None:  # it left before outcomes were kept
        subject = Subject(agent=draft.agent, action=draft.action, tier=tx.autonomy.first_tier(draft_id))
        tx.autonomy.put_outcome(draft_id, subject, Outcome.INCIDENT, at=tx.now)
    else:
        subject = before[0]
        tx.autonomy.change_outcome(draft_id, Outcome.INCIDENT, at=tx.now)
    # The tier may have been another one by the time it left: both are no longer trusted.
    for each in {subject, subject_of(draft, standing.assessment)}:
        promotion = tx.autonomy.promotion(each)
        if promotion is not None:
            reason = f"incident {made.id}: {made.reason}"
            end_promotion(tx, promotion, by=made.by, actor="gate", reason=reason, draft_id=draft_id)
