"""Change control on both databases: who may do what in which order, and what happens when two do it at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.approvals import Verdict
from app.core.errors import Conflict, CountersignError, InvalidInput, InvalidPolicy, NotFound, NotPermitted
from app.core.facts import Person
from app.core.ids import RandomIds
from app.policy import proposals
from app.policy.service import history, publish, published, rollback
from app.store.policies import Basis
from app.store.proposals import Proposal, ProposalState
from app.store.store import NoWakeUps, Store
from tests.support.gates import START

SAM = Person(id="sam", email="sam@ours.example", name="Sam", roles=("seller",))
RUTH = Person(id="ruth", email="ruth@ours.example", name="Ruth", roles=("manager",))
OLGA = Person(id="olga", email="olga@ours.example", name="Olga", roles=("owner",))
ADA = Person(id="ada", email="ada@ours.example", name="Ada", roles=("admin",))
LATER = START + timedelta(hours=1)


def text(version: int, *, window: str = "30s") -> str:
    return f"version: {version}  # the number\nundo_window: {window}\nrules: []\n"


@pytest.fixture
def store(engine: sa.Engine) -> Store:
    """A house whose first policy is in force."""
    made = Store(engine, NoWakeUps())
    publish(made, text(1), person=OLGA, now=START)
    return made


def propose(store: Store, words: str, author: Person = RUTH) -> Proposal:
    return proposals.propose(store, words, person=author, note="", ids=RandomIds(), now=START)


def review(
    store: Store, proposal: Proposal, reviewer: Person = ADA, verdict: Verdict = Verdict.APPROVE, reason: str = "read"
) -> Proposal:
    return proposals.review(store, proposal.id, person=reviewer, verdict=verdict, reason=reason, now=LATER)


def test_the_first_policy_of_a_house_needs_no_review(store: Store) -> None:
    with store.read() as reader:
        first = published(reader)
    assert (first.version, first.basis, first.published_by) == (1, Basis.FIRST, "person:olga")


def test_a_text_is_live_only_after_somebody_else_approved_it(store: Store) -> None:
    with pytest.raises(Conflict, match="nobody has approved exactly this text"):
        publish(store, text(2), person=ADA, now=LATER)
    proposal = propose(store, text(2))
    with pytest.raises(Conflict, match=f"policy review {proposal.id} --approve"):
        publish(store, text(2), person=ADA, now=LATER)
    with pytest.raises(NotPermitted, match="somebody else has to review it"):
        review(store, proposal, RUTH)

    approved = review(store, proposal)
    assert (approved.state, approved.reviewer, approved.reviewed_at) == (ProposalState.APPROVED, "ada", LATER)
    with pytest.raises(Conflict, match="nobody has approved exactly this text"):
        publish(store, text(2) + "\n", person=ADA, now=LATER)
    in_force = publish(store, text(2), person=OLGA, now=LATER)

    assert (in_force.basis, in_force.proposal_id) == (Basis.REVIEWED, proposal.id)
    with store.read() as reader:
        assert proposals.find(reader, proposal.id).state is ProposalState.PUBLISHED
        assert [policy.version for policy in history(reader)] == [2, 1]
        kinds = [event.kind for event in reader.audit.events()]
    assert kinds == ["policy.published", "policy.proposed", "policy.approved", "policy.published"]


def test_who_may_do_what(store: Store) -> None:
    with pytest.raises(NotPermitted, match="sam may not propose"):
        propose(store, text(2), SAM)
    proposal = propose(store, text(2))
    with pytest.raises(NotPermitted, match="sam may not review"):
        review(store, proposal, SAM)
    for nobody in (SAM, RUTH):
        with pytest.raises(NotPermitted, match="may not publish a policy"):
            publish(store, text(2), person=nobody, now=LATER)
        with pytest.raises(NotPermitted, match="may not publish a policy"):
            rollback(store, 1, person=nobody, reason="back", now=LATER)
    for not_an_admin in (RUTH, OLGA):
        with pytest.raises(NotPermitted, match="without a review"):
            publish(store, text(2), person=not_an_admin, now=LATER, without_review="urgent")


def test_the_same_word_twice_is_one_word_and_another_word_comes_too_late(store: Store) -> None:
    proposal = propose(store, text(2))
    assert propose(store, text(2)) == proposal
    approved = review(store, proposal)

    assert review(store, proposal, reason="again") == approved
    with pytest.raises(Conflict, match="is approved already, by ada: read"):
        review(store, proposal, verdict=Verdict.REJECT)
    with pytest.raises(Conflict, match="is approved already"):
        review(store, proposal, OLGA)


def test_a_rejected_text_can_be_proposed_again(store: Store) -> None:
    proposal = propose(store, text(2))
    review(store, proposal, verdict=Verdict.REJECT, reason="too short a window")
    with pytest.raises(Conflict, match="ada rejected it: too short a window"):
        publish(store, text(2), person=ADA, now=LATER)

    again = propose(store, text(2))
    assert again.id != proposal.id
    review(store, again)
    assert publish(store, text(2), person=ADA, now=LATER).proposal_id == again.id


def test_what_was_approved_against_an_earlier_policy_has_to_be_proposed_again(store: Store) -> None:
    approved, waiting = propose(store, text(3)), propose(store, text(4))
    review(store, approved)
    publish(store, text(2), person=ADA, now=LATER, without_review="urgent")

    with pytest.raises(Conflict, match="was made against version 1, and 2 is in force by now; propose it again"):
        publish(store, text(3), person=ADA, now=LATER)
    with pytest.raises(Conflict, match="propose it again"):
        review(store, waiting)
    assert propose(store, text(3)).base == 2


def test_a_version_that_is_not_higher_is_refused_at_once(store: Store) -> None:
    for attempt in (
        lambda: propose(store, text(1, window="1m")),
        lambda: publish(store, text(1, window="1m"), person=ADA, now=LATER, without_review="urgent"),
    ):
        with pytest.raises(Conflict, match="version 1 is in force; give this one a higher number than 1"):
            attempt()


def test_reasons_are_demanded(store: Store) -> None:
    proposal = propose(store, text(2))
    with pytest.raises(InvalidInput, match="reason"):
        review(store, proposal, reason="  ")
    with pytest.raises(InvalidInput, match="without-review: needs a reason"):
        publish(store, text(2), person=ADA, now=LATER, without_review="")
    with pytest.raises(InvalidInput, match="reason: needs a reason"):
        rollback(store, 1, person=ADA, reason="", now=LATER)
    with pytest.raises(InvalidPolicy):
        propose(store, "version: two\nrules: []\n")
    with pytest.raises(NotFound, match="there is no proposed policy 'pp_none'"):
        proposals.review(store, "pp_none", person=ADA, verdict=Verdict.APPROVE, reason="read", now=LATER)


def test_an_exception_is_recorded_with_its_reason(store: Store) -> None:
    found = publish(store, text(2), person=ADA, now=LATER, without_review="wrong people get mail")
    with store.read() as reader:
        assert published(reader) == found
        (*_, event) = reader.audit.events()
    assert (found.basis, found.reason) == (Basis.UNREVIEWED, "wrong people get mail")
    assert (event.facts["basis"], event.facts["reason"]) == ("unreviewed", "wrong people get mail")


def test_rolling_back_keeps_the_text_and_counts_the_version_up(store: Store) -> None:
    publish(store, text(7, window="1m"), person=ADA, now=LATER, without_review="urgent")
    back = rollback(store, 1, person=OLGA, reason="too long a window", now=LATER)

    assert back.text == text(8)
    assert (back.version, back.basis, back.rolled_back_to, back.reason) == (8, Basis.ROLLBACK, 1, "too long a window")
    with pytest.raises(Conflict, match="version 8 is in force; there is nothing to roll back"):
        rollback(store, 8, person=OLGA, reason="again", now=LATER)
    with pytest.raises(NotFound, match="there is no policy version '5'"):
        rollback(store, 5, person=OLGA, reason="again", now=LATER)


def test_of_many_who_publish_at_once_one_wins_and_the_others_are_told(store: Store) -> None:
    approved = [propose(store, text(2, window=f"{seconds}s")) for seconds in range(1, 9)]
    for proposal in approved:
        review(store, proposal)

    def attempt(proposal: Proposal) -> str:
        try:
            return f"in force: {publish(store, proposal.text, person=ADA, now=LATER).version}"
        except CountersignError as error:
            return str(error)

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(attempt, approved))

    assert answers.count("in force: 2") == 1
    assert answers.count("version 2 is in force; give this one a higher number than 2") == 7


def test_of_two_versions_published_at_once_none_slips_in_below_the_other(store: Store) -> None:
    approved = [propose(store, text(number)) for number in range(2, 8)]
    for proposal in approved:
        review(store, proposal)

    def attempt(proposal: Proposal) -> bool:
        try:
            publish(store, proposal.text, person=ADA, now=LATER)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(max_workers=6) as pool:
        assert sum(pool.map(attempt, approved)) == 1
    with store.read() as reader:
        assert len(history(reader)) == 2
