"""HubSpot: the id of one deal."""

from __future__ import annotations

from app.accounts.asking.crm import refused
from app.accounts.asking.question import Question, unreachable
from app.accounts.hubspot import app_of
from integrations.crm.hubspot.client import HubspotClient
from integrations.crm.line import Trouble
from integrations.http import NotAnswered, NotReached


def ask(question: Question) -> None:
    """Raises Ailing, and InvalidInput where a setting is wrong."""
    client = HubspotClient(question.grants, question.account, app=app_of(question.settings), clock=question.clock)
    try:
        with client.step() as step:
            step.ask(lambda crm: crm.objects.basic_api.get_page("deals", limit=1))
    except (NotReached, NotAnswered) as error:
        raise unreachable("HubSpot", error, setting="HUBSPOT_URL") from None
    except Trouble as error:
        raise refused(error, "give the private app the scopes that docs/connect-crm.md names") from None
