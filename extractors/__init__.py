"""Text in, findings out: commitments, dates, attachment claims and hidden text of an email draft.

No input or output, no state, no configuration, no clock: the moment of sending is passed in.
"""

import os

# The network's arrays are small: a second thread of the linear algebra library waits more than it works. The library
# reads this once, when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

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
