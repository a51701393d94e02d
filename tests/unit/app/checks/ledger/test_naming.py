"""A thing is named in full, in short, or not at all; and a sentence takes it for there, or does not."""

from __future__ import annotations

import pytest

from app.checks.ledger.naming import Naming, naming
from app.checks.ledger.reliance import says_it_is_mended, takes_for_there
from app.checks.topics import topic_of

TEMPLATE = topic_of("send", "the data mapping template", "send the data mapping template")
SANDBOX = topic_of("set up", "your sandbox", "set up your sandbox")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Did you see the data mapping template?", Naming.FULL),
        ("Did you see the template for the mapping?", Naming.FULL),
        ("Did you fill in the template?", Naming.SHORT),
        ("Do you have a mapping template of your own?", Naming.NOT),
        ("The training template is ready.", Naming.NOT),
        ("Which template do you use?", Naming.NOT),
    ],
)
def test_how_much_of_a_name_is_there(text: str, how: Naming) -> None:
    assert naming(text, TEMPLATE) is how


def test_another_thing_is_made_of_it() -> None:
    assert naming("Try the sandbox.", SANDBOX) is Naming.FULL
    assert naming("Here is the sandbox policy.", SANDBOX) is Naming.NOT


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("What did you make of the template?", True),
        ("The template you got from me has nine columns.", True),
        ("We are still finishing the template.", False),
        ("You'll get the template tomorrow.", False),
        ("Do you still need the template?", False),
    ],
)
def test_what_takes_a_thing_for_there(text: str, there: bool) -> None:
    assert takes_for_there(text) is there


def test_a_fault_has_to_be_gone() -> None:
    assert says_it_is_mended("Now that the error is gone, go on.")
    assert not says_it_is_mended("The error will be fixed by Friday.")
    assert not says_it_is_mended("Does the error still show up?")
