"""The digest is the name of exact content: any change of what it covers is another name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.codec import from_record, to_record
from app.core.digest import canonical_bytes, draft_digest, submission_digest
from app.core.drafts import Attachment, Draft, SequenceStep, Thread
from tests.support.gates import a_draft

FILE = Attachment(filename="plan.pdf", content_type="application/pdf", content=b"%PDF")
DRAFT = a_draft(html="<p>Hello</p>", attachments=(FILE,), cc=("c@x.example",), bcc=("b@x.example",))


@pytest.mark.parametrize(
    "change",
    [
        {"to": ("other@theirs.example",)},
        {"cc": ()},
        {"bcc": ()},
        {"cc": (), "bcc": ("b@x.example", "c@x.example")},
        {"subject": "auto_send "},
        {"text": "Hello. I will send the plan!"},
        {"html": None},
        {"html": ""},
        {"attachments": ()},
        {"attachments": (FILE, FILE)},
        {"attachments": (replace(FILE, filename="plan2.pdf"),)},
        {"attachments": (replace(FILE, content_type="text/plain"),)},
        {"attachments": (replace(FILE, content=b"%PDF2"),)},
    ],
)
def test_any_change_of_what_would_be_sent_is_another_digest(change: dict[str, object]) -> None:
    assert draft_digest(replace(DRAFT, **change), 1) != draft_digest(DRAFT, 1)  # type: ignore[arg-type]


def test_another_policy_is_another_digest() -> None:
    assert draft_digest(DRAFT, 1) != draft_digest(DRAFT, 2)


def test_the_same_content_is_the_same_digest() -> None:
    assert draft_digest(DRAFT, 1) == draft_digest(replace(DRAFT, client_id="x", agent="other"), 1)


def test_a_submission_is_told_from_a_reused_key_by_its_envelope_too() -> None:
    for change in ({"agent": "other"}, {"deal_id": "D-1"}, {"thread": Thread(id="t")}, {"action": "proposal"}):
        assert submission_digest(replace(DRAFT, **change)) != submission_digest(DRAFT)


def test_canonical_bytes_have_one_spelling() -> None:
    assert canonical_bytes({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical_bytes(float("nan"))


@given(
    st.builds(
        Draft,
        action=st.text(),
        agent=st.text(),
        on_behalf_of=st.text(),
        to=st.lists(st.text(), max_size=3).map(tuple),
        subject=st.text(),
        text=st.text(),
        html=st.none() | st.text(),
        attachments=st.lists(
            st.builds(Attachment, filename=st.text(), content_type=st.text(), content=st.binary()), max_size=2
        ).map(tuple),
        thread=st.none() | st.builds(Thread, id=st.text(), references=st.lists(st.text(), max_size=2).map(tuple)),
        sequence=st.none() | st.builds(SequenceStep, id=st.text(), step=st.integers(1, 9)),
    )
)
def test_a_draft_survives_being_kept(draft: Draft) -> None:
    kept = from_record(Draft, to_record(draft))
    assert kept == draft
    assert draft_digest(kept, 1) == draft_digest(draft, 1)
