"""HubSpot: what it says about deals, and what the gate writes there."""

from integrations.crm.hubspot.client import HubspotApp
from integrations.crm.hubspot.crm import HubspotCrm
from integrations.crm.hubspot.writer import HubspotWriter

__all__ = ["HubspotApp", "HubspotCrm", "HubspotWriter"]
