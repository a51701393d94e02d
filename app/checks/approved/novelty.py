"""Clauses that tell what the product does once a release is out, whatever that is."""

from __future__ import annotations

import re

from extractors.lazily import compiled

_PRODUCT = (
    r"(?:(?:the|our|your) (?:(?:driver|dispatcher|mobile|new|route|web|phone|desktop|tablet|next|coming|\w+) )?"
    r"(?:planner|product|platform|app|software|system|tool|portal|release|version|suite))"
)
_DOES_THEN = compiled(
    rf"\b{_PRODUCT} (?:(?:will|is going to|can|should|does)(?: also| then| natively| finally| even)* |also |then "
    rf"|finally )?"
    r"(?!be\b|is\b|are\b|was\b|has\b|had\b|sav|cost|help|go(?:es)? live|start|run|replac|will\b|would\b|can\b|and\b"
    r"|or\b|in\b|on\b|at\b|by\b"
    r"|for\b|to\b|from\b|with\b|stay|remain|need|that\b|which\b|you\b|we\b|your\b|cut|pay|reduc|go\b|goes\b|now\b"
    r"|after\b|before\b|of\b|as\b)"
    r"(?:\w+s\b|(?<=will )\w+|(?<=to )\w+|(?<=can )\w+|(?<=also )\w+|(?<=then )\w+)",
    re.IGNORECASE,
)
"""The product does something, whatever it is."""
_TALKS_TO_IT = compiled(
    r"\b(?:plug|talk|connect|sync|feed|link|integrat|flow|speak|hook|pair|report|appear|show up"
    r"|land)\w*\b[^.;,]{0,25}"
    rf" (?:in)?(?:to|with|in|on) {_PRODUCT}\b",
    re.IGNORECASE,
)
_CAN_DO_IN_IT = compiled(
    r"\b(?:you|drivers?|dispatchers?|planners?|your \w+|everybody|everyone|users?)(?:['’]ll| will|['’]d)? (?:then "
    r"|also )?(?:be able to|can)"
    rf" [^.;,]{{2,60}} (?:in|from|with|inside|within) {_PRODUCT}\b",
    re.IGNORECASE,
)
_WITH_THE_RELEASE = compiled(
    r"\b(?:after|with|in|from|as of) (?:the|our) (?:next |new |coming )?\w* ?(?:release|update|version)\b",
    re.IGNORECASE,
)
_WE_ADD = compiled(
    r"\bwe(?:['’]ll| will|['’]re|['’]re going to| are| are going to| plan to| want to| intend to| aim to"
    r"| expect to)? "
    r"(?:add|build|launch|introduc|develop|support|teach|releas)\w*\b"
    r"(?! (?:you|your|up|on|it|them|everybody|everyone|and|the team|in|for|with)\b)",
    re.IGNORECASE,
)
_NO_NEWS = compiled(
    r"\b(?:your|trainers?|training|workshop|depots?|sites?|office|hours|days?|seats?|users?|people|colleagues?"
    r"|engineers?|team|call|meeting"
    r"|maintenance|support line|hotline|account|calculation|business case|case|offer|price|pricing|discount|plan"
    r"|relationship|trust|bridge"
    r"|contract|invoice|licen[cs]es?|project|pilot)\b",
    re.IGNORECASE,
)
_EVERY_YEAR = compiled(
    r"\b(?:in|during|over) (?:the )?(?:spring|summer|autumn|fall|winter)\b(?! 20)(?!.*\b(?:will"
    r"|going to)\b)",
    re.IGNORECASE,
)
_THEIR_OWN = compiled(
    r"\b(?:at|in|for|on) your (?:\w+ ){0,2}(?:depots?|sites?|plants?|offices?|halls?|warehouses?|tablets?|phones?"
    r"|servers?|teams?)\b|\bold\b"
    r"|\b(?:your|their) (?:own|present|current|existing|other) ",
    re.IGNORECASE,
)


def does_something_new(clause: str) -> bool:
    """Whether a clause of a sentence with a release's time tells what the product does by then."""
    if _THEIR_OWN.search(clause) or _EVERY_YEAR.search(clause):
        return False
    if _DOES_THEN.search(clause) or _TALKS_TO_IT.search(clause) or _CAN_DO_IN_IT.search(clause):
        return True
    match = _WITH_THE_RELEASE.search(clause) or _WE_ADD.search(clause)
    return match is not None and not _NO_NEWS.search(clause[match.end() :])
