"""What an account can be connected for, and the least that each provider has to be asked for it.

The scopes stand here as well as in the providers' own modules, for those need libraries that may not be installed; a
test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from app.core.errors import InvalidInput

GOOGLE, MICROSOFT = "google", "microsoft"
SALESFORCE, HUBSPOT = "salesforce", "hubspot"
ICS = "ics"
"""Calendars that are published, each at a private address."""
_ALIASES = {"gmail": GOOGLE, "outlook": MICROSOFT}


class Feature(StrEnum):
    """One thing that the gate does with an account."""

    SEND = "send"
    """Lay drafts ready in the mailbox, send them, and find them again."""
    REPLIES = "replies"
    """Read what comes back: answers and bounces. `send` is enough for it."""
    LABEL = "label"
    """Mark sent mail. At Microsoft there is none."""
    CALENDAR = "calendar"
    """See when the owner is busy, and nothing of why."""
    TITLES = "titles"
    """See what for, too, so that leave is told from a meeting. At Microsoft `calendar` is enough."""
    CRM = "crm"
    """Read deals, accounts and contacts, and write what was approved as an action."""


_G = "https://www.googleapis.com/auth/"
_COMPOSE, _METADATA, _READONLY, _MODIFY = (
    f"{_G}gmail.{name}" for name in ("compose", "metadata", "readonly", "modify")
)
_FREEBUSY, _EVENTS = f"{_G}calendar.freebusy", f"{_G}calendar.events.readonly"
SCOPES: Mapping[str, Mapping[Feature, tuple[str, ...]]] = {
    GOOGLE: {
        Feature.SEND: (_COMPOSE, _READONLY),
        Feature.REPLIES: (_READONLY,),
        Feature.LABEL: (_COMPOSE, _MODIFY),
        Feature.CALENDAR: (_FREEBUSY,),
        Feature.TITLES: (_FREEBUSY, _EVENTS),
    },
    MICROSOFT: {
        Feature.SEND: ("Mail.ReadWrite", "Mail.Send"),
        Feature.CALENDAR: ("Calendars.ReadBasic",),
    },
    SALESFORCE: {Feature.CRM: ("api", "refresh_token")},
    HUBSPOT: {Feature.CRM: ("private-app",)},
    ICS: {Feature.CALENDAR: ("private-address",)},
}
_COVERED_BY = {_READONLY: (_MODIFY,), _COMPOSE: (_MODIFY,)}
"""Which wider scopes a narrower one is part of."""


def provider_named(name: str) -> str:
    """The provider, also by the name of its mail. Raises InvalidInput for what is none."""
    word = name.strip().lower()
    provider = _ALIASES.get(word, word)
    if provider not in SCOPES:
        raise InvalidInput(f"'{name}' is none of {', '.join(SCOPES)}", field="provider")
    return provider


def features_named(provider: str, words: str) -> tuple[Feature, ...]:
    """The features of a list with commas, each once; the provider's first where none is named.

    Raises InvalidInput for what the provider does not have.
    """
    possible = SCOPES[provider_named(provider)]
    named = list(dict.fromkeys(word.strip().lower() for word in words.split(",") if word.strip()))
    unknown = [word for word in named if word not in list(possible)]
    if unknown:
        raise InvalidInput(f"'{unknown[0]}' is unknown; possible are {', '.join(possible)}", field="for")
    return tuple(Feature(word) for word in named) or (next(iter(possible)),)


def scopes_for(provider: str, features: Iterable[Feature]) -> tuple[str, ...]:
    """What the owner is asked to agree to, each once."""
    return tuple(dict.fromkeys(scope for feature in features for scope in SCOPES[provider][feature]))


def missing(wanted: Iterable[str], granted: Iterable[str]) -> tuple[str, ...]:
    """What was asked for and not agreed to. Providers spell a scope with or without its address, in any case."""
    agreed = {_short(scope) for scope in granted}
    return tuple(scope for scope in wanted if not agreed & {_short(s) for s in (scope, *_COVERED_BY.get(scope, ()))})


def features_of(provider: str, granted: Sequence[str]) -> tuple[Feature, ...]:
    """What an account with these scopes can be used for."""
    return tuple(feature for feature, scopes in SCOPES.get(provider, {}).items() if not missing(scopes, granted))


def _short(scope: str) -> str:
    return scope.rstrip("/").rpartition("/")[2].casefold()
