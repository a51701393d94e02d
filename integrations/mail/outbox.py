"""Mail as files: `<folder>/<send_id>.eml`. The file exists = the mail is sent."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from pathlib import Path

from app.core.errors import SendRefused, SendUnavailable, SendUncertain
from app.core.ports import Handle, Manner, OutgoingMail, Receipt

_SEND_ID = re.compile(r"[A-Za-z0-9_-]{1,120}")


class OutboxMail:
    """Puts each mail into a folder, once. Safe with many threads, many processes, and a kill at any instant.

    The bytes go to a temporary file and to the disk first; then one link gives them their name. A name that is there
    therefore always stands for the whole mail, and the link is the one instant at which it is sent.
    """

    def __init__(self, folder: Path, *, name: str = "outbox") -> None:
        """`folder` is made when the first mail leaves."""
        self._folder = folder
        self._incoming = folder / ".incoming"  # apart, so that no send has to look through all the sent mail
        self._name = name

    @property
    def name(self) -> str:
        """The provider's name, as it stands in the trail."""
        return self._name

    @property
    def manner(self) -> Manner:
        """Nothing lies ready: one link sends the mail, and the name it gives can be given once."""
        return Manner(lays_ready=False, sends_once=True, remembers=True)

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Nothing to lay ready. Raises SendRefused for an id that is no file name."""
        self._target(mail.send_id)
        return {}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Nothing that anybody could have changed."""

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Put the mail into the folder. Called twice with one `send_id`, it delivers once.

        Raises SendRefused for an id that is no file name or was used for another mail, SendUnavailable where the disk
        refused before the mail had its name, SendUncertain where it refused afterwards.
        """
        target = self._target(mail.send_id)
        if not self._is_there(target, mail):
            temporary = self._write(mail)
            try:
                self._link(temporary, target, mail)
            finally:
                self._clean(mail.send_id)
        self._keep(target)
        return handle

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:  # noqa: ARG002 - the name says it all
        """The name has been brought to the disk: it has left."""
        return self._receipt(self._target(mail.send_id))

    def find(self, send_id: str, handle: Handle) -> Receipt | None:  # noqa: ARG002 - the name says it all
        """The receipt of an earlier send, or None where the mail certainly did not leave.

        Raises SendUncertain where the folder cannot be read.
        """
        target = self._target(send_id)
        if self._content(target) is None:
            return None
        self._keep(target)
        return self._receipt(target)

    def _target(self, send_id: str) -> Path:
        if not _SEND_ID.fullmatch(send_id):
            raise SendRefused(f"send id {send_id[:40]!a} is no safe file name; use letters, digits, _ and - only")
        return self._folder / f"{send_id}.eml"

    def _receipt(self, target: Path) -> Receipt:
        return Receipt(send_id=target.stem, provider=self._name, provider_id=target.name)

    def _content(self, target: Path) -> bytes | None:
        try:
            return target.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise SendUncertain(
                f"cannot tell whether {target.name} left: {_reason(error)}; look at the folder"
            ) from error

    def _is_there(self, target: Path, mail: OutgoingMail) -> bool:
        """Whether exactly these bytes are there already."""
        content = self._content(target)
        if content is not None and content != mail.raw:
            raise SendRefused(f"{target.name} is another mail; a send id is used once, make a new one")
        return content is not None

    def _write(self, mail: OutgoingMail) -> Path:
        """The whole mail on the disk, under a name that nobody takes for a sent one."""
        temporary: Path | None = None
        try:
            _make_folder(self._folder)
            self._incoming.mkdir(exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(prefix=f"{mail.send_id}.", suffix=".tmp", dir=self._incoming)
            temporary = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(mail.raw)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            if temporary:
                _remove(temporary)
            raise SendUnavailable(
                f"{mail.send_id} was not written: {_reason(error)}; free the disk, then retry"
            ) from error
        return temporary

    def _link(self, temporary: Path, target: Path, mail: OutgoingMail) -> None:
        """Give the mail its name, unless it has it.

        A failed link is no proof of failure: another thread may have been first, or a network file system may have
        linked and lost the answer. What stands under the name decides.
        """
        try:
            os.link(temporary, target)
        except OSError as error:
            if not self._is_there(target, mail):
                raise SendUnavailable(
                    f"{target.name} could not be linked: {_reason(error)}; the folder needs hard links"
                ) from error

    def _clean(self, send_id: str) -> None:
        """Remove this mail's temporary files, those of killed processes too.

        A rival that sends the same mail this instant loses its file, fails to link, and finds the mail sent.
        """
        with contextlib.suppress(OSError):
            for leftover in self._incoming.glob(f"{send_id}.*.tmp"):
                _remove(leftover)

    def _keep(self, target: Path) -> None:
        """Bring the name itself to the disk: until then a power cut can take it away again."""
        try:
            _sync_folder(target.parent)
        except OSError as error:
            raise SendUncertain(
                f"{target.name} is there but may not last: {_reason(error)}; check the disk"
            ) from error


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True, mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
