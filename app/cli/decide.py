"""`countersign approve`, `edit`, `reject` and `undo`: a person's word on one draft."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import desk
from app.cli.dossier import print_dossier
from app.cli.house import Acting, AsJson, DraftRef, acting_person, house, read_text
from app.cli.output import moment, print_json, say
from app.core.approvals import Verdict
from app.core.errors import InvalidInput
from app.edits import DraftEdit
from app.records import standing_record
from app.services import Services
from app.standing import Standing

app = typer.Typer()

Digest = Annotated[
    str | None,
    typer.Option(metavar="SHA", help="The digest that was read: anything else is refused. Now's otherwise."),
]
Reason = Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")]


@app.command("approve")
def approve(
    draft: DraftRef, person: Acting, digest: Digest = None, reason: Reason = "", as_json: AsJson = False
) -> None:
    """Let exactly these bytes leave. Without --digest: the draft as it stands now, whose digest is printed."""
    _decide(draft, person, Verdict.APPROVE, digest=digest, reason=reason, as_json=as_json)


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


def _decide(draft: str, person: str, verdict: Verdict, *, digest: str | None, reason: str, as_json: bool) -> None:
    with house() as services:
        seen = _find(services, draft)
        named = digest or seen.row.digest
        request = seen.pending.id if seen.pending and not digest else None
        after = services.gate.decide(
            seen.row.id,
            person=acting_person(services, person).id,
            verdict=verdict,
            digest=named,
            reason=reason,
            request_id=request,
        )
    if as_json:
        print_json(standing_record(after))
        return
    say(f"{person} said {verdict.value} to {named}")
    _say_state(after)


@app.command("edit")
def edit(
    *,
    draft: DraftRef,
    person: Acting,
    subject: Annotated[str | None, typer.Option(help="The new subject.")] = None,
    text: Annotated[str | None, typer.Option(help="The new text; an HTML body is dropped with the old one.")] = None,
    text_file: Annotated[Path | None, typer.Option(help="A file with the new text.")] = None,
    html_file: Annotated[Path | None, typer.Option(help="A file with the new HTML body.")] = None,
    to: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="New recipients; once for each.")] = None,
    cc: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="New copies; once for each.")] = None,
    bcc: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="New blind copies; once for each.")] = None,
    digest: Digest = None,
    as_json: AsJson = False,
) -> None:
    """Change a draft. It is judged again, and approvals given before are void; prints the new verdict."""
    if text is not None and text_file is not None:
        raise InvalidInput("and --text-file cannot both be given; choose one", field="--text")
    changes = DraftEdit(
        subject=subject,
        text=read_text(text_file) if text_file else text,
        html=read_text(html_file) if html_file else None,
        to=tuple(to) if to else None,
        cc=tuple(cc) if cc else None,
        bcc=tuple(bcc) if bcc else None,
    )
    if changes == DraftEdit():
        raise InvalidInput("says nothing to change; give --subject, --text, --text-file, --to, …", field="edit")
    with house() as services:
        seen = _find(services, draft)
        editor = acting_person(services, person)
        after = services.gate.edit(seen.row.id, changes, person=editor.id, digest=digest or seen.row.digest)
        if as_json:
            print_json(standing_record(after))
        else:
            print_dossier(after, now=services.clock.now())


@app.command("undo")
def undo(draft: DraftRef, person: Acting, as_json: AsJson = False) -> None:
    """Take a draft back before it begins to leave. It never sends."""
    with house() as services:
        after = services.gate.undo(_find(services, draft).row.id, person=acting_person(services, person).id)
    if as_json:
        print_json(standing_record(after))
    else:
        _say_state(after)


def _find(services: Services, draft: str) -> Standing:
    with services.store.read() as reader:
        return desk.find(reader, draft)


def _say_state(standing: Standing) -> None:
    row = standing.row
    known_as = f" ({row.client_id})" if row.client_id else ""
    leaves = f"; it leaves at {moment(row.due_at)} unless it is undone" if row.state == "scheduled" else ""
    say(f"{row.id}{known_as} is {row.state.value}{leaves}")
    request = standing.pending
    if request is not None and request.approvers:
        missing = request.requirement.needed - len(request.approvers)
        say(f"{missing} more of {', '.join(request.people)} must approve")
