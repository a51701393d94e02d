"""Another policy on the drafts of the past: what it would have done, and what people did then. On both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.approvals import Verdict
from app.core.errors import InvalidInput, InvalidPolicy, NotPermitted
from app.core.routes import Route
from app.policy.kept_facts import facts_of
from app.policy.past import Outcome, PastDraft, past_drafts
from app.policy.replay import LeftOut, Simulation
from app.policy.router import NO_RULE
from app.policy.trying import shadow_trials, simulate
from app.store.tables import revisions
from tests.support.gates import START
from tests.unit.app.policy.house import House, opened_house, policy_text

AS_IT_WAS = (
    '{id: go, when: draft.subject.startsWith("Send"), route: auto_send}',
    '{id: look, when: draft.subject.startsWith("Review"), route: review}',
    '{id: stop, when: draft.subject.startsWith("Block"), route: block}',
)
EVERYTHING_GOES = "{id: all, route: auto_send}"
NOTHING_GOES = "{id: none, route: review, why: Somebody reads everything}"
PROMISE = "Hello Lee, I will send the price list by Friday.\n"


@pytest.fixture
def house(engine: sa.Engine, tmp_path: Path) -> Iterator[House]:
    with opened_house(engine, tmp_path) as opened:
        opened.publish(2, *AS_IT_WAS)
        yield opened


def tried(house: House, *rules: str, more: str = "", **period: object) -> Simulation:
    with house.store.read() as reader:
        text = policy_text(99, *rules, more=more)
        return simulate(reader, house.live, text, **{"since": None, "until": None, **period})  # type: ignore[arg-type]


def past(house: House) -> dict[str, PastDraft]:
    with house.store.read() as reader:
        return {draft.id: draft for draft in past_drafts(reader, since=None, until=None)}


def test_the_facts_of_every_verdict_are_kept_and_read_back_as_they_were(house: House) -> None:
    shown = house.submit("Review it", text=PROMISE, deal_id="D-1")
    house.edit(shown, "Hello Lee, thank you.\n")

    with house.store.read() as reader:
        first, second = reader.drafts.revisions_of([shown.row.id])
    assert first.facts is not None
    assert second.facts is not None
    before, after = facts_of(first.facts), facts_of(second.facts)
    assert before.complete
    assert before.values["now"] == START + timedelta(minutes=1)
    deal, promises = before.values["deal"], before.values["commitments"]
    assert isinstance(deal, dict)
    assert isinstance(promises, list)
    assert (deal["amount"], [promise["strength"] for promise in promises]) == (50_000.0, ["firm"])
    assert after.values["commitments"] == []


def test_the_policy_of_the_day_replayed_gives_what_was_decided(house: House) -> None:
    house.submit("Send it")
    house.submit("Review it", text=PROMISE, deal_id="D-1")
    house.submit("Block it")
    house.submit("Something else")

    found = tried(house, *AS_IT_WAS)

    assert (found.replayed, found.changes, found.other_rule) == (4, [], 0)
    assert found.routes == {
        (Route.AUTO_SEND, Route.AUTO_SEND): 1,
        (Route.REVIEW, Route.REVIEW): 2,
        (Route.BLOCK, Route.BLOCK): 1,
    }


def test_each_changed_draft_is_told_with_both_rules(house: House) -> None:
    sent = house.submit("Send it", client_id="c-1")
    house.submit("Review it")
    nobody = house.submit("Something else")

    found = tried(
        house, '{id: careful, when: draft.subject == "Send it", route: review, why: "Look first"}', EVERYTHING_GOES
    )

    changes = {change.draft_id: change for change in found.changes}
    assert set(found.routes) == {(Route.AUTO_SEND, Route.REVIEW), (Route.REVIEW, Route.AUTO_SEND)}
    first = changes[sent.row.id]
    assert (first.client_id, first.before.rule, first.after.rule, first.after.why) == (
        "c-1",
        "go",
        "careful",
        "Look first",
    )
    assert (first.before.policy_version, first.after.policy_version) == (2, 99)
    assert changes[nobody.row.id].before.rule == NO_RULE


def test_what_people_did_is_held_against_what_the_policy_would_do(house: House) -> None:
    house.decide(house.submit("Review: approved as it was"))
    house.wait(minutes=2)
    house.decide(house.submit("Review: refused"), Verdict.REJECT)
    changed = house.submit("Review: changed")
    house.decide(house.edit(changed, "Hello Lee, thank you very much.\n"))
    house.wait(minutes=2)
    taken_back = house.submit("Send: taken back")
    house.gate.undo(taken_back.row.id, person="sam")
    house.submit("Send: left")
    house.submit("Block: waits")
    house.submit("Review: forgotten")
    house.wait(minutes=2)
    house.wait(days=2)

    assert [draft.outcome for draft in past(house).values()] == [
        Outcome.APPROVED,
        Outcome.REJECTED,
        Outcome.EDITED,
        Outcome.UNDONE,
        Outcome.UNATTENDED,
        Outcome.OPEN,
        Outcome.EXPIRED,
    ]
    sending = tried(house, EVERYTHING_GOES).precision(Route.AUTO_SEND, Route.MONITOR)
    assert (sending.drafts, sending.agreed, sending.objected, sending.of_sending) == (7, 1, 3, 0.25)
    reading = tried(house, NOTHING_GOES).precision(Route.REVIEW)
    assert (reading.drafts, reading.agreed, reading.objected, reading.of_review) == (7, 1, 3, 0.75)
    before = tried(house, NOTHING_GOES).precision(Route.AUTO_SEND, before=True)
    assert (before.drafts, before.agreed, before.objected, before.of_sending) == (2, 0, 1, 0.0)
    assert tried(house, NOTHING_GOES).precision(Route.BLOCK).of_review is None


def test_only_the_agents_words_are_replayed(house: House) -> None:
    shown = house.submit("Review it", text=PROMISE)
    house.edit(shown, "Hello Lee, thank you.\n")

    found = tried(house, "{id: promised, when: size(commitments) > 0, route: block}", EVERYTHING_GOES)

    assert found.routes == {(Route.REVIEW, Route.BLOCK): 1}
    assert len(past(house)[shown.row.id].verdicts) == 1


def test_a_draft_that_was_judged_again_before_anybody_said_a_word_counts_by_its_strictest_verdict(
    house: House,
) -> None:
    shown = house.submit("Send it")
    house.publish(3, NOTHING_GOES)
    house.wait(minutes=5)

    (draft,) = past(house).values()
    assert [verdict.ruling.route for verdict, _ in draft.verdicts] == [Route.AUTO_SEND, Route.REVIEW]
    found = tried(house, EVERYTHING_GOES)
    assert found.routes == {(Route.REVIEW, Route.AUTO_SEND): 1}
    assert found.changes[0].draft_id == shown.row.id


def test_another_severity_of_a_check_is_applied_to_what_was_found_then(house: House) -> None:
    house.submit("Send it", text="Hello Lee, please see the attached price list.\n")
    (draft,) = past(house).values()
    checks = {result.check for verdict, _ in draft.verdicts for result in verdict.checks}
    assert checks
    worse = "checks: {" + ", ".join(f"{check}: {{severity: block}}" for check in checks) + "}\n"
    silent = "checks: {" + ", ".join(f"{check}: {{observe: true}}" for check in checks) + "}\n"
    low_risk = '{id: calm, when: risk.tier == "low", route: monitor}'

    assert tried(house, EVERYTHING_GOES, more=worse).changes[0].after.rule == "builtin.blocking-check"
    assert tried(house, low_risk, more=silent).changes[0].after.route is Route.MONITOR
    assert tried(house, low_risk).changes[0].after.rule == NO_RULE

    # What was set then does not hide what the check itself had thought of it.
    house.publish(3, *AS_IT_WAS, more=silent)
    house.submit("Send that", text="Hello Lee, please see the attached price list.\n")
    assert tried(house, EVERYTHING_GOES, more=worse).routes[Route.AUTO_SEND, Route.BLOCK] == 2
    assert tried(house, low_risk).routes[Route.AUTO_SEND, Route.REVIEW] == 2


def test_a_period_is_replayed_alone(house: House) -> None:
    house.submit("Send one")
    middle = house.submit("Send two")
    house.submit("Send three")
    at = middle.row.created_at

    assert tried(house, NOTHING_GOES, since=at).replayed == 2
    assert tried(house, NOTHING_GOES, until=at).replayed == 1
    assert tried(house, NOTHING_GOES, since=at, until=at + timedelta(seconds=1)).changes[0].draft_id == middle.row.id
    with pytest.raises(InvalidInput, match="until: has to be later than since"):
        tried(house, NOTHING_GOES, since=at, until=at)


def test_what_cannot_be_replayed_is_counted(house: House) -> None:
    old, cut, strange = (house.submit(f"Send {name}") for name in ("old", "cut", "strange"))
    house.submit("Send whole")
    with house.store.read() as reader:
        (revision,) = reader.drafts.revisions_of([cut.row.id])
    assert revision.facts is not None
    lacking = revision.facts.replace('"on_hold":false,', "")
    for draft_id, facts in ((old.row.id, None), (cut.row.id, lacking), (strange.row.id, "[]")):
        keep(house, draft_id, facts)

    unread = tried(house, NOTHING_GOES, more="thresholds: {large_deal: 5}\n")
    assert unread.left_out == {LeftOut.NO_FACTS: 1, LeftOut.UNREADABLE: 1}
    assert unread.other_thresholds == {"large_deal": 2}
    assert unread.replayed == 2
    read = tried(house, "{id: hold, when: deal.on_hold, route: block}", EVERYTHING_GOES)
    assert read.left_out == {LeftOut.NO_FACTS: 1, LeftOut.UNREADABLE: 1, LeftOut.YOUNGER_FACTS: 1}


def keep(house: House, draft_id: str, facts: str | None) -> None:
    with house.store.write(now=house.clock.now()) as tx:
        tx._connection.execute(sa.update(revisions).where(revisions.c.draft_id == draft_id).values(facts=facts))


def test_only_those_who_may_propose_policies_may_try_them(house: House) -> None:
    with pytest.raises(NotPermitted, match="sam may not propose or try a policy"):
        tried(house, NOTHING_GOES, person=house.person("sam"))
    assert tried(house, NOTHING_GOES, person=house.person("ruth")).replayed == 0
    with pytest.raises(InvalidPolicy), house.store.read() as reader:
        simulate(reader, house.live, "rules: [}", since=None, until=None)


def test_the_policy_in_force_is_tried_where_no_other_is_given(house: House) -> None:
    house.submit("Send it")
    house.publish(3, NOTHING_GOES)
    with house.store.read() as reader:
        found = simulate(reader, house.live, None, since=None, until=None)
    assert (found.policy_version, found.routes) == (3, {(Route.AUTO_SEND, Route.REVIEW): 1})


def test_a_rule_on_trial_tells_what_it_would_have_changed(house: House) -> None:
    trial = '{id: trial, when: deal.id == "D-1", route: block, mode: shadow}'
    other = '{id: loose, when: draft.subject.startsWith("Any"), route: auto_send, mode: shadow}'
    early = house.submit("Send an early one", deal_id="D-1")
    house.publish(3, *AS_IT_WAS, trial, other)
    one = house.submit("Send one", deal_id="D-1")
    house.submit("Block one", deal_id="D-1")
    house.submit("Send nothing")
    anything = house.submit("Any")

    with house.store.read() as reader:
        first, second = shadow_trials(reader, house.live, since=None)
        later = shadow_trials(reader, house.live, since=house.clock.now())

    assert (first.rule.id, first.drafts, first.matched) == ("trial", 4, 2)
    assert first.changes == {(Route.AUTO_SEND, Route.BLOCK): 1}
    (example, *_) = first.examples
    assert (example.draft_id, example.before, example.after) == (one.row.id, Route.AUTO_SEND, Route.BLOCK)
    assert early.row.id not in {example.draft_id for example in first.examples}
    assert second.changes == {(Route.REVIEW, Route.AUTO_SEND): 1}
    assert [example.draft_id for example in second.examples] == [anything.row.id]
    assert [trial.drafts for trial in later] == [1, 1]


def test_a_rule_that_was_changed_begins_its_trial_anew(house: House) -> None:
    house.publish(3, *AS_IT_WAS, "{id: trial, route: block, mode: shadow}")
    house.submit("Send it")
    house.publish(4, *AS_IT_WAS, "{id: trial, route: review, mode: shadow}")
    house.submit("Send it")
    with house.store.read() as reader:
        (trial,) = shadow_trials(reader, house.live, since=None)
    assert (trial.drafts, trial.changes) == (1, {(Route.AUTO_SEND, Route.REVIEW): 1})
