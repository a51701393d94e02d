"""Dates: found by patterns of their own, resolved against the moment of sending and the sender's business
calendar.
"""

from extractors.dates.calendar import BusinessCalendar, WorkingHours, business_calendar
from extractors.dates.find import find_dates
from extractors.dates.moment import Moment

__all__ = ["BusinessCalendar", "Moment", "WorkingHours", "business_calendar", "find_dates"]
