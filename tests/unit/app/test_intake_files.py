"""Drafts from files, and the people and deals they name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.drafts import Draft
from app.core.errors import FactUnavailable, InvalidDraft
from app.core.facts import Account, Contact, Deal, Person
from app.intake import check_references, draft_from_json, files, read_drafts
from tests.unit.app.intake_drafts import MINIMAL
from tests.unit.app.intake_drafts import eml as message

DRAFT = draft_from_json(MINIMAL)
JSON = json.dumps(MINIMAL, indent=1).encode()
LINE = json.dumps(MINIMAL).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("d.json", JSON), ("d", b"\n " + JSON), ("d.txt", b"\xef\xbb\xbf" + JSON), ("d.jsonl", LINE)],
)
def test_json_by_name_or_by_content(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert list(read_drafts(tmp_path / name)) == [DRAFT]
    assert list(read_drafts(data)) == [DRAFT]


@pytest.mark.parametrize("name", ["d.eml", "d", "D.EML"])
def test_mail_by_name_or_by_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(message())
    (draft,) = read_drafts(tmp_path / name)
    assert isinstance(draft, Draft)
    assert draft.client_id == "c-1"
    assert list(read_drafts(message())) == [draft]


@pytest.mark.parametrize("as_bytes", [True, False])
def test_json_lines_go_on_after_a_bad_one(tmp_path: Path, as_bytes: bool) -> None:
    lines = [b"\xef\xbb\xbf" + LINE, b"", b'{"to": [5]}', b"nope", b"[]", b"\xff", LINE]
    file = tmp_path / "d.txt"
    file.write_bytes(b"\r\n".join(lines))
    found = list(read_drafts(file.read_bytes() if as_bytes else file, jsonl=True))
    assert found[0] == found[-1] == DRAFT
    errors = [str(error) for error in found[1:-1]]
    assert errors == [
        "line 3, action: is missing; add it",
        "line 4, column 1: is not JSON: expecting value",
        "line 5: a draft must be a JSON object with named fields, not a list",
        "line 6: is not UTF-8 at byte 0; send JSON in UTF-8",
    ]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("d", b"", "is neither a JSON object nor an RFC 5322 message"),
        ("d", b"just words", "is neither"),
        ("d.json", b"just words", "is not JSON"),
        ("d.json", message(), "is not JSON"),
        ("d.eml", JSON, "X-Countersign-Action: is missing"),
        ("d", b"[]", "must be a JSON object"),
    ],
)
def test_what_is_no_draft_comes_as_an_error(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    (error,) = read_drafts(tmp_path / name)
    assert isinstance(error, InvalidDraft)
    assert says in str(error)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path, jsonl in ((tmp_path / "nowhere.json", False), (tmp_path / "nowhere.jsonl", True), (tmp_path, False)):
        (error,) = read_drafts(path, jsonl=jsonl)
        assert isinstance(error, InvalidDraft)
        assert "cannot be read" in str(error)


def test_a_file_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_INPUT", 20)
    (tmp_path / "d.json").write_bytes(JSON)
    (error,) = read_drafts(tmp_path / "d.json")
    assert "may have 20 bytes" in str(error)


def test_no_lines_no_drafts() -> None:
    assert list(read_drafts(b"", jsonl=True)) == []


class Directory:
    """Two colleagues."""

    maya = Person(id="maya", email="maya@ours.example", name="Maya")
    omar = Person(id="omar", email="omar@ours.example", name="Omar")

    def person(self, id_or_email: str) -> Person | None:
        return next((p for p in self.everybody() if id_or_email.lower() in (p.id, p.email)), None)

    def with_role(self, role: str) -> Sequence[Person]:
        return [person for person in self.everybody() if role in person.roles]

    def everybody(self) -> Sequence[Person]:
        return (self.maya, self.omar)


class Book:
    """One deal, or a CRM that is down."""

    def __init__(self, *, down: bool = False) -> None:
        self.down = down

    def deal(self, deal_id: str) -> Deal | None:
        if self.down:
            raise FactUnavailable("crm", "it is down")
        known = Deal(id="D-1", name="D", account="acme", stage="proposal", amount=1, currency="USD", owner=None)
        return known if deal_id == "D-1" else None

    def account(self, account_id: str) -> Account | None:
        raise FactUnavailable("crm", f"nobody may ask for account {account_id} here")

    def contact(self, email: str) -> Contact | None:
        raise FactUnavailable("crm", f"nobody may ask for contact {email} here")

    def accounts(self) -> Sequence[Account]:
        raise FactUnavailable("crm", "nobody may ask for every account here")

    def as_of(self) -> datetime:
        return datetime(2026, 11, 18, tzinfo=UTC)


@pytest.mark.parametrize("name", ["maya", "MAYA", "Maya@ours.example"])
def test_the_person_becomes_their_id(name: str) -> None:
    checked = check_references(replace(DRAFT, on_behalf_of=name, deal_id="D-1"), Directory(), Book())
    assert checked == replace(DRAFT, on_behalf_of="maya", deal_id="D-1")


@pytest.mark.parametrize(("name", "hint"), [("mayy", "did you mean maya?"), ("zz", "give the id or address")])
def test_an_unknown_person(name: str, hint: str) -> None:
    with pytest.raises(InvalidDraft, match=f"nobody here is called '{name}'") as caught:
        check_references(replace(DRAFT, on_behalf_of=name), Directory(), Book())
    assert caught.value.field == "on_behalf_of"
    assert hint in str(caught.value)


def test_an_unknown_deal() -> None:
    with pytest.raises(InvalidDraft, match="has no deal 'D-2'") as caught:
        check_references(replace(DRAFT, deal_id="D-2"), Directory(), Book())
    assert caught.value.field == "deal_id"


def test_a_crm_that_is_down_is_no_reason_to_refuse() -> None:
    draft = replace(DRAFT, deal_id="D-2")
    assert check_references(draft, Directory(), Book(down=True)) == draft
