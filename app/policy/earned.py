"""What earned autonomy makes of a ruling: `review` becomes `monitor` where the rules themselves allow it."""

from __future__ import annotations

from dataclasses import replace

from app.core.assessment import RuleMatch, Ruling
from app.core.routes import Route
from app.policy.model import Policy

EARNED = "builtin.earned"


def earned_match(why: str) -> RuleMatch:
    """The entry among a verdict's matches for earned autonomy; `why` names who signed what, and the figures."""
    return RuleMatch(rule=EARNED, route=Route.MONITOR, why=why)


def with_earned(policy: Policy, ruling: Ruling, earned: RuleMatch | None) -> Ruling:
    """The ruling, or `monitor` where every demand for a review comes from a live rule that says `autonomy: true`.

    Floors and blocks are no such rules, so they stand whatever was earned.
    """
    if earned is None or ruling.route is not Route.REVIEW or not _all_allow_it(policy, ruling):
        return ruling
    return replace(
        ruling,
        route=earned.route,
        rule=earned.rule,
        why=earned.why,
        matches=(*ruling.matches, earned),
        approvals=None,
    )


def _all_allow_it(policy: Policy, ruling: Ruling) -> bool:
    willing = {rule.id for rule in policy.rules if rule.autonomy and not rule.shadow}
    demands = {match.rule for match in ruling.matches if match.route is Route.REVIEW and not match.shadow}
    return demands | {ruling.rule} <= willing
