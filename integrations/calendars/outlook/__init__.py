"""Calendars of Microsoft 365 and Outlook.com, over Microsoft Graph."""

from integrations.calendars.outlook.provider import OutlookCalendars

__all__ = ["OutlookCalendars"]
