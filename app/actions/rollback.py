"""Taking an action back: another action, with the values the other way round, that goes through the same gate."""

from __future__ import annotations

from app.actions.standing import ActionStanding
from app.core.actions import Action, ActionState, Target
from app.core.errors import Conflict
from app.policy.catalogue import Reversible, stakes_of

_CREATE, _DELETE = "create_record", "delete_record"


def rollback_of(standing: ActionStanding, *, reason: str, client_id: str | None = None) -> Action:
    """What would take this action back, to be proposed like any other.

    A record that was created is to be deleted; what was changed gets the values from before again. Raises Conflict
    where it has not been done, cannot be undone, or nobody knows what was there before.
    """
    row, done = standing.row, standing.action
    if row.state is not ActionState.DONE:
        raise Conflict(f"action {row.id} is {row.state}; only what was done can be taken back")
    if stakes_of(done.kind).reversibility is Reversible.NO:
        raise Conflict(f"action {row.id} cannot be taken back: nothing undoes {done.kind}")
    if done.kind == _CREATE:
        return _taken_back(standing, _DELETE, _created(standing), reason=reason, client_id=client_id)
    if done.before is None or done.after is None:
        raise Conflict(f"action {row.id} cannot be taken back: it does not say which values were there before")
    return _taken_back(standing, done.kind, done.target, reason=reason, client_id=client_id)


def _created(standing: ActionStanding) -> Target:
    """The new record, by the id that its executor reported."""
    target, report = standing.action.target, standing.row.report
    told = report.result.get("id") if report is not None and report.result is not None else None
    record_id = target.id or (told if isinstance(told, str) else None)
    if record_id is None:
        raise Conflict(
            f"action {standing.row.id} cannot be taken back: its executor has not reported the new record's id "
            '(`{"id": …}` in the result); propose its deletion with the id'
        )
    return Target(system=target.system, type=target.type, id=record_id)


def _taken_back(standing: ActionStanding, kind: str, target: Target, *, reason: str, client_id: str | None) -> Action:
    done = standing.action
    return Action(
        kind=kind,
        resource=done.resource,
        agent=done.agent,
        on_behalf_of=done.on_behalf_of,
        target=target,
        deal_id=done.deal_id,
        before=done.after,
        after=done.before,
        reason=reason,
        client_id=client_id,
        rollback_of=standing.row.id,
    )
