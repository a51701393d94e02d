"""Action, object and recipient of a commitment, from the words around its verb."""

import re
from dataclasses import dataclass

from extractors.commitments.words import base_form
from extractors.lazily import compiled

_RECIPIENT = compiled(
    r"\b(?:to|for|with|of|by)[ ]+(?P<to>you both|both of you|you and [A-Z]\w+|you|u|your [\w-]+"
    r"(?: [\w-]+)?|[A-Z]\w+(?: [A-Z]\w+)?|the (?:customer|client|hospital|department|team|group))\b"
)
_DIRECT = compiled(
    r"(?:back )?(?P<who>you both|both of you|you all|you|u|them|him|her|each of you|every attendee"
    r"|the two of you)\b[ ]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PARTICLE = compiled(
    r"(?P<particle>up|out|over|back|in|off|down|through|on|away|together|around)\b[ ]*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OBJECT_END = compiled(
    r"[,;:.!?()–—]|[ ]+(?:by|on|at|in|to|for|with|from|within|before|after|as|if|when|once|until|till|so"
    r"|and (?:i|we|have|get|send|share|call|bring|drop)|that|which|provided|unless|through|via|over|under"
    r"|during|against|because|about|regarding|ready|back|free of charge|at no)\b",
    re.IGNORECASE,
)
_NO_OBJECT = compiled(
    r"^(?:by|on|at|in|to|for|with|from|within|before|after|as|if|when|once|until|so|and|that|shortly|soon"
    r"|again|then|right|asap|accordingly|separately|back|later|early|late|next|this|tomorrow|today|tonight"
    r"|it is|you know)\b",
    re.IGNORECASE,
)
_LEADING_TO = frozenset(
    {
        "try",
        "hope",
        "plan",
        "aim",
        "intend",
        "expect",
        "propose",
        "undertake",
        "commit",
        "promise",
        "agree",
        "offer",
        "go",
    }
)
_LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Slots:
    """Who gets what by which action; the object and recipient as written."""

    action: str | None
    object: str | None
    recipient: str | None


def slots_of(clause: str, verb: str | None, verb_end: int, *, dates: list[tuple[int, int]]) -> Slots:
    """The slots of a clause whose action ends at `verb_end`; dates are no objects."""
    if verb is None:
        return Slots(action=None, object=_noun_phrase(_masked(clause, dates)), recipient=_named_recipient(clause))
    first = verb.split()[0]
    action = base_form(first)
    after = _masked(clause, dates)[verb_end:].strip()
    to_verb = re.match(r"to[ ]+(?P<verb>[a-z-]+)[ ]*(?P<rest>.*)$", after, re.IGNORECASE | re.DOTALL)
    if action in _LEADING_TO and to_verb:
        action, after = base_form(to_verb["verb"]), to_verb["rest"]
    recipient: str | None = None
    direct = _DIRECT.match(after)
    if direct:
        recipient, after = direct["who"], direct["rest"]
    particle = _PARTICLE.match(after)
    if particle:
        action, after = f"{action} {particle['particle'].lower()}", particle["rest"]
    found = _noun_phrase(after)
    return Slots(action=action, object=found, recipient=recipient or _named_recipient(after))


def _masked(clause: str, dates: list[tuple[int, int]]) -> str:
    for start, end in dates:
        clause = f"{clause[:start]}{';' * (end - start)}{clause[end:]}"
    return clause


def _noun_phrase(text: str) -> str | None:
    if not text or _NO_OBJECT.match(text):
        return None
    end = _OBJECT_END.search(text)
    phrase = (text[: end.start()] if end else text).strip(" \"'")
    return phrase[:_LONGEST] or None


def _named_recipient(text: str) -> str | None:
    match = _RECIPIENT.search(text)
    return match["to"] if match else None
