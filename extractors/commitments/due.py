"""By when a commitment is to be kept: the one of its dates that binds the sender."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.commitments.candidates import Candidate
from extractors.commitments.clauses import clauses
from extractors.commitments.families import binding
from extractors.findings import DateMention, Due
from extractors.language import Tagged
from extractors.lazily import compiled
from extractors.segments import Sentence

_JOINS = compiled(r"[ ,]*(?:\bor\b|\band\b|/)?[ ,]*(?:(?:on|at|even)\b ?)?", re.IGNORECASE)
_BEFORE_A_NOUN = frozenset({"PRP$", "DT", "POS"})
_CLOCK_GRAINS = frozenset({"minute", "hour"})


def due_of(
    sentence: Sentence, candidate: Candidate, mentions: Sequence[DateMention], tagged: Tagged | None = None
) -> Due | None:
    """The first date within a candidate that binds the sender, and not only the recipient's condition; a choice of
    days or times as one, up to the last of them. `mentions` are the dates of the sentence, `tagged` its words.
    """
    inside = [mention for mention in mentions if candidate.start <= mention.start < candidate.end]
    if not inside:
        return None
    for clause in clauses(sentence):
        within = [mention for mention in inside if clause.start <= mention.start and mention.end <= clause.end]
        bound = binding(clause, within)
        if bound:
            first = next((date for date in bound if not tagged or not _says_which(date, sentence, tagged)), bound[0])
            return _with_choices(first, inside, sentence)
    return None


def _says_which(mention: DateMention, sentence: Sentence, tagged: Tagged) -> bool:
    """Whether a date only tells one thing from another: "your April invoice", "the Friday call"."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    before = [tag for (_, ends), tag in zip(tagged.places, tagged.tags, strict=True) if ends <= start]
    after = [tag for (begins, _), tag in zip(tagged.places, tagged.tags, strict=True) if begins >= end]
    determined = before[-1:] and before[-1] in _BEFORE_A_NOUN
    noun_after = after[2:] if after[:2] == ["CC", "NNP"] else after
    return bool(determined and noun_after and noun_after[0].startswith("NN"))


def _with_choices(first: DateMention, inside: Sequence[DateMention], sentence: Sentence) -> Due:
    """ "Thursday at 10:30 or Friday at 2" is kept on either day, so it ends with the last."""
    due = first.as_due()
    for other in inside[inside.index(first) + 1 :]:
        between = sentence.text[due.end - sentence.start : other.start - sentence.start]
        is_choice = bool(between.strip()) and _JOINS.fullmatch(between) is not None
        if not is_choice or due.due_day is None or other.due_day is None or other.due_day < due.due_day:
            break
        if first.grain not in _CLOCK_GRAINS and other.grain != first.grain:
            break
        text = sentence.text[due.start - sentence.start : other.end - sentence.start]
        due = replace(due, text=text, end=other.end, to=other.to, due_day=other.due_day)
    return due
