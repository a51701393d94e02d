"""The policy as people use it: check a text, read what is in force, put a new version in force or an old one back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.core.digest import sha256_of
from app.core.errors import Conflict, InvalidInput, InvalidPolicy, NotFound
from app.core.facts import Person
from app.core.plain import plain
from app.permissions import require_policy_publisher
from app.policy.document import load_policy
from app.policy.model import Policy
from app.policy.proposals import find, require_higher, reviewed
from app.policy.renumber import renumbered
from app.policy.soundness import checked_policy
from app.store.policies import Basis, PublishedPolicy
from app.store.proposals import ProposalState
from app.store.store import Reader, Store, Transaction
from app.trail import happened


def check(text: str) -> Policy:
    """The policy that the text describes, fit to be published. Raises InvalidPolicy with line and column."""
    return checked_policy(text)


def published(reader: Reader, *, version: int | None = None) -> PublishedPolicy:
    """One published version, or (None) the one in force. Raises NotFound, InvalidPolicy where none is in force."""
    wanted = version if version is not None else reader.policies.live_version()
    if wanted is None:
        raise InvalidPolicy("no policy is in force; publish one with `countersign policy publish FILE`")
    found = reader.policies.get(wanted)
    if found is None:
        raise NotFound("policy version", str(wanted))
    return found


def history(reader: Reader) -> Sequence[PublishedPolicy]:
    """Every version that is or was in force, newest first."""
    return list(reversed(list(reader.policies.every_version())))


def publish(
    store: Store, text: str, *, person: Person, now: datetime, without_review: str | None = None
) -> PublishedPolicy:
    """Put a text in force; drafts are judged by it from now on, and at send time again.

    Exactly this text must have been approved by somebody other than its author, but for the first policy of a house,
    and where an admin gives the reason for an exception, which stands in the trail.

    Raises InvalidPolicy, NotPermitted, InvalidInput for an exception without a reason, and Conflict where the text
    was not approved or its version is not higher than the one in force.
    """
    policy = checked_policy(text)
    require_policy_publisher(person, without_review=without_review is not None)
    exception = _reason(without_review, field="without-review") if without_review is not None else None
    try:
        with store.write(now=now) as tx:
            live = tx.policies.live_version_until_commit()
            require_higher(policy.version, live)
            unfounded = PublishedPolicy(
                version=policy.version, text=text, published_by=f"person:{person.id}", published_at=now
            )
            if live is None:
                founded = replace(unfounded, basis=Basis.FIRST)
            elif exception is not None:
                founded = replace(unfounded, basis=Basis.UNREVIEWED, reason=exception)
            else:
                founded = _on_review(tx, unfounded, live)
            enter(tx, founded, before=live)
    except IntegrityError:
        raise Conflict(f"version {policy.version} has just been published; give this one a higher number") from None
    return founded


def publish_proposal(store: Store, proposal_id: str, *, person: Person, now: datetime) -> PublishedPolicy:
    """What `publish` does, for the text of a proposal. Raises NotFound too."""
    with store.read() as reader:
        text = find(reader, proposal_id).text
    return publish(store, text, person=person, now=now)


def _on_review(tx: Transaction, unfounded: PublishedPolicy, live: int) -> PublishedPolicy:
    proposal = reviewed(tx, unfounded.text, live=live)
    tx.proposals.compare_and_set(proposal, replace(proposal, state=ProposalState.PUBLISHED))
    return replace(unfounded, basis=Basis.REVIEWED, proposal_id=proposal.id)


def rollback(store: Store, to: int, *, person: Person, reason: str, now: datetime) -> PublishedPolicy:
    """Put the text of an earlier version in force again, under the next version number.

    It was in force before, so nobody has to review it. Raises NotFound, NotPermitted, InvalidInput without a reason,
    InvalidPolicy where the text is no longer sound, Conflict where that version is in force.
    """
    require_policy_publisher(person)
    reason = _reason(reason, field="reason")
    with store.write(now=now) as tx:
        live = tx.policies.live_version_until_commit()
        earlier = published(tx, version=to)
        if live is None or to == live:
            raise Conflict(f"version {to} is in force; there is nothing to roll back")
        text = renumbered(earlier.text, live + 1)
        again = PublishedPolicy(
            version=load_policy(text).version,
            text=text,
            published_by=f"person:{person.id}",
            published_at=now,
            basis=Basis.ROLLBACK,
            rolled_back_to=to,
            reason=reason,
        )
        enter(tx, again, before=live)
    return again


def enter(tx: Transaction, policy: PublishedPolicy, *, before: int | None) -> None:
    """Keep a version that comes into force, with its event. Raises sqlalchemy's IntegrityError where it is taken."""
    tx.policies.publish(policy)
    grounds: dict[str, Any] = {
        "basis": policy.basis.value if policy.basis else None,
        "proposal": policy.proposal_id,
        "rolled_back_to": policy.rolled_back_to,
        "reason": policy.reason,
    }
    tx.record(
        happened(
            "policy.published",
            policy.published_by,
            policy_version=policy.version,
            before=before or 0,
            sha256=sha256_of(policy.text.encode()),
            **{name: value for name, value in grounds.items() if value is not None},
        )
    )


def _reason(words: str, *, field: str) -> str:
    reason = plain(words, field=field)
    if not reason:
        raise InvalidInput("needs a reason; it stands in the trail", field=field)
    return reason
