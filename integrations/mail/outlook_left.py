"""Drafts that were left in mailboxes at Microsoft: in the folder of drafts, in the category `Countersign/submit`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from app.core.left_drafts import FOLDER, SUBMIT, Waiting
from app.core.ports import CALL_BUDGET, Handle
from integrations.graph import Graph, GraphStep, Reply
from integrations.mail.inboxes import in_words_of_the_port
from integrations.mail.outlook import drafts
from integrations.mail.outlook.changes import Following
from integrations.mail.outlook.essence import essence
from integrations.mail.outlook.wire import done, not_yet, text, there
from integrations.mail.turns import Turns

_NEEDS = ("Mail.ReadWrite",)
"""What sending needs as well. A message may be put in a category that the mailbox has never heard of; to give it a
colour would need more."""
_STEP_SECONDS = CALL_BUDGET.total_seconds() - 2
_ENOUGH_SECONDS = 6.0
"""With less left no further draft is read: it has its turn at the next look."""
_MOST_PAGES = 10
"""Of what has changed, in one go."""
_PAGE = {"Prefer": "odata.maxpagesize=100"}
_DRAFTS = "/mailFolders/drafts"
_WATCHED = {"$select": "isDraft,categories,changeKey"}
_SHOWN = {
    "$select": "id,isDraft,changeKey,parentFolderId,conversationId,internetMessageId,categories,bccRecipients",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """What Graph has told of one folder of drafts."""

    link: str = ""
    marked: tuple[str, ...] = ()


class OutlookLeftDrafts:
    """The marked drafts of everybody who has connected a mailbox at Microsoft.

    Which of them are marked, Graph's changes of the folder tell. That is kept in memory: a worker that begins reads
    the folder once, and each worker follows links of its own.
    """

    def __init__(self, graph: Graph, *, seconds: float = _STEP_SECONDS) -> None:
        """A call gives up after so many `seconds`."""
        self._graph = graph
        self._seconds = seconds
        self._following = Following(clock=graph.clock)
        self._turns = Turns()
        self._seen: dict[str, _Seen] = {}
        self._folders: dict[str, str] = {}

    def waiting(self, account: str) -> Waiting:
        """As the port says. Raises InboxClosed, InboxUnavailable."""
        with self._step(account) as step:
            self._seen[account] = seen = self._followed(step, self._seen.get(account, _Seen()))

            def read(key: str) -> bytes | None:
                with not_yet():
                    return self._raw(step, key)

            return self._turns.read(account, seen.marked, read, deadline=step.deadline, enough=_ENOUGH_SECONDS)

    def mark(self, account: str, key: str, word: str) -> None:
        """Raises as `waiting` does."""
        with self._step(account) as step:
            draft = self._lying(step, key)
            if draft is not None:
                kept = (each for each in _categories(draft) if not _is_ours(each) or _is_submit(each))
                value = {"categories": [*kept, f"{FOLDER}/{word}"]}
                there(step.call("PATCH", f"/messages/{key}", value=value), "mark the draft")

    def handle(self, account: str, key: str) -> Handle | None:
        """As the mail provider for Outlook names drafts of its own. Raises as `waiting` does."""
        with self._step(account) as step:
            draft = self._lying(step, key)
            return drafts.handle_of(draft, account) if draft is not None else None

    def raw(self, account: str, key: str) -> bytes | None:
        """Raises as `waiting` does."""
        with self._step(account) as step:
            return self._raw(step, key)

    def is_same(self, judged: bytes, lying: bytes) -> bool:
        """Exchange writes a draft anew at each look, so what it says is compared."""
        return judged == lying or essence(judged) == essence(lying)

    def _raw(self, step: GraphStep, key: str) -> bytes | None:
        """The mail as Exchange writes it, and who gets a blind copy: they stand in no mail of Exchange's."""
        draft = self._lying(step, key)
        raw = drafts.raw_of(step, key) if draft is not None else None
        if draft is None or raw is None:
            return None
        blind = sorted(drafts.goes_to({"bccRecipients": draft.get("bccRecipients")}))
        head = raw.partition(b"\r\n\r\n")[0].lower()
        if not blind or b"\nbcc:" in b"\n" + head:
            return raw
        line = ", ".join(" ".join(each.split()) for each in blind)
        return f"Bcc: {line}\r\n".encode() + raw

    def _lying(self, step: GraphStep, key: str) -> drafts.Message | None:
        """The draft, where it lies among the drafts still: what was deleted is a draft, too, in another folder."""
        reply = there(step.call("GET", f"/messages/{key}", query=_SHOWN), "show the draft")
        if reply is None:
            return None
        draft = reply.value()
        lies = draft.get("isDraft") is True and text(draft, "parentFolderId") == self._folder(step)
        return draft if lies else None

    def _folder(self, step: GraphStep) -> str:
        """What the mailbox calls its folder of drafts. That never changes."""
        if step.account not in self._folders:
            reply = done(step.call("GET", _DRAFTS, query={"$select": "id"}), "show the folder of drafts")
            self._folders[step.account] = text(reply.value(), "id")
        return self._folders[step.account]

    def _followed(self, step: GraphStep, seen: _Seen) -> _Seen:
        """With what has changed since; the whole folder where it has to be read anew. The newest come last."""
        for _ in range(_MOST_PAGES):
            told = self._following.page(step, seen.link, first=lambda: _first(step), size=_PAGE, folder="drafts")
            marked = dict.fromkeys(() if told.is_full else seen.marked)
            for each in told.values:
                _take(marked, each)
            seen = _Seen(link=told.link, marked=tuple(marked))
            if not told.has_more:
                break
        return seen

    @contextmanager
    def _step(self, account: str) -> Iterator[GraphStep]:
        with in_words_of_the_port(), not_yet(), self._graph.step(account, _NEEDS, seconds=self._seconds) as step:
            yield step


def _first(step: GraphStep) -> Reply:
    return step.call("GET", f"{_DRAFTS}/messages/delta", query=_WATCHED, headers=_PAGE)


def _take(marked: dict[str, None], told: Mapping[str, Any]) -> None:
    """Of what has changed, Graph may tell no more than the change: without categories, they are as they were."""
    key = text(told, "id")
    if "@removed" in told or told.get("isDraft") is False:
        marked.pop(key, None)
    elif "categories" in told:
        if any(map(_is_submit, _categories(told))):
            marked.setdefault(key)
        else:
            marked.pop(key, None)


def _categories(message: Mapping[str, Any]) -> list[str]:
    found = message.get("categories")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _is_ours(category: str) -> bool:
    return category.casefold().startswith(f"{FOLDER}/".casefold())


def _is_submit(category: str) -> bool:
    """Outlook knows no case in the names of categories."""
    return category.casefold() == SUBMIT.casefold()
