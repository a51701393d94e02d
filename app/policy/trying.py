"""Trying policies on the past of this house: a whole policy, or the rules that are on trial in the one in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from app.core.errors import InvalidInput, InvalidPolicy, NotFound
from app.core.facts import Person
from app.permissions import require_policy_author
from app.policy.document import load_policy
from app.policy.live import LivePolicy
from app.policy.model import Policy
from app.policy.past import PastDraft, past_drafts
from app.policy.replay import PolicyOf, Simulation, replay
from app.policy.shadow import RuleTrial, rule_trials
from app.store.store import Reader

Watch = Callable[[int, Iterable[PastDraft]], Iterable[PastDraft]]
"""Told how many drafts there are, hands them on one by one: whoever wants to show how far it has come."""


def unwatched(_count: int, drafts: Iterable[PastDraft]) -> Iterable[PastDraft]:
    """Shows nothing."""
    return drafts


def simulate(
    reader: Reader,
    live: LivePolicy,
    text: str | None,
    *,
    since: datetime | None,
    until: datetime | None,
    person: Person | None = None,
    watch: Watch = unwatched,
) -> Simulation:
    """Route every draft of a period by another policy, or (None) by the one in force.

    With a person, that person must be allowed to propose policies. Raises InvalidPolicy, NotPermitted, InvalidInput
    where the period ends before it begins.
    """
    if person is not None:
        require_policy_author(person)
    policy = load_policy(text) if text is not None else live.read(reader)
    return replay(policy, _watched(reader, since, until, watch), policy_of=_policies(reader, live))


def shadow_trials(
    reader: Reader, live: LivePolicy, *, since: datetime | None, watch: Watch = unwatched
) -> Sequence[RuleTrial]:
    """How every shadow rule in force has done on the drafts since a moment. Raises InvalidPolicy without a policy."""
    drafts = _watched(reader, since, None, watch)
    return rule_trials(live.read(reader), drafts, policy_of=_policies(reader, live))


def _watched(reader: Reader, since: datetime | None, until: datetime | None, watch: Watch) -> Iterator[PastDraft]:
    if since is not None and until is not None and until <= since:
        raise InvalidInput("has to be later than since", field="until")
    return iter(watch(reader.past.count(since=since, until=until), past_drafts(reader, since=since, until=until)))


def _policies(reader: Reader, live: LivePolicy) -> PolicyOf:
    known: dict[int, Policy | None] = {}

    def policy_of(version: int) -> Policy | None:
        if version not in known:
            try:
                known[version] = live.of_version(reader, version)
            except (NotFound, InvalidPolicy):
                known[version] = None  # written for another version of this product
        return known[version]

    return policy_of
