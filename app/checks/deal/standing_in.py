"""Who writes in a colleague's place, and says so."""

from __future__ import annotations

import re

from app.core.findings import Commitment
from extractors.lazily import compiled

_STANDS_IN = compiled(
    r"\b(?:cover(?:ing)?|fill(?:ing)? in|stand(?:ing)? in|step(?:ping)? in|jump(?:ing)? in|deputi[sz]\w+"
    r"|answer(?:ing)?|reply(?:ing)?"
    r"|respond(?:ing)?|act(?:ing)?|sit(?:ting)? in|speak(?:ing)?"
    r"|help(?:ing)? out|tak(?:e|ing) over|writ(?:e|ing)"
    r"|stand-?in|delegate|substitute|replacement|deputy|proxy)\b[^.;!?]{0,20}\b(?:for|from|as|of|on behalf of"
    r"|instead of|in place of)\s"
    r"(?P<whom>\w+)"
    r"|\bon behalf of (?P<behalf>\w+)|\b(?P<asked>\w+)(?: [A-Z]\w+)?(?: who [^.;!?]{0,40})? (?:has "
    r"|had )?asked me (?:to|whether|if)\b"
    r"|\b(?P<away>\w+)['’]s? (?:stand-?in|delegate|deputy|substitute|replacement|absence|behalf|place|stead)\b"
    r"|\b(?:mind|look(?:ing)? after|tak(?:e|ing) care of|watch|handl|cover|keep(?:ing)? an eye on"
    r"|hold(?:ing)? the fort)\w*"
    r" (?:for |of )?(?P<whose>\w+)(?:['’]s?)? (?:accounts?|customers?|deals?|mailbox|mail|inbox|desk|clients?|patch"
    r"|projects?|work|while|this"
    r"|today|until|till)\b"
    r"|\binstead of (?P<instead>\w+)\b",
    re.IGNORECASE,
)
"""The mail says that its sender writes in the owner's place."""


_AWAY = compiled(
    r"(?: [A-Z]\w+)?(?:['’]s| is| has| will be| was|, who is| being)?(?: (?!with|for"
    r"|in copy)\w+){0,2}? (?:on (?:\w+ )?(?:leave|holidays?|vacation"
    r"|train|the road|honeymoon|parental|sabbatical)|on an? (?:[\w-]+ ){0,2}(?:flight|plane|train|trip|course|break)"
    r"|off(?: sick| ill| work| today| this| until| till| for)|out(?: of (?:the )?office| today| sick| ill| until"
    r"| till| this|\b(?=[,.;]))"
    r"|away|ill|sick|travell?ing|unwell|at (?:a|the) (?:fair|conference|hospital)|in (?:hospital|the air)|absent"
    r"|unavailable|not in"
    r"|back (?:on|from|in|next))\b"
)
"""The owner is away, and the mail says so openly."""
_HANDED_OVER = compiled(
    r"\b(?:in|on) (?:her|his|their) (?:place|stead|absence|behalf)\b|\b(?:handed|passed|forwarded|gave"
    r"|given)\b[^.;!?]{0,40}\bto me\b"
    r"|\b(?:taken|took|taking|take) over\b|\bhold(?:ing)? the fort\b|\b(?:pick(?:ing)?|picked) up (?:her|his"
    r"|their)\b|\bfilling in\b"
    r"|\bstepping in\b|\bstanding in\b|\b(?:she|he|they|who)(?:['’]s|['’]re| is| are)(?: \w+)? (?:away|abroad"
    r"|out\b(?! of the question)|off\b"
    r"|ill|sick|travell?ing|on (?:leave|holidays?|vacation|the road|an? [\w -]{0,20}(?:flight|plane|train|trip)))"
    r"|\b(?:until|till) (?:she|he|they)(?:['’]s|['’]re| is| are) back\b",
    re.IGNORECASE,
)
"""So it is said where the owner has just been named."""
_TELLS_WHO_WRITES = compiled(
    r"^(?:have|got) me\b|\basked me to\b|\byou(?:['’]ll| will)? (?:have|get|got|hear from"
    r"|be hearing from) me\b|\bon (?:her|his"
    r"|their) behalf\b"
    r"|\bin (?:her|his|their) (?:place|absence|stead)\b|\b(?:her|his|their) (?:mailbox|inbox|mail|accounts?"
    r"|customers?)\b"
    r"|\b(?:cover|stand|fill|step)(?:ing)? (?:in )?for\b|\byour contact\b",
    re.IGNORECASE,
)


def stands_in(text: str, owner: str) -> bool:
    """Whether the mail says that its sender writes in the owner's place, or that the owner is away."""
    name = re.split(r"[@._-]", owner.casefold())[0]
    named = [match.end() for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)]
    if not named:
        return False
    if any(name in {(word or "").casefold() for word in match.groups()} for match in _STANDS_IN.finditer(text)):
        return True
    return bool(_HANDED_OVER.search(text)) or any(_AWAY.match(text, end) for end in named)


def tells_who_writes(commitment: Commitment) -> bool:
    """Whether what was read as a promise only says who writes instead of whom."""
    return bool(_TELLS_WHO_WRITES.search(commitment.text))
