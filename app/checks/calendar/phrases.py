"""What the words around a date say about it: whether a time is offered, refused, agreed already, or a deadline."""

from __future__ import annotations

import re

from app.core.findings import DateMention, Due, Findings
from extractors.lazily import compiled

Mention = DateMention | Due

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_BULLET = compiled(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_STOP = compiled(r"(?<![ap]\.m)(?<!\b[A-Z])[.!?](?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•–]|\d{1,2}[.)])\s)")
_CLAUSE = compiled(r"[;:]|\s[–—-]\s|\b(?:but|however|though|so|because|then|otherwise)\b", re.IGNORECASE)
_GREETED = r"(?:on|at|for|the|a|to|in|this|next|coming)"
_DEADLINE = compiled(
    r"\b(?:(?:by|until|till|no later than|not later than|since|within)\s+(?:the\s+)?"
    r"|(?:before|after|following)\s+(?:the|my|your|our|his|her|their)\s+)$",
    re.IGNORECASE,
)
_AROUND_A_DAY = compiled(r"\b(?:before|after)\s+(?:the\s+)?$", re.IGNORECASE)
_LIMIT = compiled(r"(?:by|before|after|until|till|within|since)\b", re.IGNORECASE)
_STANDING = compiled(
    rf"\b(?:{WEEKDAY}s|every (?:day|week|month|morning|{WEEKDAY})|each (?:day|week|month|morning|{WEEKDAY})|daily"
    r"|(?:office|opening|business|support|service) hours|maintenance|downtime|(?:yards?|depots?|offices?"
    r"|warehouses?|gates?|hotline|help ?desk|shops?|stores?|plants?|sites?) (?:is|are|will be|stays?)"
    r" (?:\w+ )?(?:open|closed|staffed)|support (?:line|desk))\b",
    re.IGNORECASE,
)
_CLOCK_GRAINS = frozenset({"minute", "hour"})
_PASSED_OVER = compiled(
    r"\b(?:instead of|rather than|in place of|in lieu of|except(?:ing)?(?: for)?|apart from|aside from|other than"
    r"|but not|excluding|not|unlike"
    r"|(?:moved?|moving|shift\w*|push\w*|reschedul\w+|chang\w+|switch\w*)\b[^.;,]*?\bfrom)"
    rf"\s+(?:{_GREETED}\s+)*$",
    re.IGNORECASE,
)
_REFUSED_BEFORE = compiled(
    r"\b(?:can(?:no|['’])t (?!wait)|cannot (?!wait)|unable|not (?:be )?(?:free|available|able|around|here|in)"
    r"|won['’]t (?:be|work|make)|don['’]t have|have no (?:time|slot|room)"
    r"|tied up|in an? (?:meeting|call|workshop|session)"
    r"|(?:have|got) (?:a|an|another) (?:meeting|call|appointment|conflict)"
    r"|busy|booked up|fully booked|blocked|on (?:annual |parental )?(?:leave|vacation|holiday)"
    r"|out of (?:the )?office|\booo\b|travell?ing|away|closed|missed|cancel\w*)\b",
    re.IGNORECASE,
)
_HAVE_ONE = compiled(
    r"\b(?:let['’]s|let us|to|can|could|should|shall|may|might|would|why don['’]t|if)(?: (?:we|you|the \w+ of us))?"
    r"(?: (?:both|all|also|then|perhaps|maybe|just))? have (?:a|an|another)(?: \w+)? (?:meeting|call|appointment)\b",
    re.IGNORECASE,
)
"""Puts a meeting forward: it is not the one that is in the way."""
_REFUSED_AFTER = compiled(
    r"\b(?:(?:does|do|will|would|did|is|was|am|are)(?: not|n['’]t)\b|won['’]t|can(?:no|['’])t|cannot|no longer"
    r"|is (?:taken|booked|full|out|tricky|difficult|blocked|closed|a (?:public |bank |national )?holiday))",
    re.IGNORECASE,
)
_OFFERED = compiled(
    r"\b(?:works|free|available|suits?|can do|could do|let['’]s|how about|what about|fine|good|perfect)\b",
    re.IGNORECASE,
)
_ASKED = compiled(
    r"""\b(?:
      (?:do|would|will|could|might|can|if)\s+you\s+(?:still\s+|perhaps\s+|possibly\s+)?
        (?:have|be\s+(?:free|available|around|up|open)|make|do|join|spare|meet|talk|speak|take)
    | are\s+you\s+(?:free|available|around|open)
    | (?:how|what)\s+about | shall\s+we | let['’]?s | could\s+we | can\s+we
    | (?:works?|suits?|convenient|good)\s+(?:best\s+|better\s+)?(?:for\s+)?(?:you|me|us)\b
    | (?:available|free|open|possible|some|following|few|these)\s+(?:times?|slots?|windows?|options?)
    | (?:i['’]ve|i\s+have|we['’]ve|we\s+have|i)\s+(?:booked|scheduled|pencill?ed|reserved|blocked|held|put\s+you)
    | (?:i|we)\s+(?:still\s+)?have\s+(?:no\s+meetings|nothing|time|room|availability
        |an?\s+(?:opening|gap|slot|window))
    | (?:my|our)\s+(?:\w+\s+){1,2}is\s+(?:\w+\s+)?(?:free|open|clear|empty)
    | (?:feel\s+free|welcome)\s+to\s+(?:call|ring|phone|visit|come|drop|stop|join|reach|pick)
    | (?:speak|talk|chat|meet)\s+(?:on\s+|again\s+)?(?:WEEKDAY|tomorrow)
    | why\s+(?:don['’]t|not)\s+(?:we|you|have|meet|talk)\b
    | (?:help|good|great|useful|helpful|nice|worth\w*|happy|glad|pleased|keen|love|like|want|best|sense)
        \s+(?:for\s+us\s+)?(?:to\s+(?:have|hold|do|set\s+up|schedule|fix)|having)\s+(?:an?|another)
        \s+(?:[\w-]+\s+)?(?:call|meeting|chat|talk|session)
    | (?:like|love|want|need|appreciate)\s+(?:an?|another)\s+(?:[\w-]+\s+)?(?:call|meeting|chat|talk|session)\b
    | (?:ok|okay|fine|confirmed|great|perfect|agreed|yes|set|down)\s+(?:for|with|to|on)\s+[^.!?;]{0,24}
        (?:WEEKDAY|tomorrow)
    | (?:then|so)\s+(?:it['’]s|it\s+is)\s+(?=\w+\s|\d)
    | (?:will|['’]ll)\s+(?:also\s+)?(?:join|be\s+joining)\s+(?:us|you|me)\s+(?:on|at|from|for)
    | any\s+chance\s+(?:of\s+)?(?:you|we|that|for)
    | (?:suggest|propose)\s+(?:that\s+)?(?:we|you)\s+(?:meet|speak|talk|do|have|take|use)
    | whichever | you\s+prefer | either\s+(?:works|is|suits|would)
    | (?:pick|choose|name|take|suggest|tell\s+me)\s+(?:any|an?|whichever|whatever|your|when)\b
        | you(?:['’]ll)?\s+(?:can\s+)?have\s+(?:me|the\s+pick)
    | (?:just\s+)?tell\s+me\s+when | you\s+(?:choose|pick|name|decide) | (?:you|i|we)\s+name\s+the\s+(?:hour
        |time) | (?:go\s+ahead\s+and\s+)?choose\b
    | (?:all|entirely|is|completely|totally)\s+yours\b | at\s+your\s+(?:disposal|service) | whatever\s+suits
        | any\s+time\s+will\s+do
    | (?:nothing|anything|no\s+(?:\w+\s+)?(?:meetings|appointments|calls|plans|commitments|engagements
        |entries))\b[^.?!]{0,30}\b(?:in|on|from)\s+(?:my|our)\s+(?:diary|calendar|schedule|agenda|side|end)
    | (?:i|we)(?:['’]ve|\s+have|\s+do\s+not\s+have
        |\s+don['’]t\s+have)?\s+(?:got\s+)?(?:absolutely\s+)?(?:nothing|anything|no\s+(?:\w+\s+)?(?:meetings
        |appointments|calls|plans|commitments|engagements))\b
    | no\s+(?:\w+\s+)?(?:meetings|appointments|calls)\s+for\s+(?:me|us)
    | (?:my|our)\s+(?:\w+\s+)?(?:diary|calendar|schedule|agenda)\b[^.?!]{0,30}\b(?:empty|open|clear|free
        |blank|nothing)
    | (?:blank|empty)\s+(?:page|sheet)\s+in\s+my\b
    | (?:call|ring|phone|reach)\s+me | any\s?time\b[^.?!]*\bworks? | pick\s+(?:any|a)\s+(?:slot|time)
    | (?:i|we)(?:['’]m|['’]re|\s+am|\s+are)\s+(?:\w+\s+)?(?:free|available|open)
    )""".replace("WEEKDAY", WEEKDAY),
    re.IGNORECASE | re.VERBOSE,
)
_SETTLED = compiled(
    r"\b(?:confirm\w*|as (?:agreed|discussed|planned|scheduled|arranged|promised|requested)|looking forward|see you"
    r"|(?:speak|talk) to you|works? (?:\w+ )?for (?:me|us)|suits? (?:me|us)|is (?:\w+ )?(?:fine|perfect|great|good)"
    r"|it is\b|sure\b|(?:our|the) \w+ (?:is|starts|begins)|reminder"
    r"|(?:as )?you (?:asked|suggested|proposed|requested|wanted|offered)|per your)",
    re.IGNORECASE,
)

_NAMES_A_DAY = compiled(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun|to(?:day|morrow|night)|next|jan|feb|mar|apr|may|jun|jul|aug"
    r"|sep|oct|nov|dec)|\d[/.-]\d",
    re.IGNORECASE,
)
_SAME_TIME = compiled(
    r"[\s,;:()–—-]*(?:instead[\s,]+)?(?:which|that|so|thus|meaning|i\.?e\.?|=|/|or|your|a\.?k\.?a\.?)?[\s,]*"
    r"(?:is|'s|’s|would be|will be|makes it|means|being)?[\s,]*(?:at|around|about)?[\s(]*",
    re.IGNORECASE,
)


_THEIR_CLOCK = compiled(
    r"[\s,]*(?:on\s+)?(?:with\s+you|(?:in\s+)?your\s+time|for\s+you|(?:at|on)\s+your\s+end|over\s+there"
    r"|where\s+you\s+are)\b",
    re.IGNORECASE,
)
"""Behind a time: it is told by the reader's clock, after it was told by ours."""


def sentence(text: str, mention: Mention) -> tuple[int, int]:
    """Where the sentence around a date begins and ends; of a list, the line."""
    start = max((stop.end() for stop in _STOP.finditer(text, 0, mention.start)), default=0)
    end = _STOP.search(text, mention.end)
    return start, end.start() if end else len(text)


def words_around(text: str, mention: Mention) -> str:
    """The sentence around a date; that of a list's item, with the words that introduce the list."""
    start, end = sentence(text, mention)
    line = text[text.rfind("\n", 0, mention.start) + 1 : end]
    if not _BULLET.match(line):
        return text[start:end]
    intro = next((above for above in reversed(text[:start].splitlines()) if above.rstrip().endswith((":", "?"))), "")
    return f"{intro} {text[start:end]}"


def is_deadline(text: str, mention: Mention) -> bool:
    """Whether the words only say until when, or after which day or event: "by 3 pm", "after my 2 pm meeting"."""
    if _DEADLINE.search(text, max(0, mention.start - 30), mention.start):
        return True
    before = text[max(0, mention.start - 12) : mention.start]
    return mention.grain not in _CLOCK_GRAINS and bool(_AROUND_A_DAY.search(before) or _LIMIT.match(mention.text))


def is_refused(text: str, mention: Mention) -> bool:
    """Whether the time is named only to say that it will not do."""
    start, end = sentence(text, mention)
    before, after = text[start : mention.start], text[mention.end : end]
    before, after = _HAVE_ONE.sub(" ", _CLAUSE.split(before)[-1]), _CLAUSE.split(after)[0]
    if _PASSED_OVER.search(before):
        return True
    *_, last_piece = before.split(",")
    if _REFUSED_BEFORE.search(last_piece) or (_REFUSED_BEFORE.search(before) and not _OFFERED.search(before + after)):
        return True
    refusal, offer = _REFUSED_AFTER.search(after), _OFFERED.search(after)
    return refusal is not None and (offer is None or refusal.start() < offer.start())


def is_standing(words: str) -> bool:
    """Whether a sentence tells what is so every week, such as opening hours: that is no one time."""
    return bool(_STANDING.search(words))


def is_asked(words: str) -> bool:
    """Whether a sentence puts a time before its reader, or says that the writer is free."""
    return bool(_ASKED.search(words))


def is_settled(words: str) -> bool:
    """Whether a sentence speaks of a time that both sides know already, or takes one up."""
    return bool(_SETTLED.search(words))


def dates_within(findings: Findings, start: int, end: int) -> list[DateMention]:
    """The dates that stand in a stretch of the text."""
    return [date for date in findings.dates if start <= date.start and date.end <= end]


_THAT_DAY = compiled(
    r"[\s,]*(?:on\s+)?(?:that|the\s+same)\s+(?:very\s+)?(?:day|morning|afternoon|date)\b", re.IGNORECASE
)


def is_of_another_day(text: str, mention: Mention) -> bool:
    """Whether a time of day is said to be on "that day", which is not the day that it was understood to be."""
    return not _NAMES_A_DAY.search(mention.text) and _THAT_DAY.match(text, mention.end) is not None


def is_restated(findings: Findings, mention: Mention) -> bool:
    """Whether a time of day only says in another zone, or in other words, the time just before it: "9:30 am Berlin
    time, which is 4:30 pm with you".
    """
    text = findings.text
    if _NAMES_A_DAY.search(mention.text) and not _THEIR_CLOCK.match(text, mention.end):
        return False
    before = [date for date in findings.dates if date.end <= mention.start and date.grain in ("minute", "hour")]
    return bool(before) and _SAME_TIME.fullmatch(text, before[-1].end, mention.start) is not None
