"""How long it takes to rule on a draft by a policy of 200 rules, to read such a policy, and to look it over."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from app.core.assessment import Risk
from app.core.checks import CheckResult, Severity
from app.core.findings import Strength
from app.core.routes import Tier
from app.policy import load_policy, rule_on
from app.policy.soundness import flaws_in
from tests.unit.app.policy.samples import commitment, deal, draft, facts, findings

RULES = 200
RUNS = 400
WARM_UP = 40

_CONDITIONS = (
    "deal.amount >= {amount} && size(commitments) > {few}",
    'checks.exists(c, c.check == "check.n{n}" && c.severity in ["medium", "high"])',
    'draft.action == "kind-{n}" && size(commitments) == 0 && !checks.exists(c, c.severity in ["high", "block"])',
    '"flag-{n}" in deal.flags || contacts.exists(c, c.sensitive && c.account == "account-{n}")',
    'commitments.exists(c, c.strength == "firm" && c.kind == "deliverable" && c.due_day > "2026-{month:02}-01")',
)
_ROUTES = ("review", "monitor", "block", "auto_send")


def policy_text(rules: int = RULES) -> str:
    """A policy of so many rules, each with a condition of its own, a fifth of which look at every promise."""
    return "version: 1\nrules:\n" + "".join(_rule(n) for n in range(rules))


def _rule(n: int) -> str:
    when = _CONDITIONS[n % 5].format(n=n, amount=1_000 * n, few=n % 3, month=1 + n % 12)
    return f"  - id: r{n}\n    route: {_ROUTES[n % 4]}\n    when: >-\n      {when}\n"


def ruling_speed() -> Iterator[dict[str, object]]:
    """p50 and p99 of one ruling in milliseconds, its deciding facts included; seconds to read and to check.

    The processor's time is what the neighbours on a shared machine change least.
    """
    started = time.perf_counter()
    policy = load_policy(policy_text())
    read = time.perf_counter()
    flaws = flaws_in(policy)
    checked = time.perf_counter()
    mail = draft(deal_id="d1")
    promises = findings(*(commitment(strength=strength) for strength in (*Strength, *Strength)))
    results = [CheckResult(check=f"check.n{n}", severity=Severity.LOW, message="something is so") for n in range(12)]
    world = facts(of_deal=deal(amount=90_000.0))
    times, worked = [], []
    for run in range(WARM_UP + RUNS):
        begun, begun_working = time.perf_counter(), time.process_time()
        ruling = rule_on(
            policy,
            draft=mail,
            findings=promises,
            results=results,
            risk=Risk(tier=Tier.MEDIUM),
            facts=world,
            unknown=(),
        )
        if run >= WARM_UP:
            times.append(1000 * (time.perf_counter() - begun))
            worked.append(1000 * (time.process_time() - begun_working))
    yield {
        "benchmark": "rules",
        "rules": RULES,
        "matched": len(ruling.matches),
        "p50_ms": round(statistics.median(times), 3),
        "p99_ms": round(statistics.quantiles(times, n=100)[98], 3),
        "cpu_p50_ms": round(statistics.median(worked), 3),
        "read_s": round(read - started, 3),
        "checked_s": round(checked - read, 3),
        "flaws": len(flaws),
    }
