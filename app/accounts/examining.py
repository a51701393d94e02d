"""What the doctor finds about mail and accounts. Unless it is to ask, it looks only: no provider is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.accounts.asking.round import ask_all
from app.accounts.features import ICS, Feature, missing, scopes_for
from app.accounts.grants import KeptGrants
from app.accounts.providers import door
from app.accounts.service import LET_GO, Account, Accounts, Standing
from app.accounts.telling import NAMES, how_to_connect
from app.core.clock import SystemClock
from app.core.errors import CountersignError, InvalidInput
from app.core.grants import Grant
from app.core.ids import RandomIds
from app.core.ports import People, World
from app.identity.vault import SETTING, Vault
from app.mailboxes import OUTBOX, SMTP, chosen, open_mail, signs_in
from app.outside import calendars_at, crm_at, open_crm, sees_all
from app.settings import Settings
from app.store.store import Store
from app.symptoms import Symptom, fine, optional
from app.symptoms import missing as is_missing

_WHAT = "mailboxes"
_MOST_NAMED = 5


def mail(settings: Settings, world: World) -> Iterator[Symptom]:
    """Where mail leaves, and which setting is missing for it."""
    try:
        name = chosen(settings)
        open_mail(settings, _NobodysGrants(), clock=SystemClock(), domains=world.own_domains)
    except InvalidInput as error:
        setting = (error.field or "mail").replace(".", "_").upper()
        yield is_missing(_WHAT, str(error), f"set COUNTERSIGN_{setting}; docs/accounts.md says what to")
        return
    except CountersignError as error:
        yield is_missing(_WHAT, str(error), "install it, or set COUNTERSIGN_MAIL to something else")
        return
    if name == OUTBOX:
        found = f"none is connected; mail goes to {settings.outbox}"
        yield optional(_WHAT, found, "set COUNTERSIGN_MAIL to gmail, outlook or smtp (docs/accounts.md)")
    elif name == SMTP:
        yield fine(_WHAT, f"mail leaves through {settings.mail_smtp_host}, for {', '.join(world.own_domains)}")
    else:
        whose = "that their owners connect" if signs_in(settings) else "whose owners need not sign in"
        yield fine(_WHAT, f"mail leaves from senders' own, {whose}, by {name}")


def accounts(settings: Settings, store: Store, people: People, *, ask: bool) -> Iterator[Symptom]:
    """One line for each connected account, and one for senders who have not connected theirs.

    `ask`: every account is asked something, too; that alone calls anybody.
    """
    vault = Vault(settings.secret_key.get_secret_value())
    grants = KeptGrants(store=store, vault=vault, people=people, clock=SystemClock(), ids=RandomIds())
    found = Accounts(grants=grants, door=lambda name: door(name, settings)).every(by=None)
    try:
        needed = signs_in(settings)
    except InvalidInput:
        needed = None
    for account in found:
        yield _seen(account, sends=account.grant.provider == needed)
    if needed is not None:
        yield from _unconnected(needed, found, people)
    yield from _calendars(settings, found, people)
    yield from _crm(settings, found)
    if ask:
        open_ones = [account.grant for account in found if account.standing is Standing.OPEN]
        yield from ask_all(settings, open_ones, grants, people)


def _seen(account: Account, *, sends: bool) -> Symptom:
    grant = account.grant
    what = f"account {grant.account}"
    where, connect = (
        NAMES.get(grant.provider, grant.provider),
        f"run `{how_to_connect(grant.provider, grant.account)}`",
    )
    match account.standing:
        case Standing.CLOSED if grant.closed == LET_GO:
            return optional(what, f"was disconnected from {where}", connect)
        case Standing.CLOSED:
            return is_missing(what, f"{where} lets the gate in no more: {grant.closed}", connect)
        case Standing.SEALED:
            found = f"its tokens of {where} are encrypted under a key that is not in {SETTING}"
            return is_missing(what, found, f"add the key again at the end of {SETTING}, or {connect}")
    lacking = missing(scopes_for(grant.provider, [Feature.SEND]), grant.scopes) if sends else ()
    if lacking:
        return is_missing(what, f"its owner did not agree to {', '.join(lacking)}", f"{connect}, and agree to all")
    return fine(what, f"connected at {where} for {', '.join(account.features) or 'nothing'}")


def _unconnected(provider: str, found: Sequence[Account], people: People) -> Iterator[Symptom]:
    there = [account for account in found if account.grant.provider == provider]
    known = {account.grant.account for account in there}
    without = [person.email.lower() for person in people.everybody() if person.email.lower() not in known]
    if not without:
        return
    more = f" and {len(without) - _MOST_NAMED} more" if len(without) > _MOST_NAMED else ""
    words = f"nobody has connected {', '.join(without[:_MOST_NAMED])}{more}: mail in their name waits"
    mend = f"have each run `{how_to_connect(provider, without[0])}`"
    some_leaves = any(account.standing is Standing.OPEN for account in there)
    yield optional("senders", words, mend) if some_leaves else is_missing("senders", words, mend)


def _calendars(settings: Settings, found: Sequence[Account], people: People) -> Iterator[Symptom]:
    """Whose calendars are asked, where that is not the world folder's business."""
    try:
        at = calendars_at(settings)
    except InvalidInput as error:
        yield is_missing("calendars", str(error), "set COUNTERSIGN_CALENDARS to one of them")
        return
    if not at:
        return
    seen = [a for a in found if a.grant.provider == at and a.standing is Standing.OPEN and _shows_time(a)]
    where = NAMES.get(at, at)
    if sees_all(settings, at):
        yield fine("calendars", f"at {where}, for everybody")
        return
    known = {account.grant.account for account in seen}
    without = [person.email.lower() for person in people.everybody() if person.email.lower() not in known]
    if not without:
        yield fine("calendars", f"at {where}, everybody has connected theirs")
        return
    more = f" and {len(without) - _MOST_NAMED} more" if len(without) > _MOST_NAMED else ""
    names = f"{', '.join(without[:_MOST_NAMED])}{more}"
    if at == ICS:
        words = f"nobody has handed in an address for {names}: their drafts that name a time go to review"
        yield optional("calendars", words, f"have each run `{how_to_connect(at, without[0])}`")
        return
    words = (
        f"{names} have not connected theirs at {where}: unless another account sees when they are busy, drafts that "
        "name a time go to review"
    )
    yield optional("calendars", words, f"have each run `{how_to_connect(at, without[0])} --for send,calendar`")


