"""Salesforce: what it says about deals, and what the gate writes there."""

from integrations.crm.salesforce.client import SalesforceApp
from integrations.crm.salesforce.crm import SalesforceCrm
from integrations.crm.salesforce.writer import SalesforceWriter

__all__ = ["SalesforceApp", "SalesforceCrm", "SalesforceWriter"]
