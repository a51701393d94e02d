"""The outbox when the disk fails, when a process is killed, and when it is given nonsense."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from app.core.errors import SendRefused, SendUnavailable, SendUncertain
from integrations.mail.outbox import OutboxMail
from tests.contract.mail_provider import RAW, outgoing
from tests.support.mail import deliver


def names(folder: Path) -> list[str]:
    """Every file in the folder and below it."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def outbox(folder: Path) -> OutboxMail:
    folder.mkdir()
    return OutboxMail(folder)


def failing(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def fsync_failing_for(kind: Callable[[int], bool]) -> Callable[[int], None]:
    """An fsync that fails for files or for folders."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if kind(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    return fsync


def test_the_name_and_the_mode(outbox: OutboxMail, folder: Path) -> None:
    receipt = deliver(outbox, outgoing("snd_0k"))
    assert receipt.provider_id == "snd_0k.eml"
    assert names(folder) == ["snd_0k.eml"]
    assert stat.S_IMODE((folder / "snd_0k.eml").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "send_id", ["", ".", "..", "../x", "a/b", "a\\b", "a.b", "a b", "a\n", "a\x00", "ü", "x" * 121, "*"]
)
def test_a_send_id_is_no_path(outbox: OutboxMail, folder: Path, send_id: str) -> None:
    with pytest.raises(SendRefused):
        deliver(outbox, outgoing(send_id))
    with pytest.raises(SendRefused):
        outbox.find(send_id, {})
    assert list(folder.parent.rglob("*.eml")) == []


@pytest.mark.parametrize("function", ["link", "open"])
def test_a_disk_that_refuses_before_the_link_means_not_sent(
    outbox: OutboxMail, folder: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, function, failing(errno.ENOSPC))
        with pytest.raises(SendUnavailable, match="No space left"):
            deliver(outbox, outgoing())
    assert outbox.find("snd_1", {}) is None
    assert names(folder) == []
    deliver(outbox, outgoing())
    assert (folder / "snd_1.eml").read_bytes() == RAW


def test_bytes_that_do_not_reach_the_disk_mean_not_sent(
    outbox: OutboxMail, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", fsync_failing_for(stat.S_ISREG))
    with pytest.raises(SendUnavailable, match="Input/output"):
        deliver(outbox, outgoing())
    assert names(folder) == []


def test_a_name_that_may_not_last_is_uncertain(
    outbox: OutboxMail, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fsync_failing_for(stat.S_ISDIR))
        with pytest.raises(SendUncertain):
            deliver(outbox, outgoing())
        with pytest.raises(SendUncertain):
            outbox.find("snd_1", {})
        with pytest.raises(SendUncertain):
            deliver(outbox, outgoing())
    assert outbox.find("snd_1", {}) == deliver(outbox, outgoing())
    assert names(folder) == ["snd_1.eml"]


def test_a_link_that_reports_failure_but_happened_is_a_send(
    outbox: OutboxMail, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(source: Path, target: Path) -> NoReturn:
        real(source, target)
        raise OSError(errno.EIO, "the answer was lost")

    monkeypatch.setattr(os, "link", link)
    assert deliver(outbox, outgoing()).provider_id == "snd_1.eml"
    assert (folder / "snd_1.eml").read_bytes() == RAW


def test_the_mail_is_on_the_disk_before_it_has_its_name(outbox: OutboxMail, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, link = os.fsync, os.link

    def noted_fsync(handle: int) -> None:
        steps.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        fsync(handle)

    def noted_link(source: Path, target: Path) -> None:
        steps.append("link")
        link(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "link", noted_link)
    deliver(outbox, outgoing())
    assert steps == ["sync file", "link", "sync folder"]


def test_a_new_folder_is_brought_to_the_disk_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[tuple[int, int]] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        status = os.fstat(handle)
        synced.append((status.st_dev, status.st_ino))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    deliver(OutboxMail(folder / "deep"), outgoing())
    for parent in (folder.parent, folder, folder / "deep"):
        assert (parent.stat().st_dev, parent.stat().st_ino) in synced


def test_what_a_killed_process_left_behind_is_harmless_and_goes(outbox: OutboxMail, folder: Path) -> None:
    (folder / ".incoming").mkdir()
    (folder / ".incoming" / "snd_1.abc123.tmp").write_bytes(RAW[:10])
    (folder / ".incoming" / "snd_10.abc123.tmp").write_bytes(b"another mail's")
    assert outbox.find("snd_1", {}) is None
    deliver(outbox, outgoing())
    assert names(folder) == [".incoming/snd_10.abc123.tmp", "snd_1.eml"]


def test_a_rival_that_cleans_up_too_early_costs_nothing(
    outbox: OutboxMail, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", real)
        deliver(OutboxMail(folder), outgoing())
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    deliver(outbox, outgoing())
    assert names(folder) == ["snd_1.eml"]


def test_a_mail_that_cannot_be_read_is_uncertain(outbox: OutboxMail, folder: Path) -> None:
    (folder / "snd_1.eml").mkdir()
    with pytest.raises(SendUncertain):
        outbox.find("snd_1", {})
    with pytest.raises(SendUncertain):
        deliver(outbox, outgoing())


def test_a_folder_that_cannot_be_made_means_not_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SendUnavailable):
        deliver(OutboxMail(tmp_path / "file" / "outbox"), outgoing())


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from integrations.mail.outbox import OutboxMail
from tests.contract.mail_provider import outgoing
from tests.support.mail import deliver

function, moment = sys.argv[2:]
real = getattr(os, function)

def deadly(*args):
    if moment == "after":
        real(*args)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(os, function, deadly)
deliver(OutboxMail(Path(sys.argv[1])), outgoing())
"""


@pytest.mark.crash
@pytest.mark.parametrize(
    ("function", "moment", "left"),
    [("fsync", "before", False), ("fsync", "after", False), ("link", "before", False), ("link", "after", True)],
)
def test_a_kill_leaves_the_whole_mail_or_none(
    outbox: OutboxMail, folder: Path, function: str, moment: str, left: bool
) -> None:
    child = subprocess.run([sys.executable, "-c", KILLED_AT, str(folder), function, moment], check=False, timeout=60)
    assert child.returncode == -signal.SIGKILL
    assert (outbox.find("snd_1", {}) is not None) is left
    assert [file.read_bytes() for file in folder.glob("*.eml")] == [RAW] * left
    deliver(outbox, outgoing())
    assert [file.read_bytes() for file in folder.glob("*.eml")] == [RAW]
    assert len(list(folder.glob("*.eml"))) == 1
