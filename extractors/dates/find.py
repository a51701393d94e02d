"""The date mentions of a sentence, resolved."""

import re

from extractors.dates.expression import Expression, expressions
from extractors.dates.moment import Moment
from extractors.dates.pieces import pieces
from extractors.dates.resolve import Context, kind_and_grain, resolve
from extractors.dates.terms import Duration, Period, RelativeDay, Weekday
from extractors.findings import DateMention, DateReading
from extractors.segments import Sentence

_CLAUSE_BREAK = re.compile(
    r"[;:—–(]|,[ ]+(?:and|but|so|which|because|since|while|though)\b|\b(?:and|but)[ ]+(?:i|we|you|he|she"
    r"|they|it)\b|\bthat\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|won't|going to|can|could(?! not|n't| have)|would(?! have)|should(?! have"
    r"| never have)|may|might|must|please"
    r"|let's|plan|hope|aim|expect|target|propose|need|to be)\b|'(?:ll|d)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:by|until|till?|through|no later than|not later than|at the latest)[ ]+(?:the[ ]+)?$", re.IGNORECASE
)
# "is reserved", "the revised quote": participles that tell of no past event.
_NO_EVENT = re.compile(
    r"\b(?:is|are|be|being|gets?|the|an?|our|your|my|this|these)[ ]+(?:(?:\w+ly|hereby|being|not|now"
    r"|also)[ ]+)?[\w-]+(?:ed|en)\b"
    r"|\b(?:need|detailed|based|related|limited|dedicated|interested|committed|confirmed|pleased|excited"
    r"|delighted|proposed|planned|scheduled)\b",
    re.IGNORECASE,
)
_PAST_AUXILIARY = re.compile(
    r"\b(?:was|were|wasn't|weren't|had|hadn't|did|didn't|has been|have been|could not|couldn't)\b", re.IGNORECASE
)
_PAST_VERB = re.compile(
    r"\b(?:went|sent|told|said|saw|came|took|gave|began|got|made|met|wrote|spoke|ran|found|left|lost|sold"
    r"|rose|fell|grew|ago|dated"
    r"|thanks|thank you|[a-z]{3,}[^e]ed)\b",
    re.IGNORECASE,
)
_OPENS_WITH_PARTICIPLE = re.compile(r"^[ ]*[A-Za-z]{3,}ed[ ]+(?!by\b|in\b|on\b|at\b|last\b|over\b)")
_SINCE = re.compile(r"\b(?:since|way back in|ever since|already)[ ]+(?:the[ ]+)?$", re.IGNORECASE)
_RECORD_OF = re.compile(
    r"\b(?:meeting|e?-?mail|letter|call|complaint|reminder|order|conversation|note|message|observations?"
    r"|round|quotation|quote|offer"
    r"|audit|request|visit|statement|shipment|release|further to .{0,40}|your .{0,20})[ ]of[ ]+(?:the[ ]+)?$",
    re.IGNORECASE,
)
_PAST_MATTER = re.compile(
    r"(?:'s)?[ ]+(?:outages?|figures|numbers|fees|incidents?|blip|run|results?|invoices?|events)\b"
    r"(?![ ]+will)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?<!on or )\b(?:before|prior to|ahead of)[ ]+$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter[ ]+$", re.IGNORECASE)
_OF_EVENT = re.compile(
    r"[ ]+(?:of|from|after|following|upon)[ ]+(?!(?:today|now|this|the date of this)\b)", re.IGNORECASE
)
_GENERAL = re.compile(
    r"\b(?:any|anything|every|each|whenever|upon|anyone|all|day or night|once|if|reply (?:with|\")|as soon as)\b",
    re.IGNORECASE,
)


def find_dates(sentence: Sentence, moment: Moment) -> list[DateMention]:
    """The dates, times, ranges and durations of a sentence, in order; offsets count in the text the sentence is
    of.
    """
    found = expressions(sentence.text, pieces(sentence.text))
    mentions = (_mention(sentence, expression, moment) for expression in found)
    return [mention for mention in mentions if mention is not None]


def _mention(sentence: Sentence, expression: Expression, moment: Moment) -> DateMention | None:
    kind, grain = kind_and_grain(expression)
    readings = resolve(expression, moment, _context(sentence.text, expression))
    if readings is None and moment.sent_at is not None:
        return None
    reading, other = readings or (None, None)
    alternatives = (DateReading(from_=other.start, to=other.end, due_day=other.due),) if other else ()
    return DateMention(
        text=sentence.text[expression.start : expression.end],
        start=sentence.start + expression.start,
        end=sentence.start + expression.end,
        kind=kind,
        grain=grain,
        from_=reading.start if reading else None,
        to=reading.end if reading else None,
        due_day=reading.due if reading else None,
        ambiguous=bool(alternatives),
        alternatives=alternatives,
    )


def _context(text: str, expression: Expression) -> Context:
    before, after = text[: expression.start], text[expression.end :]
    from_event = isinstance(expression.day, Duration) and bool(
        _OF_EVENT.match(after) or _GENERAL.search(before) or expression.day.unit == "minute"
    )
    return Context(
        past=not _names_future(expression) and _told_as_past(before, after),
        before=bool(_BEFORE.search(before)),
        after=bool(_AFTER.search(before)),
        from_event=from_event,
    )


def _names_future(expression: Expression) -> bool:
    """Whether the words themselves look ahead: "tomorrow", "this Sunday", "next quarter"."""
    match expression.day:
        case RelativeDay(days=days):
            return days > 0
        case Weekday(which=which, weeks=weeks):
            return which in ("next", "this") or weeks is not None
        case Period(offset=int(offset), unit=unit):
            return offset > 0 or (offset == 0 and unit in ("week", "month"))
        case Duration(direction=direction):
            return direction in ("in", "within")
    return False


def _told_as_past(before: str, after: str) -> bool:
    """Whether the clause around the date speaks of what has happened."""
    if _SINCE.search(before) or _RECORD_OF.search(before):
        return True
    if _DEADLINE.search(before):
        return False
    breaks = [match.end() for match in _CLAUSE_BREAK.finditer(before)]
    clause_before = _OPENS_WITH_PARTICIPLE.sub("", before[breaks[-1] if breaks else 0 :])
    clause_before = _NO_EVENT.sub("", clause_before)
    following = _CLAUSE_BREAK.search(after)
    clause_after = after[: following.start()] if following else after
    if _PAST_MATTER.match(after) and not _DEADLINE.search(before):
        return True
    if _FUTURE.search(clause_before) or _FUTURE.search(clause_after[:60]):
        return False
    told = _PAST_AUXILIARY.search(clause_before) or _PAST_VERB.search(clause_before)
    return bool(told or _PAST_AUXILIARY.search(clause_after[:80]))
