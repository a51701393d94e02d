"""Delivery into the outbox: a folder, where only the disk can go wrong."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from app.core.ports import Handle, MailProvider, OutgoingMail, Receipt
from integrations.mail.outbox import OutboxMail
from tests.contract.delivery import DeliveryContract
from tests.contract.scenes import Scene
from tests.support.provider.faults import Fault, Step

_DISK = frozenset({Fault.DROPPED, Fault.UNANSWERED})
"""A disk that refuses before the mail has its name, and one that refuses afterwards."""
_FSYNC = os.fsync


class BadDisk(OutboxMail):
    """The outbox on a disk that goes wrong in the middle of the calls it is told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.ills: list[tuple[Step, Fault]] = []

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        with self._ill(Step.SEND):
            return super().send(mail, handle)

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        with self._ill(Step.FIND):
            return super().find(send_id, handle)

    @contextmanager
    def _ill(self, step: Step) -> Iterator[None]:
        ill = next((one for one in self.ills if one[0] is step), None)
        with pytest.MonkeyPatch.context() as patch:
            if ill is not None:
                self.ills.remove(ill)
                _hurt(patch, *ill)
            yield


def _hurt(patch: pytest.MonkeyPatch, step: Step, fault: Fault) -> None:
    if fault is Fault.UNANSWERED:
        patch.setattr(os, "fsync", _refuse_folders)
    elif step is Step.SEND:
        patch.setattr(os, "link", _refuse)
    else:
        patch.setattr(Path, "read_bytes", _refuse)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def _refuse_folders(handle: int) -> None:
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        _refuse()
    _FSYNC(handle)


class TestOutbox(DeliveryContract):
    """Hurts the disk under the next mail."""

    label = "outbox"
    databases = ("sqlite", "postgres")

    @classmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        if scene in (Scene.PREPARE, Scene.VERIFY, Scene.CONFIRM):
            return "the disk is not touched"
        if scene is Scene.FIND_LYING:
            return "a disk that refuses says so: nobody asks"
        return "" if fault in _DISK else "no server, no account, no drafts"

    @pytest.fixture
    def provider(self, tmp_path: Path) -> MailProvider:
        self.folder = tmp_path / "outbox"
        self.folder.mkdir()
        self.outbox = BadDisk(self.folder)
        return self.outbox

    def deliveries(self) -> Sequence[bytes]:
        return [file.read_bytes() for file in sorted(self.folder.glob("*.eml"))]

    def hurt(self, step: Step, fault: Fault) -> None:
        self.outbox.ills.append((step, fault))
