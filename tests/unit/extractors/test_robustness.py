"""No text is an error, and every finding is found where it says."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import AttachmentClaim, Commitment, DateMention, Findings, HiddenText, extract
from extractors.dates.grammar import NEAR_TRIGGERS
from tests.support.golden_emails import load_golden_emails
from tests.unit.extractors.drafts import SENT_AT, ZONE

_ENGLISH = (
    "I we you they Ann will won't can send the report by Friday next week 2-4pm tomorrow at 10 if unless attached"
    " is on 11/30 12.12.2026 On wrote: -- - 1. : ; , . ? ! ( ) Q1 end of month mid-June within 48 hours from to"
    " between and EOD ET 99999 0/0 13:99 Feb 30 31/02 $40k 25%"
)
_STRANGE = [
    "> ",
    "\n",
    "\r\n",
    "\u200b",
    "\u2019",
    "\U0001f680",
    "\U0001f469\u200d\U0001f4bb",
    "e\u0301",
    "\u05e9\u05dc",
    "\u0645\u0631",
]
_STRANGE += ["\u202e", "\ufeff", "\u00ad", "\u0130", "\u1e9e", "\ufb01", "\x00", "\ud7ff", "\t"]
_OF_TIME = sorted({form for word in NEAR_TRIGGERS for form in (word, word + "s", "12" + word, "12" + word + "s")})
_WORDS = st.one_of(st.sampled_from([*_ENGLISH.split(), *_STRANGE]), st.sampled_from(_OF_TIME))
_PARAGRAPHS = sorted({p for mail in load_golden_emails() for p in mail.text.split("\n\n")})
_MIXED = st.lists(st.one_of(st.sampled_from(_PARAGRAPHS), _WORDS, st.text(max_size=8)), max_size=4)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_WORDS, max_size=60).map(" ".join),
    st.tuples(_MIXED, st.sampled_from(["\n", "\r\n", "\n\n", "\n> ", " "])).map(
        lambda given: given[1].join(given[0])
    ),
)
_MOMENTS = st.sampled_from([SENT_AT, datetime.fromisoformat("9999-12-30T23:00:00-05:00"), None])
_TAGS = [
    "<p>",
    "</p>",
    "<div style='display:none'>",
    "</div>",
    "<!--",
    "-->",
    "<br>",
    "<table><tr><td>",
    "<td>",
    "</table>",
]
_TAGS += ["<style>p{", "}</style>", "&nbsp;", "<blockquote>", "</blockquote>", "<ul><li>", "<a href='x'>", "&#x200b;"]


def assert_consistent(findings: Findings) -> None:
    everything: tuple[Commitment | DateMention | AttachmentClaim | HiddenText, ...] = (
        *findings.commitments,
        *findings.dates,
        *findings.attachments,
        *findings.hidden,
    )
    for finding in everything:
        assert 0 <= finding.start < finding.end <= len(findings.text)
        assert findings.text[finding.start : finding.end] == finding.text
    for commitment in findings.commitments:
        if commitment.due:
            assert findings.text[commitment.due.start : commitment.due.end] == commitment.due.text
    for start, end in findings.authored:
        assert 0 <= start < end <= len(findings.text)


@settings(deadline=None)
@given(text=_TEXTS, sent_at=_MOMENTS)
def test_any_text(text: str, sent_at: datetime | None) -> None:
    findings = extract(text, sent_at=sent_at, timezone=ZONE)
    assert_consistent(findings)
    findings.to_record()


@settings(deadline=None)
@given(parts=st.lists(st.one_of(st.text(max_size=40), st.sampled_from(_TAGS), _WORDS, _TEXTS), max_size=20))
def test_any_html(parts: list[str]) -> None:
    assert_consistent(extract("", html=" ".join(parts), sent_at=SENT_AT, timezone=ZONE))


@pytest.mark.parametrize(
    "frame", ["{}", "in {}", "in 3 {}", "within 12{}", "by the 2nd {} of May", "next {}", "{} at 4", "the {}"]
)
def test_any_word_of_time_in_any_frame(frame: str) -> None:
    text = "\n".join(frame.format(word) for word in _OF_TIME)
    assert_consistent(extract(text, sent_at=SENT_AT, timezone=ZONE))


def test_a_body_of_a_megabyte() -> None:
    authored = (
        "We weighed the pallets again and found nothing.\r\nI'll send the \U0001f680 report by Friday.\r\n\r\n"
        * 1_000
    )
    quoted = "On Mon, 16 Nov 2026 at 09:12, Ann Hale wrote:\r\n" + "> We will sign the day it comes.\r\n" * 30_000
    findings = extract(authored + quoted, sent_at=SENT_AT, timezone=ZONE)
    assert len(findings.text) >= 1_000_000
    assert len(findings.commitments) == len(findings.dates) == 1_000
    assert_consistent(findings)


def test_deeply_nested_html() -> None:
    findings = extract("", html="<div>" * 20_000 + "I'll send it by Friday." + "</div>" * 20_000, sent_at=SENT_AT)
    assert [commitment.action for commitment in findings.commitments] == ["send"]
    assert_consistent(findings)
