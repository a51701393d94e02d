"""A source is slow, fails or is stale: the verdict comes in time, goes to a person and names what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.assess import Assessor
from app.core.assessment import Assessment
from app.core.drafts import Draft, SequenceStep, Thread
from app.core.errors import FactUnavailable, InvalidDraft
from app.core.facts import History, Person
from app.core.findings import Findings, Kind
from app.core.routes import Route
from app.core.thresholds import USUAL
from app.facts import CrmInTime, Lookups, PeopleInTime
from app.policy import Policy
from app.policy.document import load_policy
from tests.unit.app.checks.builders import NOW, draft, file, found, promise
from tests.unit.app.facts.outside import AS_OF, PATIENCE, Impatience, Outside, gathered, world_of

POLICY = load_policy("version: 1\nrules: [{id: all, route: auto_send}]\n")
MEETING = found("Let's meet", promise("Let's meet", kind=Kind.MEETING))
MAIL = draft(
    to=("dana@acme.example", "ana@ours.example"),
    thread=Thread(id="T-1"),
    sequence=SequenceStep(id="warm-up", step=2),
    attachments=(file("a.pdf"),),
)
SOURCES = ["crm", "calendar", "calendar of ana", "library", "files", "approved", "mailbox", "sequences"]


def assessor_of(outside: Outside, timer: Impatience | None = None) -> Assessor:
    def extractor(draft: Draft, *, sender: Person, at: datetime) -> Findings:
        return MEETING

    return Assessor(extractor=extractor, world=world_of(outside), lookups=Lookups(timer=timer))


def assess(assessor: Assessor, outside: Outside, *, policy: Policy = POLICY) -> Assessment:
    return assessor.assess(MAIL, policy=policy, promises=outside, history=History(), at=NOW)


def test_with_everything_at_hand_it_would_not_be_reviewed_for_want_of_a_fact() -> None:
    outside = Outside()

    verdict = assess(assessor_of(outside), outside)

    assert [fact for fact in verdict.unknown if not fact.source.startswith("check ")] == []


@pytest.mark.parametrize("source", SOURCES)
def test_a_slow_source_is_waited_for_no_longer_than_the_budget(source: str) -> None:
    outside = Outside(hang=frozenset({source}))
    timer = Impatience(outside)

    verdict = assess(assessor_of(outside, timer), outside)
    outside.release.set()

    assert timer.waited == [(source, 2.0)]
    assert timer.now() == 2.0
    assert verdict.route is Route.REVIEW
    assert (source, "does not answer within 2 s") in [(f.source, f.reason) for f in verdict.unknown]
    assert any(f"{source}: does not answer within 2 s" in match.why for match in verdict.ruling.matches)
    assert any(source in reason for reason in verdict.risk.reasons)


def test_all_slow_sources_together_take_no_longer_than_one() -> None:
    outside = Outside(hang=frozenset(SOURCES))
    timer = Impatience(outside)

    verdict = assess(assessor_of(outside, timer), outside)
    outside.release.set()

    assert timer.now() == 2.0
    assert {fact.source for fact in verdict.unknown} >= set(SOURCES)


def test_the_policy_sets_the_budget() -> None:
    outside = Outside(hang=frozenset({"crm"}))
    timer = Impatience(outside)
    patient = replace(POLICY, thresholds=replace(USUAL, facts_budget=timedelta(milliseconds=300)))

    verdict = assess(assessor_of(outside, timer), outside, policy=patient)
    outside.release.set()

    assert timer.waited == [("crm", 0.3)]
    assert "crm: does not answer within 0.3 s" in [f"{f.source}: {f.reason}" for f in verdict.unknown]


def test_a_source_that_still_hangs_is_not_waited_for_again_until_it_has_answered() -> None:
    outside = Outside(hang=frozenset({"crm"}))
    timer = Impatience(outside)
    assessor = assessor_of(outside, timer)

    assess(assessor, outside)
    again = assess(assessor, outside)

    assert timer.now() == 2.0
    assert outside.asked.count("crm") == 1
    assert ("crm", "does not answer within 2 s") in [(f.source, f.reason) for f in again.unknown]
    assert again.route is Route.REVIEW

    outside.release.set()
    hung = next(lookup for lookup in timer.lookups if lookup.silent)
    assert hung.done.wait(PATIENCE)
    assert "crm" not in {fact.source for fact in assess(assessor, outside).unknown}


def test_a_colleagues_calendar_that_hangs_says_nothing_about_the_senders() -> None:
    outside = Outside(hang=frozenset({"calendar of ana"}))
    assessor = assessor_of(outside, Impatience(outside))

    assess(assessor, outside)
    again = assess(assessor, outside)
    outside.release.set()

    assert [fact.source for fact in again.unknown if "calendar" in fact.source] == ["calendar of ana"]


def test_without_a_word_about_the_sender_there_is_no_verdict() -> None:
    class Deaf(Outside):
        def person(self, id_or_email: str) -> Person | None:
            self.answer("people")
            return super().person(id_or_email)

    outside = Deaf(hang=frozenset({"people"}))

    with pytest.raises(FactUnavailable, match="people: does not answer within 2 s"):
        assess(assessor_of(outside, Impatience(outside)), outside)
    outside.release.set()


@pytest.mark.parametrize("source", [*SOURCES, "people", "ledger"])
def test_a_source_that_fails_routes_to_review_and_is_named(source: str) -> None:
    outside = Outside(down=frozenset({source}))

    verdict = assess(assessor_of(outside), outside)

    assert verdict.route is Route.REVIEW
    assert (source, "timed out") in [(fact.source, fact.reason) for fact in verdict.unknown]
    assert any(f"{source}: timed out" in match.why for match in verdict.ruling.matches)


OLD = datetime(2026, 11, 17, 14, 59, tzinfo=UTC)
"""A day and a minute before the moment of asking."""


@pytest.mark.parametrize("source", ["crm", "calendar", "library", "approved", "mailbox", "sequences"])
def test_stale_facts_route_to_review_and_say_from_when_they_are(source: str) -> None:
    outside = Outside(old={source: OLD})

    verdict = assess(assessor_of(outside), outside)

    assert verdict.route is Route.REVIEW
    stale = [(fact.source, fact.reason) for fact in verdict.unknown if fact.source == source]
    assert stale == [(source, "is from 2026-11-17 14:59 UTC, older than 24 h")]


@pytest.mark.parametrize(
    ("moment", "stale"), [(OLD, True), (OLD + timedelta(minutes=1), False), (NOW, False)], ids=["old", "just", "now"]
)
def test_the_policy_says_what_is_stale(moment: datetime, stale: bool) -> None:
    outside = Outside(old={"crm": moment})
    strict = replace(USUAL, stale_after=timedelta(minutes=90))

    assert [fact.source for fact in gathered(outside).unknown] == (["crm"] if stale else [])
    reasons = [fact.reason for fact in gathered(Outside(old={"crm": OLD}), thresholds=strict).unknown]
    assert reasons == ["is from 2026-11-17 14:59 UTC, older than 1.5 h"]


def test_nobody_vouches_for_a_moment_that_is_still_to_come() -> None:
    facts = gathered(Outside(old={"crm": datetime.max.replace(tzinfo=UTC)}))

    assert facts.as_of["crm"] == facts.age_of("crm") == NOW
    assert facts.as_of["approved"] == AS_OF
    assert facts.unknown == ()


def test_what_a_slow_source_had_said_by_then_is_kept() -> None:
    outside = Outside(hang=frozenset({"calendar"}))

    facts = gathered(outside, findings=MEETING, lookups=Lookups(timer=Impatience(outside)))
    outside.release.set()

    assert facts.deal is not None
    assert (facts.busy, facts.busy_until) == ((), None)


def test_at_the_door_a_crm_that_hangs_is_waited_for_once_and_no_reason_to_refuse() -> None:
    outside = Outside(hang=frozenset({"crm"}))
    timer = Impatience(outside)
    assessor = assessor_of(outside, timer)

    admitted = assessor.admit(replace(MAIL, on_behalf_of="sam@ours.example"))
    verdict = assess(assessor, outside)
    outside.release.set()

    assert admitted.on_behalf_of == "sam"
    assert timer.waited == [("crm", 2.0)]
    assert ("crm", "does not answer within 2 s") in [(f.source, f.reason) for f in verdict.unknown]


def test_at_the_door_a_deal_and_a_person_have_to_exist() -> None:
    assessor = assessor_of(Outside())

    with pytest.raises(InvalidDraft, match="deal_id: the CRM has no deal"):
        assessor.admit(replace(MAIL, deal_id="D-404"))
    with pytest.raises(InvalidDraft, match="on_behalf_of: nobody here is called"):
        assessor.admit(replace(MAIL, on_behalf_of="ghost"))


def test_at_the_door_a_directory_that_fails_is_said_to() -> None:
    assessor = assessor_of(Outside(down=frozenset({"people"})))

    with pytest.raises(FactUnavailable, match="people: timed out"):
        assessor.admit(replace(MAIL, on_behalf_of="ana@ours.example"))


def test_the_directory_and_the_crm_in_time_say_what_they_say_otherwise() -> None:
    outside = Outside()
    limit = timedelta(seconds=PATIENCE)
    people = PeopleInTime(Lookups(), limit, outside)
    crm = CrmInTime(Lookups(), limit, outside)

    assert people.person("ana") == outside.person("ana")
    assert people.everybody() == outside.everybody()
    assert people.with_role("nobody") == []
    assert crm.deal("D-1") == outside.deal("D-1")
    assert crm.account("acme") == outside.account("acme")
    assert crm.contact("dana@acme.example") == outside.contact("dana@acme.example")
    assert crm.accounts() == outside.accounts()
    assert crm.as_of() == AS_OF


def test_the_directory_in_time_does_not_wait_for_ever() -> None:
    outside = Outside(hang=frozenset({"people"}))
    people = PeopleInTime(Lookups(timer=Impatience(outside)), timedelta(seconds=2), outside)

    with pytest.raises(FactUnavailable, match="people: does not answer within 2 s"):
        people.everybody()
    outside.release.set()
