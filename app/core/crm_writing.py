"""What the gate writes into a CRM once it was approved, and how it is taken back.

```
CountersignError
├── WriteRefused        certainly not written, and trying again will not help
├── WriteUnavailable    certainly not written; try again later
├── WriteUncertain      may have been written: look, never write blindly
└── Conflict            somebody changed it meanwhile: certainly not written
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.core.errors import CountersignError

TextValues = Mapping[str, str]
"""Fields by the gate's names: `next_step`; `subject` and `text` of an activity."""


class WriteRefused(CountersignError):
    """Certainly not written, and trying again will not help."""


class WriteUnavailable(CountersignError):
    """Certainly not written; try again later."""


class WriteUncertain(CountersignError):
    """May have been written. Look into the CRM; never write blindly."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedActivity:
    """What is to be noted at a deal, such as a mail that was sent."""

    key: str
    """The gate's own id, by which the CRM knows it again: logging the same one twice logs it once."""
    deal_id: str
    subject: str
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What was written, and what was there before."""

    id: str
    """The CRM's id: of the activity, or of the deal."""
    before: TextValues | None
    """None where there was nothing, for it is a new record."""
    after: TextValues


class CrmWriter(Protocol):
    """Writes into a CRM. No call is repeated by any layer; one that nobody answered is looked up.

    Every method raises WriteRefused, WriteUnavailable or WriteUncertain, and Conflict where it says so.
    """

    @property
    def system(self) -> str:
        """The CRM as actions name it: `salesforce` or `hubspot`."""
        ...

    def log_activity(self, activity: LoggedActivity) -> Written:
        """Note it at its deal. What is there under its key already is taken, not written anew."""
        ...

    def set_next_step(self, deal_id: str, text: str, *, expected: str) -> Written:
        """Write the deal's next step. Raises Conflict unless it reads `expected`, or `text` already."""
        ...

    def undo(self, written: Written) -> None:
        """Put back what was there before; an activity is deleted. What is put back already stays so.

        Raises Conflict where it does not read any more as it was written.
        """
        ...
