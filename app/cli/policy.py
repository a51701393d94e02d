"""`countersign policy`: check, read, publish; and a replay that is not there yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.house import Acting, AsJson, acting_person, house, read_text
from app.cli.output import clean, moment, print_json, say
from app.core.errors import InvalidInput, InvalidPolicy, NotAvailable
from app.policy import service
from app.policy.model import Policy

app = typer.Typer(help="Check, read and publish the rules.")

PolicyFile = Annotated[Path, typer.Argument(metavar="FILE", help="A policy in YAML.")]


@app.command("check")
def check(file: PolicyFile, as_json: AsJson = False) -> None:
    """Say whether a policy could be published; if not, where it is wrong."""
    policy = _read(file)
    if as_json:
        print_json(
            {**_record(policy), "rules": [rule.id for rule in policy.rules], "warnings": list(policy.warnings)}
        )
        return
    _say_sound(policy, f"{file} is sound")


def _read(file: Path) -> Policy:
    try:
        return service.check(read_text(file))
    except InvalidPolicy as error:
        raise InvalidInput(str(error), field=str(file)) from None


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
    if as_json:
        print_json(
            {
                "version": found.version,
                "published_by": found.published_by,
                "published_at": found.published_at.isoformat(),
                "text": found.text,
            }
        )
        return
    say(f"# version {found.version}, published by {found.published_by} at {moment(found.published_at)}")
    print(clean(found.text), end="" if found.text.endswith("\n") else "\n")


@app.command("publish")
def publish(file: PolicyFile, person: Acting, as_json: AsJson = False) -> None:
    """Put a policy in force. Its version must be higher than the one in force."""
    _read(file)
    with house() as services:
        who = acting_person(services, person)
        policy = service.publish(services.store, read_text(file), person=who, now=services.clock.now())
    if as_json:
        print_json({**_record(policy), "warnings": list(policy.warnings)})
    else:
        _say_sound(policy, "in force from now on")


@app.command("simulate")
def simulate(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The policy to try.")] = None,  # noqa: ARG001
    since: Annotated[str | None, typer.Option(metavar="T", help="Replay drafts from then on.")] = None,  # noqa: ARG001
) -> None:
    """Replay a policy over past drafts and show what would change (not available yet)."""
    raise NotAvailable("a replay of past drafts; try single drafts with `countersign assess --policy FILE`")
