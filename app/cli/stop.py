"""`countersign stop`, `resume` and `limits`: the switch that stops everything, and how much may leave."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.house import Acting, AsJson, acting_person, house
from app.cli.output import moment, print_json, print_table, say
from app.core.errors import InvalidInput
from app.core.limits import Stop, StopScope
from app.limits import switch
from app.limits.floors import stop_in_words, window_in_words
from app.limits.overview import limits_in_use
from app.limits.rejudging import Judged, judge_all_freed
from app.records import stop_record, use_record
from app.store.uses import Use

app = typer.Typer()

All = Annotated[bool, typer.Option("--all", help="Everything; for admins and owners.")]
Agent = Annotated[str | None, typer.Option(metavar="A", help="What this agent wrote.")]
Action = Annotated[
    str | None,
    typer.Option(
        metavar="X", help="One kind of action: send_email, update_record, …, or the kind of mail that drafts name."
    ),
]


@app.command("stop")
def stop(
    *,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; everybody who meets the stop reads it.")],
    everything: All = False,
    agent: Agent = None,
    action: Action = None,
    as_json: AsJson = False,
) -> None:
    """Let nothing of this begin to leave, from now on and on every worker. Drafts that meet it go to review."""
    scope, subject = _meant(everything, agent, action)
    with house() as services:
        who = acting_person(services, person)
        made = switch.stop(
            services.store,
            services.ids,
            scope=scope,
            subject=subject,
            reason=reason,
            person=who,
            now=services.clock.now(),
        )
        with services.store.read() as reader:
            strange = switch.is_strange(reader, made)
    if as_json:
        print_json(stop_record(made))
        return
    say(stop_in_words(made), style="bold red")
    if strange:
        say(f"note: no draft of an agent called '{made.subject}' has ever come in", style="yellow")
    say(f"Lift it with: countersign resume {_option(made)} --as PERSON")


@app.command("resume")
def resume(
    *,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")] = "",
    everything: All = False,
    agent: Agent = None,
    action: Action = None,
    as_json: AsJson = False,
) -> None:
    """Lift a stop. What it put into review is judged again, and leaves if the policy lets it."""
    scope, subject = _meant(everything, agent, action)
    with house() as services:
        lifted = switch.resume(
            services.store,
            scope=scope,
            subject=subject,
            reason=reason,
            person=acting_person(services, person),
            now=services.clock.now(),
        )
        judged = judge_all_freed(services.gate)
    if as_json:
        print_json({**stop_record(lifted), "judged_again": judged.done, "still_waiting": judged.failed})
        return
    say(f"{lifted.what} is no longer stopped; lifted by {lifted.lifted_by} at {moment(lifted.lifted_at)}")
    _say_judged(judged)


def _say_judged(judged: Judged) -> None:
    say(f"judged again: {judged.done} drafts that were held by stops")
    if judged.failed:
        say(f"{judged.failed} could not be judged now and stay in review; workers go on trying", style="yellow")


@app.command("limits")
def limits(as_json: AsJson = False) -> None:
    """How much of each limit is used up in its window, and what is stopped."""
    with house() as services, services.store.read() as reader:
        stops = switch.listed(reader)
        set_limits = services.gate.policy.read(reader).limits
        uses = list(limits_in_use(reader, set_limits, at=services.clock.now()))
    if as_json:
        print_json({"stops": [stop_record(each) for each in stops], "limits": [use_record(use) for use in uses]})
        return
    for each in stops:
        say(stop_in_words(each), style="bold red")
    print_table(
        ("limit*", "for", "used*", "in the last*", "next free place*"),
        (_row(use) for use in uses),
        nothing="the policy in force sets no limits",
    )


def _row(use: Use) -> tuple[str, ...]:
    used = f"{use.used} of {use.limit.most}"
    free = moment(use.free_at) if use.free_at else "now"
    return (use.limit.key, use.subject or "anybody", used, window_in_words(use.limit.window), free)


def _meant(everything: bool, agent: str | None, action: str | None) -> tuple[StopScope, str]:
    named = [
        (scope, name) for scope, name in ((StopScope.AGENT, agent), (StopScope.ACTION, action)) if name is not None
    ]
    if everything:
        named.append((StopScope.ALL, ""))
    if len(named) != 1:
        raise InvalidInput("say what: exactly one of --all, --agent A and --action X")
    return named[0]


def _option(stop: Stop) -> str:
    return "--all" if stop.scope is StopScope.ALL else f"--{stop.scope} '{stop.subject}'"
