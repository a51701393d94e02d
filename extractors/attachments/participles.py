"""Claims of "attached", "enclosed", "annexed" and "appended"."""

import re

from extractors.attachments.cue import Claim, Cue
from extractors.attachments.guards import (
    is_asked_for,
    is_not_claimed,
    is_of_another_mail,
    is_pending,
    speaks_of_a_mail,
)
from extractors.attachments.phrases import label_before, nearest_thing_before, noun_phrase, thing_after, thing_before
from extractors.attachments.vocabulary import DETERMINER, FILE, PAPER, WRITING
from extractors.lazily import compiled

_I = re.IGNORECASE
_ADVERBS = (
    r"(?:[ ](?:also|just|now|hereby|herewith|duly|already|again|gladly|therefore|thus|accordingly|additionally|simply"
    r"|further|then|both|all|only|kindly|below|here))*"
)

_LOOK = compiled(
    r"(?:(?P<look>(?:\b(?:please|kindly|pls|plz|also|you(?:'ll| will| can| may)?)[ ])*\b(?:see|find)[ ]"
    r"|(?:^|[,;:(.–—-][ ]*|\b(?:and|to|you|then|just|we|i|let's|should|must|will|or|now)[ ]|(?=\b(?:please"
    r"|kindly|pls|plz)[ ]))"
    r"(?P<do>(?:(?:please|kindly|pls|plz|also)[ ])*(?:review|check|note|consult|refer to|(?:have"
    r"|take) a look at|look (?:at|over|through)"
    r"|read|open|use|sign|approve|complete|fill (?:in|out)|return|go through|forward|consider|print|keep|accept"
    r"|receive))[ ])"
    rf"(?:(?:also|in|below|herewith|here|both|all)[ ])*)(?P<det>{DETERMINER}[ ])?$",
    _I,
)
_ENABLES = compiled(
    r"\b(?:lets?|allows?|enables?|can|could|able|helps?)\b(?![^.;,]*\b(?:please"
    r"|pls)\b)[^.;,]{0,40}$",
    _I,
)
_ACTIVE = compiled(rf"(?:\b(?:i|we)(?:'ve| have|'m| am|'re| are)?|^have|[,;:(][ ]have){_ADVERBS}[ ]$", _I)
_PASSIVE = compiled(
    r"(?P<relative>,?[ ](?:which|that|(?:a )?cop(?:y|ies) of which|all of which|both of which))?"
    r"(?:'s|'re|[ ]*\b(?:is|are|(?:has|have) (?:also )?been|can be found|remains?|comes?|goes))(?:[ ]as)?"
    rf"{_ADVERBS}(?:[ ]\([^()]{{1,60}}\))?[ ]$",
    _I,
)
_FINDS = compiled(
    r"(?:\b(?:please|kindly|pls|plz)[ ])?(?:\byou(?:'ll| will| can| may| should)?(?: also)?[ ])?\b(?:find|see"
    r"|have|receive|get|check|review|sign|use|open)\b",
    _I,
)
_BEGINS = compiled(
    r"(?:^|[,;:(!?…–—-]|\b(?:and|also|but|so|plus|then|hi|hello|dear))[ *\"'•]*$"
    r"|^\W*(?:per|as|for|further to|following|in (?:response|reply|line))\b[^,;:]{3,60}[ ]$",
    _I,
)
_GREETED = compiled(r"^(?:\W*[A-Z][\w'-]*(?:[ ]?[&/,]|[ ]and)?){1,4}[ ]$")
_ANNOUNCES = compiled(
    r"(?:[ ,]*(?:herewith|hereto|hereby|here|below|also|now|again|as|for|to|in|per|with|at|along"
    r"|on)\b[^.;!?:]{0,70}?)?"
    r"[ ,]*(?:\b(?:please|kindly|pls|plz)[ ])?(?:\b(?:is|are|find|see|you(?:'ll| will| can| may"
    r"| should)?(?: also| please)*"
    r" (?:find|see|have))\b|[:=–—]|-[ ])(?:[ ](?:also|herewith|below|now|here|again|find))*[ :]*",
    _I,
)
_ASIDE = compiled(
    r"(?:[ ,]+(?:for your (?:[\w']+ (?:and |or )?){0,3}?(?:review|information|reference|records?|files?"
    r"|convenience|attention|signature"
    r"|approval|use|consideration|comments?|handling)|herewith|hereto|below|here|with this (?:e-?mail|mail|message)"
    r"|to this (?:e-?mail|mail|message)),?)+(?=[ ])",
    _I,
)
_LABELLED = compiled(r"[ ](?=(?:file|document)s?:)", _I)
_LISTS = compiled(rf"[ ]+(?:(?:\"|\*)?{FILE}|{DETERMINER}[ ]|copy\b)", _I)
_DETERMINED = compiled(rf"(?:\b(?:please|kindly|pls)[ ])?\b{DETERMINER}(?:[ ](?:also|newly))?[ ]$", _I)
_UNDETERMINED = compiled(r"\b(?:per|in|with|to|on|from|of|by|and|into|via|through)[ ]$", _I)
_NOUN = compiled(
    r"[ ]+(?!(?:to|please|pls|find|is|are|was|were|for|as|in|with|by|on|and|or|here|herewith|below|above"
    r"|separately|hereto"
    r"|shows?|has|have|gives|contains|covers|will|should|which|that|if|so|before|when|again|too|also|look"
    r"|looks)\b)[\w\"(]",
    _I,
)
_ALONE = compiled(
    r"(?:[ ]+(?:to|with) (?:this|the) (?:e-?mail|mail|message|note)\b)?"
    r"[ ]*(?:$|[^\w\s]|(?:for|as|in|with|here|herewith|hereto|below|and|so|per|along|again|which"
    r"|separately|also|too|if|but)\b)",
    _I,
)
_PAPERS = compiled(rf"{FILE}|\b(?:{PAPER}|{WRITING})|\bcop(?:y|ies)\b|\b[A-Z]{{2,}}\b", re.IGNORECASE)


