"""`countersign code`: decide with a one-time code, as from a phone; or ask for one."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.house import AsJson, acting_person, house
from app.cli.output import print_json, say
from app.core.approvals import Verdict
from app.core.errors import InvalidInput
from app.identity.codes import decide_by_code, issue
from app.records import issued_code_record, row_record

app = typer.Typer()


@app.command("code")
def code(
    *,
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="The request's id, ap_….", show_default=False)],
    words: Annotated[str | None, typer.Argument(metavar="[CODE]", help="The code that you were sent.")] = None,
    person: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Without a code: who asks for one.")
    ] = None,
    approve: Annotated[
        bool | None, typer.Option("--approve/--reject", help="With a code: what you say.", show_default=False)
    ] = None,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")] = "",
    as_json: AsJson = False,
) -> None:
    """Decide once with a one-time code, which stands for the person it was given to; or ask for one with --as."""
    if words is None:
        _ask(request, person, as_json=as_json)
        return
    if person is not None:
        raise InvalidInput("is not for deciding: the code says who decides", field="--as")
    if approve is None:
        raise InvalidInput("say --approve or --reject", field="code")
    if not approve and not reason.strip():
        raise InvalidInput("is missing; say why it must not leave", field="--reason")
    verdict = Verdict.APPROVE if approve else Verdict.REJECT
    with house() as services:
        after = decide_by_code(
            services.store,
            services.gate,
            request_id=request,
            code=words,
            verdict=verdict,
            reason=reason,
            now=services.clock.now(),
        )
    if as_json:
        print_json(row_record(after.row))
    else:
        say(f"said {verdict.value}; {after.row.id} is {after.row.state.value}")


def _ask(request: str, person: str | None, *, as_json: bool) -> None:
    if person is None:
        raise InvalidInput("give the code that you were sent, or ask for one with --as PERSON", field="code")
    with house() as services:
        issued = issue(
            services.store,
            services.ids,
            services.opened.world.people,
            request_id=request,
            person=acting_person(services, person),
            link=services.settings.address,
            now=services.clock.now(),
        )
    if as_json:
        print_json({**issued_code_record(issued), "code": issued.code})
    else:
        say(issued.text)
