"""The date mentions of a sentence, resolved."""

from extractors.dates.expression import Expression, expressions
from extractors.dates.moment import Moment
from extractors.dates.pieces import lower, pieces
from extractors.dates.resolve import kind_and_grain, resolve
from extractors.dates.tense import context_of
from extractors.findings import DateMention, DateReading
from extractors.segments import Sentence


def find_dates(sentence: Sentence, moment: Moment) -> list[DateMention]:
    """The dates, times, ranges and durations of a sentence, in order; offsets count in the text the sentence is
    of.
    """
    found = pieces(sentence.text)
    if not found:
        return []
    lowered = lower(sentence.text)
    mentions = (_mention(sentence, lowered, expression, moment) for expression in expressions(sentence.text, found))
    return [mention for mention in mentions if mention is not None]


def _mention(sentence: Sentence, lowered: str, expression: Expression, moment: Moment) -> DateMention | None:
    kind, grain = kind_and_grain(expression)
    readings = resolve(expression, moment, context_of(lowered, expression))
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