_A_PAPER_IS = compiled(rf"(?:^|[,.;:][ ])(?:the|our|my|this)[ ](?:[\w'-]+[ ]){{0,4}}?(?:{PAPER}|{WRITING})[ ]$", _I)
_SAYS = compiled(r"[ ](?:is|are|shows?|has|have|contains?|covers?|gives?|explains?|lists?)\b", _I)


def from_participle(cue: Cue) -> Claim | None:
    """What "attached" (or one of its sisters) claims where it stands."""
    if is_not_claimed(cue) or is_of_another_mail(cue):
        return None
    for reading in (_looked_at, _active, _passive, _attributive, _fronted, _alone):
        if claim := reading(cue):
            return claim
    return None


def _looked_at(cue: Cue) -> Claim | None:
    """Reads "Please see attached", "please find attached the offer", "review the attached redlines"."""
    look = _LOOK.search(cue.before)
    if look is None or is_pending(cue):
        return None
    if not look["det"] and _ENABLES.search(cue.before[: look.end()]):
        return None
    offset = cue.start - len(cue.before)
    start = offset + (look.start("do") if look["do"] else look.start("look"))
    if (place := _place_of_thing(cue)) is not None:
        document = thing_after(cue.text, place)
    elif look["det"] or not _NOUN.match(cue.after):
        begin = offset + look.start("det") if look["det"] else cue.start
        document = begin, noun_phrase(cue.text, cue.end)[1] if _NOUN.match(cue.after) else cue.end
        if not look["det"] and document[1] == cue.end:
            document = label_before(cue.text, start) or document
    elif "find" in look[0].lower():
        document = thing_after(cue.text, cue.end)
    else:
        document = cue.start, noun_phrase(cue.text, cue.end)[1]
    return cue.claim((min(start, document[0]), max(document[1], cue.end)), document)


