"""What people are asked about, as far as asking goes: a draft, or another action of an agent."""

from __future__ import annotations

from enum import StrEnum


class Matter(StrEnum):
    """The kinds of things about which people are asked. The value is the word for one."""

    DRAFT = "draft"
    ACTION = "action"


class Phase(StrEnum):
    """How far people have come with it. Each kind has states of its own; this is what they mean to approvals."""

    WAITING = "waiting"
    """People are asked."""
    AGREED = "agreed"
    """It was let through, whatever has become of it since."""
    REJECTED = "rejected"
    EXPIRED = "expired"
    ELSEWHERE = "elsewhere"
    """Nobody is asked: it is blocked, or was taken back."""
