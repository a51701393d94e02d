"""The road, step by step, on both databases, with doubles for verdicts and mail."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.approvals import ApprovalState, Verdict
from app.core.errors import (
    Conflict,
    InvalidDraft,
    InvalidInput,
    MoveNotAllowed,
    NotFound,
    NotPermitted,
    ReusedKey,
    StaleDigest,
)
from app.core.lifecycle import State
from app.core.routes import Route
from app.edits import DraftEdit
from tests.support.deciding import approve, reject, standing
from tests.support.gates import Harness, a_draft, make_harness


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


@pytest.mark.parametrize(
    ("route", "state"),
    [
        ("auto_send", State.SCHEDULED),
        ("monitor", State.SCHEDULED),
        ("review", State.IN_REVIEW),
        ("block", State.BLOCKED),
    ],
)
def test_submit_answers_with_the_verdict_and_sets_the_course(harness: Harness, route: str, state: State) -> None:
    submitted = harness.gate.submit(a_draft(route))
    assert submitted.row.state is state
    assert submitted.assessment.route is Route(route)
    assert (submitted.row.permit is not None) == (state is State.SCHEDULED)
    assert (submitted.pending is not None) == (state is State.IN_REVIEW)


def test_an_auto_sent_draft_leaves_once_after_its_undo_window(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.wait(seconds=29)
    assert harness.mail.delivered == []
    harness.wait(seconds=2)
    assert standing(harness, submitted.row.id).row.state is State.SENT
    harness.wait(days=30)
    assert len(harness.mail.delivered) == 1


def test_send_after_holds_a_draft_back_beyond_the_undo_window(harness: Harness) -> None:
    harness.gate.submit(a_draft(send_after=harness.clock.now() + timedelta(hours=3)))
    harness.wait(hours=2)
    assert harness.mail.delivered == []
    harness.wait(hours=1)
    assert len(harness.mail.delivered) == 1


def test_a_sent_draft_opens_its_promises_in_the_ledger(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.wait(minutes=1)
    with harness.store.read() as reader:
        (entry,) = reader.ledger.entries()
    assert (entry.draft_id, entry.person, entry.recipient) == (submitted.row.id, "sam", "dana@theirs.example")


def test_the_same_client_id_gives_the_same_draft(harness: Harness) -> None:
    first = harness.gate.submit(a_draft(client_id="c-1"))
    again = harness.gate.submit(a_draft(client_id="c-1"))
    assert again.row.id == first.row.id
    harness.wait(minutes=1)
    assert harness.gate.submit(a_draft(client_id="c-1")).row.state is State.SENT
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 1


def test_the_same_idempotency_key_gives_the_same_draft(harness: Harness) -> None:
    first = harness.gate.submit(a_draft(), idempotency_key="k")
    assert harness.gate.submit(a_draft(), idempotency_key="k").row.id == first.row.id


def test_a_key_with_other_content_is_refused(harness: Harness) -> None:
    harness.gate.submit(a_draft(client_id="c-1"))
    with pytest.raises(ReusedKey, match="c-1"):
        harness.gate.submit(a_draft(client_id="c-1", text="Something else."))


def test_one_key_handed_in_by_many_at_once_is_one_draft(harness: Harness) -> None:
    ids: list[str] = []
    barrier = threading.Barrier(8)

    def hand_in() -> None:
        barrier.wait()
        ids.append(harness.gate.submit(a_draft(client_id="same")).row.id)

    threads = [threading.Thread(target=hand_in) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_an_unknown_person_is_refused_and_nothing_is_stored(harness: Harness) -> None:
    with pytest.raises(InvalidDraft, match="on_behalf_of"):
        harness.gate.submit(a_draft(on_behalf_of="nobody"))
    with harness.store.read() as reader:
        assert reader.drafts.counts() == {}


def test_an_approved_draft_leaves(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approved = approve(harness, shown)
    assert approved.row.state is State.SCHEDULED
    assert approved.row.permit is not None
    assert approved.row.permit.granted_by.startswith("approval:")
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 1


def test_the_same_word_twice_is_one_word(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    assert approve(harness, shown).row == approve(harness, shown).row


def test_only_those_who_are_asked_may_approve(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    for person in ("sam", "tom", "ada"):
        with pytest.raises((NotPermitted, NotFound)):
            approve(harness, shown, person)
    with pytest.raises(NotFound):
        approve(harness, shown, "ghost")


def test_an_approval_of_other_bytes_is_refused(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    stale = replace(shown, row=replace(shown.row, digest="sha256:other"))
    with pytest.raises(StaleDigest):
        approve(harness, stale)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW


def test_two_approvals_are_two_people(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review two"))
    after_one = approve(harness, shown, "sam")
    assert after_one.row.state is State.IN_REVIEW
    assert approve(harness, shown, "sam").row.state is State.IN_REVIEW
    assert approve(harness, after_one, "tom").row.state is State.SCHEDULED


def test_two_approvals_at_the_same_moment_both_count(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review two"))
    barrier = threading.Barrier(2)

    def say(person: str) -> None:
        barrier.wait()
        approve(harness, shown, person)

    threads = [threading.Thread(target=say, args=(p,)) for p in ("sam", "tom")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert standing(harness, shown.row.id).row.state is State.SCHEDULED


def test_an_edit_is_checked_again_and_voids_what_was_asked_before(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="Shorter."), person="sam", digest=shown.row.digest)
    assert edited.row.digest != shown.row.digest
    assert edited.row.revision == 2
    assert [a.state for a in edited.approvals] == [ApprovalState.VOID, ApprovalState.PENDING]
    with pytest.raises(StaleDigest):
        approve(harness, shown)
    approve(harness, edited)
    harness.wait(minutes=1)
    assert b"Shorter." in harness.mail.delivered[0].raw


def test_an_editor_cannot_be_the_only_approver(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="New."), person="ruth", digest=shown.row.digest)
    assert edited.pending is not None
    assert "ruth" not in edited.pending.people
    with pytest.raises(NotPermitted):
        approve(harness, edited, "ruth")


def test_an_edit_of_text_drops_the_html_that_said_otherwise(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review", html="<p>Old</p>"))
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="New."), person="sam", digest=shown.row.digest)
    assert edited.draft.html is None


def test_an_edit_that_is_not_valid_changes_nothing(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    with pytest.raises(InvalidDraft, match="subject"):
        harness.gate.edit(
            shown.row.id, DraftEdit(subject="a\r\nBcc: x@evil.example"), person="sam", digest=shown.row.digest
        )
    assert standing(harness, shown.row.id).row == shown.row


def test_a_sent_draft_cannot_be_edited(harness: Harness) -> None:
    sent = harness.gate.submit(a_draft())
    harness.wait(minutes=1)
    with pytest.raises(MoveNotAllowed):
        harness.gate.edit(sent.row.id, DraftEdit(text="x"), person="sam", digest=sent.row.digest)


@pytest.mark.parametrize("route", ["review", "block"])
def test_a_rejected_draft_never_leaves(harness: Harness, route: str) -> None:
    shown = harness.gate.submit(a_draft(route))
    reject(harness, shown, "sam")
    with pytest.raises((Conflict, NotPermitted)):
        approve(harness, shown)
    harness.wait(days=30)
    assert standing(harness, shown.row.id).row.state is State.REJECTED
    assert harness.mail.delivered == []


def test_an_expired_draft_never_leaves(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    harness.wait(hours=25)
    assert standing(harness, shown.row.id).row.state is State.EXPIRED
    with pytest.raises((Conflict, NotPermitted)):
        approve(harness, shown)
    harness.wait(days=30)
    assert harness.mail.delivered == []


def test_an_approval_after_the_expiry_is_refused_even_before_the_timer_rings(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    harness.clock.advance(timedelta(hours=24))
    with pytest.raises(Conflict, match="expired"):
        approve(harness, shown)


def test_undo_takes_it_back_for_good(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.wait(seconds=10)
    assert harness.gate.undo(submitted.row.id, person="sam").row.state is State.UNDONE
    assert harness.gate.undo(submitted.row.id, person="sam").row.state is State.UNDONE
    harness.wait(days=1)
    assert harness.mail.delivered == []


def test_undo_comes_too_late_once_it_is_sent(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.wait(minutes=1)
    with pytest.raises(MoveNotAllowed):
        harness.gate.undo(submitted.row.id, person="sam")


def test_undo_is_not_for_strangers(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    with pytest.raises((NotFound, NotPermitted)):
        harness.gate.undo(submitted.row.id, person="tom")


def test_facts_that_changed_send_an_approved_draft_back(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    harness.script.trouble = "the deal was put on hold"
    harness.wait(minutes=1)
    back = standing(harness, shown.row.id)
    assert back.row.state is State.IN_REVIEW
    assert back.row.permit is None
    assert harness.mail.delivered == []
    approve(harness, back)
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 1


@pytest.mark.parametrize("named", [True, False])
def test_a_repeated_approval_does_not_answer_the_request_that_came_after_it(harness: Harness, named: bool) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    harness.script.trouble = "the deal was put on hold"
    harness.wait(minutes=1)
    assert shown.pending is not None
    with pytest.raises(Conflict, match="facts"):
        harness.gate.decide(
            shown.row.id,
            person="ruth",
            verdict=Verdict.APPROVE,
            digest=shown.row.digest,
            request_id=shown.pending.id if named else None,
        )


def test_who_approved_may_still_reject_while_others_are_asked(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review two"))
    after_one = approve(harness, shown, "sam")
    assert reject(harness, after_one, "sam").row.state is State.REJECTED


def test_rejecting_twice_is_rejecting_once(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("block"))
    assert reject(harness, shown, "sam").row == reject(harness, shown, "sam").row


def test_an_approval_by_address_counts_as_the_persons(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    assert approve(harness, shown, "Ruth@ours.example").row.state is State.SCHEDULED


def test_a_reason_that_cannot_be_kept_is_refused(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    for reason in ("a\x00b", "a\udcffb", "x" * 3000):
        with pytest.raises(InvalidInput, match="reason"):
            reject(harness, shown, "sam", reason)
    assert standing(harness, shown.row.id).row == shown.row


def test_a_demand_that_rose_since_the_approval_sends_it_back(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    harness.script.needed = 2
    harness.wait(minutes=1)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    assert harness.mail.delivered == []


def test_what_cannot_be_judged_any_more_goes_before_a_person(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.script.broken = True
    harness.wait(minutes=1)
    back = standing(harness, submitted.row.id)
    assert back.row.state is State.IN_REVIEW
    assert back.assessment.ruling.rule == "builtin.cannot-be-judged"
    assert harness.mail.delivered == []


def test_what_the_approver_was_shown_is_no_reason_to_send_it_back(harness: Harness) -> None:
    harness.script.trouble = "the amount is high"
    approve(harness, harness.gate.submit(a_draft("review")))
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 1


def test_a_route_that_became_stricter_stops_an_auto_sent_draft(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.script.route = Route.BLOCK
    harness.wait(minutes=1)
    assert standing(harness, submitted.row.id).row.state is State.BLOCKED


def test_an_approved_draft_goes_back_to_people_even_where_the_policy_would_let_it_pass(
    harness: Harness,
) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    harness.script.trouble, harness.script.route = "new", Route.AUTO_SEND
    harness.wait(minutes=1)
    back = standing(harness, shown.row.id)
    assert back.row.state is State.IN_REVIEW
    assert back.pending is not None
    assert back.pending.people == ("ruth",)


def test_a_new_policy_voids_approvals_under_the_old_one(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    harness.publish(2)
    harness.wait(minutes=1)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    assert harness.mail.delivered == []
