"""Carries out in the CRM what was approved: claimed once, written with care, reported, and taken back the same way.

| action | does |
|---|---|
| `create_record` of an `activity`, with `deal_id` and `after: {subject, text}` | notes it at the deal |
| `delete_record` of an `activity`, with `before: {subject, text}` | deletes it, unless somebody changed it |
| `update_record` of a `deal`, with `next_step` in `before` and `after` | writes it, unless it reads otherwise now |

The second and the third are also what taking back the first and the third is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.actions.gate import ActionGate
from app.actions.standing import ActionStanding
from app.core.actions import Action, Claim, Outcome, Values
from app.core.crm_writing import CrmWriter, LoggedActivity, WriteRefused, WriteUnavailable, Written
from app.core.errors import Conflict, InvalidInput
from app.core.facts import Person

_NEXT_STEP = "next_step"
_PARTS = ("subject", "text")
_Deed = Callable[[CrmWriter, datetime], Written]


@dataclass(frozen=True, kw_only=True)
class CrmHand:
    """The hand of one CRM. Many workers may each have one."""

    actions: ActionGate
    writer: CrmWriter

    def carry_out(self, action_id: str, *, person: Person, key: str | None = None) -> ActionStanding:
        """Claim an approved action, do it, and report what became of it. `person` answers for that.

        The same `key` again, while its claim lasts, looks first and does what is not done yet: for a worker that
        died on the way. Raises InvalidInput for what this hand cannot do, what `Permits.claim` raises, and
        WriteUncertain where nobody knows: then nothing is reported, and people are told when the claim ends.
        """
        standing = self.actions.show(action_id, person=person)
        deed = _deed_of(standing, self.writer.system)
        claimed = self.actions.permits.claim(
            action_id, person=person, digest=standing.row.digest, executor=f"crm-{self.writer.system}", key=key
        )
        claim = claimed.row.claim
        if claim is None:
            raise Conflict(f"action {action_id} has no claim any more; look at it again")
        outcome, reason, result = self._done(deed, claim)
        return self.actions.permits.report(
            action_id, person=person, outcome=outcome, claim=claim.id, result=result, reason=reason
        )

    def _done(self, deed: _Deed, claim: Claim) -> tuple[Outcome, str, Values | None]:
        if self.actions.clock.now() >= claim.until:
            return Outcome.FAILED, "the claim had run out before anything was written; propose it again", None
        try:
            written = deed(self.writer, claim.at)
        except (WriteRefused, WriteUnavailable, Conflict) as error:
            return Outcome.FAILED, str(error), None
        return Outcome.DONE, "", {"id": written.id, "before": dict(written.before) if written.before else None}


def _deed_of(standing: ActionStanding, system: str) -> _Deed:
    """What has to be done. Raises InvalidInput, which names the field."""
    action = standing.action
    if action.target.system != system:
        raise InvalidInput(f"is {action.target.system}, and this is the hand of {system}", field="target.system")
    match action.kind, action.target.type:
        case "create_record", "activity":
            return _logging(action, key=standing.row.id)
        case "delete_record", "activity":
            return _removing(action)
        case "update_record", "deal":
            return _writing(action)
    raise InvalidInput(
        f"{action.kind} of {action.target.type} is none of what the CRM's hand can do: create_record or "
        f"delete_record of an activity, update_record of a deal",
        field="kind",
    )


def _logging(action: Action, *, key: str) -> _Deed:
    if action.deal_id is None:
        raise InvalidInput("is missing; name the deal at which the activity is noted", field="deal_id")
    subject, text = _texts(action.after, "after", _PARTS)
    deal_id = action.deal_id
    return lambda writer, at: writer.log_activity(
        LoggedActivity(key=key, deal_id=deal_id, subject=subject, text=text, at=at)
    )


def _removing(action: Action) -> _Deed:
    subject, text = _texts(action.before, "before", _PARTS)
    written = Written(id=_id(action), before=None, after={"subject": subject, "text": text})

    def remove(writer: CrmWriter, _at: datetime) -> Written:
        writer.undo(written)
        return Written(id=written.id, before=written.after, after={})

    return remove


def _writing(action: Action) -> _Deed:
    [expected], [text] = _texts(action.before, "before", (_NEXT_STEP,)), _texts(action.after, "after", (_NEXT_STEP,))
    deal_id = _id(action)
    return lambda writer, _: writer.set_next_step(deal_id, text, expected=expected)


def _texts(values: Values | None, field: str, names: tuple[str, ...]) -> list[str]:
    """The texts under exactly these names."""
    if values is None or set(values) != set(names):
        raise InvalidInput(f"has to hold {' and '.join(names)}, and nothing else", field=field)
    texts = [values[name] for name in names]
    for name, text in zip(names, texts, strict=True):
        if not isinstance(text, str):
            raise InvalidInput("must be text", field=f"{field}.{name}")
    return [str(text) for text in texts]


def _id(action: Action) -> str:
    if action.target.id is None:
        raise InvalidInput("is missing; name the CRM's own id of the record", field="target.id")
    return action.target.id
