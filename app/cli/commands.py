"""The table of commands. A command's module is loaded when it is called: `extract` starts without a database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from app.version import version as product_version


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, and what it does in one line."""

    module: str
    help: str


COMMANDS = {
    "demo": Entry("demo", "Run the sample company's drafts through the gate and show what becomes of each."),
    "serve": Entry("serving", "Serve the review page, the API and a worker as one process."),
    "worker": Entry("serving", "Run one more worker until it is told to stop."),
    "extract": Entry("extract", "Find commitments, dates, attachment claims and hidden text; nothing else."),
    "assess": Entry("assess", "Judge drafts: findings, checks, risk, route. Nothing is stored or sent."),
    "submit": Entry("submit", "Hand drafts to the gate and print the verdict of each."),
    "draft": Entry("absent", "Have the agent write a draft (not available yet)."),
    "queue": Entry("review", "What waits for a person, most urgent first."),
    "show": Entry("review", "Everything about one draft on one screen."),
    "approve": Entry("decide", "Let exactly these bytes leave."),
    "edit": Entry("edit", "Change a draft; it is judged again."),
    "reject": Entry("decide", "Never send this draft."),
    "code": Entry("code", "Decide with a one-time code, as from a phone; or ask for one."),
    "undo": Entry("decide", "Take a draft back before it leaves."),
    "settle": Entry("settle", "Say what became of a mail that is stuck: it did leave, or try it again."),
    "ask": Entry("reviewing", "Ask the sender or the agent for information."),
    "answer": Entry("reviewing", "Answer a question about a draft of yours."),
    "comment": Entry("reviewing", "Note something for those who decide."),
    "reassign": Entry("reviewing", "Have somebody else asked in your place."),
    "reopen": Entry("reviewing", "Have people asked again about a draft that expired."),
    "away": Entry("away", "Out of office: who is away, and who decides in their name."),
    "notices": Entry("reviewing", "What you were told about drafts that wait."),
    "action": Entry("action", "What agents do besides mail: propose, decide, claim, report, take back."),
    "ledger": Entry("ledger", "What was promised to whom, until when, and what became of it."),
    "policy": Entry("policy", "Check, read, change and try the rules."),
    "stop": Entry("stop", "Stop everything, an agent or an action: no such mail begins to leave."),
    "resume": Entry("stop", "Lift a stop; what it held is judged again."),
    "limits": Entry("stop", "How much of each limit is used up, and what is stopped."),
    "autonomy": Entry("autonomy", "What agents have earned, with the figures; sign it, or withdraw it."),
    "incident": Entry("autonomy", "Record that a mail should not have been sent."),
    "samples": Entry("autonomy", "Look at mails that left unattended."),
    "audit": Entry("audit", "The trail: read it, verify it, export it."),
    "accounts": Entry("accounts", "Let the gate into mailboxes and calendars: connect, list, disconnect."),
    "tokens": Entry("tokens", "API tokens: issue, list, revoke."),
    "people": Entry("people", "The people of this company, their roles, and their authenticator apps."),
    "backup": Entry("keeping", "Copy the SQLite database while workers go on, and verify the copy."),
    "restore": Entry("keeping", "Put a back-up in the place of the database; nothing in it is sent blindly."),
    "migrate": Entry("keeping", "Bring the tables up to date while workers go on."),
    "doctor": Entry("doctor", "What is configured, what is missing, and how to mend it."),
}


class LazyCommand(TyperCommand):
    """Stands in the list for a command; the real one takes over when it is called."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """The real command's context: from here on it alone reads arguments, helps and runs."""
        return load(str(self.name)).make_context(*args, **kwargs)


class CommandTable(TyperGroup):
    """The commands of the table above, in its order."""

    def __init__(self, **attributes: Any) -> None:
        """Takes what Typer gives a group."""
        super().__init__(**attributes)
        self.commands = {name: LazyCommand(name, help=entry.help) for name, entry in COMMANDS.items()}


@cache
def load(name: str) -> TyperCommand | TyperGroup:
    """The command from its module: one of several there, or the module's group itself."""
    found = typer.main.get_command(import_module(f"app.cli.{COMMANDS[name].module}").app)
    if isinstance(found, TyperGroup):
        return found.commands.get(name, found)  # type: ignore[return-value]  # made by Typer, so of its classes
    return found  # type: ignore[return-value]


app = typer.Typer(cls=CommandTable, add_completion=False, pretty_exceptions_enable=False)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"countersign {product_version()}")
        raise typer.Exit


@app.callback(epilog="Settings: environment variables COUNTERSIGN_*, or countersign.toml in this folder.")
def countersign(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Stands between the agents that write a sales team's email and the customers who read it."""
