"""What has changed in a folder, by the links that Graph gives to go on from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from app.core.clock import Clock
from app.core.errors import SendRefused, SendUnavailable
from integrations.credentials.microsoft import PROVIDER
from integrations.graph import GraphStep, Reply, Unreadable
from integrations.mail.outlook.wire import done

_FORGOTTEN, _ALSO_FORGOTTEN = 410, frozenset({"syncstatenotfound", "resyncrequired"})
_NEXT, _DELTA = "@odata.nextLink", "@odata.deltaLink"
_NOT_THE_LINKS = frozenset({401, 403, 429})
"""Refusals that have nothing to do with the link: who asks has to sign in, or to wait."""
_BEGINS_ANEW_EVERY = timedelta(hours=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What Graph has told in one answer."""

    values: Sequence[Mapping[str, Any]]
    link: str
    """To go on from."""
    is_full: bool
    """Whether it begins anew: there was no link, or Graph takes it no more."""
    has_more: bool


class Following:
    """Goes on from link to link, and begins anew with a folder where Graph takes its link no more.

    How often it does so is kept in memory, by account and folder: each refusal would else lead to a new link.
    """

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._begun_anew: dict[tuple[str, str], datetime] = {}

    def page(
        self, step: GraphStep, link: str, *, first: Callable[[], Reply], size: Mapping[str, str], folder: str
    ) -> Page:
        """What has changed since the link was given; where there is none, or Graph takes it no more, what `first`
        asks for. `size` are the headers that say how long a page is. Raises Unreadable and SendError.

        A link that Graph has forgotten is given up whenever it says so (410), one that it refuses for any other
        reason of the link's own once an hour.
        """
        reply = step.follow(link, headers=size) if link else first()
        is_full = not link
        if link and (_is_forgotten(reply) or self._is_given_up(step.account, folder, reply)):
            reply, is_full = first(), True
        answer = _told(reply, folder)
        following, last = answer.value().get(_NEXT), answer.value().get(_DELTA)
        onward = following or last
        if not isinstance(onward, str):
            raise Unreadable("a list of changes without a link to go on from")
        return Page(values=answer.values(), link=onward, is_full=is_full, has_more=following is not None)

    def _is_given_up(self, account: str, folder: str, reply: Reply) -> bool:
        """Raises SendUnavailable where a link into this folder was given up less than an hour ago."""
        if not 400 <= reply.status < 500 or reply.status in _NOT_THE_LINKS or reply.pause is not None:
            return False
        now, before = self._clock.now(), self._begun_anew.get((account, folder))
        if before is not None and now < before + _BEGINS_ANEW_EVERY:
            raise SendUnavailable(
                f"Graph says {reply.in_words} to its own link into {folder}; "
                f"the folder is read in full after {before + _BEGINS_ANEW_EVERY:%H:%M} UTC"
            )
        self._begun_anew[account, folder] = now
        _log.warning(
            "a link into a folder was refused, so it is read in full",
            provider=PROVIDER,
            folder=folder,
            status=reply.status,
        )
        return True


def _is_forgotten(reply: Reply) -> bool:
    return reply.status == _FORGOTTEN or reply.code.casefold() in _ALSO_FORGOTTEN


def _told(reply: Reply, folder: str) -> Reply:
    """As `done`; a refusal is about no mail here."""
    doing = f"tell what has changed in {folder}"
    try:
        return done(reply, doing)
    except SendRefused:
        raise SendUnavailable(f"Graph says {reply.in_words}, asked to {doing}", retry_after=reply.pause) from None
