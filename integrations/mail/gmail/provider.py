"""Gmail behind the port: a draft is laid ready, compared, sent, and read back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from app.core.clock import Clock
from app.core.errors import MailChanged, SendError, SendRefused, SendUnavailable, SendUncertain
from app.core.ports import CALL_BUDGET, Handle, Manner, OutgoingMail, Pace, Receipt
from integrations.credentials.google.caller import Caller
from integrations.credentials.google.tokens import Keys
from integrations.http import GRACE_SECONDS
from integrations.mail.gmail.content import Letter, content_of, difference, letter_of
from integrations.mail.gmail.mailbox import Gmail, Lying, Mail, Mailbox
from integrations.mail.gmail.search import conversation_of, sent_mail, sent_with
from integrations.mail.gmail.words import told

_PACE = Pace(interval=timedelta(seconds=3), burst=5)
"""Of the 6,000 units a minute that Google gives a mailbox, a mail takes 120 to 260."""
_STEP_SECONDS = CALL_BUDGET.total_seconds() - GRACE_SECONDS
_MOST_BYTES = 36_700_160
"""Of a mail with its attachments, which are a third longer there: 25 MB of files."""
_DRAFTS_LOOKED_AT = 10
"""A draft whose making was not reported back was made moments ago."""
_GONE = "the draft is gone from the mailbox: if it was not sent by hand, try again"


class GmailMail:
    """The mailboxes of all senders who have connected theirs. Each mail leaves from its sender's own."""

    def __init__(
        self,
        keys: Keys,
        *,
        clock: Clock,
        root: str | None = None,
        ca_file: str | None = None,
        seconds: float = _STEP_SECONDS,
    ) -> None:
        """`root` replaces Gmail's address, `ca_file` the authorities; a step gives up after so many `seconds`."""
        self._keys = keys
        self._clock = clock
        self._gmail = Gmail(root)
        self._ca_file = ca_file
        self._seconds = seconds

    @property
    def name(self) -> str:
        """The provider's name, as it stands in the trail."""
        return "gmail"

    @property
    def manner(self) -> Manner:
        """A draft that was sent is gone, so it cannot be sent again."""
        return Manner(lays_ready=True, sends_once=True, remembers=True, pace=_PACE)

    def prepare(self, mail: OutgoingMail) -> Handle:
        """The draft that lies there with this Message-ID, or a new one in the conversation that it answers.

        Raises SendRefused where Gmail cannot send it as it is, MailboxClosed where the sender has to connect it.
        """
        if len(mail.raw) > _MOST_BYTES:
            raise SendRefused("the mail is longer than Gmail takes (25 MB of attachments): send a link instead")
        letter = letter_of(mail)
        account = mail.sender.lower()
        with self._open(account) as mailbox, told(account):
            self._require_own_sender(mailbox, letter, account)
            lying = self._find_draft(mailbox, letter.message_id)
            if lying is None:
                thread = conversation_of(mailbox, letter)
                lying = mailbox.draft(mailbox.create_draft(letter, thread=thread))
        if lying is None:
            raise SendUnavailable("the draft was gone as soon as it was made; it is tried again")
        return _handle(account, lying, letter)

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Read the draft back. Raises MailChanged where it says anything else than what was approved."""
        with self._open(handle["mailbox"]) as mailbox, told(handle["mailbox"]):
            found = mailbox.draft_bytes(handle["draft"])
        if found is None:
            raise MailChanged(_GONE)
        part = difference(letter_of(mail).content, content_of(found))
        if part:
            raise MailChanged(f"the draft was edited in the mailbox ({part}): delete it there, then try again")

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Let the draft go. The approved bytes are handed over with it, so an edit of this instant does not leave."""
        with self._open(handle["mailbox"]) as mailbox, told(handle["mailbox"], sends=True):
            sent, thread = mailbox.send_draft(handle["draft"], letter_of(mail), thread=handle["thread"])
        return {**handle, "sent": sent, "thread": thread}

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """Read the sent mail back, and put the gate's label on it where the owner lets it."""
        with self._open(answer["mailbox"]) as mailbox:
            with told(answer["mailbox"]):
                found = mailbox.mail(answer["sent"])
            if found is None or not found.is_sent:
                raise SendUncertain("Gmail took it, and does not show it among the sent mail yet")
            with suppress(SendError), told(answer["mailbox"]):
                mailbox.mark(found.id)  # a label is a comfort: without it the mail has left all the same
        return self._receipt(mail.send_id, found)

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """Whether the draft still lies there; where it does not, the sent mail that came of it."""
        if not handle:
            return self._find_anywhere(send_id)
        with self._open(handle["mailbox"]) as mailbox, told(handle["mailbox"]):
            if mailbox.draft_lies(handle["draft"]):
                return None
            found = sent_mail(mailbox, handle)
        if found is None:
            raise SendUncertain("the draft is gone and no sent mail is to be seen: it was sent, or deleted")
        return self._receipt(send_id, found)

    def _find_anywhere(self, send_id: str) -> Receipt | None:
        """Of a mail whose draft nobody knows, as after a back-up was restored: among the sent mail of every account.

        Only where all of it could be looked at is it certain that the mail has not left.
        """
        accounts = self._keys.accounts()
        if accounts is None:
            raise SendUncertain("nobody knows whose mailbox it left from; look among the sender's sent mail")
        for account in accounts:
            with self._open(account) as mailbox, told(account):
                found, complete = sent_with(mailbox, send_id)
            if found is not None:
                return self._receipt(send_id, found)
            if not complete:
                raise SendUncertain(f"there is more sent mail in {account} than can be looked at; look for it there")
        return None

    @contextmanager
    def _open(self, account: str) -> Iterator[Mailbox]:
        opened = Caller.open(self._keys, account, seconds=self._seconds, clock=self._clock, ca_file=self._ca_file)
        with opened as caller:
            yield Mailbox(self._gmail, caller)

    def _require_own_sender(self, mailbox: Mailbox, letter: Letter, account: str) -> None:
        """Raise SendRefused where the mail is from somebody whom the account may not write as."""
        strangers = letter.content.addresses("from") - {account}
        if strangers and not strangers <= mailbox.aliases():
            raise SendRefused(
                f"{account} may not write as {', '.join(sorted(strangers))}: add the address under 'Send mail as' in "
                "Gmail's settings, or send from its own mailbox"
            )

    def _find_draft(self, mailbox: Mailbox, message_id: str) -> Lying | None:
        for each in mailbox.newest_drafts(_DRAFTS_LOOKED_AT):
            lying = mailbox.draft(each)
            if lying is not None and lying.mail.message_id == message_id:
                return lying
        return None

    def _receipt(self, send_id: str, found: Mail) -> Receipt:
        return Receipt(send_id=send_id, provider=self.name, provider_id=found.id)


def _handle(account: str, lying: Lying, letter: Letter) -> Handle:
    """By which the draft, and what becomes of it, is found by whoever takes over."""
    return {
        "mailbox": account,
        "draft": lying.id,
        "message": lying.mail.id,
        "thread": lying.mail.thread,
        "history": lying.mail.history,
        "message_id": letter.message_id,
        "draft_id": letter.draft_id,
    }
