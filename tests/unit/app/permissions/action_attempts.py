"""How each operation is tried on an action other than mail: by CLI, API and service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from app.actions.standing import ActionStanding
from app.core.actions import ActionState, Outcome, Target
from app.core.approvals import Requirement, Resolver, ResolverKind, Verdict
from app.core.codec import to_json, to_record
from app.permissions import Operation, Relation
from tests.support.actions import an_action
from tests.unit.app.permissions.attempt import Attempt, Try
from tests.unit.app.permissions.company import NEUTRAL, STRANGER, House

_LEASE_AND_MORE = timedelta(minutes=6)


def _waiting(house: House, actor: str, relation: Relation) -> ActionStanding:
    """An action in review that is this to the actor, and nothing else."""
    if relation is Relation.EARLIER:
        return _asked_anew(house, _proposed(house, STRANGER, f"ask:{actor}"))
    target = {Relation.ASKED: f"ask:{actor}", Relation.CONSULTED: f"consult:{actor}"}.get(relation, "o-1")
    return _proposed(house, _sender(actor, relation), target)


def _sender(actor: str, relation: Relation) -> str:
    return {Relation.OWN: actor, Relation.REPORTS: f"rep-{actor}"}.get(relation, STRANGER)


def _proposed(house: House, sender: str, target: str) -> ActionStanding:
    action = an_action(on_behalf_of=sender, deal_id=None, target=Target(system="crm", type="deal", id=target))
    return house.services.actions.propose(action, person=house.person(STRANGER if sender != "stan" else sender))


def _asked_anew(house: House, shown: ActionStanding) -> ActionStanding:
    """The action before Nina, whoever was asked before."""
    nina = Requirement(resolver=Resolver(kind=ResolverKind.USER, argument=NEUTRAL))
    verdict = replace(shown.assessment, ruling=replace(shown.assessment.ruling, approvals=nina), approvers=(NEUTRAL,))
    with house.services.store.write(now=house.clock.now()) as tx:
        return house.services.actions.courses.set_anew(tx, shown, verdict, reasons=("test",))


def _approved(house: House, actor: str, relation: Relation) -> ActionStanding:
    """An action that may be claimed."""
    if relation is Relation.EARLIER:
        shown, by = _proposed(house, STRANGER, f"pair:{actor}"), NEUTRAL
    else:
        shown, by = _waiting(house, actor, relation), actor if relation is Relation.ASKED else NEUTRAL
    return house.services.actions.decide(
        shown.row.id, person=by, verdict=Verdict.APPROVE, digest=shown.row.digest, reason="fine"
    )


def _unreported(house: House, actor: str, relation: Relation) -> ActionStanding:
    """An action of which nobody knows whether it was carried out."""
    shown = _approved(house, actor, relation)
    permits = house.services.actions.permits
    held = permits.claim(shown.row.id, person=house.person(shown.row.on_behalf_of), digest=shown.row.digest)
    house.clock.advance(_LEASE_AND_MORE)
    house.services.actions.wake(held.row.id, held.row.version)
    after = house.services.actions.show(held.row.id, person=None)
    assert after.row.state is ActionState.UNKNOWN
    return after


def _propose(house: House, actor: str, _: Relation) -> Attempt:
    action, of = an_action(on_behalf_of=STRANGER, deal_id=None), house.services
    record = {name: value for name, value in to_record(action).items() if value is not None}
    file = house.folder / f"{of.ids.new('no')}.json"
    file.write_text(to_json(action), encoding="utf-8")
    return Attempt(
        services=lambda: of.actions.propose(action, person=house.person(actor)),
        cli=("action", "propose", file),
        api=("POST", "/actions", record),
    )


def _view(house: House, actor: str, relation: Relation) -> Attempt:
    shown = _waiting(house, actor, relation)
    return Attempt(
        services=lambda: house.services.actions.show(shown.row.id, person=house.person(actor)),
        cli=("action", "show", shown.row.id),
        api=("GET", f"/actions/{shown.row.id}", None),
        draft=shown,
    )


def _resolve(house: House, actor: str, relation: Relation) -> Attempt:
    return _word(house, actor, _waiting(house, actor, relation), Verdict.APPROVE)


def _reject(house: House, actor: str, relation: Relation) -> Attempt:
    return _word(house, actor, _waiting(house, actor, relation), Verdict.REJECT)


def _word(house: House, actor: str, shown: ActionStanding, verdict: Verdict) -> Attempt:
    row = shown.row
    return Attempt(
        services=lambda: house.services.actions.decide(
            row.id, person=actor, verdict=verdict, digest=row.digest, reason="test"
        ),
        cli=("action", verdict.value, row.id, "--reason", "test"),
        api=(
            "POST",
            f"/actions/{row.id}/decision",
            {"digest": row.digest, "decision": verdict.value, "reason": "test"},
        ),
        draft=shown,
    )


def _withdraw(house: House, actor: str, relation: Relation) -> Attempt:
    shown = _approved(house, actor, relation)
    return Attempt(
        services=lambda: house.services.actions.withdraw(shown.row.id, person=actor),
        cli=("action", "withdraw", shown.row.id),
        api=("POST", f"/actions/{shown.row.id}/withdraw", None),
        draft=shown,
    )


def _claim(house: House, actor: str, relation: Relation) -> Attempt:
    shown = _approved(house, actor, relation)
    row, permits = shown.row, house.services.actions.permits
    return Attempt(
        services=lambda: permits.claim(row.id, person=house.person(actor), digest=row.digest),
        cli=("action", "claim", row.id),
        api=("POST", f"/actions/{row.id}/claim", {"digest": row.digest}),
        draft=shown,
    )


def _report(house: House, actor: str, relation: Relation) -> Attempt:
    shown = _unreported(house, actor, relation)
    row, permits = shown.row, house.services.actions.permits
    return Attempt(
        services=lambda: permits.report(row.id, person=house.person(actor), outcome=Outcome.DONE, reason="seen"),
        cli=("action", "done", row.id, "--reason", "seen"),
        api=("POST", f"/actions/{row.id}/result", {"outcome": "done", "reason": "seen"}),
        draft=shown,
    )


ACTION_TRIES: Mapping[Operation, Try] = {
    Operation.ACTION_PROPOSE: _propose,
    Operation.ACTION_CLAIM: _claim,
    Operation.ACTION_REPORT: _report,
    Operation.VIEW: _view,
    Operation.RESOLVE: _resolve,
    Operation.REJECT: _reject,
    Operation.UNDO: _withdraw,
}
