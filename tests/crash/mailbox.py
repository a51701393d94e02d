"""Doubles of mail providers, as folders that many processes share and that a killed process cannot spoil.

`drafts/` holds what lies ready, `sent/` what has left: one rename is the instant of sending, and every file in
`sent/` is one delivery, so that a mail that leaves twice is seen twice.
"""

from __future__ import annotations

import email
import os
import random
import secrets
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.core.errors import MailChanged, SendRefused, SendUnavailable, SendUncertain
from app.core.ports import Handle, Manner, OutgoingMail, Receipt

_CLIENT_ID = "X-Countersign-Client-Id"


class Kind(StrEnum):
    """How a mailbox sends."""

    DRAFTS_FIRST = "drafts-first"
    """A draft is laid ready, and can be sent once; looking for it by `send_id` lags behind."""
    PLAIN = "plain"
    """Every call sends one more mail; what was sent can be found."""
    BLIND = "blind"
    """Every call sends one more mail, and nobody can ask afterwards."""


_MANNERS = {
    Kind.DRAFTS_FIRST: Manner(lays_ready=True, sends_once=True, remembers=True),
    Kind.PLAIN: Manner(lays_ready=False, sends_once=False, remembers=True),
    Kind.BLIND: Manner(lays_ready=False, sends_once=False, remembers=False),
}


class Fault(StrEnum):
    """What goes wrong with the next send of a mail, once."""

    UNANSWERED = "unanswered"
    LOST = "lost"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    HELD = "held"
    """The call does not return before `Mailbox.release`; then it has sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """One mailbox. `lag` and `pause` are in seconds of the wall."""

    folder: Path
    kind: Kind
    lag: float = 0.0
    pause: float = 0.0
    """The most that each step takes, before what it does and after it."""

    @property
    def name(self) -> str:
        """As it stands in the trail."""
        return self.kind.value

    @property
    def manner(self) -> Manner:
        """As its kind has it."""
        return _MANNERS[self.kind]

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Lay a draft ready, unless the search shows one; a draft that is younger than the lag is not found."""
        if not self.manner.lays_ready:
            return {}
        self._take_time()
        for file in self._named(mail.send_id):
            if time.time() - file.stat().st_mtime >= self.lag:
                return {"draft": file.name}
        name = f"{mail.send_id}~{secrets.token_hex(6)}"
        self._write(mail.raw, self._ready / name)
        self._take_time()
        return {"draft": name}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Compare the draft."""
        if not self.manner.lays_ready:
            return
        try:
            found = (self._ready / handle["draft"]).read_bytes()
        except FileNotFoundError:
            raise MailChanged("the draft is gone; look at the mailbox") from None
        if found != mail.raw:
            raise MailChanged("the draft was changed; look at the mailbox")

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Let it go, or fail as told."""
        self._take_time()
        fault = self._fault(mail)
        if fault is Fault.UNAVAILABLE:
            raise SendUnavailable("come back later")
        if fault is Fault.REFUSED:
            raise SendRefused("not this mail")
        if fault is Fault.LOST:
            raise SendUncertain("no answer")
        if fault is Fault.HELD:
            self._wait_for_release()
        self._let_go(mail, handle)
        self._take_time()
        if fault is Fault.UNANSWERED:
            raise SendUncertain("no answer")
        return handle

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """It has left."""
        return self._receipt(mail.send_id, answer.get("draft", mail.send_id))

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """By the draft's name where there is one, which never lags."""
        if not self.manner.remembers:
            raise SendUncertain("this mailbox shows nothing")
        self._take_time()
        if "draft" in handle:
            return self._receipt(send_id, handle["draft"]) if (self._sent / handle["draft"]).exists() else None
        found = next(self._sent.glob(f"{send_id}~*"), None)
        return self._receipt(send_id, found.name) if found else None

    def release(self) -> None:
        """Let calls return that are held."""
        self._folder("").joinpath("released").touch()

    def will(self, client_id: str, fault: Fault) -> None:
        """Have the next send of this draft's mail go wrong; said again, it changes nothing."""
        told = self._folder("told") / client_id
        if not told.exists():
            self._folder("faults").joinpath(client_id).write_text(fault.value, encoding="utf-8")
            told.touch()

    def deliveries(self) -> Counter[str]:
        """How often each draft's mail has left, by its client id."""
        return Counter(client_id_of(file.read_bytes()) for file in self._sent.iterdir())

    @property
    def _ready(self) -> Path:
        return self._folder("drafts")

    @property
    def _sent(self) -> Path:
        return self._folder("sent")

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _named(self, send_id: str) -> list[Path]:
        return [*self._ready.glob(f"{send_id}~*"), *self._sent.glob(f"{send_id}~*")]

    def _let_go(self, mail: OutgoingMail, handle: Handle) -> None:
        if not self.manner.lays_ready:
            self._write(mail.raw, self._sent / f"{mail.send_id}~{secrets.token_hex(6)}")
            return
        try:
            (self._ready / handle["draft"]).rename(self._sent / handle["draft"])
        except FileNotFoundError:
            if not (self._sent / handle["draft"]).exists():
                raise MailChanged("the draft is gone; look at the mailbox") from None

    def _write(self, raw: bytes, target: Path) -> None:
        number, temporary = tempfile.mkstemp(dir=self._folder("half"))
        with os.fdopen(number, "wb") as file:
            file.write(raw)
        Path(temporary).rename(target)

    def _fault(self, mail: OutgoingMail) -> Fault | None:
        file = self._folder("faults") / client_id_of(mail.raw)
        try:
            fault = Fault(file.read_text(encoding="utf-8"))
            file.unlink()
        except FileNotFoundError:
            return None
        return fault

    def is_held_here(self) -> bool:
        """Whether a call of this process was held."""
        return (self._folder("held") / str(os.getpid())).exists()

    def _wait_for_release(self) -> None:
        (self._folder("held") / str(os.getpid())).touch()
        while not (self.folder / "released").exists():
            time.sleep(0.01)

    def _take_time(self) -> None:
        if self.pause:
            time.sleep(random.uniform(0, self.pause))  # noqa: S311 - a storm, not a secret

    def _receipt(self, send_id: str, provider_id: str) -> Receipt:
        return Receipt(send_id=send_id, provider=self.name, provider_id=provider_id)


def outbox_deliveries(outbox: Path) -> Counter[str]:
    """How often each draft's mail lies in an outbox, by its client id."""
    return Counter(client_id_of(file.read_bytes()) for file in outbox.glob("*.eml"))


def client_id_of(raw: bytes) -> str:
    """The client id that a mail's header names."""
    return str(email.message_from_bytes(raw)[_CLIENT_ID])
