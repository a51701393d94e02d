"""The board on which every notice stands."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.notices import Notice
from app.store.store import Store


def read_board(store: Store, recipient: str, *, limit: int = 100) -> Sequence[Notice]:
    """What one person or agent was told, newest first."""
    with store.read() as reader:
        return reader.notices.for_recipient(recipient, limit=limit)
