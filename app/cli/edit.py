"""`countersign edit`: change a draft by hand, or accept what the checks suggest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.cli.dossier import print_dossier
from app.cli.house import Acting, AsJson, Digest, DraftRef, acting_person, find_draft, house, read_text
from app.cli.output import print_json, say
from app.core.errors import InvalidInput
from app.edits import DraftEdit
from app.records import acceptance_record, standing_record
from app.rewriting import EVERY, Acceptance, Chosen
from app.rewriting import service as rewriting
from app.services import Services
from app.standing import Standing

app = typer.Typer()


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
    accept_suggestions: Annotated[
        str | None, typer.Option(metavar="all|N,N…", help="Apply these suggestions, numbered as in `show`.")
    ] = None,
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
    wish = _Wish(changes=changes, chosen=None if accept_suggestions is None else _chosen(accept_suggestions))
    if changes == DraftEdit() and wish.chosen is None:
        raise InvalidInput(
            "says nothing to change; give --subject, --text, --accept-suggestions, --to, …", field="edit"
        )
    with house(judging=True) as services:
        editor = acting_person(services, person)
        seen = find_draft(services, draft, person=editor)
        after, accepted = wish.fulfil(services, seen.row.id, person=editor.id, digest=digest or seen.row.digest)
        if as_json:
            told = {"suggestions": acceptance_record(accepted)} if accepted else {}
            print_json({**standing_record(after), **told})
            return
        print_dossier(after, now=services.clock.now())
        if accepted is not None:
            _say_accepted(accepted)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wish:
    """What is to change; `chosen` None: no suggestion."""

    changes: DraftEdit
    chosen: Chosen | None

    def fulfil(
        self, services: Services, draft_id: str, *, person: str, digest: str
    ) -> tuple[Standing, Acceptance | None]:
        if self.chosen is None:
            return services.gate.edit(draft_id, self.changes, person=person, digest=digest), None
        return rewriting.accept_suggestions(
            services.gate, draft_id, self.chosen, person=person, digest=digest, besides=self.changes
        )


def _chosen(words: str) -> Chosen:
    if words.strip().lower() == EVERY:
        return EVERY
    numbers = [word.strip() for word in words.split(",") if word.strip()]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise InvalidInput(f"takes all, or numbers such as 1,3, not '{words}'", field="--accept-suggestions")
    return tuple(int(number) for number in numbers)


def _say_accepted(accepted: Acceptance) -> None:
    say()
    for offer in accepted.applied:
        say(f"applied suggestion {offer.number} ({offer.result.check})", style="green")
    for left in accepted.left_out:
        say(f"left out suggestion {left.offer.number} ({left.offer.result.check}): it {left.why}", style="yellow")
