"""Measure the extractors on the labelled data sets.

Usage: python -m extractors.training.measure DATA_FOLDER [--test]

Without `--test` the figures are for the lines that are not set aside in `split.json`; with it, for those that
are, after a check that their bytes are the ones that were frozen. Commitments are judged by sentence on
`ewt_email` and by overlap, one to one, on `sales_*`; findings in ranges marked debatable count neither way.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractors import Findings, extract
from extractors.training.freeze_split import SPLIT_FILE, checksum, read_lines

SALES = (
    "commitments/sales_emails.jsonl",
    "commitments/sales_B.jsonl",
    "commitments/sales_C.jsonl",
    "commitments/sales_D.jsonl",
)
SENTENCES = "commitments/ewt_email.jsonl"
ADVERSARIAL = "commitments/sales_adversarial.jsonl"
ENRON = "commitments/enron_sentences.jsonl"
AUTHORED = "authored_text/cases.jsonl"
DATES = "dates/email_dates.jsonl"
DATES_SENT_AT = datetime.fromisoformat("2026-11-18T10:00:00-05:00")
DATES_ZONE = "America/New_York"

Row = dict[str, Any]
Span = tuple[int, int]


@dataclass
class Score:
    """Counts of one comparison: right, false and missed findings."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, other: "Score") -> None:
        self.right += other.right
        self.false += other.false
        self.missed += other.missed

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.false, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.false + self.missed, 1)

    def line(self, name: str) -> str:
        return (
            f"{name:<44} P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  n {self.right + self.missed}"
        )


@dataclass
class Share:
    """So many right of so many."""

    right: int = 0
    of: int = 0

    def count(self, right: bool) -> None:
        self.right += right
        self.of += 1

    def line(self, name: str) -> str:
        return f"{name:<44} {self.right / max(self.of, 1):.3f}  n {self.of}"


def load(data: Path, dataset: str, *, test: bool) -> list[Row]:
    """The rows of a data set's test part, or of the rest. Raises SystemExit where the file is missing or its frozen
    lines have changed.
    """
    frozen = json.loads(SPLIT_FILE.read_text(encoding="utf-8"))[dataset]
    held_back = {number for first, last in frozen["test_lines"] for number in range(first, last + 1)}
    path = data / dataset
    if not path.is_file():
        sys.exit(f"{path} is missing; give the folder that holds the labelled data.")
    lines = read_lines(path)
    if checksum(lines[number - 1] for number in sorted(held_back)) != frozen["sha256"]:
        sys.exit(
            f"{dataset} is not the file whose test part was frozen; measure on that file or freeze the split again."
        )
    return [json.loads(line) for number, line in enumerate(lines, 1) if (number in held_back) == test]


