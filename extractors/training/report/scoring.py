"""Findings of one mail against its labels, as counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors import Commitment
from extractors.training.baselines.dates import DateAnswer
from extractors.training.measure import Score, Share, Span, compare, overlap, pair, yes_or_no
from extractors.training.report import slots
from extractors.training.report.findings import Found, spans_of
from extractors.training.report.mails import LabelledCommitment, LabelledDate, LabelledMail

NOT_FOUND = "not found"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A mail with what was found in it."""

    mail: LabelledMail
    found: Found


@dataclass(frozen=True, kw_only=True)
class Match:
    """A labelled undertaking and the finding that covers it, if any does."""

    label: LabelledCommitment
    found: Commitment | None


def score_spans(mail: LabelledMail, found: Sequence[Span], labelled: Sequence[Span]) -> Score:
    """By overlap, one to one; what touches a debatable stretch is not held against the finder."""
    return compare(list(found), list(labelled), list(mail.debatable))[0]


def score_sentences(mail: LabelledMail, found: Sequence[Span], labelled: Sequence[Span]) -> Score:
    """By sentence: whether anything was found in each, and whether it should have been."""
    score = Score()
    for sentence in mail.sentences:
        score.add(yes_or_no(_touches(sentence, found), _touches(sentence, labelled)))
    return score


def score_commitments(mail: LabelledMail, found: Sequence[Span]) -> Score:
    """By sentence where the mail is labelled so, otherwise by overlap."""
    score = score_sentences if mail.sentences else score_spans
    return score(mail, found, [label.span for label in mail.commitments])


def firm_recall(mail: LabelledMail, found: Sequence[Span]) -> Share:
    """How many of the firm undertakings were found; of the sentences with one, where labels go by sentence."""
    firm = [label.span for label in mail.commitments if label.strength == "firm"]
    if mail.sentences:
        wanted = [sentence for sentence in mail.sentences if _touches(sentence, firm)]
        return Share(right=sum(_touches(sentence, found) for sentence in wanted), of=len(wanted))
    pairs = pair(list(found), [label.span for label in mail.commitments])
    return Share(right=sum(mail.commitments[nth].strength == "firm" for _, nth in pairs), of=len(firm))


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(overlap(span, other) > 0 for other in others)


def matches(judged: Judged) -> list[Match]:
    """Every labelled undertaking with its finding."""
    found = judged.found.commitments
    labels = judged.mail.commitments
    pairs = {nth: found[i] for i, nth in pair(spans_of(found), [label.span for label in labels])}
    return [Match(label=label, found=pairs.get(nth)) for nth, label in enumerate(labels)]


def match_by_action(judged: Judged) -> list[Match]:
    """The one undertaking of a sentence with the finding of the same action, or else the first finding: the label
    has no place of its own.
    """
    (label,) = judged.mail.commitments
    found = judged.found.commitments
    alike = (one for one in found if slots.same(one.action, label.slots["action"]))
    return [Match(label=label, found=next(alike, found[0] if found else None))]


def share_of(matched: Iterable[Match], right: Callable[[LabelledCommitment, Commitment], bool]) -> Share:
    """How many of the undertakings found are right in some way."""
    share = Share()
    for match in matched:
        if match.found:
            share.count(right(match.label, match.found))
    return share


def right_strength(label: LabelledCommitment, found: Commitment) -> bool:
    return found.strength == label.strength


def right_kind(label: LabelledCommitment, found: Commitment) -> bool:
    return found.kind == label.kind


def due_days(matched: Iterable[Match]) -> Share:
    """How many of the undertakings found that are due on a day are due on that day."""
    return share_of((match for match in matched if match.label.due_day), _right_due_day)


def _right_due_day(label: LabelledCommitment, found: Commitment) -> bool:
    return found.due is not None and found.due.due_day == label.due_day


def slot_of(found: Commitment, slot: str) -> str | None:
    """A slot as it was found, by its name in SLOTS."""
    if slot == "due":
        return found.due.text if found.due else None
    value: str | None = getattr(found, slot)
    return value


def share_of_slot(matched: Iterable[Match], slot: str, alike: Callable[[str | None, str | None], bool]) -> Share:
    """How many of the undertakings found are alike in a slot, by `slots.same` or `slots.close`."""
    return share_of(matched, lambda label, found: alike(slot_of(found, slot), label.slots[slot]))


def recall_of(matched: Iterable[Match], attribute: str, value: str) -> Share:
    """How many of the undertakings labelled with one strength or kind were found."""
    share = Share()
    for match in matched:
        if getattr(match.label, attribute) == value:
            share.count(match.found is not None)
    return share


def confusion(matched: Iterable[Match], attribute: str) -> Counter[tuple[str, str]]:
    """How often each labelled strength or kind was found as which, or not at all."""
    return Counter(
        (getattr(match.label, attribute), getattr(match.found, attribute) if match.found else NOT_FOUND)
        for match in matched
    )


def score_dates(mail: LabelledMail, found: Sequence[Span]) -> Score:
    return score_spans(mail, found, [label.span for label in mail.dates])


def score_exact_dates(mail: LabelledMail, found: Sequence[Span]) -> Score:
    """Only the very same span is right."""
    labelled = {label.span for label in mail.dates}
    right = len(labelled & set(found))
    return Score(right=right, false=len(found) - right, missed=len(labelled) - right)


def first_days(mail: LabelledMail, found: Sequence[DateAnswer]) -> Share:
    """How many of the dates found begin on the labelled day, or in the labelled month."""
    share = Share()
    for answer, label in _paired_dates(mail, found):
        begins = answer.first_day.isoformat() if answer.first_day else ""
        share.count(label.first_day is not None and begins.startswith(label.first_day))
    return share


def due_days_of_dates(mail: LabelledMail, found: Sequence[DateAnswer], *, future: bool) -> Share:
    """How many of the dates found that have a due day (`future`), or that have none, are right in that. Without a
    moment of sending there are no days.
    """
    share = Share()
    for answer, label in _paired_dates(mail, found):
        if mail.sent_at and (label.due_day is not None) == future:
            share.count(answer.due_day == label.due_day)
    return share


def _paired_dates(mail: LabelledMail, found: Sequence[DateAnswer]) -> list[tuple[DateAnswer, LabelledDate]]:
    pairs = pair([answer.span for answer in found], [label.span for label in mail.dates])
    return [(found[i], mail.dates[nth]) for i, nth in pairs]


def score_phrase(mail: LabelledMail, found: Sequence[DateAnswer]) -> Score:
    """A phrase that stands for one day: a first answer with another day is false, and the day missed."""
    (label,) = mail.dates
    days = [answer.first_day for answer in found if answer.first_day]
    right = bool(days) and days[0].isoformat() == label.first_day
    return Score(right=int(right), false=int(bool(days) and not right), missed=int(not right))


def score_authored(mail: LabelledMail, found: Iterable[Span]) -> Score:
    """By character, white space aside."""
    ours, labelled = _letters(mail.text, found), _letters(mail.text, mail.authored)
    return Score(right=len(ours & labelled), false=len(ours - labelled), missed=len(labelled - ours))


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if not text[place].isspace()}


def score_words(found: str, labelled: str) -> Score:
    """By word, wherever it stands."""
    ours, wanted = Counter(found.split()), Counter(labelled.split())
    right = (ours & wanted).total()
    return Score(right=right, false=ours.total() - right, missed=wanted.total() - right)
