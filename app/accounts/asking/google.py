"""Google: one page of one draft, or when the owner is busy in the next minute."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.accounts.asking.question import About, Ailing, Question, unreachable
from app.accounts.features import GOOGLE, Feature, features_of, missing, scopes_for
from app.accounts.google import keys_of
from app.accounts.providers import authorities
from integrations.credentials.google.caller import Caller, api
from integrations.credentials.google.tokens import connect
from integrations.credentials.google.trouble import NO_API, NotLetIn, NoToken, Refusal
from integrations.http import NotAnswered, NotReached

_GUIDE = "docs/connect-gmail.md"
_NAMES = {About.MAIL: "Gmail API", About.CALENDAR: "Google Calendar API"}


def ask(question: Question) -> None:
    """Raises Ailing, and InvalidInput where a setting is missing or wrong."""
    settings = question.settings
    feature = Feature.SEND if question.about is About.MAIL else Feature.TITLES
    keys = keys_of(settings, question.grants, question.clock, (feature,))
    ca_file = authorities(settings.accounts_ca_file)
    try:
        with Caller.open(
            keys, question.account, seconds=question.seconds, clock=question.clock, ca_file=ca_file
        ) as caller:
            _require_scopes(question, caller.scopes)
            if question.about is About.MAIL:
                caller.call(_api(question, "gmail", "v1").users().drafts().list(userId="me", maxResults=1))
            else:
                _ask_calendar(question, caller)
    except NotLetIn as error:
        raise Ailing.told(str(error), otherwise=f"see {_GUIDE}") from None
    except NoToken as error:
        raise Ailing.told(str(error), otherwise="ask again later") from None
    except Refusal as refused:
        raise _refused(question, refused) from None
    except (NotReached, NotAnswered) as error:
        raise unreachable("Google", error, setting="GOOGLE_API_URL") from None


def _require_scopes(question: Question, granted: tuple[str, ...]) -> None:
    """Mail needs all of its scopes; of a calendar, busy times without their titles are enough."""
    needed = scopes_for(GOOGLE, [Feature.SEND if question.about is About.MAIL else Feature.CALENDAR])
    lacking = missing(needed, granted)
    if lacking:
        raise Ailing(f"its owner did not agree to {', '.join(lacking)}", _connect_again(question))


def _ask_calendar(question: Question, caller: Caller) -> None:
    now, calendars = question.clock.now(), _api(question, "calendar", "v3")
    until = now + timedelta(minutes=1)
    limits = {"timeMin": now.isoformat(), "timeMax": until.isoformat()}
    if Feature.TITLES in features_of(GOOGLE, caller.scopes):
        caller.call(calendars.events().list(calendarId="primary", singleEvents=True, maxResults=1, **limits))
        return
    said = caller.call(calendars.freebusy().query(body={**limits, "items": [{"id": question.account}]}))
    if said.get("calendars", {}).get(question.account, {}).get("errors"):
        raise Ailing("Google shows no calendar of its owner", "have its owner look at Google Calendar's settings")


def _api(question: Question, name: str, version: str) -> Any:
    return api(name, version, root=question.settings.google_api_url or None)


def _refused(question: Question, refused: Refusal) -> Ailing:
    if refused.reason in NO_API:
        name = _NAMES[question.about]
        return Ailing(f"the house's project has no {name}", f"switch it on in the Google Cloud console ({_GUIDE})")
    if refused.is_limit or refused.status >= 500:
        return Ailing(str(refused), "ask again later")
    if refused.status == 403:
        return Ailing(f"{refused}: its owner has not allowed it", _connect_again(question))
    return Ailing(str(refused), "look at COUNTERSIGN_GOOGLE_API_URL if it is set")


def _connect_again(question: Question) -> str:
    return f"run {connect(question.account)} with --for for all that it is for, and leave all boxes ticked"
