"""The policy in force: its rules in plain words, the strictest first, and those on trial with how they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from app.core.routes import Route
from app.permissions import Operation, may
from app.policy import service
from app.policy.model import Policy, Rule
from app.policy.shadow import RuleTrial
from app.policy.trying import shadow_trials
from app.store.policies import Basis, PublishedPolicy
from app.ui.highlight import visible
from app.ui.markup import joined, tag
from app.ui.parts import fact, heading, show, show_soft
from app.ui.policy_acts import propose_to_count
from app.ui.rule_words import THEN, rule_html
from app.ui.session import Seat
from app.ui.words import actor_words, day_and_time, stretch

_TRIAL_DAYS = 30
_STRICTEST_FIRST = (Route.BLOCK, Route.REVIEW, Route.MONITOR, Route.AUTO_SEND)


def show_rules(seat: Seat) -> None:
    """Which version is in force, its rules, and the versions before it."""
    with seat.services.store.read() as reader:
        live = service.published(reader)
        policy = seat.services.gate.policy.read(reader)
        earlier = service.history(reader)
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left, st.container(key="rules"):
        _show_by_route(seat, policy)
    with right:
        _show_facts(seat, live, policy)
        _show_on_trial(seat, live, [rule for rule in policy.rules if rule.shadow])
        with st.expander("Versions"):
            show(joined(*(fact(f"version {each.version}", _came(seat, each)) for each in earlier)))


def _show_by_route(seat: Seat, policy: Policy) -> None:
    show_soft(
        ["The strictest rule that applies decides; among rules of one route, the first. Without any: a person."]
    )
    for route in _STRICTEST_FIRST:
        rules = [rule for rule in policy.rules if rule.route is route]
        if rules:
            words = f"{THEN[route][0].upper()}{THEN[route][1:]}"
            show(joined(heading(f"{words} · {len(rules)}"), *(rule_html(rule, seat.people) for rule in rules)))


def _show_facts(seat: Seat, live: PublishedPolicy, policy: Policy) -> None:
    show(
        joined(
            heading("In force"),
            fact("Version", str(live.version)),
            fact("Since", day_and_time(live.published_at, seat.person)),
            fact("On grounds", _came(seat, live)),
            fact("Undo", f"what may leave waits {stretch(policy.undo_window)}"),
        )
    )


def _came(seat: Seat, policy: PublishedPolicy) -> str:
    by = actor_words(policy.published_by, seat.people)
    match policy.basis:
        case Basis.REVIEWED:
            return f"published by {by}, reviewed by somebody other than its author"
        case Basis.UNREVIEWED:
            return f"published by {by} without a review: {policy.reason}"
        case Basis.ROLLBACK:
            return f"published by {by}: version {policy.rolled_back_to} again, {policy.reason}"
        case _:
            return "the first policy of this house" if policy.basis is Basis.FIRST else f"published by {by}"


def _show_on_trial(seat: Seat, live: PublishedPolicy, rules: Sequence[Rule]) -> None:
    if not rules:
        return
    show(heading(f"On trial, without effect · {len(rules)}"))
    asked = st.toggle(f"How they did in the last {_TRIAL_DAYS} days", key="shadow-asked")
    trials = _trials(seat) if asked else {}
    for rule in rules:
        show(tag("div", tag("code", rule.id), cls="cs-small"))
        if rule.id in trials:
            show_soft([_did(trials[rule.id])])
        if may(seat.person, Operation.POLICY_PROPOSE):
            st.button(
                "Propose that it counts",
                key=f"count-{rule.id}",
                type="tertiary",
                on_click=propose_to_count,
                args=(seat, live.text, rule.id),
                kwargs={"version": live.version + 1},
            )


def _trials(seat: Seat) -> dict[str, RuleTrial]:
    with seat.services.store.read() as reader:
        since = seat.now - timedelta(days=_TRIAL_DAYS)
        return {each.rule.id: each for each in shadow_trials(reader, seat.services.gate.policy, since=since)}


def _did(trial: RuleTrial) -> str:
    changed = sum(trial.changes.values())
    return visible(f"It matched {trial.matched} of {trial.drafts} drafts; {changed} would have gone another way.")
