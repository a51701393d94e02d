"""What comes in is put to the mail that it answers, kept once, and told once in that draft's history."""

from __future__ import annotations

import pytest

from app.audit.chain import verify
from tests.unit.app.inbox.conftest import RUTH, SAM, House
from tests.unit.app.inbox.mails import USUAL, group, raw_mail, report

STRANGE = USUAL.replace("<a1@", "<a2@").replace("lee@acme", "eve@evil")


def answer(to: str, head: str = "", *, id: str = "a1") -> bytes:
    return raw_mail(f"In-Reply-To: {to}\n{head}", usual=USUAL.replace("<a1@", f"<{id}@"))


# ── what it answers ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_reply_is_kept_with_its_words_and_told_in_the_drafts_history(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.arrive(answer(message_id))
    house.look()
    [kept] = house.kept(draft_id)
    assert (kept.kind, kept.sender, kept.subject, kept.text) == (
        "reply",
        "lee@acme.example",
        "Re: The plan",
        "Fine with me.",
    )
    [event] = house.events(draft_id)
    assert (event.kind, event.actor) == ("mail.replied", "gate")
    assert event.facts["from"] == "lee@acme.example"
    assert event.facts["message_id"] == "<a1@acme.example>"
    assert "Fine with me" not in str(event.facts)
    [heard] = house.heard
    assert (heard.draft_id, heard.mail) == (draft_id, kept)
    with house.harness.store.read() as reader:
        verify(reader.audit.events(), head=reader.audit.head())


def test_references_are_looked_through_from_the_nearest(house: House) -> None:
    first, _, first_id = house.send("c1")
    second, _, second_id = house.send("c2")
    house.arrive(raw_mail(f"References: {first_id} {second_id} <else@acme.example>\n"), thread="t2")
    house.look()
    assert (len(house.kept(first)), len(house.kept(second))) == (0, 1)


