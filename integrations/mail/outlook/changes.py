"""What has changed in a folder, by the links that Graph gives to go on from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.graph import GraphStep, Reply, Unreadable
from integrations.mail.outlook.wire import done

_FORGOTTEN, _ALSO_FORGOTTEN = 410, frozenset({"syncstatenotfound", "resyncrequired"})
_NEXT, _DELTA = "@odata.nextLink", "@odata.deltaLink"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What Graph has told in one answer."""

    values: Sequence[Mapping[str, Any]]
    link: str
    """To go on from."""
    is_full: bool
    """Whether it begins anew: there was no link, or Graph has forgotten it."""
    has_more: bool


def page(step: GraphStep, link: str, *, first: Callable[[], Reply], size: Mapping[str, str], folder: str) -> Page:
    """What has changed since the link was given; where there is none, or Graph has forgotten it (410), what `first`
    asks for. `size` are the headers that say how long a page is. Raises Unreadable and SendError.
    """
    reply = step.follow(link, headers=size) if link else first()
    is_full = not link
    if link and (reply.status == _FORGOTTEN or reply.code.casefold() in _ALSO_FORGOTTEN):
        reply, is_full = first(), True
    answer = done(reply, f"tell what has changed in {folder}")
    following, last = answer.value().get(_NEXT), answer.value().get(_DELTA)
    onward = following or last
    if not isinstance(onward, str):
        raise Unreadable("a list of changes without a link to go on from")
    return Page(values=answer.values(), link=onward, is_full=is_full, has_more=following is not None)
