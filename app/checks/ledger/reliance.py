"""Whether a sentence that names a promised thing takes it for there.

Whoever speaks of a thing in passing takes it for there, in whatever words: `what did you make of the template?` So
what is looked for is the rest: words for its being late, being made, being promised anew or being offered.
"""

from __future__ import annotations

import re

from app.checks.turns import Turns
from extractors.lazily import compiled


def _any_of(*parts: str) -> Turns:
    return Turns("|".join(rf"\b(?:{part})" for part in parts), re.IGNORECASE)


_SOMEBODY = r"(?-i:[A-ZÀ-Ö][a-zà-öø-ÿ]+)"
"""A name, of either side."""
_THEIR = rf"(?:you|your \w+|they|he|she|{_SOMEBODY})"
_OWNS_UP = _any_of(
    r"(?:sorry|apolog\w+|overdue|late|delay\w*|regret\w*|slipp\w+|unfortunately|overlooked|forgot\w*|excuses?)\b",
    r"behind\b(?! (?:us|you)\b)|missed\b|(?:am|are|still|is|['’]re|['’]m) missing\b(?! (?:is|are)\b)",
    r"still (?:owe|working|waiting|pending|outstanding|missing|open|to come|unfinished|stuck|not)\b|owe you\b",
    r"(?:i|we|it|they|that) should have\b(?! (?:reached you|arrived|landed))|(?:ha(?:s|ve)|had) yet to\b|bear with\b",
    r"not (?:yet|quite|there|done|ready|finished|complete|in place|up|live|available|sent|happened)\b",
    r"(?:is|was|are|were) ?n['’]t (?:\w+ )?(?:yet|there|done|ready|finished|complete|in place|up|live|available"
    r"|sent)\b",
    r"(?:has|had)(?: ?n['’]t| not| never)\b|(?<!you )(?<!you all )(?:have ?n['’]t|have (?:not|never))\b",
    r"(?:i|we|it|never|that)(?:['’]ve)? (?:did ?n['’]t|did not|never|could ?n['’]t|could not|wo ?n['’]t|will not)\b",
    r"held up\b|let you down\b|instead\b|new date\b|remains? open\b|fell through\b|dropped the ball\b"
    r"|come to nothing\b|on track\b|stuck in\b",
    r"(?:my|our) (?:fault|mistake|bad|oversight)\b|waiting (?:on|for) (?:us|me|the|our|your)\b|(?:it|set-?up"
    r"|import) failed\b",
    r"due (?:on|last|by|yesterday)\b|overran\b|take[sn]? longer\b|longer than\b",
)
"""Says that the promise was not kept."""
_MAKING = (
    r"(?:finish|complet|prepar|writ|draft|build|mak|creat|compil|polish|finali[sz]|assembl|chas|configur|provision"
    r"|translat|proofread|wrapp?|edit|sett|putt|gett|work|add|check|review|test|install)ing"
)
_DELIVER = (
    r"(?:send|share|deliver|provide|forward|e-?mail|get|have|bring|give|return|submit|circulate|set|prepare|finish"
    r"|complete|build|write|draft|put|create|update|follow|make|hand|upload|post|supply|attach|pass|do|chase|check)"
)
_NOT_YET = _any_of(
    rf"(?:am|are|is|['’]m|['’]re|['’]s|still|currently|busy|keep|been) (?:\w+ )?{_MAKING}\b",
    r"being (?:\w+ )?(?:set up|prepared|built|finished|made|written|drafted|completed|compiled|translated|checked)\b",
    r"in (?:progress|the works|the making|preparation|the pipeline|the queue)\b|under ?way\b|on (?:my|our|his"
    r"|her) (?:desk|list)\b",
    r"(?:almost|nearly|half|about) (?:done|ready|there|finished|complete)\b|on (?:its|the) way\b|next (?:up )?on\b",
    rf"(?:before|until|so that|as soon as|once|when|till) (?:i|we)(?:['’]ve| have| can| could)? ?(?:{_DELIVER}"
    r"|finished|done|completed|set up|built)\b",
    rf"(?:i|we|{_SOMEBODY}|our [\w ]{{2,30}}?|the team)(?: will|['’]ll| can| could|['’]d"
    rf"| would| shall"
    rf"| (?:am|are|is) going to| want to| plan to| hope to| aim to| need to| have to| must"
    rf"| ought to) (?:\w+ ){{0,2}}?{_DELIVER}\b",
    r"(?:you|your \w+)(?:['’]ll| will| can| shall| are going to)(?: (?:then|now|also|soon|only))? (?:get|have"
    r"|receive|find|hear|expect|see)\b",
    r"(?:will|['’]ll) (?:\w+ )?(?:be|come|follow|arrive|reach|land|take|go (?:out|live|up|to you))\b|(?:comes"
    r"|follows|arrives)\b|expect\b|due\b",
    r"to (?:finish|complete|prepare|set up|build|finali[sz]e|send) (?:the|your|our|it|this|that)\b|let me\b",
    rf"(?:do|does|would|will) {_THEIR} (?:still |also |actually |really )?(?:need|want|like|prefer|rather|require)\b",
    r"(?:shall|should|may|can|could|do) (?:i|we)\b(?! (?:remind|ask|trouble|nudge|point|assume|expect|take it))"
    r"|want (?:me|us) to\b|would (?:it|an?|the) [^?]{0,40}\bhelp\b|rather\b|would (?:it|that) suit\b",
    r"(?:is|are|was) [^?.!]{1,40} still (?:needed|wanted|relevant|of (?:use|interest|any)|worth|useful|necessary)\b",
    r"(?:should|must|what to) (?:\w+ )?(?:include|contain|cover|show|look|go in)\b|about an?\b|(?:change"
    r"|choose) the format\b",
    r"(?:you|he|she|they|\w+) (?:asked|wanted|requested|are looking|were looking)(?: me| us)?(?: for)?\b|priority\b"
    r"|on it\b|(?:i|we) (?:still|first|also|only) need\b",
)
"""Says that it is being made, is promised or is offered."""
_DESCRIBES = compiled(
    r"\W*(?:the|our|your|this|that) (?:[\w-]+ ){1,4}?(?:has|have|includes|holds|supports|is hosted|runs on"
    r"|is (?:an?|free|meant)|comes with) (?!(?:been|already|now|arrived|reached|gone)\b)",
    re.IGNORECASE,
)
"""Says what it is like, which can be said of what is still to come."""
_IN_HAND = _any_of(
    r"as (?:promised|agreed|discussed|planned|(?:i|we) (?:said|mentioned|promised|agreed))\b|like (?:i"
    r"|we) promised\b",
    rf"(?:i|we|that|{_SOMEBODY})(?:['’]ve| have| had| already| just| recently| then)* (?:promised|sent|shared"
    r"|delivered|provided"
    r"|gave|showed|set up|completed|fixed|finished|mailed|e-?mailed|forwarded|handed|passed|uploaded|posted"
    r"|attached)\b",
    r"now that\b|thanks to\b|based on\b|building on\b|on (?:the basis|top|the strength) of\b|given (?:the|our"
    r"|that)\b",
    r"you(?:['’]ve| have| had| already have| now have| should have| must have| will have| got| received"
    r"| were (?:sent|given))"
    r"(?: now| already| just| all| long)*\b(?: had| got| seen| received| read| the| our)?\b",
    r"(?:has|have) (?:now |already )?been (?!delay|held|slow)|went out\b|(?:is|are|was|were) (?:now "
    r"|already )?(?:with you|in your|live|ready|up|in place)\b",
    r"reached you\b|(?:in|into|on) your (?:inbox|hands|mailbox|desk|portal)\b|behind us\b|depend\w*\b|following\b"
    r"|in line with\b|per (?:our|my)\b",
)
"""Says outright that it was done."""
_ACTED_ON = _any_of(
    r"(?:see (?:page|section|tab|line|the)|page \d|fill\w*|complet(?:e|ed|ing)|sign(?:ed|ing)?|look(?:ed|ing)? (?:at"
    r"|over|through|into)|(?:go|went|gone"
    r"|going) (?:through|over)"
    r"|read(?:ing)?|open(?:ed|ing)?|review(?:ed|ing)?|comment\w*|feedback|thoughts?|questions?|tr(?:y|ied|ying)"
    r"|test(?:ed|ing)?|log\w* (?:in|on)"
    r"|work(?:ed|ing)? (?:through|with|in)|us(?:e|ed|ing)|return\w*|send (?:me |us )?back|get (?:it|the \w+) back"
    r"|back from you|make of|made of"
    r"|check(?:ed|ing)?|helpful|useful|clear|discuss\w*|walk(?:ed)? (?:\w+ )?through|shows?|says?|states?|lists?"
    r"|explains?|contains?|approv\w*|accept\w*|chance to)\b"
)
"""What one can only do with a thing that is there."""