def _crm(settings: Settings, found: Sequence[Account]) -> Iterator[Symptom]:
    """Whose CRM is read, where that is not the world folder's business."""
    try:
        at = crm_at(settings)
        open_crm(settings, _NobodysGrants(), clock=SystemClock())
    except InvalidInput as error:
        setting = (error.field or "crm").replace(".", "_").upper()
        yield is_missing("crm", str(error), f"set COUNTERSIGN_{setting}; docs/connect-crm.md says what to")
        return
    except CountersignError as error:
        yield is_missing("crm", str(error), "install it, or mend the file")
        return
    if not at:
        return
    account, where = settings.crm_account.strip().lower(), NAMES.get(at, at)
    open_ones = {a.grant.account for a in found if a.grant.provider == at and a.standing is Standing.OPEN}
    if account in open_ones:
        yield fine("crm", f"{where}, as {account}")
    else:
        found_words = f"nobody has connected {account} at {where}: every draft goes to review"
        yield is_missing("crm", found_words, f"run `{how_to_connect(at, account)}`")


def _shows_time(account: Account) -> bool:
    return not {Feature.CALENDAR, Feature.TITLES}.isdisjoint(account.features)


class _NobodysGrants:
    """Mail is only opened here, which asks for nobody's grant."""

    def of(self, provider: str, account: str) -> Grant | None:
        """None."""

    def all_of(self, provider: str) -> tuple[Grant, ...]:  # noqa: ARG002 - there is none
        """None."""
        return ()

    def renewed(self, grant: Grant, secret: str) -> Grant:  # noqa: ARG002 - nothing is kept
        """As it was."""
        return grant

    def closed(self, grant: Grant, reason: str) -> None:
        """There is none."""
