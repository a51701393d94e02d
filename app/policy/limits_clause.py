"""The parts of a policy about how much may leave, and how much of it is read again: `limits` and `sampling`."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from app.core.limits import NO_LIMITS, Limits
from app.core.routes import Route, Tier
from app.policy.yaml_nodes import Entry, mapping_of, share_of, whole_of

MOST_MAILS = 1_000_000

_LIMITS = ("per_sender_per_hour", "per_account_per_day", "per_recipient_domain_per_day", "per_agent_per_hour")
_TIERS: Mapping[str, Tier] = {f"{tier}_per_hour": tier for tier in Tier}
_UNATTENDED = tuple(str(route) for route in Route if route.sends_unattended)


def read_limits(entry: Entry | None) -> Limits:
    """The limits; none where the policy sets none. Raises InvalidPolicy with line and column."""
    if entry is None:
        return NO_LIMITS
    given = mapping_of(entry.value, "limits", (*_LIMITS, "per_tier"))
    per_tier = mapping_of(given["per_tier"].value, "limits.per_tier", tuple(_TIERS)) if "per_tier" in given else {}
    most = {key: _most(limit.value, key) for key, limit in given.items() if key in _LIMITS}
    tiers = {_TIERS[key]: _most(limit.value, f"per_tier.{key}") for key, limit in per_tier.items()}
    return Limits(**most, per_tier=tiers)


def read_sampling(entry: Entry | None) -> Mapping[Route, float]:
    """The share of unattended mail that people read afterwards, by route. Raises InvalidPolicy with its place."""
    given = mapping_of(entry.value, "sampling", _UNATTENDED) if entry else {}
    return {Route(key): share_of(share.value, f"sampling.{key}") for key, share in given.items()}


def _most(node: yaml.Node, key: str) -> int:
    return whole_of(node, key, least=1, most=MOST_MAILS)
