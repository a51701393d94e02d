"""`countersign approve`, `reject` and `undo`: a person's word on one draft."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from app.approvals.panel import missing, silent_people
from app.cli.house import Acting, AsJson, Code, Digest, DraftRef, acting_person, find_draft, house
from app.cli.output import moment, print_json, say
from app.core.approvals import Verdict
from app.records import standing_record
from app.standing import Standing

app = typer.Typer()

Reason = Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")]


@app.command("approve")
def approve(
    *,
    draft: DraftRef,
    person: Acting,
    digest: Digest = None,
    reason: Reason = "",
    code: Code = None,
    as_json: AsJson = False,
) -> None:
    """Let exactly these bytes leave. Without --digest: the draft as it stands now, whose digest is printed."""
    _decide(draft, person, Verdict.APPROVE, digest=digest, reason=reason, as_json=as_json, code=code)


@app.command("reject")
def reject(
    draft: DraftRef,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")],
    digest: Digest = None,
    as_json: AsJson = False,
) -> None:
    """Never send this draft."""
    _decide(draft, person, Verdict.REJECT, digest=digest, reason=reason, as_json=as_json)


def _decide(
    draft: str,
    person: str,
    verdict: Verdict,
    *,
    digest: str | None,
    reason: str,
    as_json: bool,
    code: str | None = None,
) -> None:
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        named = digest or seen.row.digest
        request = seen.pending.id if seen.pending and not digest else None
        after = services.gate.decide(
            seen.row.id,
            person=who.id,
            verdict=verdict,
            digest=named,
            reason=reason,
            request_id=request,
            proof=partial(services.second_factors.prove, who, code) if code is not None else None,
        )
    if as_json:
        print_json(standing_record(after))
        return
    say(f"{person} said {verdict.value} to {named}")
    _say_state(after)


@app.command("undo")
def undo(draft: DraftRef, person: Acting, as_json: AsJson = False) -> None:
    """Take a draft back before it begins to leave. It never sends."""
    with house() as services:
        who = acting_person(services, person)
        after = services.gate.undo(find_draft(services, draft, person=who).row.id, person=who.id)
    if as_json:
        print_json(standing_record(after))
    else:
        _say_state(after)


def _say_state(standing: Standing) -> None:
    row = standing.row
    known_as = f" ({row.client_id})" if row.client_id else ""
    leaves = f"; it leaves at {moment(row.due_at)} unless it is undone" if row.state == "scheduled" else ""
    say(f"{row.id}{known_as} is {row.state.value}{leaves}")
    request = standing.pending
    if request is not None and request.approvers:
        say(f"{missing(request)} more of {', '.join(silent_people(request))} must approve")
