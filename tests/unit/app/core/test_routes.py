"""The orders that routes and tiers stand in."""

from __future__ import annotations

from app.core.routes import Route, Tier


def test_routes_go_from_the_most_lenient_to_the_strictest() -> None:
    assert sorted(Route, key=lambda route: route.strictness) == [
        Route.AUTO_SEND,
        Route.MONITOR,
        Route.REVIEW,
        Route.BLOCK,
    ]


def test_tiers_go_from_low_to_critical() -> None:
    assert sorted(Tier, key=lambda tier: tier.rank) == [Tier.LOW, Tier.MEDIUM, Tier.HIGH, Tier.CRITICAL]
