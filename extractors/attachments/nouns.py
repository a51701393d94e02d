"""Claims of "attachment", "enclosure", "Encl.", "PFA", and of the verbs "attaching" and "I enclose"."""

import re

from extractors.attachments.cue import Claim, Cue
from extractors.attachments.guards import is_not_claimed, is_of_another_mail
from extractors.attachments.phrases import label_before, thing_after
from extractors.lazily import compiled

_I = re.IGNORECASE

_POINTED_AT = compiled(
    r"(?:(?:^|[,;:(.–—-][ ]*|\b(?:please|kindly|pls|you(?:'ll| will| can| may| could)?|and|to|also|or)[ ])"
    r"(?P<do>(?:see|find|review|check|consult|refer to|look at|read|open|view|note|try|use|download|print)[ ]"
    r"(?:also[ ])?(?:(?:it|them|this|(?P<thing>[\w' -]{3,60}?))[ ]in[ ](?:the[ ])?|in[ ](?:the[ ])?|(?:the|my"
    r"|our|both|all)[ ])?)"
    r"|\b(?P<in>here(?:'s|[ ]is|[ ]are)[ ](?:the|my|our|your)[ ]"
    r"|(?:as[ ])?(?:in|per|on)[ ](?:(?:the|this)[ ])?|(?:see|seen?|shown|described|listed"
    r"|detailed)[ ]from[ ](?:the)[ ]|as[ ]an?[ ]"
    r"|(?:pages?|tabs?|sheets?|sections?|columns?|rows?|slides?|clauses?)(?:[ ]\w+)?[ ]of[ ]the[ ]"
    r"|(?:resending|re-sending|now|this time|again|once more)[ ](?:[\w]+[ ]){0,3}?with[ ](?:(?:the|an?)[ ])?))$",
    _I,
)
_SOMEBODY_LOOKS = compiled(
    r"\b(?:i|we|he|she|they|able|unable|trouble|try|trying|tried|problems?)\b[^,;:.]{0,40}$", _I
)
_SUBJECT = compiled(r"(?:^|[,;:(–—-]|\b(?:and|but|so|that))[ ]*(?:the|our|my|this)[ ]$", _I)
_SAYS = compiled(
    r"[ ](?:\([^()]{1,60}\)[ ])?(?:(?:below|here|\w+\.\w{3,4})[ ])?(?:shows?|has|have|contains?|covers?"
    r"|explains?|gives?|lists?|sets? out|provides?|reflects?|summari[sz]es?|presents?|illustrates?|identif(?:y|ies)"
    r"|represents?|compares?|breaks? down|walks? through|answers?|spells? out"
    r"|describes?|is|are|includes?|details?|outlines?|should)\b",
    _I,
)
_NO_FILE_HERE = compiled(
    r"[ ](?:to (?:my|your|our|his|her|their|the)\b|[A-Z0-9]\b|[IVX]{1,4}\b|(?:from|in|of) (?:your|his|her|their"
    r"|my (?:last|first|previous|earlier))\b"
    r"|(?:that |which )?(?:you|he|she|they)\b|limit|size|was\b|were\b|button|icon|field|point|rate"
    r"|containing the list)",
)
_OTHER_DOCUMENT = compiled(
    r"\b(?:your|last|previous|earlier|new|any|no|without|an|their|his|her|its|or|other|first|reviewing the"
    r"|email and|message and)[ ]$",
    _I,
)
_HEADED = compiled(r"\(?s?\)?[ ]*(?:\(\d{1,2}\))?[ ]*(?:[:–—=]|-[ ])[ ]*(?!none|n/a|no\b|nil\b)(?=\S)", _I)
_AS_ATTACHMENT = compiled(r"\b(?:as|in)[ ](?:an?[ ]|the[ ])?$", _I)
_COUNT = compiled(r"^(?:s?[.]?[ ]*(?:\(\d{1,2}\)|\d{1,2}(?=:))?[ :.–—-]*)")
_WILL = compiled(r"\b(?:will|'ll|shall|going to|gonna|can|could|would|might|not|n't|never)\b[^.;:,]{0,80}$", _I)
_WE_DO = compiled(
    r"(?:\b(?:i|we)(?:'m| am|'re| are| do)?(?:[ ](?:also|now|hereby|herewith|just|again|further|therefore))*[ ])$", _I
)
_BEGINS = compiled(r"(?:^|[,;:(!?…–—-]|\b(?:and|so|hi|hello|dear))[ *\"'•]*$|^\W*[A-Z][\w'-]*,?[ ]$", _I)
_LATER = compiled(
    r"\b(?:will|'ll|shall|going to|gonna|without|before|by|after|from|for|of|instead of|forgot|try|tried|avoid"
    r"|consider|mind)\b[^;.]{0,120}$",
    _I,
)
_FIGURATIVE = compiled(
    r"(?:[ ][\w']+){0,3}?[ ](?:importance|value|weight|warnings?|conditions?|significance|meaning|hopes?|blame"
    r"|strings)\b",
    _I,
)
_PENDING_ATTACHMENT = compiled(r"[ ][^.;!?]{0,80}\b(?:tomorrow|later|monday|next week|shortly|soon)\b", _I)


