"""The part of a policy about what agents can earn: `autonomy`."""

from __future__ import annotations

import re

import yaml

from app.core.autonomy import Autonomy
from app.core.routes import Tier
from app.policy.yaml_nodes import Entry, choice_of, fail, items_of, mapping_of, whole_of

DEFAULT_TIERS = (Tier.LOW, Tier.MEDIUM)
LEAST_LEVEL = 0.5
MOST_DRAFTS = 1_000_000
LEAST_DRAFTS = 10


def read_autonomy(entry: Entry | None) -> Autonomy | None:
    """What it takes to earn autonomy; None where the policy grants none. Raises InvalidPolicy with its place."""
    if entry is None:
        return None
    given = mapping_of(entry.value, "autonomy", ("level", "minimum", "tiers"))
    for required in ("level", "minimum"):
        if required not in given:
            fail(entry.value, f"autonomy has no '{required}'; it needs one")
    return Autonomy(
        level=_level(given["level"].value),
        minimum=whole_of(given["minimum"].value, "autonomy.minimum", least=LEAST_DRAFTS, most=MOST_DRAFTS),
        tiers=_tiers(given["tiers"].value) if "tiers" in given else DEFAULT_TIERS,
    )


def _level(node: yaml.Node) -> float:
    is_share = isinstance(node, yaml.ScalarNode) and re.fullmatch(r"0?\.[0-9]{1,6}", node.value)
    if not is_share or float(node.value) < LEAST_LEVEL:
        fail(node, f"autonomy.level has to be a number from {LEAST_LEVEL} and below 1, such as 0.9")
    return float(node.value)


def _tiers(node: yaml.Node) -> tuple[Tier, ...]:
    items = items_of(node, "autonomy.tiers")
    if not items:
        fail(node, "autonomy.tiers names nothing; leave `autonomy` out where nothing can be earned")
    return tuple(dict.fromkeys(_tier(item) for item in items))


def _tier(node: yaml.Node) -> Tier:
    tier = choice_of(node, "tier", Tier)
    if tier not in DEFAULT_TIERS:
        fail(node, f"autonomy cannot be earned at {tier} risk: people read that first, whoever wrote it")
    return tier
