"""The form that writes a rule for people who do not write CEL, and what the rule would say and change."""

from __future__ import annotations

import streamlit as st

from app.core.approvals import SENDER, Requirement, Resolver, ResolverKind
from app.core.digest import sha256_of
from app.core.errors import CountersignError
from app.core.routes import Route
from app.permissions import Operation, may
from app.policy.form import Form, Match, cel_of
from app.policy.form_rule import FormRule, with_rule
from app.policy.form_words import words_of
from app.policy.model import Policy
from app.ui.highlight import visible
from app.ui.markup import tag
from app.ui.parts import heading, show, show_soft
from app.ui.policy_acts import propose
from app.ui.policy_trial import show_trial
from app.ui.rule_line import show_line
from app.ui.rule_words import THEN, sentence
from app.ui.session import Seat, memory, typed_in
from app.ui.words import name_of, worded

_ASKED = (ResolverKind.MANAGER, ResolverKind.USER, ResolverKind.RECORD_OWNER, ResolverKind.ROLE)
_ASKED_WORDS = {
    ResolverKind.MANAGER: "the sender's manager",
    ResolverKind.USER: "one person",
    ResolverKind.RECORD_OWNER: "the deal's owner",
    ResolverKind.ROLE: "everybody with a role",
}
_ROUTES = (Route.REVIEW, Route.BLOCK, Route.MONITOR, Route.AUTO_SEND)


def show_rule_form(seat: Seat) -> None:
    """The boxes on the left; on the right the rule in plain words and in CEL, what it would change, and proposing."""
    if not may(seat.person, Operation.POLICY_PROPOSE):
        show(tag("div", "Managers, owners and administrators propose rules.", cls="cs-empty"))
        return
    with seat.services.store.read() as reader:
        live = seat.services.gate.policy.read(reader)
    left, right = st.columns([0.56, 0.44], gap="large")
    with left, st.container(key="boxes", gap="small"):
        rule = _show_boxes(seat)
    with right:
        _show_meaning(seat, live, rule)


def _show_boxes(seat: Seat) -> FormRule:
    sketch = memory().sketch
    show(heading("When"))
    match = Match.ALL
    if len(sketch.lines) > 1:
        match = st.segmented_control(
            "How many lines have to hold",
            list(Match),
            default=Match.ALL,
            required=True,
            key="rule-match",
            format_func=lambda each: "all of these hold" if each is Match.ALL else "any of these holds",
            label_visibility="collapsed",
        )
    lines = tuple(show_line(sketch, line) for line in list(sketch.lines))
    st.button("Another condition", key="add-line", type="tertiary", on_click=_add_line)
    show(heading("Then"))
    route = st.selectbox(
        "Then", _ROUTES, key="rule-route", format_func=THEN.__getitem__, label_visibility="collapsed"
    )
    asked = _show_asked(seat) if route is Route.REVIEW else Requirement()
    show(heading("Name and reason"))
    with st.container(horizontal=True, gap="small"):
        name = st.text_input("Name", key="rule-id", placeholder="large-deals", width=200)
        why = st.text_input("Why, as everybody reads it who meets the rule", key="rule-why")
    shadow = st.toggle(
        "Begin on trial: it is noted where it would apply, and decides nothing", value=True, key="rule-shadow"
    )
    return FormRule(
        id=name.strip(),
        form=Form(match=match, lines=lines),
        route=route,
        why=why.strip(),
        shadow=shadow,
        needed=asked.needed,
        resolver=asked.resolver,
        justify=asked.justify,
        step_up=asked.step_up,
        separate_duties=asked.separate_duties,
    )


def _add_line() -> None:
    sketch = memory().sketch
    sketch.made += 1
    sketch.lines.append(sketch.made)


def _show_asked(seat: Seat) -> Requirement:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        kind = st.selectbox("Who is asked", _ASKED, key="rule-asked", format_func=_ASKED_WORDS.__getitem__, width=220)
        argument = _show_argument(seat, kind)
        needed = st.number_input("How many have to agree", 1, 20, 1, key="rule-needed", width=170)
    with st.container(horizontal=True, gap="medium"):
        justify = st.checkbox("with a reason", key="rule-justify")
        step_up = st.checkbox("with a fresh code", key="rule-step-up")
        separate = st.checkbox("neither sender nor editors", key="rule-separate")
    return Requirement(
        needed=int(needed),
        resolver=Resolver(kind=kind, argument=argument),
        justify=justify,
        step_up=step_up,
        separate_duties=separate,
    )


def _show_argument(seat: Seat, kind: ResolverKind) -> str | None:
    everybody = seat.people.everybody()
    if kind is ResolverKind.USER:
        ids = [SENDER, *(person.id for person in everybody)]
        return st.selectbox(
            "Which",
            ids,
            key="rule-person",
            format_func=lambda each: "the sender" if each == SENDER else name_of(each, seat.people),
            width=220,
        )
    if kind is ResolverKind.ROLE:
        roles = sorted({role for person in everybody for role in person.roles})
        return st.selectbox("Which", roles, key="rule-role", format_func=worded, width=220)
    return None


def _show_meaning(seat: Seat, live: Policy, rule: FormRule) -> None:
    show(heading("In plain words"))
    try:
        condition = cel_of(rule.form)
        words = words_of(rule.form)
    except CountersignError as error:
        show(tag("div", visible(f"Not yet: {error}."), cls="cs-soft"))
        return
    asked = Requirement(
        needed=rule.needed,
        resolver=rule.resolver,
        justify=rule.justify,
        step_up=rule.step_up,
        separate_duties=rule.separate_duties,
    )
    show(tag("div", visible(sentence(words, rule.route, asked, seat.people)), cls="cs-progress"))
    show(heading("In the policy's language"))
    show(tag("code", visible(condition), cls="cs-cel"))
    show(heading("What it would change"))
    if not rule.id or not rule.why:
        show_soft(["Give the rule a name and a reason; then it can be tried on past drafts, and proposed."])
        return
    try:
        text = with_rule(live, rule, version=live.version + 1)
    except CountersignError as error:
        show(tag("div", visible(f"Not yet: {error}."), cls="cs-notice cs-notice-bad"))
        return
    note = "That is how it would be if it counted; on trial it changes nothing." if rule.shadow else ""
    show_trial(seat, text, name="rule", note=note, counting=rule.id if rule.shadow else None)
    _show_proposing(seat, text)


def _show_proposing(seat: Seat, text: str) -> None:
    show(heading("Propose it"))
    show_soft(["Somebody else reviews it. Nothing changes until it is approved and published."])
    st.text_input("A word for the reviewer", key="rule-note")
    # Named after the text: a press can only be about the rule that was shown when it was made.
    name = f"propose-{sha256_of(text.encode())}"
    st.button("Propose the rule", key=name, type="primary", on_click=_propose, args=(seat, text))


def _propose(seat: Seat, text: str) -> None:
    propose(seat, text, typed_in("rule-note"))
