"""A rule as a sentence."""

from __future__ import annotations

from app.core.approvals import Requirement
from app.core.ports import People
from app.core.routes import Route
from app.policy.form_reading import form_of
from app.policy.form_words import words_of
from app.policy.model import Rule
from app.ui.approval_words import requirement_words
from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.parts import badge

THEN = {
    Route.BLOCK: "it must not leave as it is",
    Route.REVIEW: "a person decides",
    Route.MONITOR: "it may leave by itself, and its promises are watched",
    Route.AUTO_SEND: "it may leave by itself",
}


def rule_sentence(rule: Rule, people: People) -> str | None:
    """`If the deal is on hold: a person decides (the deal's owner).` None where no form says the condition."""
    form = form_of(rule.when)
    if form is None:
        return None
    return sentence(words_of(form), rule.route, rule.approvals, people)


def sentence(condition: str, route: Route, approvals: Requirement | None, people: People) -> str:
    """A condition in words and what follows from it, as one sentence."""
    opening = "Always" if condition == "always" else f"If {condition}"
    asked = f" ({requirement_words(approvals or Requirement(), people)})" if route is Route.REVIEW else ""
    return f"{opening}: {THEN[route]}{asked}."


def rule_html(rule: Rule, people: People) -> Html:
    """A rule: its name, what it says in plain words, why, and the condition as it is written."""
    words = rule_sentence(rule, people)
    trial = [" ", badge("on trial", "trial")] if rule.shadow else []
    earned = [" ", badge("can be earned", "trial")] if rule.autonomy else []
    head = tag("div", tag("code", rule.id), *trial, *earned)
    said = sentence("its condition holds", rule.route, rule.approvals, people) if words is None else words
    cel = tag("code", visible(rule.when), cls="cs-cel")
    condition = cel if words is None else tag("details", tag("summary", "condition"), cel, cls="cs-soft")
    return tag(
        "div", head, tag("div", visible(said)), tag("div", visible(rule.why), cls="cs-soft"), condition, cls="cs-rule"
    )
