"""The house's own application at Google, and what it asks an owner for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.core.errors import InvalidInput

PROVIDER = "google"

_AUTH = "https://www.googleapis.com/auth/"
COMPOSE = f"{_AUTH}gmail.compose"
METADATA = f"{_AUTH}gmail.metadata"
READONLY = f"{_AUTH}gmail.readonly"
MODIFY = f"{_AUTH}gmail.modify"
FREEBUSY = f"{_AUTH}calendar.freebusy"
EVENTS = f"{_AUTH}calendar.events.readonly"

IDENTITY = ("openid", f"{_AUTH}userinfo.email")
"""Asked for at every sign-in, so that Google says whose account it is."""

FEATURES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "send": (COMPOSE, READONLY),
        "replies": (READONLY,),
        "label": (COMPOSE, MODIFY),
        "calendar": (FREEBUSY,),
        "titles": (FREEBUSY, EVENTS),
    }
)
"""The least that each feature needs. `label` marks sent mail; `titles` tells leave from a meeting.

Sending reads drafts and sent mail back. The narrower metadata scope would not do: Google documents that with it
nobody may read a mail's bytes or search, so a draft that was edited by hand could not be told from the approved one.
"""


def scopes_for(*features: str) -> tuple[str, ...]:
    """What to ask an owner for. Raises InvalidInput for a feature that there is not."""
    unknown = [feature for feature in features if feature not in FEATURES]
    if unknown:
        raise InvalidInput(f"there is no feature {unknown[0]!a}; choose from {', '.join(FEATURES)}", field="for")
    return tuple(dict.fromkeys(scope for feature in features for scope in FEATURES[feature]))


@dataclass(frozen=True, kw_only=True, slots=True)
class GoogleApp:
    """An OAuth client of the kind "Desktop app", from the Google Cloud console, and where Google is."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_uri: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    revoke_uri: str = "https://oauth2.googleapis.com/revoke"
    userinfo_uri: str = "https://openidconnect.googleapis.com/v1/userinfo"
    ca_file: str | None = None
    """Authorities to trust instead of the system's."""
