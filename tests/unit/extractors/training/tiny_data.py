"""A labelled data folder of a few lines, frozen like the real one, for tests of what reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.training.freeze_split import checksum

Row = dict[str, object]

SENT_AT = "2026-03-04T10:00:00+01:00"
MAIL_TEXT = "Hi Ada,\n\nI'll send the offer by Friday. Attached is the plan.\n\nUli\n"
PROMISE = "I'll send the offer by Friday"
PROMISE_START = MAIL_TEXT.index(PROMISE)
FRIDAY = MAIL_TEXT.index("Friday")
CLAIM = MAIL_TEXT.index("Attached is the plan")
LABEL: Row = {
    "strength": "firm",
    "kind": "deliverable",
    "actor": "sender",
    "action": "send",
    "object": "the offer",
    "recipient": None,
    "due": "Friday",
}
NO_LABELS: Row = {"commitments": [], "dates": [], "attachments": []}


def sales_mail(identity: str) -> Row:
    return {
        "id": identity,
        "sent_at": SENT_AT,
        "timezone": "Europe/Berlin",
        "subject": "Offer",
        "text": MAIL_TEXT,
        "authored": [[0, MAIL_TEXT.index("\n\nUli")]],
        "debatable": [],
        "commitments": [
            {**LABEL, "start": PROMISE_START, "end": PROMISE_START + len(PROMISE), "due_day": "2026-03-06"}
        ],
        "dates": [{"start": FRIDAY, "end": FRIDAY + len("Friday"), "due_day": "2026-03-06"}],
        "attachments": [{"start": CLAIM, "end": CLAIM + len("Attached is the plan"), "document": "the plan"}],
    }


def email_sentences(run: str) -> list[Row]:
    return [
        {"doc": run, "text": "The price is fair.", **NO_LABELS},
        {
            "doc": run,
            "text": f"{PROMISE}.",
            "commitments": [{**LABEL, "start_end": [0, len(PROMISE)]}],
            "dates": [{"start_end": [len(PROMISE) - len("Friday"), len(PROMISE)]}],
            "attachments": [],
        },
    ]


def judged_sentences(yes: object, no: object) -> list[Row]:
    return [{"id": 1, "text": f"{PROMISE}.", "label": yes}, {"id": 2, "text": "It rained.", "label": no}]


def phrase(text: str, reading: str) -> Row:
    return {"text": text, "ref_time": "2017-09-09T05:50:20", "gold_parse": reading}


def halves() -> dict[str, tuple[Sequence[Row], Sequence[Row]]]:
    """The train part and the test part of each data set."""
    sales: tuple[Sequence[Row], Sequence[Row]] = ([sales_mail("T1")], [sales_mail("X1"), sales_mail("X2")])
    slot_case: Row = {
        "id": 1, "text": f"{PROMISE}.", "action": "send", "object": "the offer", "recipient": "", "deadline": "Friday"
    }  # fmt: skip
    date_sentences: list[Row] = [
        {"id": 1, "text": "Call me on Friday.", "expressions": [{"text": "Friday", "value": "2026-11-20"}]},
        {"id": 2, "text": "It costs $12.", "expressions": []},
    ]
    return {
        "commitments/sales_emails.jsonl": sales,
        "commitments/sales_B.jsonl": sales,
        "commitments/sales_C.jsonl": sales,
        "commitments/sales_D.jsonl": sales,
        "commitments/ewt_email.jsonl": (email_sentences("a"), [*email_sentences("b"), *email_sentences("c")]),
        "commitments/sales_adversarial.jsonl": (judged_sentences("commitment", "none"),) * 2,
        "commitments/enron_sentences.jsonl": (judged_sentences("firm", "none"),) * 2,
        "commitments/slots.jsonl": ([slot_case], [slot_case]),
        "dates/email_dates.jsonl": (date_sentences, date_sentences),
        "dates/timeparse_en.jsonl": (
            [phrase("1 night", "Duration[]{1 nights}")],
            [phrase("11.9.", "Time[]{2017-09-11 X:X (X/X)}"), phrase("1 night", "Duration[]{1 nights}")],
        ),
        "authored_text/cases.jsonl": ([], [{"id": "r", "raw": "Thanks!\n\n> Friday?\n", "authored": "Thanks!"}]),
    }


def write_tiny_data(folder: Path) -> Path:
    """Writes the folder; returns its split file, to be put in the place of the real one."""
    split: dict[str, Mapping[str, object]] = {}
    for dataset, (train, test) in halves().items():
        path = folder / dataset
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{json.dumps(row)}\n".encode() for row in (*train, *test)]
        path.write_bytes(b"".join(lines))
        split[dataset] = {"sha256": checksum(lines[len(train) :]), "test_lines": [[len(train) + 1, len(lines)]]}
    write_cases(folder / "dates" / "recognizers")
    split_file = folder / "split.json"
    split_file.write_text(json.dumps(split), encoding="utf-8")
    return split_file


def write_cases(folder: Path) -> None:
    """Cases in the form of the Recognizers-Text files, enough that both thirds have some."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = [
        {
            "Input": f"I'll be back on Nov {day}",
            "Context": {"ReferenceDateTime": "2016-11-07T00:00:00"},
            "Results": [
                {
                    "Text": f"Nov {day}",
                    "Type": "date",
                    "Start": 16,
                    "Value": {"FutureResolution": {"date": f"2016-11-{day}"}},
                }
            ],
        }
        for day in range(10, 20)
    ]
    (folder / "DateParser.json").write_text(json.dumps(cases), encoding="utf-8")
