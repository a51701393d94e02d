"""Mail through Outlook: mailboxes of Microsoft 365 and Outlook.com, over Microsoft Graph."""

from integrations.mail.outlook.provider import OutlookMail

__all__ = ["OutlookMail"]
