"""What the ledger says about a draft. It reads on its caller's connection, so it is asked in its caller's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.findings import Findings, Kind
from app.core.ports import OpenPromises
from app.core.things import thing_of
from app.facts.asker import Asker

_SOURCE = "ledger"


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """Open and broken promises around the draft, and what such promises cost."""

    open: tuple[LedgerEntry, ...] = ()
    broken: tuple[LedgerEntry, ...] = ()
    effort: Mapping[Kind, float] = field(default_factory=dict)


def promised(draft: Draft, findings: Findings, person: str, promises: OpenPromises, ask: Asker) -> Promised:
    """What is known without the CRM. What a promise costs is asked only where one is made."""
    deal_id, recipients = draft.deal_id, draft.recipients
    opened = ask.here(_SOURCE, lambda: promises.open_promises(person=person, deal_id=deal_id, recipients=recipients))
    broken = ask.here(
        _SOURCE, lambda: promises.broken_promises(person=person, deal_id=deal_id, recipients=recipients)
    )
    effort = ask.here(_SOURCE, promises.effort) if findings.commitments else None
    return Promised(open=tuple(opened or ()), broken=tuple(broken or ()), effort=effort or {})


def rivals(
    draft: Draft, findings: Findings, account: str | None, promises: OpenPromises, ask: Asker
) -> tuple[LedgerEntry, ...]:
    """Promises to others about the scarce things that the draft promises.

    Where the CRM is unknown nobody can tell who the others are; that it is unknown leads to review by itself.
    """
    things = sorted({thing for c in findings.commitments if (thing := thing_of(c)) is not None})
    if not things or ask.reason("crm") is not None:
        return ()
    found = ask.here(_SOURCE, lambda: promises.rival_promises(things=things, account=account, deal_id=draft.deal_id))
    return tuple(found or ())
