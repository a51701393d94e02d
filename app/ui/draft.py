"""The middle of the review: the mail as its reader will see it, with what was found in it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.checks import Suggestion
from app.core.drafts import Attachment
from app.core.facts import Deal
from app.standing import Standing
from app.ui.highlight import body_html, changed_html, marks_of, visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import show
from app.ui.words import worded

_KILOBYTE = 1024


def show_draft(standing: Standing, deal: Deal | None, *, changes: Sequence[Suggestion] = ()) -> None:
    """The mail: envelope, text, attachments. The text has its highlights, or else the changes that are considered."""
    parts = (_envelope(standing, deal), _body(standing, changes), _attachments(standing.draft.attachments))
    show(tag("div", *parts, cls="cs-mail"))


def _envelope(standing: Standing, deal: Deal | None) -> Html:
    draft, sender = standing.draft, standing.assessment.sender
    lines = [
        ("From", f"{sender.name} <{sender.email}>"),
        ("To", ", ".join(draft.to)),
        ("Cc", ", ".join(draft.cc)),
        ("Bcc", ", ".join(draft.bcc)),
        ("Deal", _deal_words(standing, deal)),
        ("Written by", f"{draft.agent} ({worded(draft.action)})"),
    ]
    facts = [_line(name, value) for name, value in lines if value]
    subject = tag("div", visible(draft.subject or "(no subject)"), cls="cs-subject", dir="auto")
    return tag("div", subject, *facts, cls="cs-envelope")


def _line(name: str, value: str) -> Html:
    return tag("div", tag("span", name, cls="cs-name"), tag("span", visible(value)), cls="cs-fact")


def _deal_words(standing: Standing, deal: Deal | None) -> str:
    if deal is None:
        return standing.row.deal_id or ""
    held = ", on hold" if deal.on_hold else ""
    return f"{deal.name}: {deal.amount:,.0f} {deal.currency}, {worded(deal.stage)}{held}"


def _body(standing: Standing, changes: Sequence[Suggestion]) -> Html:
    findings = standing.assessment.findings
    if changes:
        body = changed_html(findings, changes)
    else:
        body = body_html(findings.text, marks_of(standing.assessment), findings.authored)
    if standing.draft.html is None:
        return body
    note = "Formatted mail, shown as the text that its reader sees. What they do not see stands struck through."
    if changes:
        note += " With these changes it stays formatted."
    return joined(tag("div", note, cls="cs-soft cs-small cs-note"), body)


def _attachments(attachments: Sequence[Attachment]) -> Html:
    if not attachments:
        return tag("div", "No attachments", cls="cs-soft cs-small cs-attachments")
    items = [tag("span", visible(a.filename), f" · {_size(a.size)}", cls="cs-file") for a in attachments]
    return tag("div", *items, cls="cs-attachments")


def _size(size: int) -> str:
    return f"{size} B" if size < _KILOBYTE else f"{size / _KILOBYTE:,.0f} kB"
