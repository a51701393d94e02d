"""Which of the mails that left unattended are drawn for a look: by chance, and so that anybody can check it."""

from __future__ import annotations

from hashlib import sha256

_BYTES = 8


def sample_number(draft_id: str, *, policy_version: int) -> float:
    """The draft's number, from 0 and below 1: the first 53 bits of SHA-256 over `sample:<policy version>:<id>`.

    The gate chooses ids at random, so no agent can choose its number, and whoever has the trail can work it out.
    """
    seeded = f"sample:{policy_version}:{draft_id}".encode()
    return (int.from_bytes(sha256(seeded).digest()[:_BYTES]) >> 11) / 2**53


def is_drawn(draft_id: str, *, policy_version: int, share: float) -> bool:
    """Whether the draft is among this share of all drafts, from 0 (none) to 1 (all)."""
    return sample_number(draft_id, policy_version=policy_version) < share