_MENDED = _any_of(
    r"(?:(?:fixed|resolved|solved|repaired|corrected|patched|sorted|gone|mended)(?! (?:by|on|this|next|tomorrow"
    r"|soon)\b)"
    r"|out of the way|behind (?:us|you)|no longer|a thing of the past|history|as (?:promised|agreed))\b"
)


def owns_up(text: str) -> bool:
    """Whether the words admit that something was not done."""
    return _OWNS_UP.search(text) is not None


def takes_for_there(text: str) -> bool:
    """Whether a sentence about a thing takes it for there: it says so, or says nothing to the contrary."""
    if says_it_is_there(text):
        return True
    return _NOT_YET.search(text) is None and (_DESCRIBES.match(text) is None or _ACTED_ON.search(text) is not None)


def says_it_is_mended(text: str) -> bool:
    """Whether a sentence about a fault says that it is gone."""
    return _MENDED.search(text) is not None


def says_it_is_there(text: str) -> bool:
    """Whether a sentence about a thing says outright that it was done."""
    return _IN_HAND.search(text) is not None


def is_acted_on(text: str) -> bool:
    """Whether a sentence speaks of what one can only do with a thing that is there."""
    return says_it_is_there(text) or (_ACTED_ON.search(text) is not None and _NOT_YET.search(text) is None)
