"""What can be read of mail that strangers wrote, and that nothing they write does harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inbox.contents import NOTHING, addresses, content_of, message_ids, readable
from tests.unit.app.inbox.mails import group, raw_mail, report

RETURNED = (
    "Message-ID: <sn_1@ours.example>\nX-Countersign-Draft: dr_1\nX-Google-Original-Message-ID: <sn_0@ours.example>\n"
)


def test_the_words_are_read() -> None:
    assert content_of(raw_mail()).text == "Fine with me."
    latin = raw_mail(
        "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n", "Gr=FC=DFe\n"
    )
    assert content_of(latin).text == "Grüße"
    assert content_of(raw_mail("Content-Type: text/plain; charset=none-such\n", "Fine\n")).text == "Fine"


def test_html_is_read_where_there_is_no_plain_text() -> None:
    head = "<head><title>x</title></head><style>p{}</style>"
    html = f"<html>{head}<p>Fine &amp; <b>good</b></p><script>x()</script>!</html>\n"
    assert content_of(raw_mail("Content-Type: text/html\n", html)).text == "Fine & good !"
    both = f"--B\nContent-Type: text/html\n\n{html}\n--B\nContent-Type: text/plain\n\nPlain.\n--B--\n"
    assert content_of(raw_mail("Content-Type: multipart/alternative; boundary=B\n", both)).text == "Plain."
    assert content_of(raw_mail("Content-Type: text/html\n", "Before <script>never ends")).text == "Before"


def test_files_and_enclosed_mails_are_not_taken_for_the_words() -> None:
    parts = (
        "--B\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nA file.\n"
        "--B\nContent-Type: message/rfc822\n\nMessage-ID: <x@y.example>\n\nForwarded.\n--B--\n"
    )
    found = content_of(raw_mail("Content-Type: multipart/mixed; boundary=B\n", parts))
    assert (found.text, found.returned_ids) == ("", ("<x@y.example>",))


def test_the_returned_mail_is_known_by_its_ids() -> None:
    found = content_of(report(group(), returned=RETURNED))
    assert found.returned_ids == ("<sn_1@ours.example>", "<sn_0@ours.example>")
    assert found.returned_drafts == ("dr_1",)
    assert [(each.recipient, each.action, each.status) for each in found.deliveries] == [
        ("lee@acme.example", "failed", "5.1.1")
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\n",
        raw_mail("Content-Type: multipart/mixed; boundary=B\n", "--B\n" * 100_000),
        b"Content-Type: multipart/mixed; boundary=" * 300,
        b"x" * 6_000_000,
        raw_mail("Content-Transfer-Encoding: base64\n", "§§§\n"),
        raw_mail("Content-Type: message/delivery-status\n", "\n\n\n"),
        raw_mail("Content-Type: text/html\n", "<" * 500_000),
        raw_mail("Content-Type: text/html\n", "<style" * 100_000),
        raw_mail("Content-Type: text/html\n", "<style></style>" * 20_000),
    ],
)
def test_what_is_no_mail_is_read_as_far_as_it_goes_and_soon(raw: bytes) -> None:
    began = time.thread_time()
    found = content_of(raw)
    assert (found.deliveries, found.returned_ids) == ((), ())
    assert len(found.text) <= 20_000
    assert time.thread_time() - began < 5  # hundreds of times what it takes: what is held is that it ends


def test_what_is_too_long_is_not_read_at_all() -> None:
    assert content_of(raw_mail(body="x" * 6_000_000)) == NOTHING


@settings(max_examples=200, deadline=None)
@given(head=st.binary(max_size=400), body=st.binary(max_size=400))
def test_nothing_that_anybody_writes_raises(head: bytes, body: bytes) -> None:
    content_of(head + b"\r\n\r\n" + body)
    content_of(b"Content-Type: multipart/report; boundary=B\r\n" + head + b"\r\n\r\n--B\r\n" + body)
    content_of(b"Content-Type: message/delivery-status\r\n\r\n" + body)
    content_of(b"Content-Type: message/rfc822\r\n\r\n" + head)


@settings(max_examples=200, deadline=None)
@given(value=st.text(max_size=300))
def test_no_header_raises(value: str) -> None:
    readable(value), readable(f"=?utf-8?b?{value}?="), addresses(value), message_ids(value)


def test_headers_as_they_read() -> None:
    assert readable("=?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n und mehr\x07") == "Grüße und mehr"
    assert readable("=?none-such?q?x?=") == "=?none-such?q?x?="
    assert addresses('"Lee, Ana" <Lee@Acme.example>, b@x.example, nobody, Lee <lee@acme.example>') == (
        "lee@acme.example",
        "b@x.example",
    )
    assert message_ids("<a@x> <b@x>\r\n <a@x> c@x") == ("<a@x>", "<b@x>")
