"""Microsoft: the id of the drafts' folder, or of one event of the next minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.accounts.asking.question import About, Ailing, Question, unreachable
from app.accounts.features import MICROSOFT, Feature, scopes_for
from app.accounts.microsoft import open_graph
from app.accounts.telling import how_to_connect
from app.core.errors import SendError
from integrations.graph import GraphStep, Reply, Unreadable
from integrations.http import NotAnswered, NotReached

_GUIDE = "docs/connect-outlook.md"
_NO_MAILBOX = "MailboxNotEnabledForRESTAPI"


def ask(question: Question) -> None:
    """Raises Ailing, and InvalidInput where a setting is missing or wrong."""
    feature = Feature.SEND if question.about is About.MAIL else Feature.CALENDAR
    graph = open_graph(question.settings, question.grants, question.clock)
    try:
        with graph.step(question.account, scopes_for(MICROSOFT, [feature]), seconds=question.seconds) as step:
            reply = _asked(step, question)
            if not reply.is_success:
                raise _refused(question, reply)
            reply.value()
    except SendError as error:
        raise Ailing.told(str(error), otherwise="ask again later") from None
    except (NotReached, NotAnswered, Unreadable) as error:
        raise unreachable("Microsoft Graph", error, setting="MICROSOFT_GRAPH_URL") from None


def _asked(step: GraphStep, question: Question) -> Reply:
    if question.about is About.MAIL:
        return step.call("GET", "/mailFolders/drafts", query={"$select": "id"})
    now = question.clock.now()
    limits = {"startDateTime": _in_utc(now), "endDateTime": _in_utc(now + timedelta(minutes=1))}
    return step.call("GET", "/calendarView", query={**limits, "$select": "id", "$top": "1"})


def _refused(question: Question, reply: Reply) -> Ailing:
    found = f"Graph says {reply.in_words}"
    if reply.code == _NO_MAILBOX:
        return Ailing(found, "give the account a mailbox in Exchange Online, or connect another one")
    if reply.status == 429 or reply.status >= 500:
        return Ailing(found, "ask again later")
    if reply.status == 403:
        connect = how_to_connect(MICROSOFT, question.account)
        return Ailing(found, f"see that the permissions are named ({_GUIDE}), and run `{connect}` again")
    return Ailing(found, "look at COUNTERSIGN_MICROSOFT_GRAPH_URL if it is set")


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
