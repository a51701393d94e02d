"""Operations: what has waited longest is found at once, and so are one-time codes that are over.

Revision ID: 0006
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Each wider index serves every question that the one it replaces did."""
    for table in ("approvals", "action_approvals"):
        op.create_index(f"{table}_waiting", table, ["state", "opened_at"], unique=False)
        op.drop_index(f"{table}_state", table_name=table)
    op.create_index("one_time_codes_expiry", "one_time_codes", ["expires_at"], unique=False)
