"""Mail through Outlook, draft first: a draft is laid, looked at, sent, and looked for among what was sent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from app.core.errors import MailChanged, SendError, SendRefused, SendUncertain
from app.core.ports import CALL_BUDGET, Handle, Manner, OutgoingMail, Pace, Receipt
from integrations.addresses import address_key
from integrations.credentials.microsoft import SEND
from integrations.graph import Graph, GraphStep
from integrations.http import Deadline
from integrations.mail.outlook import drafts
from integrations.mail.outlook.sameness import difference
from integrations.mail.outlook.wire import let_go, not_yet, told

_STEP_SECONDS = CALL_BUDGET.total_seconds() - 2
"""For all calls of one step; what is left of the budget is for our own work."""
_MOST_BYTES = 35_000_000
"""Octets of the longest mail: what Exchange Online lets leave unless told otherwise, files of about 25 MB."""
_LOOKS = (0.5, 1.0, 2.0)
"""Seconds between the looks whether an accepted mail has left: it takes Exchange a moment."""
_PACE = Pace(interval=timedelta(seconds=2), burst=3)
"""Exchange Online lets 30 mails a minute leave. Its 10,000 requests in ten minutes are a thousand mails."""
_GONE = "the draft is gone from the mailbox; was it sent by hand? If not, try again"


class OutlookMail:
    """Mailboxes of Microsoft 365 and Outlook.com: `OutlookMail(Graph(SignedInAccess(app, grants), clock=…))`.

    Graph answers 202 to `/send` when it has accepted a mail, not when it has left, and nobody promises what a second
    `/send` does meanwhile: so a send that nobody heard back from is asked about and never repeated. An immutable id
    stays with the message when it is sent; the send id, a property that is seen in this mailbox only, does too.
    """

    name = "outlook"

    def __init__(
        self,
        graph: Graph,
        *,
        aliases: Mapping[str, str] | None = None,
        reply_drafts: bool = True,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """`aliases` names the account to which an address belongs that is none; who may send as whom, Exchange knows.

        `reply_drafts`: whether an answer is laid by `createReply`, which keeps its conversation.
        """
        self._graph = graph
        self._aliases = {address_key(alias): account.lower() for alias, account in (aliases or {}).items()}
        self._reply_drafts = reply_drafts
        self._pause = pause

    @property
    def manner(self) -> Manner:
        """A draft lies ready; one that was accepted may leave later, so it is not told twice; sent mail is found."""
        return Manner(lays_ready=True, sends_once=False, remembers=True, pace=_PACE)

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Lay a draft of exactly these bytes, marked with its send id."""
        if len(mail.raw) > _MOST_BYTES:
            size = f"{len(mail.raw) / 1e6:.0f} MB"
            raise SendRefused(f"the mail has {size}, and Exchange lets 35 MB leave; send fewer or smaller files")
        mailbox = self._mailbox(mail)
        with self._step(mailbox) as step:
            draft = drafts.laid(step, mail, as_reply=self._reply_drafts)
            return drafts.handle_of(draft, mailbox)

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Read the draft back, and compare all that its readers would see; `sameness` says what that is."""
        with self._step(handle["mailbox"]) as step:
            self._require_unchanged(step, mail, handle)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Let the draft go, on condition that it is the version that was looked at."""
        with self._step(handle["mailbox"]) as step:
            with not_yet():
                version = self._version_to_send(step, mail, handle)
            head = {"If-Match": version} if version else {}
            let_go(step.call("POST", f"/messages/{handle['message']}/send", headers=head))
        return handle

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """Look a few times whether it is a draft no more."""
        with self._step(answer["mailbox"]) as step:
            for seconds in (*_LOOKS, None):
                message = drafts.with_id(step, answer["message"])
                if message is not None and message.get("isDraft") is False:
                    return self._receipt(mail.send_id, message)
                if seconds is None or step.deadline.left() <= seconds:
                    break
                self._pause(seconds)
        raise SendUncertain("accepted, and not to be seen among what was sent yet")

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """By the draft's own id, which it keeps; else by the send id, the Message-ID and the conversation.

        None while it still is a draft, which a mail that was accepted a moment ago is too: `manner` says so. Without
        a handle, as after a restore, it is looked for in every mailbox that is open to the gate.
        """
        if not handle:
            return self._find_anywhere(send_id)
        with self._step(handle["mailbox"]) as step:
            message = drafts.with_id(step, handle["message"])
            message = message or drafts.with_send_id(step, "", send_id)
            message = message or drafts.with_message_id(step, "", handle.get("internet_message_id", ""))
            if message is None and "conversation" in handle:
                message = drafts.in_conversation(step, handle["conversation"], send_id)
        if message is None:
            raise SendUncertain("the draft is gone, and no sent mail is to be seen: it was sent, or deleted")
        return self._receipt(send_id, message) if message.get("isDraft") is False else None

    def _find_anywhere(self, send_id: str) -> Receipt | None:
        """The receipt of a mail of which nobody kept where it was laid.

        Raises SendUncertain where it is not found, and not every mailbox could be looked into.
        """
        access, deadline = self._graph.access, Deadline(_STEP_SECONDS)
        if access.acts_for_itself:
            raise SendUncertain("nobody kept in whose mailbox it was laid, and there is no list of them")
        unseen = []
        for mailbox in access.accounts(SEND):
            try:
                with self._step(mailbox, seconds=deadline.left()) as step:
                    message = drafts.with_send_id(step, "", send_id)
            except SendError:
                unseen.append(mailbox)
                continue
            if message is not None:
                return self._receipt(send_id, message) if message.get("isDraft") is False else None
        if unseen:
            raise SendUncertain(f"it is in no mailbox that could be seen, and {len(unseen)} could not be")
        return None

    def _version_to_send(self, step: GraphStep, mail: OutgoingMail, handle: Handle) -> str:
        """The version that says what was approved, empty where Graph names none.

        The one that was laid and verified is not read again.
        """
        draft = self._draft(step, handle)
        version = drafts.etag(draft)
        if version and version == handle.get("etag"):
            return version
        return self._require_unchanged(step, mail, handle)

    def _require_unchanged(self, step: GraphStep, mail: OutgoingMail, handle: Handle) -> str:
        """The version of the draft, which says what was approved. Raises MailChanged.

        The version is asked for before the content: whoever edits in between is seen by the one or the other.
        """
        draft = self._draft(step, handle)
        if drafts.goes_to(draft) != frozenset(map(address_key, mail.recipients)):
            raise _changed("recipients")
        raw = drafts.raw_of(step, handle["message"])
        if raw is None:
            raise MailChanged(_GONE)
        part = difference(mail.raw, raw)
        if part:
            raise _changed(part)
        return drafts.etag(draft)

    def _draft(self, step: GraphStep, handle: Handle) -> drafts.Message:
        """The message, where it still lies where it was laid."""
        message = drafts.with_id(step, handle["message"])
        if message is None:
            raise MailChanged(_GONE)
        if message.get("isDraft") is not True:
            raise MailChanged("the draft was sent from the mailbox already")
        if message.get("parentFolderId") != handle["folder"]:
            raise MailChanged("the draft was moved or deleted in the mailbox; delete it for good, then try again")
        return message

    def _mailbox(self, mail: OutgoingMail) -> str:
        return self._aliases.get(address_key(mail.sender), mail.sender.lower())

    @contextmanager
    def _step(self, mailbox: str, *, seconds: float = _STEP_SECONDS) -> Iterator[GraphStep]:
        with told(), self._graph.step(mailbox, SEND, seconds=seconds) as step:
            yield step

    def _receipt(self, send_id: str, message: drafts.Message) -> Receipt:
        return Receipt(send_id=send_id, provider=self.name, provider_id=str(message["id"]))


def _changed(part: str) -> MailChanged:
    return MailChanged(f"the draft is not what was approved any more ({part}); delete it in the mailbox, try again")