def overlap(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def pair(found: list[Span], labelled: list[Span]) -> list[tuple[int, int]]:
    """One-to-one pairs (found, labelled) that overlap, the largest overlap first."""
    candidates = sorted(
        ((overlap(f, g), i, j) for i, f in enumerate(found) for j, g in enumerate(labelled) if overlap(f, g) > 0),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in candidates:
        if all(i != used and j != taken for used, taken in pairs):
            pairs.append((i, j))
    return pairs


def compare(found: list[Span], labelled: list[Span], debatable: list[Span]) -> tuple[Score, list[tuple[int, int]]]:
    """The score of found spans against labelled ones, and the pairs."""
    pairs = pair(found, labelled)
    paired = {i for i, _ in pairs}
    false = [f for i, f in enumerate(found) if i not in paired and not any(overlap(f, d) > 0 for d in debatable)]
    return Score(right=len(pairs), false=len(false), missed=len(labelled) - len(pairs)), pairs


def spans_of(findings: Iterable[Any]) -> list[Span]:
    return [(finding.start, finding.end) for finding in findings]


def label_spans(labels: Iterable[Row]) -> list[Span]:
    return [(label["start"], label["end"]) for label in labels]


def findings_of(row: Row) -> Findings:
    return extract(
        row["text"], subject=row["subject"], sent_at=datetime.fromisoformat(row["sent_at"]), timezone=row["timezone"]
    )


def measure_sales(rows: list[Row], name: str) -> Iterator[str]:
    """Lines of figures for whole sales emails."""
    commitments, dates, attachments = Score(), Score(), Score()
    firm, strength, kind, due, day = Share(), Share(), Share(), Share(), Share()
    for row in rows:
        findings = findings_of(row)
        debatable = [(start, end) for start, end in row["debatable"]]
        score, pairs = compare(spans_of(findings.commitments), label_spans(row["commitments"]), debatable)
        commitments.add(score)
        matched = {j: findings.commitments[i] for i, j in pairs}
        for j, label in enumerate(row["commitments"]):
            if label["strength"] == "firm":
                firm.count(j in matched)
            if j in matched:
                strength.count(matched[j].strength == label["strength"])
                kind.count(matched[j].kind == label["kind"])
                if label["due_day"]:
                    found_due = matched[j].due
                    due.count(found_due is not None and found_due.due_day == date.fromisoformat(label["due_day"]))
        score, pairs = compare(spans_of(findings.dates), label_spans(row["dates"]), debatable)
        dates.add(score)
        for i, j in pairs:
            wanted = row["dates"][j]["due_day"]
            day.count(findings.dates[i].due_day == (date.fromisoformat(wanted) if wanted else None))
        attachments.add(compare(spans_of(findings.attachments), label_spans(row["attachments"]), debatable)[0])
    yield commitments.line(f"{name} commitments")
    yield firm.line(f"{name} firm recall")
    yield strength.line(f"{name} strength of those found")
    yield kind.line(f"{name} kind of those found")
    yield due.line(f"{name} due day of those found")
    yield dates.line(f"{name} dates")
    yield day.line(f"{name} day of dates found")
    yield attachments.line(f"{name} attachments")


def measure_sentences(rows: list[Row]) -> Iterator[str]:
    """Lines of figures for the email sentences, each judged by itself."""
    commitments, attachments, dates = Score(), Score(), Score()
    firm = Share()
    for row in rows:
        findings = extract(row["text"])
        commitments.add(yes_or_no(bool(findings.commitments), bool(row["commitments"])))
        attachments.add(yes_or_no(bool(findings.attachments), bool(row["attachments"])))
        labelled = [(start, end) for start, end in (label["start_end"] for label in row["dates"])]
        dates.add(compare(spans_of(findings.dates), labelled, [])[0])
        if any(label["strength"] == "firm" for label in row["commitments"]):
            firm.count(bool(findings.commitments))
    yield commitments.line("ewt_email commitment sentences")
    yield firm.line("ewt_email firm recall")
    yield attachments.line("ewt_email attachment sentences")
    yield dates.line("ewt_email dates")


def yes_or_no(found: bool, labelled: bool) -> Score:
    return Score(right=found and labelled, false=found and not labelled, missed=labelled and not found)


def measure_labelled_sentences(rows: list[Row], name: str) -> Iterator[str]:
    """One line for sentences labelled commitment or not as a whole."""
    score = Score()
    for row in rows:
        score.add(yes_or_no(bool(extract(row["text"]).commitments), row["label"] not in (0, "none", False, None)))
    yield score.line(name)


def measure_dates(rows: list[Row]) -> Iterator[str]:
    """Lines for the date sentences: exact spans, and the first day of the value."""
    exact, touched = Score(), Score()
    day = Share()
    for row in rows:
        findings = extract(row["text"], sent_at=DATES_SENT_AT, timezone=DATES_ZONE, holidays="US")
        labels, at = [], 0
        for label in row["expressions"]:
            start = row["text"].index(label["text"], at)
            at = start + len(label["text"])
            labels.append((start, at))
        found = spans_of(findings.dates)
        same = len(set(found) & set(labels))
        exact.add(Score(right=same, false=len(found) - same, missed=len(labels) - same))
        score, pairs = compare(found, labels, [])
        touched.add(score)
        for i, j in pairs:
            start_at = findings.dates[i].from_
            day.count(start_at is not None and start_at.isoformat().startswith(row["expressions"][j]["value"][:10]))
    yield exact.line("email_dates exact spans")
    yield touched.line("email_dates overlapping spans")
    yield day.line("email_dates first day right")


def measure_authored(rows: list[Row]) -> Iterator[str]:
    """How many mails give exactly the sender's own text, white space aside."""
    share = Share()
    for row in rows:
        findings = extract(row["raw"])
        own = " ".join(row["raw"][start:end] for start, end in findings.authored)
        share.count(own.split() == row["authored"].split())
    yield share.line("authored_text")


def report(data: Path, *, test: bool) -> Iterator[str]:
    """All figures, line by line."""
    pooled: list[Row] = []
    for dataset in SALES:
        rows = load(data, dataset, test=test)
        pooled += rows
        yield from list(measure_sales(rows, Path(dataset).stem))[:1]
    yield from measure_sales(pooled, "sales_*")
    yield from measure_sentences(load(data, SENTENCES, test=test))
    yield from measure_labelled_sentences(load(data, ENRON, test=test), "enron_sentences")
    yield from measure_labelled_sentences(load(data, ADVERSARIAL, test=test), "sales_adversarial")
    yield from measure_dates(load(data, DATES, test=test))
    yield from measure_authored(load(data, AUTHORED, test=test))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--test", action="store_true", help="measure on the frozen test part")
    arguments = parser.parse_args()
    for line in report(arguments.data, test=arguments.test):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
