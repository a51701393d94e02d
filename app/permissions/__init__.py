"""Who may do what. Asked by the services, whatever page or program calls them; the table is docs/permissions.md."""

from __future__ import annotations

from app.permissions.rights import may, require, roles_of
from app.permissions.rules import (
    may_decide,
    may_see,
    may_stop,
    require_decider,
    require_ledger_keeper,
    require_person,
    require_policy_author,
    require_policy_publisher,
    require_policy_reviewer,
    require_seer,
    require_stopper,
    require_switcher,
)
from app.permissions.table import Operation, Relation, Role

__all__ = [
    "Operation",
    "Relation",
    "Role",
    "may",
    "may_decide",
    "may_see",
    "may_stop",
    "require",
    "require_decider",
    "require_ledger_keeper",
    "require_person",
    "require_policy_author",
    "require_policy_publisher",
    "require_policy_reviewer",
    "require_seer",
    "require_stopper",
    "require_switcher",
    "roles_of",
]
