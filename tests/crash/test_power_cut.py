"""The power goes at any instant of a send: what was reported sent is whole, the rest is whole or not there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pytest

from app.core.errors import SendUnavailable, SendUncertain
from app.core.ports import OutgoingMail
from integrations.mail.outbox import OutboxMail
from tests.crash.disk import Disk, Recorder
from tests.support.mail import deliver

pytestmark = pytest.mark.crash

SENDS = 3


def mail(number: int) -> OutgoingMail:
    """A mail large enough to be torn."""
    return OutgoingMail(
        send_id=f"sn_{number}",
        draft_id=f"dr_{number}",
        raw=f"Subject: {number}\r\n\r\n{'All of it. ' * 50}\r\n".encode(),
        sender="maya@ours.example",
        recipients=("lee@acme.example",),
    )


@dataclass
class Examiner:
    """Looks at every disk that a cut may leave."""

    folder: Path
    reported: list[OutgoingMail] = field(default_factory=list)
    cuts: int = 0
    states: int = 0
    objections: list[str] = field(default_factory=list)

    def look(self, disk: Disk) -> None:
        """The power goes now."""
        self.cuts += 1
        for found in disk.after_a_cut():
            self.states += 1
            there = {name: content for (folder, name), content in found.items() if folder == self.folder}
            for number in range(SENDS):
                self._judge(mail(number), there.get(f"sn_{number}.eml"))

    def _judge(self, expected: OutgoingMail, content: bytes | None) -> None:
        if content is None and expected in self.reported:
            self.objections.append(f"{expected.send_id} was reported sent and is gone")
        if content is not None and content != expected.raw:
            self.objections.append(f"{expected.send_id} is there with {len(content)} of {len(expected.raw)} bytes")


def send_all(folder: Path, skip_fsync: Callable[[Path], bool] = lambda _path: False) -> Examiner:
    """Send some mails, one of them twice, and cut the power after every call."""
    outbox = OutboxMail(folder)
    examiner = Examiner(folder=folder)
    recorder = Recorder(after_each=examiner.look, skip_fsync=skip_fsync)
    with recorder.running():
        for number in (*range(SENDS), 0):
            deliver(outbox, mail(number))
            examiner.reported.append(mail(number))
            examiner.look(recorder.disk)
    return examiner


def test_every_cut_leaves_what_was_reported_whole_and_the_rest_whole_or_absent(tmp_path: Path) -> None:
    examiner = send_all(tmp_path / "home" / "outbox")
    assert examiner.objections == []
    assert examiner.cuts > 5 * SENDS
    print(f"\n{examiner.cuts} cuts, {examiner.states} states of the disk")


def test_the_model_notices_that_the_bytes_are_not_brought_to_the_disk(tmp_path: Path) -> None:
    examiner = send_all(tmp_path / "home" / "outbox", skip_fsync=lambda path: path.suffix == ".tmp")
    assert any("is there with 0 of" in objection for objection in examiner.objections)


def test_the_model_notices_that_the_name_is_not_brought_to_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "outbox"
    examiner = send_all(folder, skip_fsync=lambda path: path == folder)
    assert any("is gone" in objection for objection in examiner.objections)


def test_the_model_notices_that_the_folder_is_not_brought_to_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "outbox"
    examiner = send_all(folder, skip_fsync=lambda path: path in (folder.parent, tmp_path))
    assert any("is gone" in objection for objection in examiner.objections)


@pytest.mark.parametrize(
    ("call", "on_folder", "error"), [("fsync", False, SendUnavailable), ("fsync", True, SendUncertain)]
)
def test_a_full_disk_is_reported_as_what_it_means_and_a_later_send_delivers_once(
    tmp_path: Path, call: str, on_folder: bool, error: type[Exception]
) -> None:
    folder = tmp_path / "outbox"
    outbox, real = OutboxMail(folder), os.fsync
    folder.mkdir()

    def full(number: int) -> None:
        path = Path(f"/proc/self/fd/{number}").readlink()
        if (path == folder) is on_folder:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(number)

    with mock.patch(f"os.{call}", full), pytest.raises(error):
        deliver(outbox, mail(0))
    assert (outbox_names(folder) == []) is not on_folder
    deliver(outbox, mail(0))
    assert outbox_names(folder) == ["sn_0.eml"]


def outbox_names(folder: Path) -> list[str]:
    """What lies in the outbox."""
    return sorted(file.name for file in folder.glob("*.eml"))
