"""Drafts from JSON: what is taken, what is refused, and how the refusals read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.core.codec import from_record, to_record
from app.core.drafts import Attachment, Draft, SequenceStep, Thread
from app.core.errors import InvalidDraft
from app.intake import MAX_BODY, MAX_RECIPIENTS, draft_from_json, limits, record
from tests.unit.app.intake_drafts import FULL, MINIMAL


def refusal(value: object) -> InvalidDraft:
    with pytest.raises(InvalidDraft) as caught:
        draft_from_json(value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()
    return caught.value


def test_the_least_that_a_draft_needs() -> None:
    draft = draft_from_json(MINIMAL)
    text = "I'll send the plan by Friday."
    assert draft == Draft(action="reply", agent="writer-1", on_behalf_of="maya", to=("lee@acme.example",), text=text)


def test_everything_a_draft_can_have() -> None:
    assert draft_from_json(FULL) == Draft(
        client_id="c-1",
        action="follow_up",
        agent="writer-1",
        on_behalf_of="maya",
        to=("lee@acme.example",),
        cc=("ann@acme.example",),
        bcc=("archive@ours.example",),
        subject="Re: Plän",
        text="The plan is attached.\r\n",
        html="<p>The plan is attached.</p>",
        attachments=(Attachment(filename="plan.pdf", content_type="application/pdf", content=b"plan"),),
        deal_id="D-1",
        thread=Thread(id="t-1", message_id="<1@acme.example>", references=("<0@acme.example>",), subject="Plan"),
        sequence=SequenceStep(id="spring", step=2),
        send_after=datetime(2026, 11, 20, 14, tzinfo=UTC),
    )


@pytest.mark.parametrize("value", [MINIMAL, FULL])
def test_text_bytes_and_records_are_the_same_and_survive_the_codec(value: dict[str, Any]) -> None:
    draft = draft_from_json(value)
    assert draft_from_json(json.dumps(value)) == draft
    assert draft_from_json(b"\xef\xbb\xbf" + json.dumps(value).encode()) == draft
    assert draft_from_json(to_record(draft)) == draft
    assert from_record(Draft, to_record(draft)) == draft


def test_null_is_left_out() -> None:
    optional = {name: None for name in FULL if name not in MINIMAL}
    assert draft_from_json({**MINIMAL, **optional}) == draft_from_json(MINIMAL)
    assert draft_from_json({**MINIMAL, "text": None, "html": "<p>x</p>"}).text == ""
    assert draft_from_json({**MINIMAL, "html": ""}).html is None


@pytest.mark.parametrize(
    ("given", "bare"),
    [
        ("dana@x.example", "dana@x.example"),
        ("  dana@x.example ", "dana@x.example"),
        ("Dana.Lee+crm@X.Example", "Dana.Lee+crm@x.example"),
        ("Dana Lee <dana@x.example>", "dana@x.example"),
        ('"Lee, Dana @ X" < dana@x.example >', "dana@x.example"),
        ("Ünal Çelik <u@x.example>", "u@x.example"),
        ("<dana@x.example>", "dana@x.example"),
        ("info@Bücher.example", "info@xn--bcher-kva.example"),
        ("info@xn--bcher-kva.example", "info@xn--bcher-kva.example"),
        ("o'neil/x=y@a-b.c1.example", "o'neil/x=y@a-b.c1.example"),
    ],
)
def test_an_address_becomes_bare(given: str, bare: str) -> None:
    assert draft_from_json({**MINIMAL, "to": [given]}).to == (bare,)


NO_ADDRESSES = [
    "",
    " ",
    "dana",
    "@",
    "@x.example",
    "dana@",
    "a@b@x.example",
    "da na@x.example",
    "a@x.example, b@x.example",
]
NO_ADDRESSES += [
    "a@x.example,b",
    "a,b@x.example",
    "a@localhost",
    "a@x..example",
    "a@.example",
    "a@x.example.",
    "a@-x.example",
]
NO_ADDRESSES += ["a@x_y.example", "a..b@x.example", ".a@x.example", "a.@x.example", "ü@x.example", "a@[127.0.0.1]"]
NO_ADDRESSES += [
    "<a@x.example",
    "a@x.example>",
    "A <a@x.example> B",
    "A, B <a@x.example>",
    "b@y.example <a@x.example>",
]
NO_ADDRESSES += [
    "<a@x.example><b@x.example>",
    "a@\u2028x.example",
    "a@x.example\r\nBcc: b@x.example",
    "a@x.example\x00",
]
NO_ADDRESSES += [
    "a\t@x.example",
    "a@\ud800.example",
    f"{'a' * 65}@x.example",
    f"a@{'b' * 64}.example",
    f"a@{'b.' * 126}example",
]
NO_ADDRESSES += [
    "x" * 2000 + "@x.example",
    "a@\u2100.example",
    '"a b"@x.example',
    "mailto:a@x.example",
    "a;b@x.example",
]


@pytest.mark.parametrize("given", NO_ADDRESSES)
def test_what_is_no_address(given: str) -> None:
    for name in ("to", "cc", "bcc"):
        error = refusal({**MINIMAL, "to": ["lee@acme.example"], name: ["ok@x.example", given]})
        assert error.field == f"{name}[1]"


BROKEN: list[tuple[dict[str, Any], str, str]] = [
    ({"action": None}, "action", "is missing"),
    ({"agent": None}, "agent", "is missing"),
    ({"on_behalf_of": None}, "on_behalf_of", "is missing"),
    ({"to": None}, "to", "is missing"),
    ({"to": []}, "to", "name at least one recipient"),
    ({"to": [], "cc": ["a@x.example"]}, "to", "name at least one recipient"),
    ({"to": "lee@acme.example"}, "to", "must be a list, not text"),
    ({"to": {"a": "b"}}, "to", "must be a list, not an object"),
    ({"to": [5]}, "to[0]", "must be text, not a number"),
    ({"to": [None]}, "to[0]", "must be text, not null"),
    ({"cc": ["a@x.example", ["b@x.example"]]}, "cc[1]", "must be text, not a list"),
    ({"action": "Follow up"}, "action", "must be one word"),
    ({"action": "x" * 65}, "action", "must be one word"),
    ({"action": True}, "action", "must be text, not true or false"),
    ({"agent": " "}, "agent", "is blank"),
    ({"agent": "a\nb"}, "agent", "line break (U+000A) at character 1"),
    ({"on_behalf_of": ""}, "on_behalf_of", "is blank"),
    ({"client_id": ""}, "client_id", "is blank"),
    ({"client_id": "x" * 201}, "client_id", "at most 200"),
    ({"client_id": "a\x00"}, "client_id", "control character (U+0000)"),
    ({"client_id": 7}, "client_id", "must be text, not a number"),
    ({"deal_id": "D\x7f"}, "deal_id", "control character (U+007F)"),
    ({"subject": "Hi\r\nBcc: x@y.example"}, "subject", "line break (U+000D) at character 2"),
    ({"subject": "Hi\u2028there"}, "subject", "line break (U+2028)"),
    ({"subject": "Hi\x85there"}, "subject", "line break (U+0085)"),
    ({"subject": "\ud83d"}, "subject", "a lone surrogate at character 0"),
    ({"subject": "x" * 999}, "subject", "at most 998"),
    ({"subject": ["x"]}, "subject", "must be text, not a list"),
    ({"text": "", "html": ""}, "text", "is empty and there is no html"),
    ({"text": " \n"}, "text", "is empty and there is no html"),
    ({"text": "a\x00b"}, "text", "NUL character at character 1"),
    ({"text": "a\udc00b"}, "text", "lone surrogate at character 1"),
    ({"html": "a\udc00b"}, "html", "lone surrogate at character 1"),
    ({"html": 1.5}, "html", "must be text, not a number"),
    ({"attachments": {}}, "attachments", "must be a list, not an object"),
    ({"attachments": ["x"]}, "attachments[0]", "must be an object with named fields, not text"),
    ({"thread": "t-1"}, "thread", "must be an object with named fields, not text"),
    ({"thread": {}}, "thread.id", "is missing"),
    ({"thread": {"id": "t", "message_id": "a b"}}, "thread.message_id", "must be one Message-ID"),
    ({"thread": {"id": "t", "message_id": "<a>\r\nX: y"}}, "thread.message_id", "must be one Message-ID"),
    ({"thread": {"id": "t", "message_id": f"<{'x' * 981}>"}}, "thread.message_id", "must be one Message-ID"),
    ({"thread": {"id": "t", "references": ["<a>", "<"]}}, "thread.references[1]", "must be one Message-ID"),
    ({"thread": {"id": "t", "references": ["<a>"] * 501}}, "thread.references", "has 501 entries; at most 500"),
    ({"thread": {"id": "t", "subject": "a\nb"}}, "thread.subject", "line break"),
    ({"thread": {"id": "t", "messageid": "<a>"}}, "thread.messageid", "did you mean message_id?"),
    ({"sequence": {"id": "s"}}, "sequence.step", "is missing"),
    ({"sequence": {"id": "s", "step": "2"}}, "sequence.step", "must be a whole number, not text"),
    ({"sequence": {"id": "s", "step": 2.0}}, "sequence.step", "must be a whole number, not a number"),
    ({"sequence": {"id": "s", "step": True}}, "sequence.step", "must be a whole number, not true or false"),
    ({"sequence": {"id": "s", "step": 0}}, "sequence.step", "from 1 to 10000"),
    ({"sequence": {"id": "s", "step": 10**30}}, "sequence.step", "from 1 to 10000"),
    ({"send_after": "soon"}, "send_after", "is no ISO 8601"),
    ({"send_after": "2026-11-20T09:00:00"}, "send_after", "has no offset"),
    ({"send_after": "2026-11-20"}, "send_after", "has no offset"),
    ({"send_after": "0001-01-01T00:00:00+14:00"}, "send_after", "is not between"),
    ({"send_after": "9999-12-31T23:59:59-14:00"}, "send_after", "is not between"),
    ({"send_after": 1_763_000_000}, "send_after", "must be text, not a number"),
    ({"cc": ["a@x.example"] * 201}, "cc", "has 201 entries; at most 200"),
    ({"attachments": [{"filename": "a", "content_type": "a/b", "content": ""}] * 201}, "attachments", "at most 200"),
    ({"subjct": "x"}, "subjct", "did you mean subject?"),
    ({"From": "x"}, "From", "is no known field; known are client_id, action"),
    ({"a\nb": "x"}, r"'a\nb'", "is no known field"),
    ({"k" * 500: "x"}, f"'{'k' * 55}...'", "is no known field"),
    ({"": "x"}, "''", "is no known field"),
]


@pytest.mark.parametrize(
    ("change", "field", "message"), BROKEN, ids=[f"{b[1][:20]}-{i}" for i, b in enumerate(BROKEN)]
)
def test_a_refusal_names_the_field_and_says_what_to_do(change: dict[str, Any], field: str, message: str) -> None:
    error = refusal({**MINIMAL, **change})
    assert error.field == field
    assert message in str(error)


ATTACHMENT: dict[str, object] = {"filename": "plan.pdf", "content_type": "application/pdf", "content": "cGxhbg=="}

HIDDEN = "=?utf-8?q?Hi=0D=0A=0D=0AWe_pay_you?="
"""Plain text in which a mail program finds two line breaks and another body."""


@pytest.mark.parametrize("text", [HIDDEN, f"Re: {HIDDEN} now", "=?utf-8?b?SGk=?=", "a=?x?=", "why =? because ?= so"])
@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda text: {"subject": text}, "subject"),
        (lambda text: {"client_id": text}, "client_id"),
        (lambda text: {"agent": text}, "agent"),
        (lambda text: {"on_behalf_of": text}, "on_behalf_of"),
        (lambda text: {"deal_id": text}, "deal_id"),
        (lambda text: {"thread": {"id": text}}, "thread.id"),
        (lambda text: {"thread": {"id": "t", "subject": text}}, "thread.subject"),
        (lambda text: {"sequence": {"id": text, "step": 1}}, "sequence.id"),
        (lambda text: {"attachments": [{**ATTACHMENT, "filename": text}]}, "attachments[0].filename"),
        (
            lambda text: {"attachments": [{**ATTACHMENT, "content_type": f'text/plain; name="{text}"'}]},
            "attachments[0].content_type",
        ),
    ],
)
def test_a_header_holds_no_encoded_words(change: Callable[[str], dict[str, object]], field: str, text: str) -> None:
    error = refusal({**MINIMAL, **change(text)})
    assert (error.field, "holds an encoded word" in str(error)) == (field, True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to": [f"{HIDDEN}@x.example"]}, "to[0]"),
        # The first address begins an encoded word that the second one ends.
        ({"to": ["=?utf-8?q?abc@x.example", "c?=@y.example"]}, "to[0]"),
        ({"cc": ["a=?b@x.example"]}, "cc[0]"),
        ({"bcc": ["Lee <a=?b@x.example>"]}, "bcc[0]"),
        ({"thread": {"id": "t", "message_id": HIDDEN}}, "thread.message_id"),
        ({"thread": {"id": "t", "references": ["<1@x.example>", "<=?utf-8?q?a>", "<b?=>"]}}, "thread.references[1]"),
    ],
)
def test_an_entry_of_a_list_does_not_even_begin_an_encoded_word(change: dict[str, object], field: str) -> None:
    error = refusal({**MINIMAL, **change})
    assert (error.field, "begins an encoded word" in str(error)) == (field, True)


@pytest.mark.parametrize("subject", ["=?", "?=", "really ?= =? yes", "a = b? = c"])
def test_marks_that_are_no_encoded_word_are_taken(subject: str) -> None:
    assert draft_from_json({**MINIMAL, "subject": subject, "text": HIDDEN}).subject == subject
    named = draft_from_json({**MINIMAL, "to": ["=?utf-8?q?J=C3=BCrgen?= <j@x.example>"]})
    assert named.to == ("j@x.example",)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"filename": None}, "filename", "must be text, not null"),
        ({"filename": ""}, "filename", "is blank"),
        ({"filename": "a\r\nb"}, "filename", "line break"),
        ({"filename": "../a"}, "filename", "without a path"),
        ({"filename": "a\\b"}, "filename", "without a path"),
        ({"filename": ".."}, "filename", "without a path"),
        ({"filename": "a" * 256}, "filename", "at most 255"),
        ({"content_type": "pdf"}, "content_type", "must be a media type"),
        ({"content_type": "text/plain\r\nX: y"}, "content_type", "must be a media type"),
        ({"content_type": "text/plain; charset=a b"}, "content_type", "must be a media type"),
        ({"content_type": 'text/plain; name="a\r\nX: y"'}, "content_type", "line break"),
        ({"content_type": "text/plain;\r\n name=a"}, "content_type", "must be a media type"),
        ({"content_type": "text/plain; name=a; Name=b"}, "content_type", "has the parameter name twice"),
        ({"content_type": "text/plain" + "".join(f"; a{n}=b" for n in range(200))}, "content_type", "at most 998"),
        ({"content_type": "Multipart/mixed"}, "content_type", "not multipart"),
        ({"content": "@@@@"}, "content", "is not base64"),
        ({"content": "cGxhbg"}, "content", "is not base64"),
        ({"content": "cGxhbg==cGxhbg=="}, "content", "is not base64"),
        ({"content": "cGx_"}, "content", "is not base64"),
        ({"content": "ü"}, "content", "is not base64"),
        ({"content": [1]}, "content", "must be text, not a list"),
        ({"size": 4}, "size", "is no known field"),
    ],
)
def test_a_broken_attachment(change: dict[str, object], field: str, message: str) -> None:
    error = refusal({**MINIMAL, "attachments": [ATTACHMENT, {**ATTACHMENT, **change}]})
    assert error.field == f"attachments[1].{field}"
    assert message in str(error)


def test_content_types_may_have_parameters_and_base64_line_breaks() -> None:
    row = {"filename": "é.txt", "content_type": 'text/plain; charset="utf-8"', "content": "cGxh\r\nbg==\n"}
    attachment = draft_from_json({**MINIMAL, "attachments": [row, {**row, "content": ""}]}).attachments[0]
    assert (attachment.filename, attachment.content) == ("é.txt", b"plan")


@pytest.mark.parametrize("name", ["text", "html"])
def test_the_longest_body(name: str) -> None:
    assert len(getattr(draft_from_json({**MINIMAL, name: "x" * MAX_BODY}), name)) == MAX_BODY
    for length in (MAX_BODY + 1, 10_000_000):
        error = refusal(json.dumps({**MINIMAL, name: "x" * length}))
        assert error.field == name
        assert "at most 1000000" in str(error)


def test_the_most_recipients() -> None:
    many = [f"p{number}@x.example" for number in range(MAX_RECIPIENTS)]
    assert len(draft_from_json({**MINIMAL, "to": many, "cc": many}).recipients) == MAX_RECIPIENTS
    error = refusal({**MINIMAL, "to": many, "bcc": ["one.more@x.example"]})
    assert (error.field, "201 people; at most 200" in str(error)) == ("to", True)


def test_the_largest_attachments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MAX_ATTACHMENTS", 100)
    rows = [{**ATTACHMENT, "content": base64.b64encode(b"x" * 50).decode()}] * 2
    assert len(draft_from_json({**MINIMAL, "attachments": rows}).attachments) == 2
    for extra in (b"x", b"x" * 1000):
        row = {**ATTACHMENT, "content": base64.b64encode(extra).decode()}
        error = refusal({**MINIMAL, "attachments": [*rows, row]})
        assert error.field == "attachments"
        assert "100" in str(error)
    assert limits.MAX_ATTACHMENTS == 25_000_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1, column 1: is not JSON: expecting value"),
        (b"\n{'a': 1}", "line 2, column 2: is not JSON"),
        (b'{"a": 1} x', "line 1, column 10: is not JSON: extra data"),
        (b"\xff\xfe{}", "is not UTF-8 at byte 0"),
        (b"[]", "must be a JSON object with named fields, not a list"),
        (b"null", "not null"),
        (b'"text"', "not text"),
        (b"1e999", "not a number"),
        (b'{"a": NaN}', "no JSON number"),
        (b'{"a": -Infinity}', "no JSON number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "far too long"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        ("\ud800", "is not JSON"),
    ],
)
def test_what_is_no_json_object(data: bytes | str, message: str) -> None:
    assert message in str(refusal(data))


@pytest.mark.parametrize("value", [None, 5, 1.5, True, [MINIMAL], (1,), object(), {1: 2}, {None: 1}, {(): 1}])
def test_what_is_no_record(value: object) -> None:
    refusal(value)


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "MAX_INPUT", 50)
    assert "may have 50 bytes" in str(refusal(json.dumps(MINIMAL)))


def test_a_key_that_is_there_twice_counts_once() -> None:
    twice = json.dumps(MINIMAL)[:-1] + ', "agent": "writer-2"}'
    assert draft_from_json(twice).agent == "writer-2"
