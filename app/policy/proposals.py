"""Change control: a text is proposed, reviewed by somebody other than its author, and only then published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.audit.chain import Event
from app.core.approvals import Verdict
from app.core.errors import Conflict, InvalidInput, NotFound
from app.core.facts import Person
from app.core.ids import Ids
from app.core.plain import plain
from app.permissions import require_policy_author, require_policy_reviewer
from app.policy.soundness import checked_policy
from app.store.proposals import Proposal, ProposalState
from app.store.store import Reader, Store, Transaction
from app.trail import happened

_MOST = 1000
_OPEN = frozenset({ProposalState.PROPOSED, ProposalState.APPROVED})


def propose(store: Store, text: str, *, person: Person, note: str, ids: Ids, now: datetime) -> Proposal:
    """Hand in a text for review. The same text again, by the same person, is the same proposal while it is open.

    Raises InvalidPolicy, NotPermitted, or Conflict where its version is not higher than the one in force.
    """
    policy = checked_policy(text)
    require_policy_author(person)
    note = plain(note, field="note")
    with store.write(now=now) as tx:
        base = tx.policies.live_version_until_commit()
        require_higher(policy.version, base)
        for known in tx.proposals.of_text(text):
            if known.author == person.id and known.base == base and known.state in _OPEN:
                return known
        proposal = Proposal(
            id=ids.new("pp"),
            version=policy.version,
            base=base,
            text=text,
            note=note,
            author=person.id,
            proposed_at=now,
        )
        tx.proposals.insert(proposal)
        tx.record(_said("proposed", proposal, by=person, base=base or 0, note=note))
        return proposal


def require_higher(version: int, live: int | None) -> None:
    """Raise Conflict unless the version may follow the one in force."""
    if live is not None and version <= live:
        raise Conflict(f"version {live} is in force; give this one a higher number than {live}")


def review(
    store: Store, proposal_id: str, *, person: Person, verdict: Verdict, reason: str, now: datetime
) -> Proposal:
    """Approve or reject a proposal; the same word twice is one word.

    Raises NotFound, NotPermitted (nobody reviews what they wrote), InvalidInput without a reason, and Conflict where
    it was decided already, or another policy has come into force since it was proposed.
    """
    reason = plain(reason, field="reason")
    if not reason:
        raise InvalidInput("is missing; say what you looked at, or what has to change", field="reason")
    with store.write(now=now) as tx:
        live = tx.policies.live_version_until_commit()
        before = find(tx, proposal_id)
        require_policy_reviewer(person, author=before.author)
        state = ProposalState.APPROVED if verdict is Verdict.APPROVE else ProposalState.REJECTED
        if (before.state, before.reviewer) == (state, person.id):
            return before
        if before.state is not ProposalState.PROPOSED:
            raise Conflict(f"proposal {before.id} is {before.state} already, by {before.reviewer}: {before.reason}")
        require_current(before, live)
        after = replace(before, state=state, reviewer=person.id, reason=reason, reviewed_at=now)
        tx.proposals.compare_and_set(before, after)
        tx.record(_said(state.value, after, by=person, author=after.author, reason=reason))
        return after


def _said(what: str, proposal: Proposal, *, by: Person, **facts: Any) -> Event:
    return happened(
        f"policy.{what}",
        f"person:{by.id}",
        proposal=proposal.id,
        policy_version=proposal.version,
        sha256=proposal.sha256,
        **facts,
    )


def require_current(proposal: Proposal, live: int | None) -> None:
    """Raise Conflict where another policy has come into force since: the difference that matters is another one."""
    if proposal.base != live:
        raise Conflict(
            f"proposal {proposal.id} was made against version {proposal.base or 'none'}, and {live} is in force "
            "by now; propose it again, so that a reviewer sees what it would change today"
        )


def reviewed(tx: Transaction, text: str, *, live: int | None) -> Proposal:
    """The proposal under which exactly this text was approved.

    Raises Conflict, naming the command to run, where there is none.
    """
    known = tx.proposals.of_text(text)
    approved = [proposal for proposal in known if proposal.state is ProposalState.APPROVED]
    current = next((proposal for proposal in approved if proposal.base == live), None)
    if current is not None:
        return current
    if approved:
        require_current(approved[0], live)
    raise Conflict(_what_is_missing(known))


def _what_is_missing(known: Sequence[Proposal]) -> str:
    newest = known[0] if known else None
    if newest is not None and newest.state is ProposalState.PROPOSED:
        return (
            f"proposal {newest.id} waits for somebody other than {newest.author} to review it: "
            f"`countersign policy review {newest.id} --approve --reason WHY --as PERSON`"
        )
    said = ""
    if newest is not None and newest.state is ProposalState.REJECTED:
        said = f"; {newest.reviewer} rejected it: {newest.reason}"
    return (
        f"nobody has approved exactly this text{said}. Hand it in with "
        "`countersign policy propose FILE --as PERSON`; somebody else has to review it"
    )


def proposals(reader: Reader, *, limit: int = _MOST) -> Sequence[Proposal]:
    """The newest proposals, newest first."""
    return reader.proposals.newest(limit=limit)


def find(reader: Reader, proposal_id: str) -> Proposal:
    """One proposal. Raises NotFound."""
    found = reader.proposals.get(proposal_id)
    if found is None:
        raise NotFound("proposed policy", proposal_id)
    return found
