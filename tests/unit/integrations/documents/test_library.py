"""The library's entries know the version and the bytes of their files."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from app.core.errors import FactUnavailable, InvalidWorld
from integrations.documents.library import FileLibrary

LIST = "- {file: guide.pdf, title: Guide, version: 3.10}\n- {file: sub/deck.pptx, version: v2}\n- {file: gone.pdf}\n"


def library(folder: Path, content: str = LIST) -> FileLibrary:
    (folder / "library.yaml").write_text(content, encoding="utf-8")
    return FileLibrary(folder / "library.yaml")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_versions_are_words_and_hashes_come_from_the_files(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(b"guide")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "deck.pptx").write_bytes(b"deck")

    documents = library(tmp_path).documents()

    assert [d.version for d in documents] == ["3.10", "v2", None]
    assert [d.sha256 for d in documents] == [digest(b"guide"), digest(b"deck"), None]


def test_a_changed_file_has_another_hash(tmp_path: Path) -> None:
    file = tmp_path / "guide.pdf"
    file.write_bytes(b"one")
    shelf = library(tmp_path)
    before = shelf.documents()[0].sha256
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 1))

    assert (before, shelf.documents()[0].sha256) == (digest(b"one"), digest(b"two"))


def test_without_a_file_the_written_hash_counts_and_with_one_the_files_own(tmp_path: Path) -> None:
    written = "A" * 64
    shelf = library(tmp_path, f"- {{file: guide.pdf, sha256: {written}}}\n")

    assert shelf.documents()[0].sha256 == written.lower()
    (tmp_path / "guide.pdf").write_bytes(b"guide")
    assert shelf.documents()[0].sha256 == digest(b"guide")


def test_a_hash_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidWorld, match=r"\[0\]\.sha256.*64 hexadecimal digits"):
        library(tmp_path, "- {file: guide.pdf, sha256: abc}\n").load()


def test_a_file_that_cannot_be_looked_at_makes_the_library_unknown(tmp_path: Path) -> None:
    with pytest.raises(FactUnavailable, match="cannot be read"):
        library(tmp_path, f"- {{file: {'x' * 300}.pdf}}\n").documents()
