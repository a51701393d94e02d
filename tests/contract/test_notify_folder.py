"""Notices in a folder keep the promises of every transport, and no code."""

from __future__ import annotations

import email
from collections.abc import Sequence
from dataclasses import replace
from email import policy
from pathlib import Path

import pytest

from app.core.errors import NotDelivered, Undeliverable
from app.core.facts import Person
from app.core.ports import Notifier
from integrations.notify.folder import FolderNotifier
from tests.contract.notifier import LINK, NOTICE, SENDER, AddressesPeople, Directory, NotifierContract, Told


class TestFolder(AddressesPeople, NotifierContract):
    @pytest.fixture
    def notifier(self, people: Directory, tmp_path: Path) -> Notifier:
        self.folder = tmp_path / "notices"
        return FolderNotifier(self.folder, people=people, sender=SENDER, link=LINK)

    @pytest.fixture
    def broken(self, people: Directory, tmp_path: Path) -> Notifier:
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        return FolderNotifier(tmp_path / "file" / "notices", people=people, sender=SENDER, link=LINK)

    def told(self) -> Sequence[Told]:
        found = []
        for file in sorted(self.folder.glob("*.eml")):
            mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
            assert mail["Message-ID"] == f"<{file.stem}@ours.example>"
            found.append(Told(id=file.stem, to=mail["To"], text=mail.get_content()))
        return found

    def test_is_no_place_for_codes(self, notifier: Notifier) -> None:
        assert not notifier.private

    def test_an_address_that_changed_meanwhile_makes_no_second_file(
        self, notifier: Notifier, people: Directory
    ) -> None:
        notifier.notify(NOTICE)
        people.become(Person(id="ruth", email="new@ours.example", name="Ruth"))
        notifier.notify(NOTICE)
        assert [told.to for told in self.told()] == ["ruth@ours.example"]

    def test_an_id_that_is_no_file_name_is_refused(self, notifier: Notifier) -> None:
        with pytest.raises(Undeliverable):
            notifier.notify(replace(NOTICE, id="../no_1"))

    def test_a_folder_that_cannot_be_written_is_tried_again(self, notifier: Notifier, tmp_path: Path) -> None:
        (tmp_path / "notices").write_text("in the way", encoding="utf-8")
        with pytest.raises(NotDelivered):
            notifier.notify(NOTICE)
