"""Noun phrases beside a cue: the document that a claim is about."""

import re

from extractors.attachments.vocabulary import FILE, FILE_SUFFIX
from extractors.lazily import compiled

Span = tuple[int, int]

_REACH = 320
"""Characters on either side of a cue that are looked at; longer phrases name no document."""

_END = compiled(
    r"[;!?…]|[.](?=[ ]+[A-Z\"(]|\.)|:(?=[ ]*$)|[ ](?:--?|[–—])[ ]|[ ]{3}"
    r"|,?[ ](?:for (?:your|yr|ur|you|our|the (?:team|board|committee|file|record)|(?:further )?review|reference"
    r"|signature"
    r"|approval|info\w*|perusal|consideration|completeness)\b(?! (?:form|guaranty|contract|order|account|site|team))"
    r"|which|who|whose|that (?!you (?:asked|requested|wanted)|we (?:discussed|agreed))\w|so (?:that|you|we|i)\b"
    r"|as (?:discussed|requested|promised|mentioned|agreed|well|per|a|an|you|we|i)\b|in the meantime|per (?:your|our)"
    r"|(?:with|to|in|alongside) this (?:e-?mail|mail|message|note|reply)|if (?:you|that|it|they|we)|in case"
    r"|because|but"
    r"|showing|reflecting|setting|hereto|herewith|below|again|when|while|once|before|until|where|though|although"
    r"|and (?:please|pls|kindly|let|we|i|it|he|she|they|will|would|have|am|are|is|look|sign|return|tell|confirm|send"
    r"|review|can|should|do|feel|hope)\b)"
    r"|,[ ](?:please|let|to|with|it|i|we|you|they|he|she|feel|thanks|thank|along|both|all|each|under|only|yes|and yes"
    r"|the (?:earlier|previous|former|old)|and (?:the|they|you|there|this|that)"
    r" \w+ (?:is|are|has|have|will|can))\b",
    re.IGNORECASE,
)
"""Where a phrase after a cue is over."""

_ASIDE = compiled(
    r"(?:(?:here|herewith|hereto|below|now|also)[ ]+)+(?=(?:the|our|my|an?|your|both"
    r"|two)[ ])",
    re.IGNORECASE,
)
_LABEL = compiled(r"(?:the )?(?:files?|documents?|attachments?): ?(?=\S)", re.IGNORECASE)
_UP_TO_SUFFIX = compiled(rf"[^;:<>]{{1,120}}?{FILE_SUFFIX}", re.IGNORECASE)
_WORD = compiled(r"[ ]?(?:(?:no|nr|rev|vol|art)\.(?=[ ]?\d)|\"[^\"]{1,80}\"|[\w'&/+#%.-]*[\w%+])")
_PAREN = compiled(rf"[ ]?\((?:(?:file|filename|named|see)?:? ?{FILE}|[^()]{{1,50}})\)", re.IGNORECASE)
_NAMED = compiled(rf"(?:,|:| named| called| titled)?[ ]\"?{FILE}", re.IGNORECASE)
_LINKS = compiled(
    r"of|for|to|from|between|with|and|&|about|on|in|regarding|re",
    re.IGNORECASE,
)
_ORDERS = compiled(
    r"provide|return|comment|advise|respond|forward|submit|confirm|countersign|complete|share|check|reply"
    r"|initial|sign|send|tell|review|read|compare|note|call|come|keep",
    re.IGNORECASE,
)
_STOPS = compiled(
    r"is|are|was|were|be|been|will|would|shall|should|can|could|may|might|must|has|have|had|do|does|did"
    r"|and|or|but|so|if|as|at|by|in|on|to|for|from|with|that|which|who|when|while|once|before|after|until"
    r"|because|than|then|asap|also|i|you|we|they|he|she|it|let|me|us|please|pls|kindly|carefully|first"
    r"|today|tomorrow|yesterday|now|here|below|above|shows|show|sets|gives|covers|contains|explains"
    r"|describes|lists|says|details|outlines|summarizes|summarises|reflects|includes|looks|works|answers"
    r"|spells|needs|goes|makes|means|walks|lays|tells|breaks|proves|confirms|meets|ready|complaining"
    r"|monday|tuesday|wednesday|thursday|friday|soon|again|where|what|how|not|herewith|hereto|into|within"
    r"|about|regarding|upon|via|per",
    re.IGNORECASE,
)


def thing_after(text: str, at: int) -> Span:
    """The phrase from `at` to where a new thought begins."""
    start = at + _leading(text[at : at + 20])
    if aside := _ASIDE.match(text, start):
        start = aside.end()
    if (label := _LABEL.match(text, start)) and (file := _UP_TO_SUFFIX.match(text, label.end())):
        return label.end(), file.end()
    limit = min(len(text), start + _REACH)
    end = _END.search(text, start, limit)
    return start, _trimmed(text, start, _before_loose_bracket(text, start, end.start() if end else limit))


