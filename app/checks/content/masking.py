"""Leaves secrets out of what is kept and shown for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.checks.content.identifiers import bank_accounts, cards, national_ids
from app.checks.content.keys import connection_strings, known_keys, links_with_tokens
from app.checks.content.passwords import codes, passwords
from app.checks.content.secret import Secret

_KINDS: tuple[Callable[[str, int, int], Iterator[Secret]], ...] = (
    known_keys,
    connection_strings,
    links_with_tokens,
    passwords,
    codes,
    cards,
    bank_accounts,
    national_ids,
)


def without_secrets(passage: str) -> str:
    """The passage with a mask in place of each secret in it."""
    found = sorted((s for find in _KINDS for s in find(passage, 0, len(passage))), key=lambda s: (s.start, -s.end))
    shown, at = [], 0
    for secret in found:
        if secret.start >= at:
            shown += [passage[at : secret.start], secret.mask]
            at = secret.end
    return "".join([*shown, passage[at:]])
