"""Drafts from RFC 5322 files."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from app.core.drafts import Attachment, Draft, SequenceStep, Thread
from app.core.errors import InvalidDraft
from app.intake import draft_from_eml, eml
from tests.unit.app.intake_drafts import FACTS, without
from tests.unit.app.intake_drafts import eml as message

MIXED = "Content-Type: multipart/mixed; boundary=b"


def refusal(raw: bytes) -> InvalidDraft:
    with pytest.raises(InvalidDraft) as caught:
        draft_from_eml(raw)
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()
    return caught.value


def parts(*bodies: str) -> str:
    return "".join(f"--b\r\n{body}\r\n" for body in bodies) + "--b--\r\n"


def test_a_plain_mail() -> None:
    assert draft_from_eml(message()) == Draft(
        client_id="c-1",
        action="follow_up",
        agent="writer-1",
        on_behalf_of="maya",
        to=("lee@acme.example",),
        subject="Plan",
        text="Hello Lee,\n",
    )


def test_every_fact() -> None:
    draft = draft_from_eml(
        message(
            "Cc: Ann <ann@ACME.example>, bo@acme.example",
            "Bcc: archive@ours.example",
            "X-Countersign-Deal-Id: D-1",
            "X-Countersign-Thread-Id: t-1",
            "X-Countersign-Sequence: spring outreach;step=2",
            "X-Countersign-Send-After: 2026-11-20T09:00:00-05:00",
            "In-Reply-To: <2@acme.example>",
            "References: <1@acme.example>",
            " <2@acme.example>",
        )
    )
    assert (draft.cc, draft.bcc) == (("ann@acme.example", "bo@acme.example"), ("archive@ours.example",))
    assert (draft.deal_id, draft.sequence) == ("D-1", SequenceStep(id="spring outreach", step=2))
    assert draft.send_after == datetime(2026, 11, 20, 14, tzinfo=UTC)
    references = ("<1@acme.example>", "<2@acme.example>")
    assert draft.thread == Thread(id="t-1", message_id="<2@acme.example>", references=references)


@pytest.mark.parametrize(
    ("headers", "thread"),
    [
        ((), None),
        (("X-Countersign-Thread-Id: t-1",), Thread(id="t-1")),
        (("In-Reply-To: <2@x.example>",), Thread(id="<2@x.example>", message_id="<2@x.example>")),
        (
            ("In-Reply-To: <2@x.example>", "References: <1@x.example> <2@x.example>"),
            Thread(id="<1@x.example>", message_id="<2@x.example>", references=("<1@x.example>", "<2@x.example>")),
        ),
    ],
)
def test_a_conversation_without_a_name_is_named_by_its_first_mail(
    headers: tuple[str, ...], thread: Thread | None
) -> None:
    assert draft_from_eml(message(*headers)).thread == thread


def test_the_person_may_be_the_from_address() -> None:
    facts = without("X-Countersign-On-Behalf-Of")
    assert draft_from_eml(message("From: Maya <maya@ours.example>", facts=facts)).on_behalf_of == "maya@ours.example"
    assert draft_from_eml(message("From: Omar <omar@ours.example>")).on_behalf_of == "maya"


@pytest.mark.parametrize("name", ["X-Countersign-Action", "X-Countersign-Agent", "X-Countersign-On-Behalf-Of"])
def test_a_missing_fact_is_named_by_its_header(name: str) -> None:
    error = refusal(message(facts=without(name)))
    assert (error.field, "is missing; add the header" in str(error)) == (name, True)


def test_a_mail_that_a_library_wrote() -> None:
    mail = EmailMessage(policy=SMTP)
    for line in FACTS[:4]:
        name, _, value = line.partition(": ")
        mail[name] = value
    mail["To"] = "Lee Chan <lee@acme.example>"
    mail["Subject"] = "Angebot für die Größe – " + "sehr lang " * 20
    mail.set_content("Grüße\naus München\n", cte="quoted-printable")
    mail.add_alternative("<p>Grüße <img src='cid:logo'></p>", subtype="html", cte="base64")
    html = mail.get_body(("html",))
    assert html is not None
    html.add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png", disposition="inline")
    mail.add_attachment("a,b\n1,2\n", subtype="csv", filename="Zahlen – März.csv")
    draft = draft_from_eml(mail.as_bytes())
    assert draft.subject == ("Angebot für die Größe – " + "sehr lang " * 20).strip()
    assert draft.text == "Grüße\naus München\n"
    assert draft.html == "<p>Grüße <img src='cid:logo'></p>\n"
    assert [(a.filename, a.content_type) for a in draft.attachments] == [
        ("logo.png", "image/png"),
        ("Zahlen – März.csv", "text/csv; charset=utf-8"),
    ]
    assert draft.attachments[0].content == b"\x89PNG"


def test_every_other_part_is_an_attachment() -> None:
    body = parts(
        "\r\nHello",
        "Content-Type: text/plain; name=notes.txt\r\n\r\nnotes",
        "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnameless",
        "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR",
        "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\nX-Countersign-Action: other\r\n\r\ninner text",
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: inline; filename*=utf-8''%C3%A9.png\r\n\r\n{base64.b64encode(bytes(99)).decode()}",
        "Content-Type: application/x-unheard-of\r\n\r\nx",
    )
    draft = draft_from_eml(message(MIXED, body=body))
    assert (draft.text, draft.html) == ("Hello", None)
    assert [(a.filename, a.content_type, a.size) for a in draft.attachments] == [
        ("notes.txt", "text/plain", 5),
        ("attachment-2.txt", "text/plain", 8),
        ("attachment-3.ics", "text/calendar; method=REQUEST", 15),
        ("attachment-4.eml", "message/rfc822", len(draft.attachments[3].content)),
        ("é.png", "image/png", 99),
        ("attachment-6.bin", "application/x-unheard-of", 1),
    ]
    assert b"inner text" in draft.attachments[3].content
    assert isinstance(draft.attachments[0], Attachment)


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("iso-8859-1", b"caf\xe9", "café"),
        ("utf-16", "café".encode("utf-16"), "café"),
        ("x-unknown", "café".encode(), "café"),
        ("us-ascii", "café".encode(), "café"),
        ('"\x00"', b"cafe", "cafe"),
        ("hex", b"6361", "6361"),
        ("", "café".encode(), "café"),
    ],
)
def test_charsets(charset: str, body: bytes, text: str) -> None:
    kind = f"Content-Type: text/plain; charset={charset}" if charset else "Content-Type: text/plain"
    encoded = base64.b64encode(body)
    assert draft_from_eml(message(kind, "Content-Transfer-Encoding: base64", body=encoded)).text == text


def test_a_charset_that_does_not_fit() -> None:
    error = refusal(message("Content-Type: text/plain; charset=x-unknown", body=b"caf\xe9"))
    assert (error.field, "send UTF-8" in str(error)) == ("text", True)


def test_headers_in_other_spellings() -> None:
    facts = without("Subject")
    assert draft_from_eml(message("Subject: Grüße", facts=facts)).subject == "Grüße"
    assert draft_from_eml(message("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=", facts=facts)).subject == "Grüße"
    assert draft_from_eml(message("Subject: a", "\tb", facts=facts)).subject == "a b"
    facts = without("To")
    recipients = 'TO: Dr. Lee L. Chan <lee@acme.example>, "x, y" <c@d.example>, us: d@e.example;'
    assert draft_from_eml(message(recipients, "Cc:", facts=facts)).to == (
        "lee@acme.example",
        "c@d.example",
        "d@e.example",
    )


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("To: <>", "To"),
        ("To: a@x.example b@x.example", "To"),
        ("To: a@x.example; b@x.example", "To"),
        ("To: undisclosed-recipients:;", "to"),
        ("To: lee@localhost", "to[0]"),
        ("To: ü@x.example", "To"),
        ("To: =?utf-8?q?x=0D=0ABcc=3A_z=40z=2Ez?= <a@b.example>", "To"),
        ("To: =?utf-8?q?x=0D=0ABcc=3A_z?=@b.example", "To"),
        ("Subject: =?utf-8?q?a=0D=0ABcc:_x@y.z?=", "subject"),
        ("Subject: a\x00b", "subject"),
        ("X-Countersign-Agent: =?utf-8?q?a=0Ab?=", "agent"),
        ("X-Countersign-Action: Follow Up", "action"),
        ("X-Countersign-Sequence: spring", "X-Countersign-Sequence"),
        ("X-Countersign-Sequence: spring;step=two", "X-Countersign-Sequence"),
        ("X-Countersign-Sequence: spring;step=0", "sequence.step"),
        ("X-Countersign-Send-After: tomorrow", "send_after"),
        ("X-Countersign-Actoin: reply", "x-countersign-actoin"),
        ("In-Reply-To: not an id", "thread.message_id"),
        ("References: <a@b> c@d >", "thread.references[2]"),
    ],
)
def test_a_broken_header(header: str, field: str) -> None:
    error = refusal(message(header, facts=without(header.partition(":")[0])))
    assert error.field == field


TWICE = "=?utf-8?q?=3D=3Futf-8=3Fq=3FHi=3D0D=3D0AWe=5Fpay=3F=3D?="
"""Decoded once, it is an encoded word that hides a line break."""


@pytest.mark.parametrize(
    ("header", "field"),
    [
        (f"Subject: {TWICE}", "subject"),
        ("Subject: =?utf-8?q?=3D=3Futf-8?= =?utf-8?q?=3Fq=3FHi=3F=3D?=", "subject"),
        (f"X-Countersign-Client-Id: {TWICE}", "client_id"),
        (f"X-Countersign-Thread-Id: {TWICE}", "thread.id"),
        (f"X-Countersign-Sequence: {TWICE};step=1", "sequence.id"),
        (f"In-Reply-To: <{TWICE}>", "thread.id"),
        (f"X-Countersign-Thread-Id: t\r\nIn-Reply-To: <{TWICE}>", "thread.message_id"),
        ("X-Countersign-Thread-Id: t\r\nReferences: <1@x.example> <a=?b>", "thread.references[1]"),
    ],
)
def test_an_encoded_word_in_an_encoded_word(header: str, field: str) -> None:
    error = refusal(message(header, facts=without(header.partition(":")[0])))
    assert (error.field, "encoded word" in str(error)) == (field, True)


@pytest.mark.parametrize("name", [f'"{TWICE}"', f'"{TWICE}.pdf"', "utf-8''%3D%3Futf-8%3Fq%3FHi%3F%3D"])
def test_an_encoded_word_in_an_encoded_file_name(name: str) -> None:
    star = "*" if name.startswith("utf-8") else ""
    part = f"Content-Disposition: attachment; filename{star}={name}\r\n\r\nx"
    error = refusal(message(MIXED, body=parts("\r\nHello", part)))
    assert (error.field, "encoded word" in str(error)) == ("attachments[0].filename", True)


@pytest.mark.parametrize("name", ["To", "Subject", "X-Countersign-Agent", "X-Countersign-On-Behalf-Of"])
def test_a_header_that_is_there_twice(name: str) -> None:
    line = next(line for line in FACTS if line.startswith(f"{name}:"))
    error = refusal(message(line))
    assert (error.field, "is there 2 times; keep one" in str(error)) == (name, True)


@pytest.mark.parametrize(
    ("header", "body", "says"),
    [
        ("Content-Type: multipart/mixed", "x", "no boundary in multipart"),
        (MIXED, "x", "start boundary not found"),
        (MIXED, "--b\r\n\r\nHello\r\n", "close boundary not found"),
        (MIXED, parts("\r\nHello", "\r\nHello again"), "two text/plain bodies"),
        (MIXED, parts("\r\nHello", "Content-Disposition: attachment; filename=../x\r\n\r\nx"), "without a path"),
        ("Content-Transfer-Encoding: base64", "@@@", "invalid base64"),
        ("Content-Transfer-Encoding: base64", "YQ=", "invalid base64"),
        ("Content-Transfer-Encoding: x-uuencode", "x", "is no known encoding"),
        ("Content-Type: application/pdf", "x", "is empty and there is no html"),
        ("Content-Type: text/plain", "", "is empty and there is no html"),
        ("no colon here", "x", "missing header body separator"),
    ],
)
def test_a_broken_body(header: str, body: str, says: str) -> None:
    assert says in str(refusal(message(header, body=body)))


def test_nesting_without_end() -> None:
    start = (f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n" for level in range(2000))
    refusal(message(body="").removesuffix(b"\r\n") + "".join(start).encode())


@pytest.mark.parametrize(
    "raw", [b"", b"\x00", b"\xff" * 100, b"hello", b"\r\n\r\n", b":", b"From \r\n", b"To:" * 1000]
)
def test_what_is_no_mail(raw: bytes) -> None:
    refusal(raw)


def test_what_would_take_the_parser_minutes() -> None:
    long = refusal(message("X-Countersign-Deal-Id: " + "=?utf-8?q?a?= " * 50_000))
    assert (long.field, "at most 32000" in str(long)) == ("X-Countersign-Deal-Id", True)
    part = refusal(message(MIXED, body=parts("Content-Type: text/plain; " + "a=b; " * 1000 + "\r\n\r\nx")))
    assert (part.field, "at most 4000" in str(part)) == ("Content-Type", True)
    assert "too many parts" in str(refusal(message(MIXED, body="--b\r\n\r\n" * 6000)))
    nested = "Content-Type: multipart/mixed; boundary=b\r\n" * 90
    assert "too many parts" in str(refusal(message(body=nested + "x\n" * 300_000)))


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eml, "MAX_INPUT", 50)
    assert "may have 50 bytes" in str(refusal(message()))
