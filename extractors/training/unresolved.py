"""The moment that dates are found against where it is not known when a text was sent."""

from datetime import UTC

from extractors.dates import Moment, WorkingHours, business_calendar

UNRESOLVED = Moment(sent_at=None, zone=UTC, calendar=business_calendar(WorkingHours(), None), day_first=False)
