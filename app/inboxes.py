"""Which mailboxes are followed, and how, by the settings and by what their owners have agreed to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from app.accounts.features import GOOGLE, MICROSOFT, Feature, features_of
from app.accounts.for_mail import GrantsForMail
from app.accounts.grants import KeptGrants
from app.accounts.providers import provider
from app.core.clock import Clock
from app.core.errors import InvalidInput
from app.core.inbox import Inbox
from app.core.left_drafts import LeftDrafts
from app.core.ports import MailProvider, People, World
from app.gate import Gate
from app.inbox.conversations import TakenInConversations
from app.inbox.leaving import LeavingAsLeft
from app.inbox.left import LeftTaking
from app.inbox.polling import Polling
from app.inbox.taking_in import Taking
from app.mailboxes import OF_ACCOUNTS, chosen, signs_in
from app.settings import Settings
from app.store.cursors import Mailbox
from app.store.store import Store

_ENOUGH = frozenset({Feature.REPLIES, Feature.SEND})
"""Either lets the gate read what comes back."""
_MARKS_BY = {GOOGLE: Feature.LABEL, MICROSOFT: Feature.SEND}
"""What lets the gate mark drafts where they lie. A category in Outlook needs no more than sending does."""


def open_polling(
    settings: Settings, gate: Gate, grants: KeptGrants, *, base: Clock, left: LeftDrafts | None = None
) -> Polling:
    """What looks into the mailboxes; no library is loaded before there is one. `base` is the providers' real time.

    `left`: where drafts are left for the gate, as `open_left` gives it; None where none are taken in.
    """
    source = OF_ACCOUNTS.get(chosen(settings)) if left is not None else None

    @cache
    def inbox(name: str) -> Inbox:
        return provider(name).open_inbox(settings, GrantsForMail(grants), base)

    def besides(mailbox: Mailbox) -> None:
        provider_name, account = mailbox
        if left is not None and provider_name == source and _may_mark(settings, grants, mailbox):
            LeftTaking(provider=provider_name, gate=gate, left=left).look(account)

    return Polling(
        store=gate.store,
        clock=gate.clock,
        mailboxes=mailboxes_followed(settings, grants, gate.assessor.world.people),
        inbox=inbox,
        every=timedelta(seconds=settings.inbox_seconds),
        kept=timedelta(days=settings.keep_incoming_days),
        taking=Taking(),
        besides=besides,
    )


def open_left(settings: Settings, grants: KeptGrants, base: Clock) -> LeftDrafts | None:
    """Where agents leave drafts, if the settings let them. Raises InvalidInput where mail leaves otherwise."""
    if not settings.inbox_submit:
        return None
    source = OF_ACCOUNTS.get(chosen(settings))
    if source is None or not settings.inbox_seconds:
        raise InvalidInput(
            "is on, and drafts are sent from where they lie at Gmail and in Outlook alone: set COUNTERSIGN_MAIL to "
            "gmail or outlook, and COUNTERSIGN_INBOX_SECONDS, or turn it off",
            field="inbox_submit",
        )
    return provider(source).open_left(settings, GrantsForMail(grants), base)


def leaving_as_left(mail: MailProvider, left: LeftDrafts | None, store: Store) -> MailProvider:
    """The provider, which lets go what was left in its mailboxes as it was left."""
    return LeavingAsLeft(inside=mail, left=left, store=store) if left is not None else mail


def _may_mark(settings: Settings, grants: KeptGrants, mailbox: Mailbox) -> bool:
    """Whether its owner lets the gate, or the house at Microsoft. Google's service account may only be let send."""
    if mailbox[0] == MICROSOFT == acts_for_all(settings):
        return True
    mine = (each for each in grants.every() if (each.provider, each.account) == mailbox and each.closed_at is None)
    return any(_MARKS_BY[each.provider] in features_of(each.provider, each.scopes) for each in mine)


def mailboxes_followed(settings: Settings, grants: KeptGrants, people: People) -> Callable[[], frozenset[Mailbox]]:
    """Those whose owners let the gate read what comes back; everybody's where the house lets it act for all."""

    def mailboxes() -> frozenset[Mailbox]:
        if not settings.inbox_seconds:
            return frozenset()
        agreed = {
            (each.provider, each.account)
            for each in grants.every()
            if each.closed_at is None and _ENOUGH & {*features_of(each.provider, each.scopes)}
        }
        for_all = acts_for_all(settings)
        everybody = {(for_all, person.email.lower()) for person in people.everybody()} if for_all else set()
        return frozenset(agreed | everybody)

    return mailboxes


def acts_for_all(settings: Settings) -> str | None:
    """The provider at which the house itself opens everybody's mailbox; None where people sign in."""
    try:
        name = OF_ACCOUNTS.get(chosen(settings))
        return name if name is not None and signs_in(settings) is None else None
    except InvalidInput:
        return None


def can_be_followed(settings: Settings) -> bool:
    """Whether there can be any mailbox to follow: one is connected, and its tokens need a key, or the house acts."""
    has_key = bool(settings.secret_key.get_secret_value())
    return settings.inbox_seconds > 0 and (has_key or acts_for_all(settings) is not None)


def with_conversations(world: World, settings: Settings, store: Store, clock: Clock) -> World:
    """The world, with what comes into the mailboxes among its facts, where any can be followed."""
    if not can_be_followed(settings):
        return world
    return replace(world, conversations=TakenInConversations(store, clock, world.conversations))
