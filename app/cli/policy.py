"""`countersign policy`: check and read; and the commands that change it, or try another one."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli import policy_control as control
from app.cli import policy_offers as offers
from app.cli import policy_trials as trials
from app.cli.house import AsJson, house, read_text
from app.cli.output import clean, moment, print_json, say
from app.cli.policy_text import PolicyFile, read_policy
from app.policy import service
from app.policy.model import Policy
from app.policy.records import trial_record
from app.policy.trying import shadow_trials

app = typer.Typer(help="Check, read, change and try the rules.")


@app.command("check")
def check(file: PolicyFile, as_json: AsJson = False) -> None:
    """Say whether a policy could be published; if not, where it is wrong."""
    policy = read_policy(read_text(file), str(file))
    if as_json:
        print_json(
            {**_record(policy), "rules": [rule.id for rule in policy.rules], "warnings": list(policy.warnings)}
        )
        return
    _say_sound(policy, f"{file} is sound")


def _say_sound(policy: Policy, opening: str) -> None:
    for warning in policy.warnings:
        say(f"note: {warning}", style="yellow")
    window = f"{policy.undo_window.total_seconds():g} s"
    say(f"{opening}: version {policy.version}, {len(policy.rules)} rules, undo window {window}")


def _record(policy: Policy) -> dict[str, object]:
    return {"version": policy.version, "undo_window_seconds": policy.undo_window.total_seconds()}


@app.command("show")
def show(
    version: Annotated[
        int | None, typer.Option(help="A version that was in force; the one that is, otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the policy in force, as it was published."""
    with house() as services, services.store.read() as reader:
        found = service.published(reader, version=version)
        in_force = found.version == service.published(reader).version
        tried = shadow_trials(reader, services.gate.policy, since=found.published_at) if in_force else ()
    if as_json:
        print_json(
            {
                "version": found.version,
                "published_by": found.published_by,
                "published_at": found.published_at.isoformat(),
                "text": found.text,
                "on_trial": [trial_record(trial) for trial in tried],
            }
        )
        return
    say(f"# version {found.version}, published by {found.published_by} at {moment(found.published_at)}")
    for trial in tried:
        if trial.failed:
            say(f"# on trial: {trials.failing(trial)}")
    print(clean(found.text), end="" if found.text.endswith("\n") else "\n")


for _command in (
    control.propose,
    control.review,
    control.publish,
    control.rollback,
    control.history,
    control.diff,
    trials.simulate,
    trials.shadow,
    offers.actions,
    offers.starter,
):
    app.command(_command.__name__)(_command)
app.command("proposals")(control.listed)
