"""What nobody could read is for a person to open."""

from __future__ import annotations

from app.core.checks import Severity
from tests.unit.app.checks.builders import document, failed, found, results
from tests.unit.app.checks.documents.carrying import holding, sent, world

CHECK = "document.unreadable"
LOCKED = "is protected by a password"


def test_a_file_that_cannot_be_read_is_told_with_the_reason() -> None:
    file, read = holding("quote.pdf", unreadable=LOCKED)
    plain, plain_read = holding("notes.txt", "notes")

    (result,) = results(CHECK, found("Hi"), world(read, plain_read), sent(file, plain))

    assert result.severity is Severity.HIGH
    assert result.message.startswith("quote.pdf is protected by a password")
    assert [e.value for e in result.evidence] == [LOCKED]


def test_what_only_rides_along_is_no_matter() -> None:
    file, read = holding("winmail.dat", unreadable="is of a kind that is not read here")

    assert results(CHECK, found("Hi"), world(read), sent(file)) == []


def test_what_the_library_has_has_been_read_by_somebody() -> None:
    file, read = holding("guide.pdf", unreadable="is longer than the 200 pages that are read of a file")
    shelf = (document("Guide", file="guide.pdf", sha256=file.sha256),)

    assert results(CHECK, found("Hi"), world(read, library=shelf), sent(file)) == []


def test_a_file_that_nobody_was_asked_to_read_is_neither_fine_nor_at_fault() -> None:
    file, read = holding("quote.pdf", unreadable=LOCKED)

    assert results(CHECK, found("Hi"), world(), sent(file)) == []
    assert results(CHECK, found("Hi"), failed("files", files=(read,)), sent(file)) == []
