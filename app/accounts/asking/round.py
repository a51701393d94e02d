"""Every question that the doctor puts, side by side and within one time for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from app.accounts.asking.question import About, Ailing, Question
from app.accounts.features import GOOGLE, ICS, MICROSOFT, Feature, features_of
from app.accounts.telling import NAMES
from app.core.clock import SystemClock
from app.core.errors import CountersignError, InvalidInput
from app.core.grants import Grants
from app.core.ports import People
from app.mailboxes import OF_ACCOUNTS, chosen, signs_in
from app.outside import calendars_at, crm_at, sees_all
from app.settings import Settings
from app.store.grants import SealedGrant
from app.symptoms import Symptom, fine, missing, optional
from integrations.http import Deadline

WHOLE_SECONDS = 30.0
"""Nothing is asked any more after that; what was asked by then is waited for, some seconds at most."""
_EACH_SECONDS = 10.0
_AT_ONCE = 8
_SHOWS_TIME = frozenset({Feature.CALENDAR, Feature.TITLES})


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which account is asked, where, and about what."""

    provider: str
    account: str
    about: About

    @property
    def what(self) -> str:
        """How the doctor's line begins."""
        return f"asked: {self.about} of {self.account}"


def ask_all(
    settings: Settings,
    open_ones: Sequence[SealedGrant],
    grants: Grants,
    people: People,
    *,
    seconds: float = WHOLE_SECONDS,
) -> Iterator[Symptom]:
    """One line for each account and what it is for. Nothing is changed there; a token may be renewed on the way, and
    an account is closed whose token is taken no more, as with every other use.
    """
    wanted = list(dict.fromkeys(_wanted(settings, open_ones, people)))
    if not wanted:
        yield optional("asked", "nobody: no account is connected", "docs/accounts.md says how to connect one")
        return
    answer = partial(_answer, settings=settings, grants=grants, deadline=Deadline(seconds))
    with ThreadPoolExecutor(min(_AT_ONCE, len(wanted)), "asking") as pool:
        yield from pool.map(answer, wanted)


def _wanted(settings: Settings, open_ones: Sequence[SealedGrant], people: People) -> Iterator[Asked]:
    mail, calendars, crm = _chosen_for_all(settings)
    for grant in open_ones:
        features = features_of(grant.provider, grant.scopes)
        asked = partial(Asked, provider=grant.provider, account=grant.account)
        if Feature.SEND in features or (mail == grant.provider and not features):
            yield asked(about=About.MAIL)
        if not _SHOWS_TIME.isdisjoint(features):
            yield asked(about=About.CALENDAR)
        if crm == grant.provider and grant.account == settings.crm_account.strip().lower():
            yield asked(about=About.CRM)
    first = next((person.email.lower() for person in people.everybody()), None)
    if first is not None:  # one permission for everybody: what it does for one shows what it does for all
        if mail and signs_in(settings) is None:
            yield Asked(provider=mail, account=first, about=About.MAIL)
        if calendars and sees_all(settings, calendars):
            yield Asked(provider=calendars, account=first, about=About.CALENDAR)


def _chosen_for_all(settings: Settings) -> tuple[str | None, str, str]:
    """Where mail leaves from accounts, and where calendars and deals are read; what is wrong has a line already."""
    try:
        return OF_ACCOUNTS.get(chosen(settings)), calendars_at(settings), crm_at(settings)
    except InvalidInput:
        return None, "", ""


def _answer(asked: Asked, *, settings: Settings, grants: Grants, deadline: Deadline) -> Symptom:
    left = deadline.left()
    if not left:
        return optional(asked.what, "was not asked: the time was up", "run it again")
    question = Question(
        about=asked.about,
        account=asked.account,
        settings=settings,
        grants=grants,
        clock=SystemClock(),
        seconds=min(_EACH_SECONDS, left),
    )
    try:
        _put(asked.provider, question)
    except Ailing as ailing:
        return missing(asked.what, ailing.found, ailing.mend)
    except CountersignError as error:
        return missing(asked.what, str(error), _GUIDES.get(asked.provider, "docs/accounts.md says what to do"))
    return fine(asked.what, f"{NAMES[asked.provider]} answers")


def _put(provider: str, question: Question) -> None:
    """Ask. The provider's library is loaded now: nobody who does not ask has to have it."""
    try:
        module = import_module(f"app.accounts.asking.{provider}")
    except ImportError as error:
        if (error.name or "").partition(".")[0] in ("app", "integrations"):
            raise
        raise Ailing("its library is not installed", f"run `pip install 'countersign[{provider}]'`") from None
    module.ask(question)


_GUIDES = {
    GOOGLE: "docs/connect-gmail.md says what to do",
    MICROSOFT: "docs/connect-outlook.md says what to do",
    ICS: "docs/accounts.md says what to do",
}
