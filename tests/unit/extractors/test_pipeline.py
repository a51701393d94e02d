import json
from datetime import UTC, datetime

import pytest

import extractors
from extractors import ExtractionError, extract
from tests.unit.extractors.drafts import SENT_AT, ZONE


def test_the_record_has_the_keys_of_the_interface() -> None:
    text = "Hi Ann,\n\nI'll send the quote by Friday. Attached is the deck."
    record = extract(text, sent_at=SENT_AT, timezone=ZONE).to_record()
    assert list(record) == ["authored", "commitments", "dates", "attachments", "hidden"]
    assert json.loads(json.dumps(record))["commitments"] == [
        {
            "text": "I'll send the quote by Friday",
            "start": 9,
            "end": 38,
            "strength": "firm",
            "kind": "deliverable",
            "actor": "sender",
            "action": "send",
            "object": "the quote",
            "recipient": None,
            "due": {
                "text": "Friday",
                "start": 32,
                "end": 38,
                "from": "2026-11-20T00:00:00-05:00",
                "to": "2026-11-21T00:00:00-05:00",
                "grain": "day",
                "due_day": "2026-11-20",
            },
            "rule": "will",
        }
    ]


def test_rendered_html_is_returned_as_text() -> None:
    record = extract("ignored", html="<p>I'll call.</p>").to_record()
    assert record["text"] == "I'll call."


def test_a_date_record_lists_the_other_readings() -> None:
    (mention,) = extract("I'll send it next Friday.", sent_at=SENT_AT, timezone=ZONE).dates
    record = mention.to_record()
    assert record["ambiguous"] is True
    assert record["alternatives"] == [
        {"from": "2026-11-20T00:00:00-05:00", "to": "2026-11-21T00:00:00-05:00", "due_day": "2026-11-20"}
    ]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "New York"])
def test_an_unknown_zone_says_what_to_give(zone: str) -> None:
    if not zone:
        assert extract("x", sent_at=SENT_AT, timezone=zone).dates == ()
        return
    with pytest.raises(ExtractionError, match="IANA"):
        extract("x", timezone=zone)


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ExtractionError, match="offset"):
        extract("x", sent_at=datetime(2026, 11, 18, 10))  # noqa: DTZ001 - the very mistake


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ExtractionError, match="country"):
        extract("x", holidays="Atlantis")


def test_without_a_zone_the_offset_of_the_moment_counts() -> None:
    (mention,) = extract("I'll call tomorrow.", sent_at=datetime(2026, 11, 18, 23, tzinfo=UTC)).dates
    assert str(mention.due_day) == "2026-11-19"


def test_zero_width_characters_are_reported_and_read_over() -> None:
    text = "I w\u200bill send it."
    findings = extract(text)
    assert [(passage.how, passage.start, passage.end) for passage in findings.hidden] == [("zero_width", 3, 4)]
    assert findings.commitments[0].text == "I w\u200bill send it"


def test_everything_exported_is_there() -> None:
    assert all(hasattr(extractors, name) for name in extractors.__all__)
