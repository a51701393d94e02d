"""Notices as files, `<folder>/<notice id>.eml`, for houses without a mail server; read by whoever has the folder."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import NotDelivered, SendRefused, SendUnavailable, SendUncertain, Undeliverable
from app.core.notices import Notice
from app.core.ports import OutgoingMail, People
from integrations.mail.outbox import OutboxMail
from integrations.notify.letter import addressee, letter


class FolderNotifier:
    """Puts each notice into a folder, once. What is kept there is no place for one-time codes."""

    name = "folder"
    private = False

    def __init__(self, folder: Path, *, people: People, sender: str, link: str) -> None:
        """`folder` is made with the first notice; `link` is the page's address."""
        self._box = OutboxMail(folder, name=self.name)
        self._people = people
        self._sender = sender
        self._link = link

    def notify(self, notice: Notice) -> None:
        """Put the notice into the folder, unless it is there. Raises NotDelivered, Undeliverable."""
        person = addressee(notice, self._people)
        raw = bytes(letter(notice, person, sender=self._sender, link=self._link))
        mail = OutgoingMail(
            send_id=notice.id,
            draft_id=notice.draft_id or "",
            raw=raw,
            sender=self._sender,
            recipients=(person.email,),
        )
        try:
            if self._box.find(notice.id, {}) is None:
                self._box.send(mail, {})
        except SendRefused as error:
            raise Undeliverable(str(error)) from error
        except (SendUnavailable, SendUncertain) as error:
            raise NotDelivered(str(error)) from error
