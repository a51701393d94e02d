"""Text in, findings out: commitments, dates, attachment claims and hidden text of an email draft.

No input or output, no state, no configuration, no clock: the moment of sending is passed in.
"""

from extractors.dates import WorkingHours
from extractors.errors import ExtractionError
from extractors.findings import (
    AttachmentClaim,
    Commitment,
    CommitmentKind,
    DateKind,
    DateMention,
    DateReading,
    Due,
    Findings,
    Grain,
    HiddenHow,
    HiddenText,
    Strength,
)
from extractors.pipeline import extract

__all__ = [
    "AttachmentClaim",
    "Commitment",
    "CommitmentKind",
    "DateKind",
    "DateMention",
    "DateReading",
    "Due",
    "ExtractionError",
    "Findings",
    "Grain",
    "HiddenHow",
    "HiddenText",
    "Strength",
    "WorkingHours",
    "extract",
]
