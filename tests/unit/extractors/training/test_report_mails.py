from datetime import date
from pathlib import Path

import pytest

from extractors.training import measure
from extractors.training.report import mails
from extractors.training.report.findings import ReadMail, found_by_product, spans_of
from extractors.training.report.mails import LabelledMail
from extractors.training.report.rivals import taught_sentences
from tests.unit.extractors.training.tiny_data import MAIL_TEXT, PROMISE, write_tiny_data


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(measure, "SPLIT_FILE", write_tiny_data(tmp_path))
    return tmp_path


def test_sales_mails(data: Path) -> None:
    first, second = mails.sales_mails(data, "commitments/sales_B.jsonl")
    assert (first.id, second.id) == ("X1", "X2")
    (promise,) = first.commitments
    assert MAIL_TEXT[slice(*promise.span)] == PROMISE
    assert promise.due_day == date(2026, 3, 6)
    assert promise.slots == {"action": "send", "object": "the offer", "recipient": None, "due": "Friday"}
    assert [mail.id for mail in mails.sales_mails(data, "commitments/sales_B.jsonl", test=False)] == ["T1"]


def test_the_sentences_of_a_run_stand_in_one_text(data: Path) -> None:
    runs = mails.sentence_mails(data)
    assert [run.id for run in runs] == ["b", "c"]
    assert [runs[0].text[start:end] for start, end in runs[0].sentences] == ["The price is fair.", f"{PROMISE}."]
    assert [runs[0].text[slice(*label.span)] for label in runs[0].commitments] == [PROMISE]
    assert [runs[0].text[slice(*label.span)] for label in runs[0].dates] == ["Friday"]


def test_lone_sentences_are_a_commitment_or_not(data: Path) -> None:
    assert [len(one.commitments) for one in mails.adversarial_sentences(data)] == [1, 0]
    assert [len(one.commitments) for one in mails.older_sentences(data)] == [1, 0]


def test_an_empty_slot_is_none(data: Path) -> None:
    (case,) = mails.slot_cases(data)
    assert case.commitments[0].slots["recipient"] is None
    assert case.commitments[0].slots["due"] == "Friday"


def test_phrases_that_name_no_day_are_left_out(data: Path) -> None:
    assert [one.dates[0].first_day for one in mails.time_phrases(data)] == ["2017-09-11"]


def test_a_changed_test_part_is_refused(data: Path) -> None:
    path = data / "dates" / "email_dates.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Friday", b"Monday"))
    with pytest.raises(SystemExit, match="not the file whose test part was frozen"):
        mails.date_sentences(data)


def test_a_missing_file_is_told(data: Path) -> None:
    (data / "dates" / "email_dates.jsonl").unlink()
    with pytest.raises(SystemExit, match=r"email_dates\.jsonl is missing"):
        mails.date_sentences(data)


def test_the_product_on_a_whole_mail(data: Path) -> None:
    mail = mails.sales_mails(data, "commitments/sales_B.jsonl")[0]
    found = found_by_product(mail)
    assert [mail.text[start:end] for start, end in spans_of(found.commitments)] == [PROMISE]
    assert [mail.text[start:end] for start, end in spans_of(found.dates)] == ["Friday"]
    assert found.authored


def test_given_sentences_are_judged_even_where_they_look_quoted() -> None:
    text = f"> {PROMISE}.\n\u200b{PROMISE}."
    mail = LabelledMail(id="q", text=text, sentences=((0, text.index("\n")), (text.index("\n") + 1, len(text))))
    found = found_by_product(mail).commitments
    assert [text[start:end] for start, end in spans_of(found)] == [PROMISE, PROMISE]


def test_the_families_alone_say_so() -> None:
    mail = LabelledMail(id="f", text=MAIL_TEXT)
    assert all(found.rule.startswith("fallback.") for found in ReadMail(mail).commitments(model=False))


def test_debatable_sentences_are_not_taught(data: Path) -> None:
    mail = mails.sales_mails(data, "commitments/sales_B.jsonl")[0]
    assert (f"{PROMISE}.", True) in taught_sentences(mail)
    start = MAIL_TEXT.index("Attached")
    unsure = LabelledMail(id="u", text=MAIL_TEXT, debatable=((start, start + 4),))
    assert not any(text.startswith("Attached") for text, _ in taught_sentences(unsure))
    assert (f"{PROMISE}.", False) in taught_sentences(unsure)
