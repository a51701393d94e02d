"""On which side of the sending a sentence places a date: told as past, looked forward to, or left open."""

import re

from extractors.dates.expression import Expression
from extractors.dates.patterns import tenses
from extractors.dates.resolve import Context
from extractors.dates.terms import Duration, Period, RelativeDay, ShiftedDay, Weekday
from extractors.dates.view import Tense

_LOOK_BACK, _LOOK_AHEAD = 160, 120


def context_of(lowered: str, expression: Expression) -> Context:
    """What the words around an expression say of it; `lowered` is the sentence in lower case."""
    before = lowered[max(0, expression.start - _LOOK_BACK) : expression.start]
    after = lowered[expression.end : expression.end + _LOOK_AHEAD]
    return Context(
        tense="future" if _names_future(expression) else _tense(before, after),
        before=bool(tenses.BEFORE.search(before[-20:])),
        after=bool(tenses.AFTER.search(before[-14:])),
        from_event=isinstance(expression.day, Duration) and _is_from_event(expression.day, before, after),
    )


def _is_from_event(span: Duration, before: str, after: str) -> bool:
    """Whether a duration runs from something else than the sending."""
    if tenses.OF_EVENT.match(after):
        return True
    if span.anchored:
        return False
    if span.direction == "within" and span.unit in ("second", "minute") and not tenses.OWN_PROMISE.search(before):
        return True
    return bool(
        tenses.GENERAL.search(before) or (tenses.ALL.search(before) and not tenses.OWN_PROMISE.search(before))
    )


def _names_future(expression: Expression) -> bool:
    """Whether the words themselves look ahead: "tomorrow", "this Sunday", "next quarter"."""
    match expression.day:
        case RelativeDay(days=days):
            return days > 0
        case Weekday(which=which, weeks=weeks):
            return which in ("next", "this") or (weeks is not None and weeks > 0)
        case Period(offset=int(offset), number=None, unit=unit, portion=portion):
            return offset > 0 or (offset == 0 and (unit in ("week", "month") or portion == "rest"))
        case Duration(direction=direction):
            return direction in ("in", "within")
        case ShiftedDay(before=before):
            return not before
    return False


def _tense(before: str, after: str) -> Tense:
    """What the clause around the date says."""
    near = before[-60:]
    put_forward = tenses.PUT_FORWARD.search(near) is not None
    if not put_forward and (tenses.SINCE.search(near) or tenses.RECORD_OF.search(near)):
        return "past"
    if put_forward or tenses.DEADLINE.search(near) or tenses.SET_FOR.search(near):
        return "future"
    breaks = [match.end() for match in tenses.CLAUSE_BREAK.finditer(before)]
    clause_before = tenses.ACKNOWLEDGED.sub("", before[breaks[-1] if breaks else 0 :])
    clause_before = tenses.OPENS_WITH_PARTICIPLE.sub("", clause_before)
    clause_before = tenses.NO_EVENT.sub("", tenses.ASIDE.sub("", clause_before))
    following = tenses.CLAUSE_BREAK.search(after)
    clause_after = after[: following.start()] if following else after
    if tenses.PAST_MATTER_AFTER.match(after) or tenses.PAST_MATTER_BEFORE.search(near):
        return "past"
    if (
        tenses.PRESENT_AFTER.match(after)
        or tenses.FUTURE.search(clause_before)
        or tenses.FUTURE.search(clause_after[:60])
    ):
        return "future"
    told = max(_last(tenses.PAST_AUXILIARY, clause_before), _last(tenses.PAST_VERB, clause_before))
    if told > _last(tenses.PRESENT_VERB, clause_before) or tenses.PAST_AUXILIARY.search(clause_after[:80]):
        return "past"
    return "open"


def _last(verb: re.Pattern[str], clause: str) -> int:
    """Where the last such verb of a clause begins, -1 where there is none."""
    return max((match.start() for match in verb.finditer(clause)), default=-1)
