"""A policy as people name one on the command line: a file, a version, a proposal, or the one in force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.house import read_text
from app.core.errors import InvalidInput, InvalidPolicy
from app.policy import service
from app.policy.model import Policy
from app.policy.proposals import find
from app.services import Services

LIVE = "live"
_PROPOSAL = "pp_"

PolicyFile = Annotated[Path, typer.Argument(metavar="FILE", help="A policy in YAML.")]
Named = Annotated[str, typer.Argument(help="A file, a version's number, a proposal's id, or 'live'.")]


def read_policy(text: str, name: str) -> Policy:
    """The policy that the text describes. Raises InvalidInput, which names where it comes from."""
    try:
        return service.check(text)
    except InvalidPolicy as error:
        raise InvalidInput(str(error), field=name) from None


def is_proposal(name: str) -> bool:
    """Whether this is a proposal's id, and no file."""
    return name.startswith(_PROPOSAL) and not Path(name).exists()


def named_text(services: Services, name: str) -> str:
    """The text of the policy of this name. Raises NotFound, InvalidInput where there is no such file."""
    if name != LIVE and not name.isdecimal() and not is_proposal(name):
        return read_text(Path(name))
    with services.store.read() as reader:
        if is_proposal(name):
            return find(reader, name).text
        return service.published(reader, version=None if name == LIVE else int(name)).text