def _place_of_thing(cue: Cue) -> int | None:
    """Where the document is named after "attached: ", "attached for your review " or "attached file: ", if it is."""
    for introduction in (_ANNOUNCES, _ASIDE, _LABELLED):
        if found := introduction.match(cue.after):
            return cue.end + found.end()
    return None


def _active(cue: Cue) -> Claim | None:
    """Reads "I've attached the deck"."""
    we = _ACTIVE.search(cue.before)
    if we is None:
        return None
    aside = _ASIDE.match(cue.after)
    document = thing_after(cue.text, cue.end + (aside.end() if aside else 0))
    return cue.claim((cue.start - len(we[0].lstrip(" ,;:(")), document[1]), document)


def _passive(cue: Cue) -> Claim | None:
    """Reads "The minutes are attached"."""
    be = _PASSIVE.search(cue.before)
    if be is None or is_asked_for(cue) or (be[0].startswith("'") and _NOUN.match(cue.after)):
        return None
    start, end = thing_before(cue.text, cue.start - len(be[0]))
    return cue.claim((start, cue.end), (start, end)) if start < end else None


def _attributive(cue: Cue) -> Claim | None:
    """Reads "The numbers in the attached workbook", "Susan's attached report"."""
    determined = _DETERMINED.search(cue.before)
    determiner = determined or _UNDETERMINED.search(cue.before)
    if determiner is None or is_pending(cue):
        return None
    start = cue.start - len(determiner[0]) if determined else cue.start
    end = noun_phrase(cue.text, cue.end)[1] if _NOUN.match(cue.after) else cue.end
    if end <= cue.end and determiner[0].lower().split()[-1] not in _BARE:
        return None
    return cue.claim((start, max(end, cue.end)), (start, max(end, cue.end)))


_BARE = frozenset({"the", "in", "per", "see", "with", "on", "from", "via", "to", "through"})


def _fronted(cue: Cue) -> Claim | None:
    """Reads "Attached is the form", "Attached: plan.xlsx", "Attached our SOC 2 report"."""
    if not (_BEGINS.search(cue.before) or (_GREETED.search(cue.before) and cue.text[cue.start].isupper())):
        return None
    if announced := _ANNOUNCES.match(cue.after):
        document = thing_after(cue.text, cue.end + announced.end())
    elif _LISTS.match(cue.after):
        document = thing_after(cue.text, cue.end)
    elif _NOUN.match(cue.after):
        document = cue.end, noun_phrase(cue.text, cue.end)[1]
        document = cue.start, document[1]
    else:
        return None
    return cue.claim((cue.start, max(document[1], cue.end)), document) if document[0] < document[1] else None


_ANSWERS = frozenset({"as", "yes", "done", "sure", "ok", "okay", "of course", "both"})


def _alone(cue: Cue) -> Claim | None:
    """Reads "Results attached", "(copy enclosed)", "DPA: yes, attached", "please find the deck attached"."""
    is_subject = bool(_A_PAPER_IS.search(cue.before) and _SAYS.match(cue.after))
    if not (is_subject or _ALONE.match(cue.after)) or is_asked_for(cue) or speaks_of_a_mail(cue):
        return None
    start, end = nearest_thing_before(cue.text, cue.start)
    if start >= end or cue.text[start:end].lower() in _ANSWERS:
        in_brackets = cue.text[: cue.start].endswith("(")
        document = nearest_thing_before(cue.text, cue.start - 1) if in_brackets else label_before(cue.text, cue.start)
        named = document if document and document[0] < document[1] else (cue.start, cue.end)
        return cue.claim((named[0], cue.end), named)
    finds = list(_FINDS.finditer(cue.text, start, end))
    if finds and finds[-1].end() + 1 < end:
        return cue.claim((start, cue.end), (finds[-1].end() + 1, end))
    return cue.claim((start, cue.end), (start, end)) if _PAPERS.search(cue.text, start, end) else None
