"""`countersign action`: what agents do besides mail, from the proposal to what became of it."""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from app.actions.desk import find_action
from app.actions.intake import action_from_json, json_of, values_from
from app.actions.records import action_record
from app.actions.rollback import rollback_of
from app.actions.standing import ActionStanding
from app.cli.action_dossier import print_action, tell_place
from app.cli.draft_files import STDIN
from app.cli.house import Acting, AsJson, Code, Digest, Reading, acting_person, house, read_text, reading_person
from app.cli.output import print_json, say
from app.core.actions import Outcome, Values
from app.core.approvals import Verdict
from app.core.errors import InvalidInput
from app.core.facts import Person
from app.services import Services

app = typer.Typer(help="What agents do besides mail: propose, decide, claim, report, take back.")

Ref = Annotated[str, typer.Argument(metavar="ID", help="An action's id or client id.", show_default=False)]
Reason = Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")]
ClaimId = Annotated[
    str | None, typer.Option("--claim", metavar="CLAIM", help="The claim; without it, as somebody who has looked.")
]


@app.command("propose")
def propose(
    person: Acting,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The action as JSON; - for a pipe.")],
    as_json: AsJson = False,
) -> None:
    """Hand an action to the gate. --as says who answers for the agent that proposes it."""
    action = action_from_json(sys.stdin.buffer.read() if file == STDIN else read_text(Path(file)))
    with house(judging=True) as services:
        _tell(services.actions.propose(action, person=acting_person(services, person)), as_json=as_json)


@app.command("show")
def show(action: Ref, person: Reading = None, as_json: AsJson = False) -> None:
    """Everything about one action, with its trail."""
    with house() as services:
        standing = _find(services, action, reading_person(services, person))
        with services.store.read() as reader:
            events = list(reader.audit.events(draft_id=standing.row.id))
    if as_json:
        print_json({**action_record(standing), "trail": [event.record() for event in events]})
    else:
        print_action(standing, events)


@app.command("approve")
def approve(
    *,
    action: Ref,
    person: Acting,
    digest: Digest = None,
    reason: Reason = "",
    code: Code = None,
    as_json: AsJson = False,
) -> None:
    """Let exactly this be done, once. Without --digest: the action as it stands now."""
    _decide(action, person, Verdict.APPROVE, digest=digest, reason=reason, code=code, as_json=as_json)


@app.command("reject")
def reject(
    action: Ref,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")],
    digest: Digest = None,
    as_json: AsJson = False,
) -> None:
    """Never do this."""
    _decide(action, person, Verdict.REJECT, digest=digest, reason=reason, code=None, as_json=as_json)


def _decide(
    reference: str, person: str, verdict: Verdict, *, digest: str | None, reason: str, code: str | None, as_json: bool
) -> None:
    with house() as services:
        who = acting_person(services, person)
        seen = _find(services, reference, who)
        request = seen.pending.id if seen.pending and not digest else None
        after = services.actions.decide(
            seen.row.id,
            person=who.id,
            verdict=verdict,
            digest=digest or seen.row.digest,
            reason=reason,
            request_id=request,
            proof=partial(services.second_factors.prove, who, code) if code is not None else None,
        )
    _tell(after, as_json=as_json)


@app.command("withdraw")
def withdraw(action: Ref, person: Acting, reason: Reason = "", as_json: AsJson = False) -> None:
    """Take an action back that nobody has claimed. It will not be done."""
    with house() as services:
        who = acting_person(services, person)
        after = services.actions.withdraw(_find(services, action, who).row.id, person=who.id, reason=reason)
    _tell(after, as_json=as_json)


@app.command("claim")
def claim(
    *,
    action: Ref,
    person: Acting,
    executor: Annotated[
        str, typer.Option(metavar="NAME", help="The program that carries it out; you otherwise.")
    ] = "",
    lease: Annotated[
        float, typer.Option(metavar="S", min=10, max=3600, help="Seconds until the report is due.")
    ] = 300,
    key: Annotated[str | None, typer.Option(metavar="K", help="Claiming again with it gives the same claim.")] = None,
    digest: Digest = None,
    as_json: AsJson = False,
) -> None:
    """Leave to carry out an approved action now, once. Report with `done` or `failed` and the claim's id."""
    with house() as services:
        who = acting_person(services, person)
        seen = _find(services, action, who)
        after = services.actions.permits.claim(
            seen.row.id,
            person=who,
            digest=digest or seen.row.digest,
            executor=executor,
            lease=timedelta(seconds=lease),
            key=key,
        )
    if as_json:
        print_json(action_record(after))
        return
    tell_place(after)
    if after.row.claim is not None:
        say(f"claim {after.row.claim.id}")


@app.command("done")
def done(
    *,
    action: Ref,
    person: Acting,
    claim_id: ClaimId = None,
    result: Annotated[
        str | None, typer.Option(metavar="JSON", help='What the system answered, such as {"id": "006A1"}.')
    ] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Report that it was carried out; or say so as somebody who has looked, where nobody reported."""
    _report(
        action,
        person,
        Outcome.DONE,
        claim_id=claim_id,
        result=_result(result),
        reason=reason,
        as_json=as_json,
    )


@app.command("failed")
def failed(
    action: Ref,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")],
    claim_id: ClaimId = None,
    as_json: AsJson = False,
) -> None:
    """Report that it was certainly not carried out."""
    _report(action, person, Outcome.FAILED, claim_id=claim_id, result=None, reason=reason, as_json=as_json)


@app.command("carry-out")
def carry_out(
    action: Ref,
    person: Acting,
    key: Annotated[
        str | None, typer.Option(metavar="KEY", help="The same again looks first, and does what is not done yet.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Claim an approved action, do it in the CRM, and report what became of it."""
    with house() as services:
        who = acting_person(services, person)
        found = _find(services, action, who)
        _tell(services.crm_hand().carry_out(found.row.id, person=who, key=key), as_json=as_json)


def _report(
    reference: str,
    person: str,
    outcome: Outcome,
    *,
    claim_id: str | None,
    result: Values | None,
    reason: str,
    as_json: bool,
) -> None:
    with house() as services:
        who = acting_person(services, person)
        seen = _find(services, reference, who)
        after = services.actions.permits.report(
            seen.row.id, person=who, outcome=outcome, claim=claim_id, result=result, reason=reason
        )
    _tell(after, as_json=as_json)


@app.command("rollback")
def rollback(
    action: Ref,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")],
    as_json: AsJson = False,
) -> None:
    """Propose what takes a done action back; it goes through the same gate."""
    with house() as services:
        who = acting_person(services, person)
        back = rollback_of(_find(services, action, who), reason=reason)
        _tell(services.actions.propose(back, person=who), as_json=as_json)


def _find(services: Services, reference: str, person: Person | None) -> ActionStanding:
    with services.store.read() as reader:
        known = find_action(reader, reference).row.id
    return services.actions.show(known, person=person)


def _result(text: str | None) -> Values | None:
    if text is None:
        return None
    value = json_of(text)
    if not isinstance(value, dict):
        raise InvalidInput("must be a JSON object", field="result")
    return values_from(value, "result")


def _tell(standing: ActionStanding, *, as_json: bool) -> None:
    if as_json:
        print_json(action_record(standing))
    else:
        tell_place(standing)
