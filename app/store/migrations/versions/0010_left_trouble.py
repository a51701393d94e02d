"""Why the last look for drafts that were left in a mailbox failed, and when; NULL where it went well.

Revision ID: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("inbox_cursors", sa.Column("left_trouble", sa.Text(), nullable=True))
    op.add_column("inbox_cursors", sa.Column("left_failed_at", sa.String(32), nullable=True))
