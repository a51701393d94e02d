"""Commands whose parts are not there. They say what they need, and fail."""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.errors import InvalidInput, NotAvailable

app = typer.Typer()
accounts = typer.Typer(help="Connect mailboxes (not available yet).")
app.add_typer(accounts, name="accounts")

_MAILBOXES = ("gmail", "outlook")


@app.command("draft")
def draft(
    deal: Annotated[str, typer.Option("--deal", metavar="D", help="The deal it is about.")],  # noqa: ARG001
    intent: Annotated[str, typer.Option("--intent", metavar="I", help="What it is to achieve.")],  # noqa: ARG001
) -> None:
    """Have the agent write a draft, then submit it."""
    raise NotAvailable("the writing agent; write the draft yourself and hand it in with `countersign submit`")


@accounts.command("connect")
def connect(mailbox: Annotated[str, typer.Argument(metavar="gmail|outlook", help="Which kind of mailbox.")]) -> None:
    """Connect a mailbox."""
    if mailbox not in _MAILBOXES:
        raise InvalidInput(f"is neither {' nor '.join(_MAILBOXES)}", field=mailbox)
    raise NotAvailable(f"a provider for {mailbox}; until then mail goes to the outbox folder")
