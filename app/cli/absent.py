"""A command whose parts are not there. It says what it needs, and fails."""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.errors import NotAvailable

app = typer.Typer()


@app.command("draft")
def draft(
    deal: Annotated[str, typer.Option("--deal", metavar="D", help="The deal it is about.")],  # noqa: ARG001
    intent: Annotated[str, typer.Option("--intent", metavar="I", help="What it is to achieve.")],  # noqa: ARG001
) -> None:
    """Have the agent write a draft, then submit it."""
    raise NotAvailable("the writing agent; write the draft yourself and hand it in with `countersign submit`")
