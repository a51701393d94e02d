"""The name of exact content. An approval names a digest; anything else voids it."""

from __future__ import annotations

import hashlib
import json

from app.core.drafts import Draft, Thread


def canonical_bytes(value: object) -> bytes:
    """The one spelling of a JSON value: sorted keys, no spaces, UTF-8, unescaped.

    Raises ValueError for NaN and infinities, TypeError for what JSON cannot hold.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "surrogatepass"
    )


def sha256_of(data: bytes) -> str:
    """`sha256:` and the hex digest of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _content(draft: Draft) -> dict[str, object]:
    return {
        "to": list(draft.to),
        "cc": list(draft.cc),
        "bcc": list(draft.bcc),
        "subject": draft.subject,
        "text": draft.text,
        "html": draft.html,
        "attachments": [[a.filename, a.content_type, a.sha256] for a in draft.attachments],
    }


def draft_digest(draft: Draft, policy_version: int) -> str:
    """The digest over recipients, subject, bodies, attachments and policy version."""
    return sha256_of(canonical_bytes({**_content(draft), "policy_version": policy_version}))


def _thread(thread: Thread) -> list[object]:
    return [thread.id, thread.message_id, list(thread.references), thread.subject]


def submission_digest(draft: Draft) -> str:
    """The digest of all that was handed in but its client id: tells a repeat from a reused key."""
    envelope = {
        "action": draft.action,
        "agent": draft.agent,
        "on_behalf_of": draft.on_behalf_of,
        "deal_id": draft.deal_id,
        "thread": _thread(draft.thread) if draft.thread else None,
        "sequence": [draft.sequence.id, draft.sequence.step] if draft.sequence else None,
        "send_after": draft.send_after.isoformat() if draft.send_after else None,
    }
    return sha256_of(canonical_bytes({**_content(draft), **envelope}))
