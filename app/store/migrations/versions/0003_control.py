"""Control: policies under review, limits and switches, approvals over time, identity, autonomy, other actions.

Revision ID: 0003
"""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Each part makes its own tables."""
