"""`countersign ask`, `answer`, `comment`, `reassign`, `reopen` and `notices`: what surrounds a decision."""

from __future__ import annotations

from typing import Annotated

import typer

from app.approvals.board import read_board
from app.cli.house import Acting, AsJson, Digest, DraftRef, acting_person, find_draft, house
from app.cli.output import moment, one_line, print_json, print_table, say
from app.core.codec import to_record
from app.records import standing_record
from app.standing import Standing

app = typer.Typer()

Words = Annotated[str, typer.Argument(metavar="TEXT", help="What to say.")]


@app.command("ask")
def ask(draft: DraftRef, text: Words, person: Acting, as_json: AsJson = False) -> None:
    """Ask the sender or the agent for information. Nobody is reminded until it is answered; the expiry stands."""
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        after = services.gate.reviews.questions.ask(seen.row.id, person=who.id, text=text)
    _tell(after, f"question {after.remarks[-1].id} waits for an answer of {after.row.on_behalf_of}", as_json=as_json)


@app.command("answer")
def answer(
    draft: DraftRef,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question's id.")],
    text: Words,
    person: Acting,
    as_json: AsJson = False,
) -> None:
    """Answer a question about a draft of yours."""
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        after = services.gate.reviews.questions.answer(seen.row.id, question, author=who.id, text=text)
    _tell(after, f"question {question} is answered", as_json=as_json)


@app.command("comment")
def comment(draft: DraftRef, text: Words, person: Acting, as_json: AsJson = False) -> None:
    """Note something for those who decide."""
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        after = services.gate.reviews.questions.comment(seen.row.id, person=who.id, text=text)
    _tell(after, "noted", as_json=as_json)


@app.command("reassign")
def reassign(
    *,
    draft: DraftRef,
    person: Acting,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="Who is asked from now on.")],
    place_of: Annotated[
        str | None, typer.Option("--place-of", metavar="PERSON", help="Whose place it is; your own otherwise.")
    ] = None,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")] = "",
    as_json: AsJson = False,
) -> None:
    """Have somebody else asked in your place, or in that of somebody who reports to you."""
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        after = services.gate.reviews.reassigning.reassign(
            seen.row.id, place_of=place_of or who.id, to=to, person=who.id, reason=reason
        )
    asked = ", ".join(after.pending.people) if after.pending else "nobody"
    _tell(after, f"now {asked} may decide", as_json=as_json)


@app.command("reopen")
def reopen(
    draft: DraftRef,
    person: Acting,
    digest: Digest = None,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")] = "",
    as_json: AsJson = False,
) -> None:
    """Have people asked again about a draft that expired, on today's facts."""
    with house() as services:
        who = acting_person(services, person)
        seen = find_draft(services, draft, person=who)
        after = services.gate.reopen(seen.row.id, person=who.id, digest=digest or seen.row.digest, reason=reason)
    asked = ", ".join(after.pending.people) if after.pending else "nobody"
    _tell(after, f"it is {after.row.state.value}; asked are {asked}", as_json=as_json)


@app.command("notices")
def notices(
    person: Acting,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """What you were told about drafts that wait, newest first."""
    with house() as services:
        found = read_board(services.store, acting_person(services, person).id, limit=limit)
    if as_json:
        for notice in found:
            print_json(to_record(notice))
        return
    print_table(
        ("at*", "why*", "about*", "what"),
        ((moment(n.at), n.kind.value, n.draft_id or n.action_id or "", one_line(n.text, 200)) for n in found),
        nothing="nothing was said to you",
    )


def _tell(after: Standing, words: str, *, as_json: bool) -> None:
    if as_json:
        print_json(standing_record(after))
    else:
        say(f"{after.row.id}: {words}")