def from_noun(cue: Cue) -> Claim | None:
    """Reads "See the attachment", "the attachment shows", "Enclosures: price list"."""
    headed = _HEADED.match(cue.after)
    if headed and not cue.before.strip(" *-•"):
        document = thing_after(cue.text, cue.end + headed.end())
        return cue.claim((cue.start, document[1]), document) if document[0] < document[1] else None
    if (
        _NO_FILE_HERE.match(cue.after)
        or (cue.text[cue.start] == "A" and cue.before.endswith("the "))
        or (_OTHER_DOCUMENT.search(cue.before) and not _AS_ATTACHMENT.search(cue.before))
    ):
        return None
    pointed = _POINTED_AT.search(cue.before)
    if pointed and _is_pointing(cue.before, pointed):
        start = cue.start - len(cue.before) + (pointed.start("do") if pointed["do"] else pointed.start("in"))
        if pointed["thing"]:
            offset = cue.start - len(cue.before)
            return cue.claim((start, cue.end), (offset + pointed.start("thing"), offset + pointed.end("thing")))
    elif (subject := _SUBJECT.search(cue.before)) and _SAYS.match(cue.after):
        start = cue.start - len(subject[0].lstrip(" ,;:(–—-"))
    else:
        return None
    return cue.claim((start, cue.end), (cue.start, cue.end))


def _is_pointing(before: str, pointed: re.Match[str]) -> bool:
    """Whether the reader is sent to the attachment, rather than told who looked at one or will."""
    ahead = before[: pointed.start("do") if pointed["do"] else pointed.start("in")]
    return not _WILL.search(ahead) and not (pointed["do"] and _SOMEBODY_LOOKS.search(ahead))


def from_verb(cue: Cue) -> Claim | None:
    """Reads "I'm attaching the deck", "attaching the notes"; not "I'll write again, attaching the tally"."""
    we = _WE_DO.search(cue.before)
    progressive = cue.text[cue.start : cue.end].lower().endswith("ing")
    if we is None and not (progressive and _BEGINS.search(cue.before) and not _LATER.search(cue.before)):
        return None
    if (
        is_not_claimed(cue)
        or is_of_another_mail(cue)
        or _FIGURATIVE.match(cue.after)
        or (progressive and _PENDING_ATTACHMENT.match(cue.after))
    ):
        return None
    document = thing_after(cue.text, cue.end)
    start = cue.start - len(we[0].lstrip()) if we else cue.start
    return cue.claim((start, document[1]), document) if document[0] < document[1] else None


def from_abbreviation(cue: Cue) -> Claim | None:
    """Reads "PFA the sizing sheet", "NDA, signed, PFA", "Encl.: offer"."""
    document = thing_after(cue.text, cue.end + len(cue.after) - len(_COUNT.sub("", cue.after, count=1)))
    if document[0] < document[1]:
        return cue.claim((cue.start, document[1]), document)
    document = label_before(cue.text, cue.start) or (cue.start, cue.end)
    return cue.claim((document[0], cue.end), document)
