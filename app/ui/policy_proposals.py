"""Proposed policies: what each would change, and the words of whoever reviews and publishes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from app.core.approvals import Verdict
from app.core.errors import InvalidPolicy
from app.permissions import Operation, may
from app.permissions.relations import to_somebodys
from app.policy import proposals, service
from app.policy.differences import Difference, differences, text_difference
from app.policy.document import load_policy
from app.store.policies import PublishedPolicy
from app.store.proposals import Proposal, ProposalState
from app.ui.highlight import visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import badge, card_button, fact, heading, show, show_soft
from app.ui.policy_acts import publish, review
from app.ui.policy_trial import show_trial
from app.ui.rule_words import rule_html
from app.ui.session import Seat, memory, typed_in
from app.ui.words import age, name_of

_SHOWN = 30


def open_proposals(found: Sequence[Proposal], live: PublishedPolicy) -> list[Proposal]:
    """Those that wait for a review, or to be published."""
    states = (ProposalState.PROPOSED, ProposalState.APPROVED)
    return [each for each in found if each.state in states and each.base == live.version]


def show_proposals(seat: Seat) -> None:
    """Every proposal on the left, the open ones first; the chosen one on the right."""
    with seat.services.store.read() as reader:
        found = proposals.proposals(reader, limit=_SHOWN)
        live = service.published(reader)
    waiting = open_proposals(found, live)
    ordered = [*waiting, *(each for each in found if each not in waiting)]
    if not ordered:
        show(tag("div", "Nobody has proposed a change yet. The form under “New rule” writes one.", cls="cs-empty"))
        return
    chosen = next((each for each in ordered if each.id == memory().proposal), ordered[0])
    left, right = st.columns([0.3, 0.7], gap="medium")
    with left, st.container(key="proposals", gap="small"):
        for proposal in ordered:
            card_button(
                f"proposal-{proposal.id}",
                _card(seat, proposal, live),
                label="Open this proposal",
                on_click=_choose,
                args=(proposal.id,),
                chosen=proposal.id == chosen.id,
            )
    with right:
        _show_one(seat, chosen, live)


def _choose(proposal_id: str) -> None:
    memory().proposal = proposal_id


def _is_outdated(proposal: Proposal, live: PublishedPolicy) -> bool:
    open_states = (ProposalState.PROPOSED, ProposalState.APPROVED)
    return proposal.state in open_states and proposal.base != live.version


def _card(seat: Seat, proposal: Proposal, live: PublishedPolicy) -> Html:
    state = "outdated" if _is_outdated(proposal, live) else proposal.state.value
    by = f"by {name_of(proposal.author, seat.people)}, {age(proposal.proposed_at, seat.now)}"
    return tag(
        "div",
        tag("div", tag("strong", f"Version {proposal.version}"), " ", badge(state)),
        tag("div", visible(proposal.note or "without a note")),
        tag("div", by, cls="cs-soft cs-small"),
        cls="cs-card",
    )


def _show_one(seat: Seat, proposal: Proposal, live: PublishedPolicy) -> None:
    show(
        joined(
            fact("Proposed", f"{name_of(proposal.author, seat.people)}, {age(proposal.proposed_at, seat.now)}"),
            fact("Note", visible(proposal.note or "none")),
            *_reviewed(seat, proposal),
        )
    )
    with seat.services.store.read() as reader:
        base = service.published(reader, version=proposal.base) if proposal.base is not None else live
    _show_changes(seat, base, proposal)
    if proposal.state not in (ProposalState.PROPOSED, ProposalState.APPROVED):
        return
    if _is_outdated(proposal, live):
        words = f"Version {live.version} came into force since. It has to be proposed again, against that one."
        show(tag("div", words, cls="cs-notice cs-notice-bad"))
        return
    if may(seat.person, Operation.POLICY_PROPOSE):
        show(heading("What it would change on past drafts"))
        show_trial(seat, proposal.text, name=proposal.id)
    if proposal.state is ProposalState.PROPOSED:
        _show_review(seat, proposal)
    else:
        _show_publishing(seat, proposal)


def _reviewed(seat: Seat, proposal: Proposal) -> Iterator[Html]:
    if proposal.reviewer is not None:
        said = "rejected" if proposal.state is ProposalState.REJECTED else "approved"
        yield fact("Reviewed", visible(f"{name_of(proposal.reviewer, seat.people)} {said} it: {proposal.reason}"))


def _show_changes(seat: Seat, base: PublishedPolicy, proposal: Proposal) -> None:
    try:
        found = differences(load_policy(base.text), load_policy(proposal.text))
    except InvalidPolicy as error:
        show(tag("div", visible(f"It cannot be read any more: {error}."), cls="cs-notice cs-notice-bad"))
        return
    parts = [heading(f"Beside version {base.version}")]
    if found.nothing:
        parts.append(tag("div", "It does the same: no rule and no setting is different."))
    for words, rules in (("New rule", found.added), ("Taken out", found.removed)):
        for rule in rules:
            parts += [tag("div", words, cls="cs-soft cs-small"), rule_html(rule, seat.people)]
    for changed in found.changed:
        lines = [tag("div", visible(_part(part))) for part in changed.parts]
        parts.append(tag("div", tag("div", "Changed: ", tag("code", changed.id)), *lines, cls="cs-rule"))
    parts += [tag("div", tag("code", moved), " stands elsewhere", cls="cs-rule") for moved in found.moved]
    parts += [tag("div", visible(_part(part)), cls="cs-rule") for part in found.settings]
    show(joined(*parts))
    with st.expander("Line by line"):
        names = (f"version {base.version}", f"version {proposal.version}")
        show(joined(*map(_text_line, text_difference(base.text, proposal.text, names=names))))


def _text_line(line: str) -> Html:
    look = {"+": "cs-added", "-": "cs-removed"}.get(line[:1], "cs-same")
    return tag("div", visible(line), cls=f"cs-line {look}")


def _part(part: Difference) -> str:
    return f"{part.path}: {part.before or 'not there'} → {part.after or 'gone'}"


def _show_review(seat: Seat, proposal: Proposal) -> None:
    show(heading("Review"))
    if not may(seat.person, Operation.POLICY_REVIEW, to_somebodys(seat.person, proposal.author)):
        own = proposal.author == seat.person.id
        show_soft(
            ["You wrote it: somebody else reviews it." if own else "Managers, owners and administrators review."]
        )
        return
    key = f"review-reason-{proposal.id}"
    st.text_input("What did you look at, or what has to change? The author and the trail keep it.", key=key)
    with st.container(horizontal=True, gap="small"):
        for label, verdict in (("Approve", Verdict.APPROVE), ("Reject", Verdict.REJECT)):
            st.button(
                f"{label} the proposal",
                key=f"review-{verdict.value}",
                type="primary" if verdict is Verdict.APPROVE else "secondary",
                on_click=_review,
                args=(seat, proposal.id, verdict, key),
            )


def _review(seat: Seat, proposal_id: str, verdict: Verdict, key: str) -> None:
    review(seat, proposal_id, verdict, typed_in(key))


def _show_publishing(seat: Seat, proposal: Proposal) -> None:
    show(heading("Publish"))
    if not may(seat.person, Operation.POLICY_PUBLISH):
        show_soft(["It is approved. Owners and administrators put it in force."])
        return
    show_soft(["From then on every draft that has not left is judged by it, and again right before it leaves."])
    st.button(
        f"Put version {proposal.version} in force",
        key="publish",
        type="primary",
        on_click=publish,
        args=(seat, proposal.id),
    )
