"""The rules of a team: reading them, judging risk, and ruling on a draft. Imports `app.core` only."""

from app.policy.document import load_policy
from app.policy.model import Policy, Rule
from app.policy.router import rule_on, rule_on_values
from app.policy.tiers import assess_risk

__all__ = ["Policy", "Rule", "assess_risk", "load_policy", "rule_on", "rule_on_values"]
