"""Salesforce: the id of one opportunity."""

from __future__ import annotations

from app.accounts.asking.crm import refused
from app.accounts.asking.question import Question, unreachable
from app.accounts.salesforce import app_of
from integrations.crm.line import Trouble
from integrations.crm.salesforce.client import SalesforceClient
from integrations.crm.salesforce.crm import VERSION
from integrations.http import NotAnswered, NotReached


def ask(question: Question) -> None:
    """Raises Ailing, and InvalidInput where a setting is missing or wrong."""
    app = app_of(question.settings)
    client = SalesforceClient(question.grants, question.account, app=app, clock=question.clock, version=VERSION)
    try:
        with client.step() as step:
            step.rows("SELECT Id FROM Opportunity LIMIT 1")
    except (NotReached, NotAnswered) as error:
        raise unreachable("Salesforce", error, setting="SALESFORCE_LOGIN_URL") from None
    except Trouble as error:
        raise refused(error, "let the user see opportunities, through the API too") from None
