"""Keys and tokens that programs sign in with, known by their form or by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.content.scanning import holding, stems
from app.checks.content.secret import BLANK, Secret, first_letters, is_stand_in
from app.checks.turns import Turns
from extractors.lazily import compiled

_FORMATS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,9000}?-----END [A-Z ]*PRIVATE KEY"
    r"(?: BLOCK)?-----|[^\n]*)",
    "an AWS access key": r"\b(?:AKIA|ASIA)[A-Z0-9]{12,20}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,})",
    "a GitLab token": r"\bglpat-[\w-]{16,}",
    "a Slack token": r"\bxox[abeprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}",
    "a Slack webhook": r"\bhooks\.slack\.com/(?:services|workflows)/T\w{6,}/[\w/]{8,}",
    "a Stripe key": r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9]{16,}",
    "a Google key": r"\bAIza[\w-]{30,}|\bGOCSPX-[\w-]{16,}|\bya29\.[\w-]{20,}",
    "a SendGrid key": r"\bSG\.[\w-]{16,}\.[\w-]{16,}",
    "an OpenAI key": r"\bsk-(?:proj-)?[A-Za-z0-9_-]{20,}",
    "an npm token": r"\bnpm_[A-Za-z0-9]{30,}",
    "a PyPI token": r"\bpypi-[\w-]{30,}",
    "a Hugging Face token": r"\bhf_[A-Za-z0-9]{24,}",
    "a Mailgun key": r"\bkey-[0-9a-f]{32}\b",
    "a signed web token": r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}",
}
_KNOWN = Turns("|".join(f"({pattern})" for pattern in _FORMATS.values()))
_KNOWN_STEMS = stems(
    "PRIVATE KEY|AKIA|ASIA|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xox|xapp-|hooks.slack|_live_|_test_|whsec_"
    "|AIza|GOCSPX|ya29."
    "|SG.|sk-|npm_|pypi-|hf_|key-|eyJ"
)
_CALLED_STEMS = stems("key|token|secret|bearer|basic|PASSW")
_CONNECTION_STEMS = stems("://|password=|pwd=|accountkey=|accesskey=")
_LINK_STEMS = stems("://")

_VALUE = r"(?P<value>(?=[^\s\"']{0,80}\d)(?=[^\s\"']{0,80}[A-Za-z])[\w.~+/=-]{10,})"
_CALLED = compiled(
    rf"""
      (?<![?&\#;]) \b (?: api[ _-]?(?:key|token|secret) | (?:secret|access|private|signing|master|service|admin
        |deploy)[ _-]?
             (?:access[ _-]?)?(?:key|token)
           | (?:client|shared|app)[ _-]?secret | (?:auth\w*|refresh|session|personal\ access)[ _-]?token
        | webhook[ _-]?secret
        | token(?=\s*[:=]\s*[\w-]{{16}}) )
      \b ["']? (?: \s+ (?:for|to|of|on) \s+ [\w .-]{{1,40}}? )? \s* (?: is | : | = | → )+ \s* ["'“`]? {_VALUE}
    | \b (?: authorization\s*:\s* )? bearer \s+ (?P<bearer>(?=\S{{0,60}}\d)[\w.~+/=-]{{16,}})
    | \b authorization \s*:\s* basic \s+ (?P<basic>[\w+/=]{{8,}})
    | (?-i:\b[A-Z][A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|ACCESS_KEY|SECRET_KEY)) \s*=\s*
      ["']? (?P<variable>[^\s"']{{6,}})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONNECTION = compiled(
    r"\b(?P<scheme>[a-z][a-z0-9+.-]{1,20})://(?P<userinfo>[^\s:/@\"'<>?#]{0,80}:(?P<password>[^\s@/\"'<>]{2,80})@)[\w.-]+",
    re.IGNORECASE,
)
_SETTINGS = compiled(
    r"\b(?:server|data source|host|uid|user ?id|accountname|endpoint)=[^;\n]{1,120};[^\n]{0,300}?"
    r"\b(?:password|pwd|accountkey|sharedaccesskey)=(?P<value>[^;\s\"']{4,})",
    re.IGNORECASE,
)
_LINK = compiled(r"https?://[^\s<>\"'”’)\]]+", re.IGNORECASE)
_PARAMETER = compiled(
    r"[?&#;](?:(?:access|auth|id|refresh|api|login|reset|magic)?[_-]?token|api[_-]?key|(?:client[_-]?)?secret"
    r"|pass(?:word|wd)?"
    r"|pwd|session(?:[_-]?id)?|sid|jwt|sig|x-amz-(?:signature|security-token)"
    r"|x-goog-signature)=(?P<value>[^&#\s]{6,})",
    re.IGNORECASE,
)
_HARMLESS_LINK = compiled(
    r"unsubscri|opt-?out|preferences|zoom\.|teams\.(?:microsoft|live)|meet\.google|webex|whereby|gotomeet|goto\.com"
    r"|calendly|chime\.aws",
    re.IGNORECASE,
)
"""Whoever has these links may take part in a meeting or leave a list, and nothing else."""


def known_keys(text: str, start: int, end: int) -> Iterator[Secret]:
    """Keys of well-known formats, and values that are called keys."""
    names = list(_FORMATS)
    for first, _ in holding(text, start, end, _KNOWN_STEMS):
        for match in _KNOWN.finditer(text, first, end):
            what = names[(match.lastindex or 1) - 1]
            mask = BLANK if what == "a private key" else first_letters(match[0])
            yield Secret(what=what, start=match.start(), end=match.end(), mask=mask)
        break
    for first, last in holding(text, start, end, _CALLED_STEMS, lines=2):
        for match in _CALLED.finditer(text, first, last):
            group = match.lastgroup or "value"
            if not is_stand_in(match[group]):
                what = "a bearer token" if group == "bearer" else "a key"
                yield Secret(
                    what=what, start=match.start(group), end=match.end(group), mask=first_letters(match[group])
                )


def connection_strings(text: str, start: int, end: int) -> Iterator[Secret]:
    """Passwords within the address of a database or a site."""
    what = "an address with a password in it"
    for first, last in holding(text, start, end, _CONNECTION_STEMS):
        for pattern, group in ((_CONNECTION, "password"), (_SETTINGS, "value")):
            for match in pattern.finditer(text, first, last):
                if not is_stand_in(match[group]):
                    yield Secret(what=what, start=match.start(group), end=match.end(group), mask=BLANK)


def userinfo(text: str, secret: Secret) -> tuple[int, int] | None:
    """The `user:password@` of a web address around a secret: without it the link still leads there."""
    for match in _CONNECTION.finditer(text, text.rfind("\n", 0, secret.start) + 1):
        if match.span("password") == (secret.start, secret.end):
            return match.span("userinfo") if match["scheme"].lower() in {"http", "https"} else None
    return None


def links_with_tokens(text: str, start: int, end: int) -> Iterator[Secret]:
    """Links that sign in whoever has them."""
    for first, last in holding(text, start, end, _LINK_STEMS):
        for link in _LINK.finditer(text, first, last):
            if not _HARMLESS_LINK.search(link[0]):
                yield from _tokens(text, *link.span())


def _tokens(text: str, start: int, end: int) -> Iterator[Secret]:
    for match in _PARAMETER.finditer(text, start, end):
        if not is_stand_in(match["value"]):
            span = match.span("value")
            yield Secret(what="a link that signs in whoever has it", start=span[0], end=span[1], mask=BLANK)