def noun_phrase(text: str, at: int) -> Span:
    """The noun phrase at `at`, as after "the attached": its words, what it is of or for, and a file in brackets."""
    end, words = at, 0
    while words < 12 and (word := _WORD.match(text, end, at + _REACH)):
        bare = word[0].strip()
        following = _WORD.match(text, word.end())
        linked = _LINKS.fullmatch(bare) and words and following and _goes_on(bare, following[0].strip())
        if not linked and (_STOPS.fullmatch(bare) or (words and word[0][0] not in " /")):
            break
        end, words = word.end(), words + 1
    file = _PAREN.match(text, end) or _NAMED.match(text, end)
    return at + _leading(text[at:end]), _trimmed(text, at, file.end() if file else end)


def _goes_on(link: str, following: str) -> bool:
    """Whether a preposition joins two nouns ("of", "for March") or begins something else ("by noon")."""
    if _STOPS.fullmatch(following) or _ORDERS.fullmatch(following):
        return False
    named = following[0].isupper() or following[0].isdigit()
    return named or link.lower() == "of" or (link.lower() == "and" and len(following) > len("form"))


def _before_loose_bracket(text: str, start: int, end: int) -> int:
    """The end of the phrase, or the bracket that closes one opened before it."""
    depth = 0
    for bracket in re.finditer(r"[()]", text[start:end]):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            return start + bracket.start()
    return end


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip(" :,–—-*\"'="))


def _trimmed(text: str, start: int, end: int) -> int:
    end = start + len(text[start:end].rstrip(" .,:;!–—-*'\""))
    if text[start:end].count('"') % 2 and text[end : end + 1] == '"':
        return end + 1
    return end


_BREAK = compiled(
    r"[;:(!?…](?=\s|\w|\"|$)|[ ](?:--?|[–—])[ ]|[–—]|[ ]{3}|[.][ ]+(?=[A-Z])"
    r"|,[ ](?:and|but|so|while|whereas|since|because|or|as|where|though|which means)[ ]",
    re.IGNORECASE,
)
_BRACKETED = compiled(r"\([^()]{1,100}\)")
_TITLE = compiled(r"(?:^|[;(])[ ]*(?P<title>[^;:()!?]{2,60}?)[ ]?(?:[:–—,]|[ ]-|\t|[ ]{3})[ ]*(?:yes,?[ ]*)?$")
_INTRODUCTION = compiled(
    r"(?:[ ]|(?:and|but|so|also|then|hi|hello|dear|meanwhile|finally|additionally|in addition|further|as (?:promised"
    r"|requested|discussed|agreed|mentioned|per)|per|for (?:your|completeness|ease|the|reference)|in the meantime"
    r"|in (?:response|reply|accordance|line|preparation)|further to|following|pursuant|to (?:help|save|that|this)"
    r"|again|yes|no|ok|okay|thanks|sorry|good news|p\.?s\.?|nb|fyi|[A-Z][\w-]{1,20}(?= *,))(?:\b[^,]{0,70},"
    r"|(?=[ ]))[ ])+",
    re.IGNORECASE,
)
_VERB = compiled(
    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|may|must|should|did|does|do|came|went|got|reviewed"
    r"|checked"
    r"|updated|made|took|put|spoke|signed|added|fixed)\b|'(?:s (?:the|a|been|not)|re|ll|ve|d|m)\b",
    re.IGNORECASE,
)
_NEAREST = compiled(
    r"\b(?:with|about|regarding|see|from|per|in|on|to|by)[ ](?=(?:the|our|my|an?|your)[ ])", re.IGNORECASE
)
_PRONOUN = compiled(r"(?<!\w)(?:it|they|we|he|she)(?= \w)", re.IGNORECASE)
_NEXT_CLAUSE = compiled(r",?[ ](?:and|but|so)[ ]|,[ ]")


def thing_before(text: str, cue: int) -> Span:
    """The subject before `cue` (the place where its verb begins): from the start of its clause."""
    start = reach = max(0, cue - _REACH)
    for found in _BREAK.finditer(_BRACKETED.sub(lambda aside: "_" * len(aside[0]), text[reach:cue])):
        start = reach + found.end()
    introduction = _INTRODUCTION.match(text, start, cue)
    if introduction and introduction.end() < cue:
        start = introduction.end()
    start = _after_finished_clauses(text, start, cue)
    start += len(text[start:cue]) - len(text[start:cue].lstrip(" -•*\"'"))
    return start, start + len(text[start:cue].rstrip(" ,:;–—-*\"'("))


def label_before(text: str, cue: int) -> Span | None:
    """What "Lift plan: attached" is about: the title before a colon, dash or comma."""
    reach = max(0, cue - 80)
    title = _TITLE.search(text[reach:cue])
    return (reach + title.start("title"), reach + title.end("title")) if title else None


def nearest_thing_before(text: str, cue: int) -> Span:
    """The phrase that a participle after its noun belongs to: of a long clause only its last determined phrase."""
    start, end = thing_before(text, cue)
    if text.count(" ", start, end) >= 8:
        for found in _NEAREST.finditer(text, start, end):
            start = found.end()
    return start, end


def _after_finished_clauses(text: str, start: int, cue: int) -> int:
    """Skips "it expires soon and" before the subject: a clause of its own, and the word that joins the next."""
    verbs = list(_VERB.finditer(text, start, cue)) or list(_PRONOUN.finditer(text, start, cue))
    joint = _NEXT_CLAUSE.search(text, verbs[-1].end(), cue) if verbs else None
    return joint.end() if joint else start
