"""`countersign policy simulate` and `shadow`: what other rules would have done with the drafts of the past."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.text import Text

from app.cli.house import AsJson, house
from app.cli.output import one_line, print_json, print_table, say, styled
from app.cli.period import Since, Until, moment_of, shown
from app.cli.policy_text import named_text, read_policy
from app.core.routes import Route
from app.policy.records import READ, SENT, simulation_record, trial_record
from app.policy.replay import Precision, Simulation
from app.policy.shadow import RuleTrial
from app.policy.trying import shadow_trials
from app.policy.trying import simulate as replayed

_MOST_CHANGES = 50

Tried = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]", help="A file, a version's number or a proposal's id; the policy in force otherwise."
    ),
]


def simulate(file: Tried = None, since: Since = None, until: Until = None, as_json: AsJson = False) -> None:
    """Route the drafts of the past by another policy, and show what would change. Nothing is stored or sent."""
    with house() as services:
        now = services.clock.now()
        text = named_text(services, file) if file is not None else None
        if text is not None:
            read_policy(text, str(file))
        with services.store.read() as reader:
            found = replayed(
                reader,
                services.gate.policy,
                text,
                since=moment_of(since, option="since", now=now),
                until=moment_of(until, option="until", now=now),
                watch=shown("replaying", hidden=as_json),
            )
    if as_json:
        print_json(simulation_record(found))
    else:
        _print_simulation(found)


def _print_simulation(found: Simulation) -> None:
    say(f"version {found.policy_version} on {found.replayed} drafts: {len(found.changes)} would go another way")
    for line in _not_replayed(found):
        say(f"note: {line}", style="yellow")
    if not found.replayed:
        return
    print_table(
        ("then \\ now*", *(f"{route}*" for route in Route)),
        ((styled(before.value), *(str(found.routes.get((before, after), 0)) for after in Route)) for before in Route),
        nothing="",
    )
    print_table(
        ("what people did with*", "drafts*", "approved unchanged*", "objected*", "precision*"),
        (
            _precision_row("unattended then", found.precision(*SENT, before=True), sending=True),
            _precision_row("unattended now", found.precision(*SENT), sending=True),
            _precision_row("reviewed then", found.precision(*READ, before=True), sending=False),
            _precision_row("reviewed now", found.precision(*READ), sending=False),
        ),
        nothing="",
    )
    say("objected: edited, rejected or undone. Precision: where people had a say, how often letting it go was right,")
    say("and how often a person was needed.")
    print_table(
        ("draft*", "then*", "now*", "people", "rule then", "rule now", "why now"), _changes(found), nothing=""
    )
    if len(found.changes) > _MOST_CHANGES:
        say(f"and {len(found.changes) - _MOST_CHANGES} more; --json has them all")


def _not_replayed(found: Simulation) -> Iterator[str]:
    for reason, count in found.left_out.items():
        yield f"{count} drafts are left out: {reason}"
    for name, count in sorted(found.other_thresholds.items()):
        yield f"{count} drafts were checked with another {name}; what the checks found then stands"
    for rule, count in sorted(found.kept_floors.items()):
        yield f"{count} drafts were held by {rule}, and are held in the same way here"
    for rule, count in sorted(found.failed_on_trial.items()):
        yield f"rule '{rule}' on trial fails on {count} drafts; `policy shadow` says why"
    if found.other_rule:
        yield f"{found.other_rule} drafts would go the same way by another rule"


def _precision_row(name: str, of: Precision, *, sending: bool) -> tuple[str, ...]:
    share = of.of_sending if sending else of.of_review
    precision = f"{share:.1%}" if share is not None else "nobody decided"
    return (name, str(of.drafts), str(of.agreed), str(of.objected), precision)


def _changes(found: Simulation) -> Iterator[tuple[str | Text, ...]]:
    for change in found.changes[:_MOST_CHANGES]:
        yield (
            change.draft_id,
            styled(change.before.route.value),
            styled(change.after.route.value),
            change.outcome.value,
            change.before.rule,
            change.after.rule,
            one_line(change.after.why, 60),
        )


def shadow(since: Since = None, as_json: AsJson = False) -> None:
    """How often the rules on trial have matched, and what would have gone another way if they had counted."""
    with house() as services, services.store.read() as reader:
        moment = moment_of(since, option="since", now=services.clock.now())
        found = shadow_trials(reader, services.gate.policy, since=moment, watch=shown("reading", hidden=as_json))
    if as_json:
        for trial in found:
            print_json(trial_record(trial))
        return
    print_table(
        ("rule", "route*", "drafts*", "matched*", "failed*", "would change", "examples"),
        (_trial_row(trial) for trial in found),
        nothing="no rule of the policy in force has mode: shadow",
    )
    for trial in found:
        if trial.failed:
            say(f"note: {failing(trial)}", style="yellow")


def failing(trial: RuleTrial) -> str:
    """How often a rule on trial has failed, and why."""
    return f"on {trial.failed} of {trial.drafts} drafts {trial.failure}"


def _trial_row(trial: RuleTrial) -> tuple[str | Text, ...]:
    changes = (f"{count} {before} → {after}" for (before, after), count in sorted(trial.changes.items()))
    return (
        trial.rule.id,
        styled(trial.rule.route.value),
        str(trial.drafts),
        str(trial.matched),
        str(trial.failed),
        ", ".join(changes) or "nothing",
        ", ".join(example.draft_id for example in trial.examples),
    )
