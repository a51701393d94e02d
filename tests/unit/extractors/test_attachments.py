import pytest

from tests.unit.extractors.drafts import findings_of


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Attached is the renewal form.", "the renewal form"),
        ("I've enclosed our proposal for your review.", "our proposal"),
        ("Please see the attached deck.", "deck"),
        ("PFA the sizing sheet.", "the sizing sheet"),
        ("Here is the draft you asked for.", "the draft you asked for"),
        ("The minutes are attached.", "The minutes"),
        ("Attached: plan_v2.xlsx", "plan_v2.xlsx"),
    ],
)
def test_claims(text: str, document: str) -> None:
    (claim,) = findings_of(text).attachments
    assert claim.document == document


@pytest.mark.parametrize(
    "text",
    [
        "The file you attached is empty.",
        "I will attach the form tomorrow.",
        "Please attach the purchase order.",
        "No strings attached.",
        "Here is the thing.",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert findings_of(text).attachments == ()
