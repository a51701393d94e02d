"""What a person may change in a draft."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.codec import to_record
from app.core.drafts import Draft
from app.intake import draft_from_json


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftEdit:
    """The changes; None leaves a part as it is."""

    subject: str | None = None
    text: str | None = None
    html: str | None = None
    to: tuple[str, ...] | None = None
    cc: tuple[str, ...] | None = None
    bcc: tuple[str, ...] | None = None


def apply_edit(draft: Draft, edit: DraftEdit) -> Draft:
    """The draft with the changes, held to the same rules as a new one. Raises InvalidDraft.

    A new text without a new HTML body drops the old HTML body: the reader would otherwise see what was edited away.
    """
    changes = {name: value for name in edit.__slots__ if (value := getattr(edit, name)) is not None}
    if "text" in changes and "html" not in changes:
        changes["html"] = None
    changes = {k: list(v) if isinstance(v, tuple) else v for k, v in changes.items()}
    return draft_from_json({**to_record(draft), **changes})
