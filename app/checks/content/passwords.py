"""Passwords and one-time codes that a text states. "We'll send the password separately" states none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.content.scanning import Stems, holding, stems
from app.checks.content.secret import BLANK, Secret, is_stand_in
from app.checks.turns import Sought, Turns
from app.checks.words import bag
from extractors.lazily import compiled

_WORD = (
    r"(?:pass(?:word|code|phrase|wd)|pw(?=\s*:)|pass[ -]code|pwd|passwort|kennwort|mot\ de\ passe|contraseña|senha"
    r"|wachtwoord"
    r"|(?-i:PIN)(?:\ code)?)"
)
_OPEN = r"[\"'“‘`(]*"
_RUN = r"[^\s\"”’`<>|]{3,64}"
_STATED = compiled(
    rf"""
      (?<![\w-]) {_WORD} (?![\w-])
      (?: \s+ (?:for|to|of|on|auf|für|pour) \s+ [^.:;=\n]{{1,50}}? )?
      (?P<joint> [ \t]* (?: [:=] | -> | → ) \s* | [ ][-–—][ ]
        | \s+ (?:is|was|ist|est|es|will\ be|has\ been\ set\ to|stays|remains)
          (?:\ (?:now|still|simply|just|currently|set\ to))? \s* :? \s+ )
      (?P<open> {_OPEN} ) (?P<value> {_RUN} )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WITHOUT_JOINT = Turns(
    rf"""
      \b (?:with|use|using|and|enter|type|try|is\ the|the|temporary|initial|default|admin)
      \s+ (?:(?:temporary|initial|default|admin|root|same)\s+)? pass(?:word|phrase) \s+
      (?P<open> {_OPEN} ) (?P<value> {_RUN} )
    | (?: ^ | [,;/&] | \b(?:with|and|user\s\S{{1,40}})) \s*
      pass(?:word|phrase|code)? (?: \s*[:=]\s* | \s+ ) (?P<loose> {_RUN} )
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_NAMED_AFTER = Turns(
    r"""
      (?P<open>) (?P<value> [^\s"'“”‘’`<>|]{6,40} ) ["”’`]? \s+ is \s+ (?:the|your|our
        |my) \s+ (?:\w+\s+)? pass(?:word|code) \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PAIR = compiled(
    rf"""
      \b (?:log-?ins?|log\ in|credentials|access\ data|zugangsdaten|sign[\ -]?in|user(?:name)?\s*(?:/|and
        |&)\s*password) \b
      [^.:=\n]{{0,40}} (?: : | = | \b(?:is|are|as|with)\b ) \s* ["“`]? [^\s"”`,;|/]{{2,60}} ["”`]?
      \s* (?: / | , | ; | \| | and | with ) \s* (?P<open> ["“`]? ) (?P<value> {_RUN} )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD_STEMS = stems(
    "password|pw:|pw :|passcode|pass code|pass-code|passphrase|passwd|pwd|passwort|kennwort|mot de passe|contraseña"
    "|senha"
    "|wachtwoord|PIN"
)
_LOOSE_STEMS = stems(
    "password|passphrase|passcode|login|log-in|log in|credential|access data|zugangsdaten|sign-in|sign in|signin"
    "|pass|username"
    "|user"
)
_CODE_STEMS = stems("code|password|token|to log|to sign| pin|OTP|TAN|PIN")
_CODE = compiled(
    r"\b(?:(?:one[- ]time|verification|security|auth(?:entication)?|log-?in|sign-?in|2fa|mfa|two-factor|otp|sms"
    r"|recovery"
    r"|backup|unlock|access|reset|alarm|door)[ -]+(?:pass)?(?:codes?|passwords?|pins?|tokens?)|(?-i:OTP|TAN))\b"
    r"(?:\s+(?:for|to)\s+[^.:\n]{1,40}?)?\s*(?:is|are|:|=)\s*[\"“`]?"
    r"(?P<value>\d{3}[ -]\d{3}|\d{4,8}|[A-Z0-9]{4,5}-[A-Z0-9]{4,5}|(?=[A-Z]{0,9}\d)[A-Z0-9]{6,10})\b"
    r"|\b(?:use|enter|type)\s+(?:(?:the|this|your)\s+)?(?:[\w-]+\s+){0,2}?(?P<used>\d{3}[ -]?\d{3})\s+to\s+(?:log"
    r"|sign)[ -]?(?:in|on)\b",
    re.IGNORECASE,
)
_MEETING_LINK = compiled(
    r"zoom\.us|teams\.(?:microsoft|live)|webex|meet\.google|gotomeet|whereby"
    r"|\b(?:meeting|webinar|conference|zoom|call)[ -](?:id|password|passcode|link|number|room)\b"
    r"|\bjoin (?:the |our |this )?(?:zoom |teams |video )?(?:meeting|call|webinar)\b|\bdial[- ]?in\b",
    re.IGNORECASE,
)
_MEETING = compiled(rf"{_MEETING_LINK.pattern}|\b(?:zoom|teams|webinar|conference|meeting|bridge)\b", re.IGNORECASE)
_NEARBY = 250
_CLOSES = compiled(
    r"[\"'”’`)]*\s*(?:$|[.,;!]+(?:\s|$)|[(/|\n]|(?:and|then|with|user|login|until|once)\b)", re.IGNORECASE
)
_IS_JOINT = compiled(r"[a-z]", re.IGNORECASE)
_MEASURE = compiled(
    r"\d+[-+]?(?:char|digit|bit|day|hour|month|min|letter|factor|step|st|nd|rd|th|x)\w*.*"
    r"|(?:sha|aes|md|rsa|oauth|tls|iso|fips|pbkdf|bcrypt|argon|2fa|mfa|utf)[-\d].*|(?:https?|www)[:.].*"
    r"|\d{1,2}[:.]\d\d.*|\d{4}|.*@.*\..*",
    re.IGNORECASE,
)
_NO_PASSWORD = bag(
    """the a an your our their its his her my this that these those it they you we i he she not no never only also
    still
    again always then now here there where when what which who how why if as at in on by to for of or and but so with
    without from via per same see sent send needed required optional wrong correct incorrect invalid valid expired
    secure
    strong weak unique temporary confidential different identical case-sensitive safe easy long short too very at
    below above attached enclosed separately separate following follows follow unknown known empty blank none n/a tbd
    tba back ready due yours ours mine theirs all any each every one two three four six eight ten twelve up done fine
    okay
    ok yes important personal private public random good bad new old key essential mandatory something someone nothing
    anything everything just being been be coming going out off over under between within during after before until
    enough part subject case least most more less like set reset kept stored shared please choose ask contact call
    text
    reply check use visit click unchanged"""
)
_NO_PASSWORD_ENDING = compiled(r"[a-z-]+(?:ed|ing|able|ible|ly|ive|less|ous)", re.IGNORECASE)


def passwords(text: str, start: int, end: int) -> Iterator[Secret]:
    """Passwords, each the first time that it is stated."""
    for match in _in_lines(_STATED, _WORD_STEMS, text, start, end):
        value = match["value"].rstrip(".,;:)")
        quoted = any(mark in match["open"] for mark in "\"'“‘`")
        rest = text[match.start("value") + len(value) : end]
        if _is_stated(
            value, joint=match["joint"], quoted=quoted, closes=bool(_CLOSES.match(rest))
        ) and not _opens_meeting(text, match, end):
            yield _secret("a password", match.start("value"), value)
    for pattern in (_WITHOUT_JOINT, _NAMED_AFTER, _PAIR):
        for match in _in_lines(pattern, _LOOSE_STEMS, text, start, end):
            group = "value" if match["value"] else "loose"
            value = match[group].rstrip(".,;:)")
            quoted = any(mark in (match["open"] or "") for mark in "\"'“‘`")
            if is_strong(value) or (quoted and len(value) >= 4 and not is_stand_in(value)):
                yield _secret("a password", match.start(group), value)


def codes(text: str, start: int, end: int) -> Iterator[Secret]:
    """One-time codes and the like; what opens a meeting is no secret to those who are invited."""
    for match in _in_lines(_CODE, _CODE_STEMS, text, start, end):
        group = "value" if match["value"] else "used"
        if re.search(r"\d", match[group]) and not _opens_meeting(text, match, end):
            yield _secret("a one-time code", match.start(group), match[group])


def _in_lines(pattern: Sought, needs: Stems, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for first, last in holding(text, start, end, needs, lines=2):
        yield from pattern.finditer(text, first, last)


def is_strong(value: str) -> bool:
    """Whether no word looks like this: digits or signs among the letters."""
    if len(value) < 6 or _MEASURE.fullmatch(value) or is_stand_in(value):
        return False
    letters = any(c.isalpha() for c in value)
    digits = any(c.isdigit() for c in value)
    signs = any(c in "!@#$%^&*+=?~_" for c in value)
    return letters and (digits or signs) and not value.isupper()


def _is_stated(value: str, *, joint: str, quoted: bool, closes: bool) -> bool:
    word = value.casefold()
    if quoted and len(value) >= 4 and not is_stand_in(value):
        return True
    if len(value) < 4 or is_stand_in(value) or _MEASURE.fullmatch(value) or word in _NO_PASSWORD:
        return len(value) == 4 and value.isdigit() and closes
    if is_strong(value):
        return True
    if "\n" in joint or not closes or joint.strip() in {"-", "–", "—"}:
        return value.isdigit() and len(value) >= 4
    return not (_IS_JOINT.search(joint) and _NO_PASSWORD_ENDING.fullmatch(value))


def _opens_meeting(text: str, match: re.Match[str], end: int) -> bool:
    near = text[max(0, match.start() - _NEARBY) : min(end, match.end() + 100)]
    is_code = not re.match(r"password|passwort|kennwort", match[0], re.IGNORECASE)
    return bool((_MEETING if is_code else _MEETING_LINK).search(near))


def _secret(what: str, start: int, value: str) -> Secret:
    return Secret(what=what, start=start, end=start + len(value), mask=BLANK)
