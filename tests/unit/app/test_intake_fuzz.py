"""Whatever is handed in: a draft, or a refusal on one line. Nothing else."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.codec import from_record, to_record
from app.core.drafts import Attachment, Draft, SequenceStep, Thread
from app.core.errors import InvalidDraft
from app.intake import draft_from_eml, draft_from_json, read_drafts
from tests.unit.app.intake_drafts import FULL, MINIMAL
from tests.unit.app.intake_drafts import eml as message

FUZZ = settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

ENCODED_WORD = re.compile(r"=\?.*\?=")

wild_text = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    [
        "",
        "\r\nBcc: x@y.example",
        "\x00",
        "\ud800",
        "a@b.example",
        "A <a@b.example>",
        "9" * 5000,
        "2026-11-20T09:00:00Z",
    ]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | wild_text | st.sampled_from([10**400, -1, 0, 1])
wild_json = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(wild_text, inner, max_size=4), max_leaves=12
)
field_names = st.sampled_from([*FULL, "id", "step", "content", "filename", "references", "subjct"])


def outcome(read: Callable[[], Draft]) -> Draft | InvalidDraft:
    """What came out. Anything but a draft or a refusal is raised."""
    try:
        return read()
    except InvalidDraft as error:
        return error


def draft_or_refusal(read: Callable[[], Draft]) -> None:
    """Hold a draft to what intake promises of one, a refusal to one readable line."""
    draft = outcome(read)
    if isinstance(draft, InvalidDraft):
        assert str(draft).isprintable(), ascii(str(draft))
        return
    assert draft.to
    assert draft.text.strip() or (draft.html or "").strip()
    for line in (draft.subject, draft.agent, draft.on_behalf_of, *draft.recipients):
        assert not any(ord(character) < 32 for character in line)
        assert len(line.splitlines()) <= 1
        assert not ENCODED_WORD.search(line)
    assert json.dumps(to_record(draft)).encode()


@FUZZ
@given(wild_json | st.dictionaries(field_names, wild_json, max_size=8))
def test_any_json(value: object) -> None:
    draft_or_refusal(lambda: draft_from_json(value))
    draft_or_refusal(lambda: draft_from_json(json.dumps(value)))


@FUZZ
@given(
    st.sampled_from([MINIMAL, FULL]), st.lists(st.tuples(field_names, wild_json), min_size=1, max_size=3), st.data()
)
def test_a_good_draft_made_bad(good: dict[str, Any], changes: list[tuple[str, object]], data: st.DataObject) -> None:
    value = copy.deepcopy(good)
    for name, content in changes:
        nested = [item for item in value.values() if isinstance(item, dict | list) and item]
        target = data.draw(st.sampled_from([value, *nested]))
        if isinstance(target, dict):
            target[name] = content
        else:
            target[0] = content
    draft_or_refusal(lambda: draft_from_json(value))


@FUZZ
@given(st.binary(max_size=200) | wild_text)
def test_any_bytes(data: bytes | str) -> None:
    draft_or_refusal(lambda: draft_from_json(data))
    if isinstance(data, bytes):
        draft_or_refusal(lambda: draft_from_eml(data))
        for found in read_drafts(data, jsonl=True):
            assert isinstance(found, Draft | InvalidDraft)


MAIL_WORDS = [
    "multipart/mixed",
    "multipart/alternative",
    "message/rfc822",
    "text/plain",
    "text/html",
    "base64",
    "utf-8",
]
MAIL_WORDS += [
    "quoted-printable",
    "boundary=b",
    "charset=x",
    "=?utf-8?q?=0A?=",
    "=?x?b?@@?=",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3FHi=3F=3D?=",
    "--b",
    "--b--",
    "\r\n ",
]
MAIL_WORDS += [*'<>@",;:=()[]\\', "\r\n\r\n", "\x00", "é", "a@b.example"]
MAIL_HEADERS = ["To", "Cc", "Bcc", "Subject", "From", "References", "In-Reply-To", "MIME-Version", "Content-Type"]
MAIL_HEADERS += [
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "X-Countersign-Sequence",
    "X-Countersign-Send-After",
]
mail_words = st.sampled_from(MAIL_WORDS)
mail_headers = st.sampled_from(MAIL_HEADERS)
mail_text = st.lists(mail_words | st.text(max_size=4), max_size=8).map(" ".join)


@FUZZ
@given(st.lists(st.tuples(mail_headers, mail_text), max_size=4), mail_text)
def test_a_mail_with_strange_headers(headers: list[tuple[str, str]], body: str) -> None:
    lines = [f"{name}: {value}" for name, value in headers]
    raw = message(*lines, body=body).replace(b"\r\nTo: Lee Chan <lee@acme.example>", b"", len(headers) % 2)
    draft_or_refusal(lambda: draft_from_eml(raw))


GOOD = message("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", body="--b\r\n\r\nHello\r\n--b--\r\n")


@FUZZ
@given(
    st.lists(
        st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=3), st.integers(0, 20)), min_size=1, max_size=4
    )
)
def test_a_good_mail_with_bytes_exchanged(cuts: list[tuple[int, bytes, int]]) -> None:
    raw = bytearray(GOOD)
    for position, new, length in cuts:
        raw[position : position + length] = new
    draft_or_refusal(lambda: draft_from_eml(bytes(raw)))


line = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40
).filter(lambda text: not ENCODED_WORD.search(text))
identifier = line.filter(lambda text: bool(text.strip()))
body = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200)
address = st.from_regex(r"[A-Za-z0-9+_-]{1,20}(\.[a-z0-9]{1,5})?@[a-z0-9]{1,10}\.[a-z]{2,6}", fullmatch=True)
message_id = st.from_regex(r"<[a-zA-Z0-9.]{1,20}@[a-z.]{1,10}>", fullmatch=True)
filename = identifier.filter(lambda text: not set(text) & {"/", "\\"} and text.strip() not in {".", ".."})
drafts = st.builds(
    Draft,
    client_id=st.none() | identifier,
    action=st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True),
    agent=identifier,
    on_behalf_of=identifier,
    to=st.lists(address, min_size=1, max_size=4).map(tuple),
    cc=st.lists(address, max_size=3).map(tuple),
    bcc=st.lists(address, max_size=3).map(tuple),
    subject=st.just("") | line,
    text=body.map(lambda text: text + "x"),
    html=st.none() | body.filter(bool),
    attachments=st.lists(
        st.builds(Attachment, filename=filename, content_type=st.just("text/plain"), content=st.binary(max_size=200)),
        max_size=3,
    ).map(tuple),
    deal_id=st.none() | identifier,
    thread=st.none()
    | st.builds(
        Thread,
        id=identifier,
        message_id=st.none() | message_id,
        references=st.lists(message_id, max_size=3).map(tuple),
        subject=st.none() | line,
    ),
    sequence=st.none() | st.builds(SequenceStep, id=identifier, step=st.integers(1, 10_000)),
)


@settings(FUZZ, max_examples=60)
@given(drafts)
def test_a_good_draft_survives_every_way_round(draft: Draft) -> None:
    assert draft_from_json(to_record(draft)) == draft
    assert draft_from_json(json.dumps(to_record(draft))) == draft
    assert from_record(Draft, to_record(draft)) == draft
