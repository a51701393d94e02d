"""One-time codes: bound to request, digest and person, short-lived, single-use, hard to guess."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.approvals import Requirement, Resolver, ResolverKind, Verdict
from app.core.codec import to_json
from app.core.errors import (
    Conflict,
    CountersignError,
    FactUnavailable,
    InvalidInput,
    NotFound,
    NotPermitted,
    StepUpRequired,
    TooManyTries,
    WrongCode,
)
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.notices import Notice, NoticeKind
from app.edits import DraftEdit
from app.identity.codes import GOOD_FOR, WITHIN, IssuedCode, decide_by_code, issue, notice_with_code
from app.standing import Standing
from app.store.tables import approvals
from tests.support.deciding import approve, standing
from tests.support.gates import Harness
from tests.unit.app.identity.phones import BY_RUTH, PROVED, kinds, person, submitted

PLAIN = Requirement(resolver=BY_RUTH)
BY_PHONE = replace(PLAIN, by_phone=True)
LINK = "http://127.0.0.1:8501"
SECOND = timedelta(seconds=1)


def asked(shown: Standing) -> str:
    assert shown.pending is not None
    return shown.pending.id


def given(harness: Harness, shown: Standing, who: str = "ruth") -> IssuedCode:
    people, ids, now = harness.gate.assessor.world.people, harness.gate.ids, harness.clock.now()
    return issue(harness.store, ids, people, request_id=asked(shown), person=person(harness, who), link=LINK, now=now)


def use(
    harness: Harness, request_id: str, code: str, verdict: Verdict = Verdict.APPROVE, reason: str = ""
) -> Standing:
    return decide_by_code(
        harness.store,
        harness.gate,
        request_id=request_id,
        code=code,
        verdict=verdict,
        reason=reason,
        now=harness.clock.now(),
    )


def test_a_code_decides_in_the_name_of_whoever_was_given_it(harness: Harness) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    after = use(harness, issued.request_id, issued.code, reason="fine")
    [word] = after.approvals[0].decisions
    assert after.row.state is State.SCHEDULED
    assert (word.person, word.verdict, word.reason, word.verified_at) == ("ruth", Verdict.APPROVE, "fine", None)
    assert kinds(harness, "code") == ["code.issued", "code.used"]


def test_a_code_rejects_too(harness: Harness) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    assert use(harness, issued.request_id, issued.code, Verdict.REJECT, "no").row.state is State.REJECTED


def test_the_message_says_what_where_and_until_when(harness: Harness) -> None:
    shown = submitted(harness, PLAIN)
    issued = given(harness, shown)
    assert issued.expires_at == harness.clock.now() + GOOD_FOR
    for part in (issued.code, shown.row.id, "15:10 UTC", f"{LINK}/?draft={shown.row.id}", "countersign code"):
        assert part in issued.text
    assert "Hello" not in issued.text, "it holds no part of the mail"


@pytest.mark.parametrize("typed", ["lower", "spaced", "joined"])
def test_a_code_may_be_typed_as_people_type(harness: Harness, typed: str) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    ways = {
        "lower": issued.code.lower(),
        "spaced": f" {issued.code.replace('-', ' ')} ",
        "joined": issued.code.replace("-", ""),
    }
    assert use(harness, issued.request_id, ways[typed]).row.state is State.SCHEDULED


def test_a_code_is_good_once(harness: Harness) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    use(harness, issued.request_id, issued.code)
    for verdict in Verdict:
        with pytest.raises(WrongCode):
            use(harness, issued.request_id, issued.code, verdict, "again")


def test_a_code_is_good_for_ten_minutes(harness: Harness) -> None:
    first, second = (given(harness, submitted(harness, PLAIN)) for _ in range(2))
    harness.clock.advance(GOOD_FOR - SECOND)
    assert use(harness, first.request_id, first.code).row.state is State.SCHEDULED
    harness.clock.advance(SECOND)
    with pytest.raises(WrongCode, match="wrong, used, or too old"):
        use(harness, second.request_id, second.code)


def test_a_code_lapses_with_its_request(harness: Harness) -> None:
    shown = submitted(harness, replace(PLAIN, expires_after=timedelta(minutes=4)))
    assert given(harness, shown).expires_at == harness.clock.now() + timedelta(minutes=4)


def test_a_code_is_for_its_own_request_only(harness: Harness) -> None:
    issued, other = given(harness, submitted(harness, PLAIN)), submitted(harness, PLAIN)
    for request_id in (asked(other), "ap_none"):
        with pytest.raises(WrongCode):
            use(harness, request_id, issued.code)
    assert standing(harness, other.row.id).row.state is State.IN_REVIEW


def test_an_edit_makes_a_code_worthless(harness: Harness) -> None:
    shown = submitted(harness, PLAIN)
    issued = given(harness, shown)
    harness.gate.edit(shown.row.id, DraftEdit(text="Other."), person="sam", digest=shown.row.digest)
    with pytest.raises(CountersignError):
        use(harness, issued.request_id, issued.code)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW


def test_a_newer_code_makes_the_older_one_worthless(harness: Harness) -> None:
    shown = submitted(harness, PLAIN)
    old, new = given(harness, shown), given(harness, shown)
    with pytest.raises(WrongCode):
        use(harness, old.request_id, old.code)
    assert use(harness, new.request_id, new.code).row.state is State.SCHEDULED


def test_five_tries_are_all_there_are(harness: Harness) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    for _ in range(5):
        with pytest.raises(WrongCode):
            use(harness, issued.request_id, "AAAA-AAAA")
    with pytest.raises(WrongCode):
        use(harness, issued.request_id, issued.code)
    assert kinds(harness, "code") == ["code.issued", *["code.refused"] * 5]


def _tried(harness: Harness, request_id: str, code: str) -> str:
    try:
        return use(harness, request_id, code).row.state.value
    except CountersignError as error:
        return type(error).__name__


def _at_once(harness: Harness, request_id: str, codes: Sequence[str]) -> list[str]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda code: _tried(harness, request_id, code), codes))


def test_of_many_at_once_with_one_code_one_decides(harness: Harness) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    found = _at_once(harness, issued.request_id, [issued.code] * 6)
    assert sorted(found) == ["WrongCode"] * 5 + ["scheduled"]


def test_many_guesses_at_once_use_the_tries_up(harness: Harness) -> None:
    issued = given(harness, submitted(harness, PLAIN))
    _at_once(harness, issued.request_id, [f"AAAA-AAA{n}" for n in range(2, 9)])
    with pytest.raises(WrongCode):
        use(harness, issued.request_id, issued.code)


def test_only_a_slow_salted_hash_is_kept(harness: Harness) -> None:
    shown = submitted(harness, PLAIN)
    one, two = given(harness, shown), given(harness, submitted(harness, PLAIN))
    with harness.store.write(now=harness.clock.now()) as tx:
        [kept] = tx.identity.try_codes(one.request_id, now=tx.now, most_tries=5)
        [other] = tx.identity.try_codes(two.request_id, now=tx.now, most_tries=5)
        told = [str(event.facts) for event in tx.audit.events()]
    assert kept.salt != other.salt
    assert len(kept.hash) == 64
    assert not any(one.code in words or one.code.replace("-", "") in words for words in (repr(kept), *told))


def test_each_of_two_people_has_a_code_of_their_own(harness: Harness) -> None:
    both = Requirement(needed=2, resolver=Resolver(kind=ResolverKind.ROLE, argument="sales_engineer"))
    shown = submitted(harness, both)
    codes = {who: given(harness, shown, who).code for who in ("sam", "tom")}
    use(harness, asked(shown), codes["tom"])
    after = use(harness, asked(shown), codes["sam"])
    assert after.row.state is State.SCHEDULED
    assert after.approvals[0].approvers == ("tom", "sam")


def test_codes_are_for_those_who_are_asked(harness: Harness) -> None:
    shown = submitted(harness, PLAIN)
    with pytest.raises(NotPermitted, match="sam may not approve"):
        given(harness, shown, "sam")
    with pytest.raises(NotFound, match=f"there is no request '{asked(shown)}'"):
        given(harness, shown, "tom")
    with pytest.raises(NotFound, match="there is no request 'ap_none'"):
        issue(
            harness.store,
            harness.gate.ids,
            harness.gate.assessor.world.people,
            request_id="ap_none",
            person=person(harness, "ruth"),
            link=LINK,
            now=harness.clock.now(),
        )


def test_no_code_for_what_is_decided_or_expired(harness: Harness) -> None:
    decided, expiring = submitted(harness, PLAIN), submitted(harness, PLAIN)
    approve(harness, decided)
    with pytest.raises(CountersignError, match=r"may not approve|closed"):
        given(harness, decided)
    harness.clock.advance(timedelta(hours=24))
    with pytest.raises(Conflict, match="expired"):
        given(harness, expiring)


def test_five_codes_an_hour(harness: Harness) -> None:
    shown = submitted(harness, PLAIN)
    for _ in range(5):
        given(harness, shown)
        harness.clock.advance(timedelta(minutes=1))
    with pytest.raises(
        TooManyTries, match="ruth was given 5 codes within the hour; try again after 2026-11-18T16:00"
    ):
        given(harness, shown)
    harness.clock.advance(WITHIN - timedelta(minutes=5))
    assert given(harness, shown).code


def test_a_code_is_never_enough_for_step_up(harness: Harness) -> None:
    with pytest.raises(StepUpRequired, match="a one-time code is none"):
        given(harness, submitted(harness, PROVED))


def test_a_code_that_was_given_before_the_demand_approves_nothing_either(harness: Harness, engine: sa.Engine) -> None:
    shown = submitted(harness, PLAIN)
    issued = given(harness, shown)
    with engine.begin() as connection:
        connection.execute(sa.update(approvals).values(requirement=to_json(PROVED)))
    with pytest.raises(StepUpRequired):
        use(harness, issued.request_id, issued.code)
    assert use(harness, issued.request_id, issued.code, Verdict.REJECT, "no").row.state is State.REJECTED


def test_where_a_reason_is_missing_the_code_stays_good(harness: Harness) -> None:
    issued = given(harness, submitted(harness, replace(PLAIN, justify=True)))
    with pytest.raises(InvalidInput, match="reason"):
        use(harness, issued.request_id, issued.code)
    assert use(harness, issued.request_id, issued.code, reason="agreed by phone").row.state is State.SCHEDULED


def notice(shown: Standing, *, to: str = "ruth", request_id: str | None = None) -> Notice:
    return Notice(
        id="no_1",
        recipient=to,
        kind=NoticeKind.ASKED,
        draft_id=shown.row.id,
        request_id=request_id,
        text="It waits for you.",
        at=shown.row.created_at,
    )


def carried(harness: Harness, told: Notice) -> tuple[str, IssuedCode | None]:
    people, now = harness.gate.assessor.world.people, harness.clock.now()
    return notice_with_code(harness.store, harness.gate.ids, people, told, link=LINK, now=now)


def test_a_notice_is_carried_with_a_code(harness: Harness) -> None:
    shown = submitted(harness, BY_PHONE)
    text, issued = carried(harness, notice(shown, request_id=asked(shown)))
    assert issued is not None
    assert text.startswith("It waits for you.\n")
    assert use(harness, asked(shown), issued.code).row.state is State.SCHEDULED


@pytest.mark.parametrize(
    "why", ["no request", "nobody", "not asked", "not by phone", "step-up", "consulted", "closed", "no directory"]
)
def test_a_notice_that_no_code_may_answer_is_carried_as_it_is(
    harness: Harness, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A rule with both never gets past the policy's checks; were it to, step-up is what counts.
    demands = {"step-up": replace(PROVED, by_phone=True), "not by phone": PLAIN}
    shown = submitted(harness, demands.get(why, BY_PHONE))
    told = notice(shown, request_id=asked(shown))
    if why == "closed":
        approve(harness, shown)
    if why == "no directory":
        monkeypatch.setattr(harness.gate.assessor.world.people, "person", _down)
    changed = {
        "consulted": replace(told, kind=NoticeKind.CONSULTED),
        "no request": replace(told, request_id=None),
        "nobody": replace(told, recipient="agent:bot"),
        "not asked": replace(told, recipient="tom"),
    }
    assert carried(harness, changed.get(why, told)) == ("It waits for you.", None)


def _down(_id: str) -> Person:
    raise FactUnavailable("people", "scripted")
