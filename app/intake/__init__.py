"""The gate's doorstep: bytes, text and records in, sound drafts or refusals that name the field out."""

from app.intake.eml import draft_from_eml
from app.intake.files import read_drafts
from app.intake.limits import MAX_ATTACHMENTS, MAX_BODY, MAX_INPUT, MAX_RECIPIENTS
from app.intake.record import draft_from_json
from app.intake.references import check_references

__all__ = [
    "MAX_ATTACHMENTS",
    "MAX_BODY",
    "MAX_INPUT",
    "MAX_RECIPIENTS",
    "check_references",
    "draft_from_eml",
    "draft_from_json",
    "read_drafts",
]
