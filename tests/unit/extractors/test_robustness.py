"""No text is an error, and every finding is found where it says."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import AttachmentClaim, Commitment, DateMention, Findings, HiddenText, extract
from tests.unit.extractors.drafts import SENT_AT, ZONE

_ENGLISH = (
    "I we you they Ann will won't can send the report by Friday next week 2-4pm tomorrow at 10 if unless attached"
    " is on 11/30 12.12.2026 On wrote: -- - 1. : ; , . ? ! ( ) Q1 end of month mid-June within 48 hours from to"
    " between and EOD ET 99999 0/0 13:99 Feb 30 31/02 $40k 25%"
)
_STRANGE = ["> ", "\n", "\r\n", "\u200b", "\u2019", "\U0001f680", "\u05e9\u05dc", "\u0645\u0631"]
_WORDS = st.sampled_from([*_ENGLISH.split(), *_STRANGE])
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join))
_MOMENTS = st.sampled_from([SENT_AT, datetime.fromisoformat("9999-12-30T23:00:00-05:00"), None])


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


@settings(max_examples=300, deadline=None)
@given(text=_TEXTS, sent_at=_MOMENTS)
def test_any_text(text: str, sent_at: datetime | None) -> None:
    findings = extract(text, sent_at=sent_at, timezone=ZONE)
    assert_consistent(findings)
    findings.to_record()


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<div style='display:none'>",
                    "</div>",
                    "<!--",
                    "-->",
                    "<br>",
                    "<table><tr><td>",
                    "<style>p{",
                    "}</style>",
                    "&nbsp;",
                ]
            ),
            _WORDS,
        ),
        max_size=30,
    )
)
def test_any_html(parts: list[str]) -> None:
    assert_consistent(extract("", html=" ".join(parts), sent_at=SENT_AT, timezone=ZONE))
