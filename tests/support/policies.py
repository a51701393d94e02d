"""Putting a policy in force as a house does: proposed by one person, reviewed by another, then published."""

from __future__ import annotations

from datetime import datetime

from app.core.approvals import Verdict
from app.core.facts import Person
from app.core.ids import RandomIds
from app.policy.proposals import propose, review
from app.policy.service import publish
from app.store.policies import PublishedPolicy
from app.store.store import Store


def publish_reviewed(store: Store, text: str, *, author: Person, reviewer: Person, now: datetime) -> PublishedPolicy:
    """The text, in force: the reviewer publishes it too, and has to be allowed to."""
    proposed = propose(store, text, person=author, note="", ids=RandomIds(), now=now)
    review(store, proposed.id, person=reviewer, verdict=Verdict.APPROVE, reason="read and agreed", now=now)
    return publish(store, text, person=reviewer, now=now)