def test_a_message_id_that_only_looks_like_ours_is_nobodys(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.arrive(answer(message_id.replace("@ours.example", "@evil.example")), key="m1")
    house.arrive(answer("<sn_none-0@ours.example>"), key="m2", thread="t2")
    house.look()
    assert house.kept(draft_id) == []


@pytest.mark.parametrize("named", ["X-Google-Original-Message-ID: {id}\n", "X-Countersign-Draft: {draft}\n"])
def test_where_the_provider_writes_its_own_message_id_our_mail_is_known_all_the_same(
    house: House, named: str
) -> None:
    draft_id, raw, message_id = house.send()
    renamed = raw.replace(f"Message-ID: {message_id}\r\n".encode(), b"Message-ID: <CA1@mail.gmail.com>\r\n")
    renamed = renamed.replace(f"X-Countersign-Draft: {draft_id}\r\n".encode(), b"")
    renamed = named.format(id=message_id, draft=draft_id).replace("\n", "\r\n").encode() + renamed
    house.arrive(renamed, key="own", is_own=True, thread="t7")
    house.arrive(answer("<CA1@mail.gmail.com>"), key="m1", thread="other")
    house.arrive(raw_mail(usual=STRANGE), key="m2", thread="t7")
    house.look()
    assert [(each.key, each.kind) for each in house.kept(draft_id)] == [
        ("m1", "reply"),
        ("m2", "reply"),
        ("own", "own"),
    ]
    assert [event.kind for event in house.events(draft_id)] == ["mail.replied", "mail.replied"]
    house.arrive(answer("<CA1@mail.gmail.com>", id="a9"), key="m3", thread="other")
    house.arrive(raw_mail(usual=STRANGE.replace("<a2@", "<a8@")), key="m4", thread="t7")
    house.look()
    assert len(house.kept(draft_id)) == 5


def test_a_strangers_header_makes_no_mail_ours(house: House) -> None:
    draft_id, _, _ = house.send()
    house.arrive(raw_mail(f"X-Countersign-Draft: {draft_id}\n", usual=STRANGE))
    house.look()
    assert house.kept(draft_id) == []


def test_a_copy_of_our_mail_in_a_colleagues_mailbox_is_no_answer(house: House) -> None:
    draft_id, raw, _ = house.send()
    house.mailboxes = {SAM, RUTH}
    house.arrive(raw, key="copy", account=RUTH[1])
    house.look()
    assert [each.kind for each in house.kept(draft_id)] == ["own"]
    assert house.events(draft_id) == []


# ── what it is ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bounce_names_whom_the_mail_did_not_reach(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.arrive(report(group("dana@theirs.example"), returned=f"Message-ID: {message_id}\n"), thread="t9")
    house.look()
    [event] = house.events(draft_id)
    assert event.kind == "mail.bounced"
    assert event.facts["failures"] == [
        {"recipient": "dana@theirs.example", "status": "5.1.1", "permanent": True, "final": True}
    ]
    [kept] = house.kept(draft_id)
    assert kept.failures is not None
    assert kept.failures[0]["recipient"] == "dana@theirs.example"


def test_a_bounce_that_encloses_only_the_drafts_id_is_matched_and_one_that_names_none_is_not(house: House) -> None:
    draft_id, _, _ = house.send()
    house.arrive(report(group(), returned=f"X-Countersign-Draft: {draft_id}\n"), key="m1", thread="t8")
    house.arrive(report(group(), returned="X-Countersign-Draft: dr_none\n"), key="m2", thread="t9")
    house.look()
    assert [each.key for each in house.kept(draft_id)] == ["m1"]


def test_an_automatic_reply_is_told_as_one(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.arrive(answer(message_id, "Auto-Submitted: auto-replied\n"))
    house.look()
    [event] = house.events(draft_id)
    assert (event.kind, event.facts["mark"]) == ("mail.auto_replied", "auto-submitted")


# ── once ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_told_of_again_is_taken_in_once(house: House) -> None:
    draft_id, _, message_id = house.send()
    for _ in range(3):
        house.arrive(answer(message_id))
        house.look()
    house.arrive(answer(message_id))
    house.arrive(answer(message_id))
    house.look()
    assert (len(house.kept(draft_id)), len(house.events(draft_id))) == (1, 1)


def test_the_same_answer_in_two_mailboxes_is_told_once(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.mailboxes = {SAM, RUTH}
    for _, account in (SAM, RUTH):
        house.arrive(answer(message_id), account=account)
    house.look()
    assert (len(house.kept(draft_id)), len(house.events(draft_id)), len(house.heard)) == (2, 1, 1)


def test_answers_without_a_message_id_are_each_told(house: House) -> None:
    draft_id, _, message_id = house.send()
    for number in (1, 2):
        house.arrive(raw_mail(f"In-Reply-To: {message_id}\n", usual="From: lee@acme.example\n"), key=f"m{number}")
    house.look()
    assert len(house.events(draft_id)) == 2


# ── what is none of our business ──────────────────────────────────────────────────────────────────────────────


def test_of_other_mail_nothing_is_kept_that_it_says(house: House) -> None:
    draft_id, _, _ = house.send()
    house.arrive(raw_mail(body="Private.\n"))
    house.arrive(raw_mail(body="Private, too.\n", usual=STRANGE), key="m2", is_own=True)
    house.look()
    with house.harness.store.read() as reader:
        found = reader.incoming.conversation("t1")
    assert [(each.key, each.subject, each.text, each.draft_id) for each in found] == [
        ("m1", None, None, None),
        ("m2", None, None, None),
    ]
    assert house.inbox.read == []
    assert house.kept(draft_id) == []


def test_what_was_kept_for_long_enough_is_deleted_but_for_answers(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.arrive(raw_mail(), key="m1")
    house.arrive(answer(message_id, id="a5"), key="m2", thread="t2")
    house.look()
    assert house.polling.tidy() == 0
    house.harness.clock.advance(house.polling.kept * 1.1)
    assert (house.polling.tidy(), house.polling.tidy()) == (1, 0)
    assert len(house.kept(draft_id)) == 1


def test_mail_with_fields_that_are_none_is_kept_as_far_as_it_goes(house: House) -> None:
    draft_id, _, message_id = house.send()
    odd = f"From: lee@{'x' * 400}.example\nSubject: a\x00b {'y' * 2000}\nMessage-ID: <{'z' * 390}@acme.example>\n"
    house.arrive(raw_mail(f"In-Reply-To: {message_id}\n", "a\x00b\n", usual=odd), thread="t" * 500)
    house.look()
    [kept] = house.kept(draft_id)
    assert (kept.text, len(kept.sender), len(kept.thread_id)) == ("ab", 320, 400)
    assert kept.subject == f"ab {'y' * 997}"
