"""Labelled mails and sentences in one shape, read from the shared data sets' frozen test parts.

A part whose bytes are not the ones that were frozen is refused by `load`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from extractors.lazily import compiled
from extractors.training.measure import (
    ADVERSARIAL,
    AUTHORED,
    DATES,
    DATES_SENT_AT,
    DATES_ZONE,
    ENRON,
    SALES,
    SENTENCES,
    Row,
    Span,
    load,
)

SLOT_CASES = "commitments/slots.jsonl"
TIME_PHRASES = "dates/timeparse_en.jsonl"
VOICES = dict(zip(("mixed", "terse", "formal", "as agents write"), SALES, strict=True))
SLOTS = ("action", "object", "recipient", "due")

_DAY_FIRST_ZONE = "Europe/London"
_PHRASE_DAY = compiled(r"\w+\[\]\{(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, kw_only=True)
class LabelledCommitment:
    """An undertaking as labelled; `strength` and `kind` are empty where the data set does not say."""

    span: Span
    strength: str = ""
    kind: str = ""
    slots: Mapping[str, str | None]
    due_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class LabelledDate:
    """A date as labelled; `first_day` is the ISO 8601 day (or month) it begins on, where the data set says."""

    span: Span
    due_day: date | None = None
    first_day: str | None = None


@dataclass(frozen=True, kw_only=True)
class LabelledMail:
    """A mail, or a lone sentence; `sentences` are given where it was labelled sentence by sentence, all of it as
    the sender's own text. Findings within `debatable` count neither way.
    """

    id: str
    text: str
    subject: str | None = None
    sent_at: datetime | None = None
    timezone: str | None = None
    holidays: str | None = None
    sentences: tuple[Span, ...] = ()
    authored: tuple[Span, ...] = ()
    commitments: tuple[LabelledCommitment, ...] = ()
    dates: tuple[LabelledDate, ...] = ()
    attachments: tuple[Span, ...] = ()
    debatable: tuple[Span, ...] = ()


Mails = tuple[LabelledMail, ...]


def sales_mails(data: Path, dataset: str, *, test: bool = True) -> Mails:
    return tuple(
        LabelledMail(
            id=row["id"],
            text=row["text"],
            subject=row["subject"],
            sent_at=datetime.fromisoformat(row["sent_at"]),
            timezone=row["timezone"],
            authored=_spans(row["authored"]),
            commitments=tuple(_commitment(label, (label["start"], label["end"])) for label in row["commitments"]),
            dates=tuple(
                LabelledDate(span=(label["start"], label["end"]), due_day=_day(label["due_day"]))
                for label in row["dates"]
            ),
            attachments=_spans((label["start"], label["end"]) for label in row["attachments"]),
            debatable=_spans(row["debatable"]),
        )
        for row in load(data, dataset, test=test)
    )


def sentence_mails(data: Path, *, test: bool = True) -> Mails:
    """The email sentences, those of one run of mails together in their order."""
    runs: dict[str, list[Row]] = {}
    for row in load(data, SENTENCES, test=test):
        runs.setdefault(row["doc"], []).append(row)
    return tuple(_run_of_sentences(name, rows) for name, rows in runs.items())


def _run_of_sentences(name: str, rows: Sequence[Row]) -> LabelledMail:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row["text"]) + 1)

    def labels(key: str) -> Iterator[tuple[Row, Span]]:
        for row, at in zip(rows, starts, strict=False):
            for label in row[key]:
                yield label, (at + label["start_end"][0], at + label["start_end"][1])

    return LabelledMail(
        id=name,
        text="\n".join(row["text"] for row in rows),
        sentences=tuple((at, at + len(row["text"])) for row, at in zip(rows, starts, strict=False)),
        commitments=tuple(_commitment(label, span) for label, span in labels("commitments")),
        dates=tuple(LabelledDate(span=span) for _, span in labels("dates")),
        attachments=tuple(span for _, span in labels("attachments")),
    )


def judged_sentences(data: Path, dataset: str, *, test: bool = True) -> Mails:
    """Lone sentences that were labelled as a whole: commitment or not (`sales_adversarial`, `enron_sentences`)."""
    return tuple(
        LabelledMail(
            id=str(row.get("id", number)),
            text=row["text"],
            sentences=((0, len(row["text"])),),
            commitments=()
            if row["label"] in (0, None, "none")
            else (LabelledCommitment(span=(0, len(row["text"])), slots={}),),
        )
        for number, row in enumerate(load(data, dataset, test=test))
    )


def adversarial_sentences(data: Path) -> Mails:
    return judged_sentences(data, ADVERSARIAL)


def older_sentences(data: Path) -> Mails:
    return judged_sentences(data, ENRON)


def slot_cases(data: Path) -> Mails:
    """Sentences with the slots of one undertaking each."""
    return tuple(
        LabelledMail(
            id=str(row["id"]),
            text=row["text"],
            sentences=((0, len(row["text"])),),
            commitments=(_commitment({**row, "due": row["deadline"]}, (0, len(row["text"]))),),
        )
        for row in load(data, SLOT_CASES, test=True)
    )


def date_sentences(data: Path) -> Mails:
    """Sentences with dates and the day each begins on."""
    return tuple(
        LabelledMail(
            id=str(row["id"]),
            text=row["text"],
            sent_at=DATES_SENT_AT,
            timezone=DATES_ZONE,
            holidays="US",
            sentences=((0, len(row["text"])),),
            dates=tuple(_placed_expressions(row)),
        )
        for row in load(data, DATES, test=True)
    )


def _placed_expressions(row: Row) -> Iterator[LabelledDate]:
    at = 0
    for label in row["expressions"]:
        start = row["text"].index(label["text"], at)
        at = start + len(label["text"])
        yield LabelledDate(span=(start, at), first_day=label["value"][:10])


def time_phrases(data: Path) -> Mails:
    """Phrases that name a day, day before month; those that name none are left out."""
    return tuple(
        LabelledMail(
            id=str(number),
            text=row["text"],
            sent_at=datetime.fromisoformat(row["ref_time"] + "+00:00"),
            timezone=_DAY_FIRST_ZONE,
            sentences=((0, len(row["text"])),),
            dates=(LabelledDate(span=(0, len(row["text"])), first_day=found[1]),),
        )
        for number, row in enumerate(load(data, TIME_PHRASES, test=True))
        if (found := _PHRASE_DAY.match(row["gold_parse"]))
    )


def raw_mails(data: Path) -> tuple[tuple[str, str], ...]:
    """Raw mails, each with the text that its sender newly wrote."""
    return tuple((row["raw"], row["authored"]) for row in load(data, AUTHORED, test=True))


def _commitment(label: Row, span: Span) -> LabelledCommitment:
    return LabelledCommitment(
        span=span,
        strength=label.get("strength", ""),
        kind=label.get("kind", ""),
        slots={slot: label[slot] or None for slot in SLOTS},
        due_day=_day(label.get("due_day")),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _spans(pairs: "Iterator[Span] | Sequence[Sequence[int]]") -> tuple[Span, ...]:
    return tuple((pair[0], pair[1]) for pair in pairs)
