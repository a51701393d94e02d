"""A double of our own of Google's sign-in: who agreed to what, and the tokens that came of it."""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from tests.emulators.google.calls import Call, Reply, reply


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What somebody agreed to."""

    email: str
    scopes: tuple[str, ...]
    challenge: str = ""


class SignInDouble:
    """Gives out codes and tokens. `grants_only` narrows what people agree to; `signs_in_as` is who they are."""

    def __init__(self) -> None:
        self.grants_only: frozenset[str] | None = None
        self.signs_in_as = ""
        self.denies = False
        self._numbers = itertools.count(1)
        self._codes: dict[str, Agreed] = {}
        self._refresh: dict[str, Agreed] = {}
        self._access: dict[str, Agreed] = {}

    def who(self, token: str) -> Agreed | None:
        """Whose access token it is."""
        return self._access.get(token)

    def __call__(self, call: Call) -> Reply | None:
        """The answer, where the call is about signing in."""
        form = dict(parse_qsl(call.body.decode())) if call.method == "POST" and call.body[:1] != b"{" else {}
        match call.method, call.path:
            case "GET", "/o/oauth2/v2/auth":
                return self._agree({name: values[0] for name, values in call.query.items()})
            case "POST", "/oauth2/token":
                return self._exchange(form)
            case "POST", "/oauth2/revoke":
                known = self._refresh.pop(form["token"], None)
                return reply({}) if known else reply({"error": "invalid_token"}, status=400)
            case "GET", "/oauth2/v2/userinfo":
                agreed = self._access.get(call.bearer)
                return reply({"email": agreed.email}) if agreed else reply({}, status=401)
        return None

    def _agree(self, asked: Mapping[str, str]) -> Reply:
        scopes = tuple(s for s in asked["scope"].split() if self.grants_only is None or s in self.grants_only)
        email = self.signs_in_as or asked["login_hint"]
        code = f"code-{next(self._numbers)}"
        self._codes[code] = Agreed(email=email, scopes=scopes, challenge=asked.get("code_challenge", ""))
        told = {"error": "access_denied"} if self.denies else {"code": code, "scope": " ".join(scopes)}
        back = f"{asked['redirect_uri']}?{urlencode({**told, 'state': asked['state']})}"
        return Reply(status=302, headers={"Location": back})

    def _exchange(self, form: Mapping[str, str]) -> Reply:
        if form["grant_type"] == "refresh_token":
            agreed = self._refresh.get(form["refresh_token"])
            return self._given(agreed) if agreed else reply({"error": "invalid_grant"}, status=400)
        agreed = self._codes.pop(form["code"], None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if agreed is None or agreed.challenge != base64.urlsafe_b64encode(verifier).decode().rstrip("="):
            return reply({"error": "invalid_grant"}, status=400)
        refresh = f"refresh-{next(self._numbers)}"
        self._refresh[refresh] = agreed
        return self._given(agreed, refresh_token=refresh)

    def _given(self, agreed: Agreed, **more: str) -> Reply:
        token = f"access-{next(self._numbers)}"
        self._access[token] = agreed
        kind = {"token_type": "Bearer", "expires_in": 3600, "scope": " ".join(agreed.scopes)}
        return reply({"access_token": token, **kind, **more})

    def let_in(self, email: str, scopes: tuple[str, ...]) -> tuple[str, str]:
        """The access and the refresh token of somebody who has agreed."""
        refresh, agreed = f"refresh-{next(self._numbers)}", Agreed(email=email, scopes=scopes)
        self._refresh[refresh] = agreed
        return str(self._given(agreed).json["access_token"]), refresh
