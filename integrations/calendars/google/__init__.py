"""Busy times from Google Calendar."""

from __future__ import annotations

from integrations.calendars.google.provider import GoogleCalendars

__all__ = ["GoogleCalendars"]
