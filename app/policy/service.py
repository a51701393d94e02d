"""The policy as people use it: check a text, read what is in force, put a new version in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.core.digest import sha256_of
from app.core.errors import Conflict, InvalidPolicy, NotFound, NotPermitted
from app.core.facts import Person
from app.permissions import ADMIN
from app.policy.document import load_policy
from app.policy.model import Policy
from app.store.policies import PublishedPolicy
from app.store.store import Reader, Store
from app.trail import happened


def check(text: str) -> Policy:
    """The policy that the text describes. Raises InvalidPolicy with line and column."""
    return load_policy(text)


def published(reader: Reader, *, version: int | None = None) -> PublishedPolicy:
    """One published version, or (None) the one in force. Raises NotFound, InvalidPolicy where none is in force."""
    wanted = version if version is not None else reader.policies.live_version()
    if wanted is None:
        raise InvalidPolicy("no policy is in force; publish one with `countersign policy publish FILE`")
    found = reader.policies.get(wanted)
    if found is None:
        raise NotFound("policy version", str(wanted))
    return found


def publish(store: Store, text: str, *, person: Person, now: datetime) -> Policy:
    """Put a checked text in force; drafts are judged by it from now on, and at send time again.

    Raises InvalidPolicy, NotPermitted, or Conflict where its version is not higher than the one in force.
    """
    policy = load_policy(text)
    if ADMIN not in person.roles:
        raise NotPermitted(f"{person.id} may not publish a policy: only people with the role '{ADMIN}' may")
    try:
        with store.write(now=now) as tx:
            live = tx.policies.live_version()
            if live is not None and policy.version <= live:
                raise Conflict(f"version {live} is in force; give this one a higher number than {live}")
            tx.policies.publish(
                PublishedPolicy(
                    version=policy.version, text=text, published_by=f"person:{person.id}", published_at=now
                )
            )
            tx.record(
                happened(
                    "policy.published",
                    f"person:{person.id}",
                    policy_version=policy.version,
                    before=live or 0,
                    sha256=sha256_of(text.encode()),
                )
            )
    except IntegrityError:
        raise Conflict(f"version {policy.version} has just been published; give this one a higher number") from None
    return policy
