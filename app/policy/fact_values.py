"""A draft and its surroundings as the facts that conditions read, always in the shape of the fact model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date

from pydantic import JsonValue

from app.core.actions import Action
from app.core.assessment import Risk
from app.core.checks import CheckResult
from app.core.digest import canonical_bytes
from app.core.drafts import Draft
from app.core.facts import Facts, Recipient
from app.core.findings import Findings
from app.policy.catalogue import SEND_EMAIL, stakes_of

Value = object
"""A text, number, boolean, aware datetime, or a list or dict of values."""

_WHOLE_LIMIT = 2**63 - 1
"""The greatest whole number that a condition can hold."""


def cel_facts(
    draft: Draft, findings: Findings, results: Sequence[CheckResult], risk: Risk, facts: Facts
) -> dict[str, Value]:
    """The value of every fact of the model, for one draft. What is missing is empty, 0 or false, never None."""
    return {
        "draft": _draft(draft, findings, facts),
        **_findings(findings),
        **judged_values(results, risk),
        "deal": _deal(facts),
        "account": _account(facts),
        "contacts": [_contact(recipient, facts) for recipient in facts.recipients],
        "sender": {
            "id": _text(facts.sender.id),
            "email": _text(facts.sender.email),
            "roles": _texts(facts.sender.roles),
            "manager": _text(facts.sender.manager),
            "timezone": _text(facts.sender.timezone),
        },
        "agent": _text(draft.agent),
        "thread": {
            "known": draft.thread is not None,
            "id": _text(draft.thread.id if draft.thread else None),
            "step": _whole(facts.history.sent_in_thread + 1),
        },
        "sequence": _sequence(draft, facts),
        "history": {
            "sent_to_recipients": _whole(facts.history.sent_to_recipients),
            "sent_in_thread": _whole(facts.history.sent_in_thread),
        },
        "operation": operation_values(SEND_EMAIL),
        **NO_ACTION,
        "now": facts.now.astimezone(UTC),
    }


NO_ACTION: Mapping[str, Value] = {"target": {"system": "", "type": "", "id": ""}, "changes": []}
"""The facts about what is acted on, where the action is mail."""


def action_values(action: Action) -> dict[str, Value]:
    """The facts about what an action acts on, and with which values."""
    before, after = action.before or {}, {**(action.after or {}), **(action.payload or {})}
    target = action.target
    return {
        "target": {"system": _text(target.system), "type": _text(target.type), "id": _text(target.id)},
        "changes": [
            {
                "field": _text(name),
                "before": _as_text(before.get(name)),
                "after": _as_text(after.get(name)),
                "number_before": _as_number(before.get(name)),
                "number_after": _as_number(after.get(name)),
            }
            for name in dict.fromkeys((*before, *after))
        ],
    }


def _as_text(value: JsonValue) -> str:
    if value is None or isinstance(value, str):
        return _text(value)
    return _text(canonical_bytes(value).decode("utf-8", "replace"))


def _as_number(value: JsonValue) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def operation_values(name: str) -> Mapping[str, Value]:
    """The facts that say what is to be done."""
    action = stakes_of(name)
    return {
        "name": action.name,
        "impact": action.impact.value,
        "data_sensitivity": action.data_sensitivity.value,
        "reversibility": action.reversibility.value,
    }


def judged_values(results: Sequence[CheckResult], risk: Risk) -> dict[str, Value]:
    """The facts that say what the checks found, and the risk."""
    return {
        "checks": [
            {"check": _text(r.check), "severity": r.severity.value, "message": _text(r.message)} for r in results
        ],
        "risk": {"tier": risk.tier.value, "reasons": _texts(risk.reasons)},
    }


def _draft(draft: Draft, findings: Findings, facts: Facts) -> Mapping[str, Value]:
    authored = [findings.text[start:end] for start, end in findings.authored] or [findings.text]
    colleagues = {r.email.casefold() for r in facts.recipients if r.colleague is not None}
    return {
        "client_id": _text(draft.client_id),
        "action": _text(draft.action),
        "agent": _text(draft.agent),
        "on_behalf_of": _text(draft.on_behalf_of),
        "subject": _text(draft.subject),
        "words": sum(len(part.split()) for part in authored),
        "recipients": _texts(draft.recipients),
        "external_recipients": _texts(
            address
            for address in draft.recipients
            if address.casefold() not in colleagues and not _is_ours(address, facts)
        ),
        "attachments": [
            {"filename": _text(a.filename), "content_type": _text(a.content_type), "size": a.size}
            for a in draft.attachments
        ],
        "deal_id": _text(draft.deal_id),
        "has_html": draft.html is not None,
    }


def _findings(findings: Findings) -> Mapping[str, Value]:
    return {
        "commitments": [
            {
                "text": _text(c.text),
                "strength": c.strength.value,
                "kind": c.kind.value,
                "actor": _text(c.actor),
                "action": _text(c.action),
                "object": _text(c.object),
                "recipient": _text(c.recipient),
                "due_day": _day(c.due_day),
            }
            for c in findings.commitments
        ],
        "dates": [
            {
                "text": _text(d.text),
                "kind": _text(d.kind),
                "grain": _text(d.grain),
                "due_day": _day(d.due_day),
                "ambiguous": d.ambiguous,
            }
            for d in findings.dates
        ],
        "attachments": [{"text": _text(a.text), "document": _text(a.document)} for a in findings.attachments],
        "hidden": [{"text": _text(h.text), "how": _text(h.how)} for h in findings.hidden],
    }


def _deal(facts: Facts) -> Mapping[str, Value]:
    deal = facts.deal
    return {
        "known": deal is not None,
        "id": _text(deal.id if deal else None),
        "name": _text(deal.name if deal else None),
        "stage": _text(deal.stage if deal else None),
        "amount": _number(deal.amount if deal else None),
        "currency": _text(deal.currency if deal else None),
        "close_date": _day(deal.close_date if deal else None),
        "owner": _text(deal.owner if deal else None),
        "on_hold": deal is not None and deal.on_hold,
        "next_step": _text(deal.next_step if deal else None),
        "discount_cap": _number(deal.discount_cap if deal else None),
        "legal_terms": _text(deal.legal_terms if deal else None),
        "paused_sequences": _texts(deal.paused_sequences if deal else ()),
        "flags": _texts(deal.flags if deal else ()),
    }


def _account(facts: Facts) -> Mapping[str, Value]:
    account = facts.account
    return {
        "known": account is not None,
        "id": _text(account.id if account else None),
        "name": _text(account.name if account else None),
        "domains": _texts(account.domains if account else ()),
    }


def _contact(recipient: Recipient, facts: Facts) -> Mapping[str, Value]:
    contact, colleague = recipient.contact, recipient.colleague
    name = contact.name if contact else colleague.name if colleague else None
    return {
        "known": recipient.known,
        "email": _text(recipient.email),
        "name": _text(name),
        "account": _text(contact.account if contact else None),
        "sensitive": contact is not None and contact.sensitive,
        "opted_out": contact is not None and contact.opted_out,
        "internal": colleague is not None or _is_ours(recipient.email, facts),
    }


def _sequence(draft: Draft, facts: Facts) -> Mapping[str, Value]:
    sequence = draft.sequence
    return {
        "known": sequence is not None,
        "id": _text(sequence.id if sequence else None),
        "step": _whole(sequence.step if sequence else 0),
        "paused": sequence is not None and facts.deal is not None and sequence.id in facts.deal.paused_sequences,
    }


def _is_ours(address: str, facts: Facts) -> bool:
    domain = address.rpartition("@")[2].casefold()
    return domain in {own.casefold() for own in facts.own_domains}


def _text(value: str | None) -> str:
    """The text, without the lone surrogates that conditions cannot hold."""
    return (value or "").encode("utf-8", "replace").decode("utf-8")


def _texts(values: Iterable[str]) -> list[str]:
    return [_text(value) for value in values]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _whole(value: int) -> int:
    return max(-_WHOLE_LIMIT, min(value, _WHOLE_LIMIT))


def _number(value: float | None) -> float:
    """The number; what is not one counts as boundless, so that every threshold is passed."""
    return 0.0 if value is None else math.inf if math.isnan(value) else float(value)
