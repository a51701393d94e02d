"""The labelled emails hold what they claim, and a label that does not fit its text is refused."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
import yaml

from tests.support.golden_emails import (
    GoldenEmail,
    GoldenEmailError,
    Kind,
    Span,
    Strength,
    load_golden_emails,
)

FINE: Mapping[str, object] = {
    "id": "X1",
    "persona": "terse ops",
    "why": "shows the format",
    "sent_at": "2026-03-04T10:00:00+01:00",
    "timezone": "Europe/Berlin",
    "subject": "Offer",
    "text": "I'll send the offer on 5 May, not on 15 May.\n\nUli\n\n> We will sign on Friday.\n",
    "set_aside": [{"from": "> We"}],
    "commitments": [
        {
            "text": "I'll send the offer on 5 May",
            "strength": "firm",
            "kind": "deliverable",
            "actor": "sender",
            "action": "send",
            "object": "the offer",
            "due": "5 May",
            "due_day": "2026-05-05",
        }
    ],
    "dates": [{"text": "5 May", "due_day": "2026-05-05"}, {"text": "15 May", "due_day": "2026-05-15"}],
}


@pytest.fixture(scope="module")
def emails() -> tuple[GoldenEmail, ...]:
    return load_golden_emails()


def _load(folder: Path, *mails: Mapping[str, object]) -> tuple[GoldenEmail, ...]:
    (folder / "mails.yaml").write_text(yaml.safe_dump([dict(mail) for mail in mails]), encoding="utf-8")
    return load_golden_emails(folder)


def _spans(email: GoldenEmail) -> tuple[Span, ...]:
    return (*email.authored, *email.commitments, *email.dates, *email.attachments, *email.debatable)


def test_every_offset_gives_back_its_text(emails: tuple[GoldenEmail, ...]) -> None:
    assert all(email.text[span.start : span.end] == span.text for email in emails for span in _spans(email))


def test_commitments_of_a_mail_do_not_overlap_and_neither_do_dates(emails: tuple[GoldenEmail, ...]) -> None:
    for email in emails:
        for spans in (email.commitments, email.dates):
            assert all(one.end <= other.start for one, other in pairwise(spans)), email.id


def test_the_set_is_large_and_varied(emails: tuple[GoldenEmail, ...]) -> None:
    commitments = [commitment for email in emails for commitment in email.commitments]
    assert len({email.id for email in emails}) == len(emails) >= 40
    assert sum(email.adversarial for email in emails) >= 15
    assert len({email.persona for email in emails}) >= 8
    assert len({email.timezone for email in emails}) >= 30
    assert {commitment.kind for commitment in commitments} == set(get_args(Kind))
    assert {commitment.strength for commitment in commitments} == set(get_args(Strength))
    assert sum(not email.commitments for email in emails) >= 4


def test_a_label_is_found_as_whole_words_and_quoted_text_is_not_authored(tmp_path: Path) -> None:
    (email,) = _load(tmp_path, FINE)
    assert [(date.text, date.start) for date in email.dates] == [("5 May", 23), ("15 May", 37)]
    assert [stretch.text for stretch in email.authored] == ["I'll send the offer on 5 May, not on 15 May.\n\nUli"]


def test_nth_says_which_occurrence_is_meant(tmp_path: Path) -> None:
    label = {"text": "on", "nth": 2}
    (email,) = _load(tmp_path, {**FINE, "debatable": [label]})
    assert [span.start for span in email.debatable] == [34]


def test_text_between_two_stretches_set_aside_is_authored(tmp_path: Path) -> None:
    text = "> Can you?\n\nYes, soon.\n\n> And him?\n\nNo.\n"
    aside = [{"from": "> Can", "to": "you?"}, {"from": "> And", "to": "him?"}]
    (email,) = _load(tmp_path, {**FINE, "text": text, "set_aside": aside, "commitments": [], "dates": []})
    assert [stretch.text for stretch in email.authored] == ["Yes, soon.", "No."]


def _with_commitment(**changes: object) -> dict[str, object]:
    commitment = {"text": "I'll send the offer", "strength": "firm", "kind": "deliverable", "actor": "sender"}
    return {**FINE, "commitments": [{**commitment, **changes}]}


@pytest.mark.parametrize(
    ("mail", "complaint"),
    [
        (_with_commitment(text="I'll send an offer"), "is not in the text"),
        (_with_commitment(text="I'll send the off"), "is not in the text"),
        (_with_commitment(object="the quote"), "a slot repeats the text"),
        (_with_commitment(actor="Petra"), "nobody named 'Petra'"),
        (_with_commitment(due_day="2026-05-05"), "which no date label"),
        (_with_commitment(strength="solemn"), "is not a list of labelled mails"),
        (_with_commitment(promise="yes"), "is not a list of labelled mails"),
        ({**FINE, "debatable": [{"text": "on"}]}, "3 times; say which with nth"),
        ({**FINE, "debatable": [{"text": "on", "nth": 4}]}, "correct or drop nth"),
        ({**FINE, "debatable": [{"text": "offer", "nth": 1}]}, "correct or drop nth"),
        ({**FINE, "dates": [{"text": "Friday", "due_day": None}], "commitments": []}, "outside the authored text"),
        ({**FINE, "attachments": [{"text": "the offer", "document": "a deck"}]}, "name the document as it reads"),
        ({**FINE, "set_aside": [{"from": "-- \nUli"}]}, "is not found once"),
        ({**FINE, "timezone": "Europe/Bielefeld"}, "is no time zone"),
        ({**FINE, "sent_at": "2026-07-04T10:00:00+01:00"}, "correct sent_at"),
        ({**FINE, "sent_at": "2026-03-04T10:00:00"}, "is not a list of labelled mails"),
        ({**FINE, "why": "one line\nand another"}, "is not a list of labelled mails"),
    ],
)
def test_a_label_that_does_not_fit_is_refused(tmp_path: Path, mail: dict[str, object], complaint: str) -> None:
    with pytest.raises(GoldenEmailError, match=complaint):
        _load(tmp_path, mail)


def test_due_and_date_label_may_not_name_different_days(tmp_path: Path) -> None:
    dates = [{"text": "5 May", "due_day": "2026-05-04"}]
    with pytest.raises(GoldenEmailError, match="label that date, or correct one of the two"):
        _load(tmp_path, {**FINE, "dates": dates})


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldenEmailError, match="ids used more than once: X1"):
        _load(tmp_path, FINE, FINE)


def test_a_file_that_is_no_yaml_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("- id: [", encoding="utf-8")
    with pytest.raises(GoldenEmailError, match=r"broken\.yaml is not a list of labelled mails"):
        load_golden_emails(tmp_path)
