"""The right side of the review: the verdict, why it is so, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from app.audit.chain import ChainedEvent
from app.core.checks import CheckResult, Evidence
from app.core.findings import Commitment
from app.rewriting import Offer
from app.standing import Standing
from app.ui.highlight import visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import badge, fact, heading, show
from app.ui.session import Seat
from app.ui.words import actor_words, age, clock_time, verdict_words, worded


def show_verdict(standing: Standing) -> None:
    """Where the draft goes, the rule that decided, and why, in one sentence."""
    ruling, risk = standing.assessment.ruling, standing.assessment.risk
    sentence = tag("span", tag("strong", f"{verdict_words(standing.assessment)}: "), ruling.why)
    also = [m.rule for m in ruling.matches if not m.shadow and m.rule != ruling.rule]
    trial = [m.rule for m in ruling.matches if m.shadow]
    lines = [
        tag("div", "Rule ", tag("code", ruling.rule), f" of policy version {ruling.policy_version}", cls="cs-soft")
    ]
    lines += [tag("div", "Also: " + ", ".join(also), cls="cs-soft")] if also else []
    lines += [tag("div", "On trial, without effect: " + ", ".join(trial), cls="cs-soft")] if trial else []
    told = tuple(f"{result.check}: " for result in standing.assessment.checks)
    news = [reason for reason in risk.reasons if not reason.startswith(told)]  # the checks speak for themselves below
    why_tier = f"risk: {'; '.join(news)}" if news else "risk"
    lines.append(tag("div", badge(risk.tier.value), " ", why_tier, cls="cs-soft"))
    unknown = [
        tag("div", f"Could not be read: {u.source}: {u.reason}", cls="cs-urgent") for u in standing.assessment.unknown
    ]
    small = tag("div", *lines, *unknown, cls="cs-small")
    show(tag("div", sentence, small, cls=f"cs-verdict cs-verdict-{ruling.route.value}"))


def result_html(seat: Seat, result: CheckResult, number: int, text: str, offer: Offer | None) -> Html:
    """What one check has to say, with its evidence and its suggestion."""
    where = tag("span", str(number), cls="cs-number") if result.spans else ""
    head = tag("div", where, badge(result.severity.value), " ", tag("code", result.check), cls="cs-row-tight")
    evidence = [_evidence_html(seat, each) for each in result.evidence]
    change = [_offer_html(offer, text)] if offer else []
    return tag("div", head, tag("div", visible(result.message)), *evidence, *change, cls="cs-result")


def _evidence_html(seat: Seat, evidence: Evidence) -> Html:
    value = visible(f"{worded(evidence.field)}: {evidence.value}")
    source = f" ({evidence.source}, {age(evidence.as_of, seat.now)})"
    return tag("div", value, tag("span", source, cls="cs-soft"), cls="cs-evidence")


def _offer_html(offer: Offer, text: str) -> Html:
    """The rewrite as a small diff, under the number by which every other way to accept it names it."""
    suggestion = offer.suggestion
    name = tag("span", f"Suggestion {offer.number}:", cls="cs-soft")
    old = tag("del", visible(text[suggestion.start : suggestion.end]))
    new = tag("ins", visible(suggestion.replacement or "(nothing)"))
    return tag("div", name, " ", old, " ", new, tag("div", suggestion.why, cls="cs-soft"), cls="cs-diff")


def show_findings(standing: Standing) -> None:
    """The promises that the mail makes."""
    promises = standing.assessment.findings.commitments
    title = f"Promises · {len(promises)}" if promises else "No promises found"
    show(joined(heading(title), *(_promise_html(promise) for promise in promises)))


def _promise_html(promise: Commitment) -> Html:
    due = f"due {promise.due_day:%a %d %b %Y}" if promise.due_day else "no day named"
    words = " · ".join((promise.strength.value, worded(promise.kind.value), due))
    return tag(
        "div", tag("div", "“", visible(promise.text), "”"), tag("div", words, cls="cs-soft"), cls="cs-undertaking"
    )


def show_history(seat: Seat, events: Sequence[ChainedEvent]) -> None:
    """What happened to the draft so far."""
    with st.expander("What happened so far"):
        show(joined(*(_event_html(seat, event) for event in events)))


def _event_html(seat: Seat, event: ChainedEvent) -> Html:
    reasons = event.facts.get("reasons") or ([event.facts["reason"]] if event.facts.get("reason") else [])
    why = f": {'; '.join(map(str, reasons))}" if reasons else ""
    return fact(
        clock_time(datetime.fromisoformat(event.at), seat.person),
        f"{actor_words(event.actor, seat.people)}: {event.kind}{why}",
    )
