"""Claims to carry a file in words that have nothing of attaching."""

from __future__ import annotations

import pytest

from app.checks.documents.handed import handed
from app.core.findings import Findings


def _documents(text: str) -> list[str | None]:
    return [claim.document for claim in handed(Findings(text=text, authored=((0, len(text)),)))]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("I've popped the sample csv in with this mail.", "the sample csv"),
        ("You'll find the yard plan at the bottom of this mail.", "the yard plan"),
        ("Sticking the import template on here so you have it.", "the import template"),
        ("Bundled with this mail you'll find the two reports.", "the two reports"),
        ("Sending you the depot list with this one.", "the depot list"),
    ],
)
def test_what_travels_with_this_mail_is_claimed(text: str, document: str) -> None:
    assert _documents(text) == [document]


@pytest.mark.parametrize(
    "text",
    [
        "I dropped the yard plan into the shared folder.",
        "You popped the csv in with this mail, thanks.",
        "I'll add the plan to this mail thread on Friday.",
        "Did I put the plan in this mail?",
        "The report is in this folder.",
    ],
)
def test_what_is_elsewhere_or_asked_or_to_come_is_not(text: str) -> None:
    assert _documents(text) == []
