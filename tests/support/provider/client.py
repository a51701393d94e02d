"""The mailbox server behind the port, in three manners. No call is ever repeated but after a refused token."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from urllib.parse import urlencode

from app.core.errors import MailChanged, SendUncertain
from app.core.ports import Handle, Manner, OutgoingMail, Pace, Receipt
from tests.support.provider.faults import Step
from tests.support.provider.wire import Reply, Wire, read

PACE = Pace(interval=timedelta(seconds=1), burst=5)


class DraftsFirst:
    """Lays a draft ready, and sends that draft: it leaves once, however often it is told to."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def name(self) -> str:
        """The provider's name."""
        return "drafts-first"

    @property
    def manner(self) -> Manner:
        """A draft that was sent is gone, so it cannot be sent again."""
        return Manner(lays_ready=True, sends_once=True, remembers=True, pace=PACE)

    def prepare(self, mail: OutgoingMail) -> Handle:
        """The draft that lies there under this id, or a new one."""
        lying = self._wire.call(None, "GET", f"drafts?{urlencode({'send_id': mail.send_id})}").value
        if lying:
            return {"draft": str(lying[0])}
        made = self._wire.call(Step.PREPARE, "POST", "drafts", body=mail.raw, X_Send_Id=mail.send_id)
        return {"draft": str(read(made.value, "id"))}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Read the draft back."""
        reply = self._wire.call(Step.VERIFY, "GET", f"drafts/{handle['draft']}")
        if not reply.is_there:
            raise MailChanged("the draft is gone from the mailbox; was it sent by hand? If not, try again")
        if base64.b64decode(read(reply.value, "raw")) != mail.raw:
            raise MailChanged("the draft was edited in the mailbox; delete it there, then try again")

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Send the draft, if it is still what was approved."""
        return {**handle, "message": str(read(self._let_go(mail, handle, "send").value, "id"))}

    def _let_go(self, mail: OutgoingMail, handle: Handle, how: str) -> Reply:
        approved = hashlib.sha256(mail.raw).hexdigest()
        reply = self._wire.call(Step.SEND, "POST", f"drafts/{handle['draft']}/{how}", If_Match=approved)
        if reply.status == 412:
            raise MailChanged("the draft was edited in the mailbox; delete it there, then try again")
        if not reply.is_there:
            raise SendUncertain("the draft is gone: it was sent, or deleted")
        return reply

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """Read the sent mail's own id back."""
        reply = self._wire.call(Step.CONFIRM, "GET", f"sent/{answer['message']}")
        if not reply.is_there:
            raise SendUncertain("the mailbox does not show it yet")
        return self._receipt(mail.send_id, read(reply.value, "id"))

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """Among the sent mail; where it is not, a draft that still lies there has not left."""
        sent = self._wire.call(Step.FIND, "GET", f"sent?{urlencode({'send_id': send_id})}").value
        if not isinstance(sent, list):
            raise SendUncertain("the mailbox answered what nobody can read")
        if sent:
            return self._receipt(send_id, sent[0])
        if "draft" in handle and not self._wire.call(None, "GET", f"drafts/{handle['draft']}").is_there:
            raise SendUncertain("the draft is gone, and no sent mail is to be seen")
        return None

    def _receipt(self, send_id: str, number: object) -> Receipt:
        return Receipt(send_id=send_id, provider=self.name, provider_id=str(number))


class AcceptedThenSeen(DraftsFirst):
    """Lays a draft ready and has it accepted; later the mail is seen. Accepted twice, it leaves twice."""

    @property
    def name(self) -> str:
        """The provider's name."""
        return "accepted-then-seen"

    @property
    def manner(self) -> Manner:
        """What was accepted and is not seen yet may still leave."""
        return Manner(lays_ready=True, sends_once=False, remembers=True, pace=PACE)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Have the draft accepted, if it is still what was approved."""
        self._let_go(mail, handle, "accept")
        return handle

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:  # noqa: ARG002 - acceptance gives no id
        """Look for it among the sent mail."""
        sent = self._wire.call(Step.CONFIRM, "GET", f"sent?{urlencode({'send_id': mail.send_id})}").value
        if not isinstance(sent, list) or not sent:
            raise SendUncertain("accepted, and not to be seen yet")
        return self._receipt(mail.send_id, sent[0])


class Memoryless:
    """Takes a mail and answers; afterwards it knows nothing of it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @property
    def name(self) -> str:
        """The provider's name."""
        return "memoryless"

    @property
    def manner(self) -> Manner:
        """Every call is a delivery, and nobody can be asked."""
        return Manner(lays_ready=False, sends_once=False, remembers=False, pace=PACE)

    def prepare(self, mail: OutgoingMail) -> Handle:  # noqa: ARG002 - nothing lies ready
        """Nothing to lay ready."""
        return {}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Nothing that anybody could have changed."""

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:  # noqa: ARG002 - nothing lies ready
        """Hand the bytes over."""
        reply = self._wire.call(Step.SEND, "POST", "submit", body=mail.raw, X_Send_Id=mail.send_id)
        return {"message": str(read(reply.value, "id"))}

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """The answer is all there is."""
        return Receipt(send_id=mail.send_id, provider=self.name, provider_id=answer["message"])

    def find(self, send_id: str, handle: Handle) -> Receipt | None:  # noqa: ARG002 - it cannot tell
        """It cannot tell."""
        raise SendUncertain(f"nobody can tell what became of {send_id}; look at the mailbox")
