"""A moment of sending and short ways to the findings of a text."""

from datetime import datetime

from extractors import Commitment, DateMention, Findings, extract

# A Wednesday morning in New York; Thanksgiving is on the 26th.
SENT_AT = datetime.fromisoformat("2026-11-18T10:00:00-05:00")
ZONE = "America/New_York"


def findings_of(text: str, **options: str) -> Findings:
    return extract(
        text, sent_at=SENT_AT, timezone=ZONE, holidays=options.get("holidays"), locale=options.get("locale")
    )


def commitments_of(text: str) -> tuple[Commitment, ...]:
    return findings_of(text).commitments


def dates_of(text: str, **options: str) -> tuple[DateMention, ...]:
    return findings_of(text, **options).dates


def only_commitment(text: str) -> Commitment:
    (commitment,) = commitments_of(text)
    return commitment


def only_date(text: str, **options: str) -> DateMention:
    (mention,) = dates_of(text, **options)
    return mention
