"""The tables of dates, of the product and of the libraries that it is compared with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from extractors.training.baselines.dates import DateAnswer, DateFinder, DateQuestion
from extractors.training.baselines.product_dates import as_answer
from extractors.training.measure import DATES_SENT_AT, Share, overlap
from extractors.training.measure_dates import ZONE, Case
from extractors.training.report import scoring
from extractors.training.report.findings import ReadMail
from extractors.training.report.mails import LabelledMail
from extractors.training.report.scoring import Judged
from extractors.training.report.tables import NOTHING, score_cells, share_cell, table

PLACED = ("date", "datetime", "daterange", "datetimerange", "time", "timerange")
"""Types of the Recognizers-Text cases that place something in time; durations and recurrences do not."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A mail with the dates that some finder found in it."""

    mail: LabelledMail
    dates: Sequence[DateAnswer]


AnsweredSets = Mapping[str, Sequence[Answered]]


def answered_by_product(judged: Sequence[Judged]) -> list[Answered]:
    return [Answered(mail=one.mail, dates=[as_answer(mention) for mention in one.found.dates]) for one in judged]


def answered_by(finder: DateFinder, mails: Sequence[LabelledMail]) -> list[Answered]:
    """Each of the mails' judged sentences put to a finder; without a moment of sending, a fixed one."""
    read = [ReadMail(mail) for mail in mails]
    questions = [
        DateQuestion(
            text=sentence.text,
            sent_at=one.moment.sent_at or DATES_SENT_AT,
            day_first=one.moment.day_first,
        )
        for one in read
        for sentence in one.sentences
    ]
    answers = iter(finder.find(questions))
    return [
        Answered(
            mail=one.mail,
            dates=[_placed(found, one, sentence.start) for sentence in one.sentences for found in next(answers)],
        )
        for one in read
    ]


def _placed(found: DateAnswer, read_mail: ReadMail, at: int) -> DateAnswer:
    start, end = found.span
    span = read_mail.place(at + start, at + end)
    return DateAnswer(span=span, first_day=found.first_day, due_day=found.due_day)


def due_table(sets: AnsweredSets) -> str:
    """Dates in mails: found by overlap, the due day of those found, and that those without one have none."""
    head = ("", "documents", "labels", "precision", "recall", "F1", "due day right", "rightly without one")
    rows = (
        [
            *_due_cells(name, answered),
            share_cell(scoring.due_days_of_dates(one.mail, one.dates, future=False) for one in answered),
        ]
        for name, answered in sets.items()
    )
    return table(head, rows)


def libraries_table(sets: AnsweredSets) -> str:
    """The same without the last column, since a library gives every date a day."""
    head = ("", "documents", "labels", "precision", "recall", "F1", "due day right")
    return table(head, (_due_cells(name, answered) for name, answered in sets.items()))


def _due_cells(name: str, answered: Sequence[Answered]) -> list[str]:
    return [
        name,
        str(len(answered)),
        *score_cells([scoring.score_dates(one.mail, _spans(one)) for one in answered]),
        share_cell(scoring.due_days_of_dates(one.mail, one.dates, future=True) for one in answered),
    ]


def sentence_table(sets: AnsweredSets) -> str:
    """Dates in lone sentences: the very span, any overlap, and the first day of those found."""
    rows = []
    for name, answered in sets.items():
        first = share_cell(scoring.first_days(one.mail, one.dates) for one in answered)
        exact = [scoring.score_exact_dates(one.mail, _spans(one)) for one in answered]
        touched = [scoring.score_dates(one.mail, _spans(one)) for one in answered]
        rows.append([f"{name}, exact spans", *score_cells(exact), NOTHING])
        rows.append([f"{name}, overlapping spans", *score_cells(touched), first])
    return table(("", "labels", "precision", "recall", "F1", "first day right"), rows)


def phrase_table(sets: AnsweredSets) -> str:
    """Phrases that stand for one day."""
    rows = (
        [name, *score_cells([scoring.score_phrase(one.mail, one.dates) for one in answered])]
        for name, answered in sets.items()
    )
    return table(("", "labels", "precision", "recall", "F1"), rows)


def _spans(answered: Answered) -> list[tuple[int, int]]:
    return [date.span for date in answered.dates]


def case_row(name: str, finder: DateFinder, cases: Sequence[Case]) -> list[str]:
    """One row of the Recognizers-Text cases: day right, overlap recall, and false alarms."""
    questions = [
        DateQuestion(
            text=case.text,
            sent_at=datetime.fromisoformat(case.sent_at).replace(tzinfo=ZoneInfo(ZONE)),
            day_first=False,
        )
        for case in cases
    ]
    judged = list(zip(cases, finder.find(questions), strict=True))
    return [
        name,
        str(len(cases)),
        *(share_cell(count(case, answers) for case, answers in judged) for count in COUNTS),
    ]


def case_table(rows: Sequence[Sequence[str]]) -> str:
    return table(("", "cases", "day right", "overlap recall", "false alarms"), rows)


def days_right(case: Case, answers: Sequence[DateAnswer]) -> Share:
    """Of the labelled days, how many are the first day of something found there."""
    share = Share()
    for span, days in _labelled(case, ("date", "datetime")):
        if days:
            first = {a.first_day.isoformat() for a in answers if a.first_day and overlap(a.span, span) > 0}
            share.count(bool(first & days))
    return share


def recalled(case: Case, answers: Sequence[DateAnswer]) -> Share:
    """Of the labelled spans, how many are touched by something found."""
    share = Share()
    for span, _ in _labelled(case, PLACED):
        share.count(any(overlap(answer.span, span) > 0 for answer in answers))
    return share


def false_alarms(case: Case, answers: Sequence[DateAnswer]) -> Share:
    """Of the cases without any label, in how many something was found."""
    return Share() if case.expected else Share(right=int(bool(answers)), of=1)


COUNTS: tuple[Callable[[Case, Sequence[DateAnswer]], Share], ...] = (days_right, recalled, false_alarms)


def _labelled(case: Case, types: Sequence[str]) -> list[tuple[tuple[int, int], set[str]]]:
    """The labels of some types, but for those within another."""
    return [
        (span, days)
        for span, (kind, days) in case.expected.items()
        if kind in types
        and not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in case.expected)
    ]
