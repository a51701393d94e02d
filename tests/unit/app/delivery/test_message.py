"""The bytes that leave say what was approved: nothing more, nothing less, nothing else."""

from __future__ import annotations

import base64
import email
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.core.drafts import Attachment, Draft, Thread
from app.core.errors import InvalidDraft, SendRefused, UnfaithfulMessage
from app.core.facts import Person
from app.delivery import message
from app.delivery.message import compose
from app.intake import draft_from_json
from tests.unit.app.intake_drafts import AWKWARD, FULL, LINES, MINIMAL, file

MAYA = Person(id="maya", email="maya@ours.example", name="Maya Rao")
AT = datetime(2026, 11, 20, 14, tzinfo=UTC)
PLAIN = draft_from_json(MINIMAL)
EVERYTHING = draft_from_json(FULL)
LONG_ID = f"<{'AS8PR04MB8199' * 5}B5C6D7E8@AS8PR04MB.x.example>"
"""As long as Outlook's: no line of 78 characters holds it beside its header's name."""


def written(draft: Draft, sender: Person = MAYA) -> bytes:
    return compose(draft, draft_id="dr_1", send_id="sn_1-0a1b2c3d4e5f", sender=sender, at=AT)


def parsed(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def changed(**changes: object) -> Draft:
    return draft_from_json({**MINIMAL, **changes})


# ── the yardstick, which shares no code with what it measures ─────────────────────────────────────────────────


def as_lines(text: object) -> bytes:
    assert isinstance(text, str | bytes)
    octets = text.encode() if isinstance(text, str) else text
    return octets.replace(b"\r\n", b"\n").removesuffix(b"\n")


def require_faithful(raw: bytes, draft: Draft, sender: Person = MAYA) -> None:
    require_sound_lines(raw)
    mail = parsed(raw)
    require_headers(mail, draft, sender)
    old_reader = email.message_from_bytes(raw)["Subject"].replace("\r\n", "")
    assert str(make_header(decode_header(old_reader))) == draft.subject
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    bodies = [("text/plain", draft.text)] if draft.text else []
    bodies += [("text/html", draft.html)] if draft.html is not None else []
    assert len(leaves) == len(bodies) + len(draft.attachments)
    for part, (kind, text) in zip(leaves, bodies, strict=False):
        assert (part.get_content_type(), part.get_filename()) == (kind, None)
        assert as_lines(part.get_payload(decode=True)) == as_lines(text)
        assert as_lines(part.get_content()) == as_lines(text)
    for part, attachment in zip(leaves[len(bodies) :], draft.attachments, strict=True):
        kind = attachment.content_type.partition(";")[0].strip().lower()
        assert part.get_content_type() == ("application/octet-stream" if kind.startswith("message/") else kind)
        assert part["Content-Disposition"].params["filename"] == attachment.filename
        assert part.get_content_disposition() == "attachment"
        assert part.get_payload(decode=True) == attachment.content


def require_sound_lines(raw: bytes) -> None:
    assert raw.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|[\x00\x80-\xff]", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def require_headers(mail: EmailMessage, draft: Draft, sender: Person) -> None:
    expected = {"To": list(draft.to), "Cc": list(draft.cc), "From": [sender.email]}
    for name, addresses in expected.items():
        assert [one.addr_spec for one in (mail[name].addresses if mail[name] else ())] == addresses
    shown = mail["From"].addresses[0].display_name
    assert "".join(shown.split()) == "".join(sender.name.split())
    names = ["From", "To", *(["Cc"] if draft.cc else []), "Subject", "Date", "Message-ID"]
    if draft.thread and draft.thread.message_id:
        names += ["In-Reply-To", "References"]
        assert mail["In-Reply-To"] == draft.thread.message_id
        ids = dict.fromkeys((*draft.thread.references, draft.thread.message_id))
        assert mail["References"].split() == list(ids)
    names += ["X-Countersign-Draft", *(["X-Countersign-Client-Id"] if draft.client_id else []), "MIME-Version"]
    names += ["Content-Type"] if mail.is_multipart() else ["Content-Type", "Content-Transfer-Encoding"]
    assert mail.keys() == names
    assert mail["Subject"] == draft.subject
    assert (mail["X-Countersign-Draft"], mail["X-Countersign-Client-Id"]) == ("dr_1", draft.client_id)


# ── whatever intake accepts ───────────────────────────────────────────────────────────────────────────────────

header_words = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=6), max_size=8).map("".join)
header_text = header_words | st.text(max_size=60) | st.integers(0, 998).map(lambda length: "ab " * (length // 3))
body_text = st.lists(st.sampled_from([*LINES, *AWKWARD]) | st.text(max_size=12), max_size=12).map("".join)
addresses = st.from_regex(r"[A-Za-z0-9+_=?-]{1,20}(\.[a-z0-9=?]{1,5})?@[a-z0-9]{1,10}\.[a-z]{2,6}", fullmatch=True)
message_ids = st.from_regex(r"<[!-;=?-~]{1,200}>", fullmatch=True) | st.just(LONG_ID)
content_types = st.sampled_from(
    ["message/rfc822", "text/calendar; method=REQUEST", "Text/Plain; charset=utf-8", "text/html", "message/partial"]
) | st.builds(
    "{}/{}; {}={}".format,
    st.sampled_from(["application", "text", "x-a!b", "image"]),
    st.from_regex(r"[a-z0-9!#$&^_.+-]{1,20}", fullmatch=True),
    st.from_regex(r"[a-zA-Z0-9!#$&^_.+-]{1,20}", fullmatch=True),
    header_words | header_words.map('"{}"'.format),
)
files = st.builds(
    lambda name, kind, content: file(content, name=name, kind=kind),
    header_words,
    content_types,
    st.binary(max_size=120) | st.just(b"Subject: inner\n\nFrom me\r\n.\r\n") | st.just(b""),
)
records = st.fixed_dictionaries(
    {"action": st.just("reply"), "agent": st.just("a"), "on_behalf_of": st.just("maya")}
    | {"to": st.lists(addresses, min_size=1, max_size=8), "subject": header_text, "text": body_text},
    optional={
        "cc": st.lists(addresses, max_size=3),
        "bcc": st.just(["hidden@secret.example"]),
        "html": body_text,
        "client_id": header_words,
        "attachments": st.lists(files, max_size=3),
        "thread": st.fixed_dictionaries(
            {"id": st.just("t"), "message_id": message_ids, "references": st.lists(message_ids, max_size=4)}
        ),
    },
)
display_names = st.lists(st.sampled_from(AWKWARD) | st.text("aé\u4e2d", max_size=30), max_size=5).map("".join)
# A tab is a space in a name, and so it is written as one.
people = display_names.map(lambda name: Person(id="maya", email="maya@ours.example", name=name))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(records, people)
def test_whatever_intake_accepts_is_written_faithfully(record: dict[str, Any], sender: Person) -> None:
    try:
        draft = draft_from_json(record)
    except InvalidDraft:
        assume(False)
    raw = written(draft, sender)
    require_faithful(raw, draft, sender)
    assert written(draft, sender) == raw
    assert b"hidden@secret.example" not in raw


SUBJECTS = [
    "",
    "x" * 900,
    "ab " * 300,
    " both ends ",
    "two  spaces",
    "=?",
    "?= =?",
    "a =?b",
    "Grüße – 🎉 שלום \u202eabc",
]
SUBJECTS += [
    "é" * 998,
    "🎉" * 300,
    "日本語 " * 100,
    "Re: =?utf-8?q?open",
    "a" * 201,
    f"see https://x.example/{'p' * 180}",
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_subjects(subject: str) -> None:
    draft = changed(subject=subject)
    raw = written(draft)
    require_faithful(raw, draft)
    assert max(map(len, raw.split(b"\r\n"))) <= 210


@pytest.mark.parametrize(
    "name",
    [
        "Rao, Maya",
        'Maya "M" Rao',
        "Maya\\Rao",
        "M. Rao (Sales)",
        "Müller",
        "山田太郎" * 10,
        "",
        "maya@x.example",
        "=?",
        "Ж" * 60,
    ],
)
def test_names_of_senders(name: str) -> None:
    sender = Person(id="maya", email="maya@ours.example", name=name)
    require_faithful(written(PLAIN, sender), PLAIN, sender)


BODIES = [
    "a\rb\n",
    "a\r\r\nb",
    "a\r",
    "a\x0cb\x0b\x1cc\x85d\u2028e",
    "w" * 5000,
    "é" * 5000,
    ".",
    "a\n.\n..\nb",
    "From me\nFrom",
]
BODIES += [
    "CR\r\nLF\r\n",
    "end \n\t\nend  ",
    "🎉\n",
    "\n\n\nx\n\n\n",
    "--=_sn_1-0a1b2c3d4e5f_0--\n",
    "=?utf-8?q?Hi?=",
    "=3D=\n",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_bodies(body: str) -> None:
    for change in ({"text": body}, {"text": None, "html": body}, {"text": body, "html": f"<p>{body}"}):
        draft = changed(**change)
        require_faithful(written(draft), draft)
        draft = changed(**change, attachments=[file(body.encode(), name="b.txt", kind="text/plain")])
        require_faithful(written(draft), draft)


@pytest.mark.parametrize(
    "record",
    [
        file(b"From: x@y.example\r\nSubject: inner\n\n\rlines\n", name="mail.eml", kind="message/rfc822"),
        file(b"BEGIN:VCALENDAR\r\n", name="invite.ics", kind="text/calendar; method=REQUEST; charset=UTF-8"),
        file(b"", name="empty.bin"),
        file(bytes(range(256)) * 50, name="all.bin", kind="application/octet-stream"),
        file(name="Zahlen – März.csv", kind='text/csv; header="present; yes"'),
        file(name='a "b"; c=d.pdf', kind='application/pdf; name=""'),
        file(name=" lead and trail "),
        file(name="🎉" * 255),
        file(name="n" * 255),
        file(name="=?.pdf", kind='text/plain; name="März  2026"; x=a/b(c)'),
    ],
    ids=lambda record: ascii(record["filename"][:20]),
)
def test_attachments(record: dict[str, str]) -> None:
    draft = changed(attachments=[record, file(name="second.pdf")], html="<p>x</p>")
    raw = written(draft)
    require_faithful(raw, draft)
    found = next(parsed(raw).iter_attachments())
    given = dict(re.findall(r'(\w+)="?((?<=")[^"]*|[^";]+)', record["content_type"]))
    assert dict(found["Content-Type"].params) == given


def test_text_that_needs_no_encoding_stays_readable() -> None:
    raw = written(changed(text="Hello Lee,\n\n.\nFrom Monday on\n"))
    assert raw.endswith(b"Content-Transfer-Encoding: 7bit\r\n\r\nHello Lee,\r\n\r\n.\r\nFrom Monday on\r\n")
    assert b"Content-Transfer-Encoding: quoted-printable" in written(changed(text="w " * 90))


def test_message_ids_are_written_literally_and_folded_at_spaces_only() -> None:
    assert len(LONG_ID) > 84
    references = [f"<{number}{LONG_ID[1:]}" for number in range(9)]
    draft = changed(thread={"id": "t", "message_id": LONG_ID, "references": references})
    raw = written(draft)
    assert b"=?" not in raw
    assert f"\r\nIn-Reply-To: {LONG_ID}\r\nReferences: {references[0]}\r\n {references[1]}\r\n".encode() in raw
    require_faithful(raw, draft)
    longest = changed(thread={"id": "t", "message_id": f"<{'x' * 980}>"})
    require_faithful(written(longest), longest)


# ── what intake would not have accepted ───────────────────────────────────────────────────────────────────────

HIDDEN = "=?utf-8?q?Hi=0D=0A=0D=0AWe_pay_you?="
"""Plain text in which a mail program finds two line breaks and another body."""


def made(**changes: Any) -> Draft:
    """A draft that has not been through intake."""
    return replace(PLAIN, **changes)


@pytest.mark.parametrize(
    "draft",
    [
        made(subject=HIDDEN),
        made(subject=f"Re: {HIDDEN} now"),
        made(subject="tab\there\t"),
        made(client_id=HIDDEN),
        made(attachments=(Attachment(filename=HIDDEN, content_type="text/plain", content=b"x"),)),
    ],
)
def test_what_looks_like_an_encoded_word_is_never_decoded(draft: Draft) -> None:
    raw = written(draft)
    require_faithful(raw, draft)
    assert b"We_pay" not in raw.partition(b"\r\n\r\n")[0]


BROKEN: list[tuple[Draft, str]] = [
    (made(subject="a\r\nBcc: x@y.example"), "Subject"),
    (made(subject="a\x00"), "Subject"),
    (made(subject="\ud800"), "Subject"),
    (made(client_id="a\nb"), "X-Countersign-Client-Id"),
    (made(to=("=?utf-8?q?abc@x.example", "c?=@y.example")), "To"),
    (made(to=("Lee <l@x.example>",)), "To"),
    (made(cc=("a@x.example, b@x.example",)), "Cc"),
    (made(thread=Thread(id="t", message_id=HIDDEN)), "References"),
    (made(thread=Thread(id="t", message_id=f"<{HIDDEN}>")), "References"),
    (made(thread=Thread(id="t", message_id="<a>", references=("<=?utf-8?q?a>", "<b?=>"))), "References"),
    (made(thread=Thread(id="t", message_id="<a>\r\nBcc: <b>")), "References"),
    (made(thread=Thread(id="t", message_id=f"<{'x' * 990}>")), "lines"),
    (made(text="\ud800"), "text"),
    (made(html="\ud800"), "html"),
    (made(text="a\x00b" + "c" * 80 + "\r\n=_", subject="x"), ""),
    (made(attachments=(Attachment(filename="a\r\nb", content_type="a/b", content=b""),)), "attachments[0].filename"),
    (made(attachments=(Attachment(filename="a", content_type="pdf", content=b""),)), "attachments[0].content_type"),
    (
        made(attachments=(Attachment(filename="a", content_type="multipart/mixed; boundary=b", content=b"--b"),)),
        "structure",
    ),
    (
        made(attachments=(Attachment(filename="a", content_type="a/b; x==?utf-8?q?y?=", content=b""),)),
        "",
    ),
]


@pytest.mark.parametrize(("draft", "part"), [row for row in BROKEN if row[1]])
def test_what_cannot_be_written_as_approved_is_not_written(draft: Draft, part: str) -> None:
    with pytest.raises(UnfaithfulMessage) as caught:
        written(draft)
    assert caught.value.part == part
    assert isinstance(caught.value, SendRefused)
    assert str(caught.value).isprintable()
    assert "dr_1 was not sent" in str(caught.value)


@pytest.mark.parametrize("draft", [row[0] for row in BROKEN if not row[1]])
def test_oddities_that_can_be_written(draft: Draft) -> None:
    require_faithful(written(draft), draft)


@pytest.mark.parametrize(
    "address", ["maya", "m@x.example\r\nBcc: b@x.example", "a@x.example, b@x.example", "=?@x.example"]
)
def test_a_sender_without_a_plain_address(address: str) -> None:
    with pytest.raises(UnfaithfulMessage) as caught:
        written(PLAIN, Person(id="maya", email=address, name="Maya"))
    assert caught.value.part == "From"


def test_a_sender_whose_name_holds_line_breaks() -> None:
    raw = written(PLAIN, Person(id="maya", email="maya@ours.example", name="Maya\r\nBcc: b@x.example"))
    assert raw.startswith(b'From: "Maya Bcc: b@x.example" <maya@ours.example>\r\nTo:')
    with pytest.raises(UnfaithfulMessage):
        written(PLAIN, Person(id="maya", email="maya@ours.example", name="Maya\x00"))


# ── the reading back: every check, held to a writer that gets that one thing wrong ────────────────────────────


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def swapped(raw: bytes) -> bytes:
        assert old in raw
        return raw.replace(old, new, 1)

    return swapped


FAULTS: list[tuple[bytes, bytes, str]] = [
    (b"lee@acme.example", b"eve@acme.example", "To"),
    (b"lee@acme.example", b"lee@acme.example, eve@x.example", "To"),
    (b"ann@acme.example", b"eve@acme.example", "Cc"),
    (b"Maya Rao", b"Omar", "From"),
    (b"<maya@ours.example>", b"<omar@ours.example>", "From"),
    (b"From: ", b"From: eve@x.example, ", "From"),
    (b"Subject: ", b"Subject: Not ", "Subject"),
    (b"Subject: ", b"Subject: =?utf-8?q?Hi=0D=0A?=\r\n ", "Subject"),
    (b"Date: Fri", b"Date: Sat", "Date"),
    (b"<sn_1", b"<sn_2", "Message-ID"),
    (b"In-Reply-To: <1", b"In-Reply-To: <2", "In-Reply-To"),
    (b"References: ", b"References: <9@x.example> ", "References"),
    (b"Draft: dr_1", b"Draft: dr_2", "X-Countersign-Draft"),
    (b"Client-Id: c-1", b"Client-Id: c-2", "X-Countersign-Client-Id"),
    (b"MIME-Version", b"Bcc: eve@x.example\r\nMIME-Version", "list of headers"),
    (b"To: lee@acme.example\r\n", b"", "list of headers"),
    (b"MIME-Version", b"Subject: again\r\nMIME-Version", "list of headers"),
    (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\n\r\n", "list of headers"),
    (b"The plan is attached.", b"The plan is cancelled.", "text"),
    (b"<p>The plan", b"<p>No plan", "html"),
    (base64.b64encode(b"plan"), base64.b64encode(b"plot"), "attachments[0]"),
    (b"Content-Type: application/pdf\r\n", b"", "attachments[0] headers"),
    (b"plan.pdf", b"plan.exe", "attachments[0] name"),
    (b"application/pdf", b"application/zip", "attachments[0] type"),
    (b'text/html; charset="utf-8"', b'text/html; charset="utf-7"', "html type"),
    (
        b"Content-Disposition: attachment",
        b"Content-Id: <a>\r\nContent-Disposition: attachment",
        "attachments[0] headers",
    ),
    (
        b"_0\r\nContent-Type: app",
        b"_0\r\n\r\nmore\r\n--=_sn_1-0a1b2c3d4e5f_0\r\nContent-Type: app",
        "number of parts",
    ),
    (b"_0--", b"_0", "structure"),
    (b"_1--", b"_2--", "structure"),
    (b"attached.\r\n", b"attached.\n", "lines"),
    (b"attached.", b"attached.\r", "lines"),
    (b"attached.", "attachéd.".encode(), "lines"),
    (b"attached.", b"attached." * 120, "lines"),
    (b"attached.", b"attached.\0", "lines"),
]


@pytest.mark.parametrize(("old", "new", "part"), FAULTS)
def test_a_writer_that_errs_is_found_out(monkeypatch: pytest.MonkeyPatch, old: bytes, new: bytes, part: str) -> None:
    fault = swap(old, new)
    write = message._write

    def erring(*args: Any, **kwargs: Any) -> bytes:
        return fault(write(*args, **kwargs))

    written(EVERYTHING)
    monkeypatch.setattr(message, "_write", erring)
    with pytest.raises(UnfaithfulMessage) as caught:
        written(EVERYTHING)
    assert caught.value.part == part


def test_the_parser_of_the_standard_library_agrees_on_everything() -> None:
    raw = written(EVERYTHING)
    require_faithful(raw, EVERYTHING)
    assert b"archive@ours.example" not in raw
    mail = email.message_from_bytes(raw, policy=SMTP)
    assert mail["Message-ID"] == "<sn_1-0a1b2c3d4e5f@ours.example>"
    assert mail["Date"].datetime == AT
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
