"""Slots as they are filled from a parse that is written by hand."""

from extractors.commitments.parsed_slots import ParsedSlots, parsed_slots
from extractors.commitments.people import People
from tests.unit.extractors.commitments.parses import parsed

PEOPLE = People(ours=frozenset({"femi"}), theirs=frozenset({"ottilie"}))


def slots(words: str, *, date: str | None = None, span: str | None = None, near: str | None = None) -> ParsedSlots:
    doc = parsed(words)
    text = doc.text
    dates = [] if date is None else [(text.index(date), text.index(date) + len(date))]
    start, end = (0, len(text)) if span is None else (text.index(span), text.index(span) + len(span))
    return parsed_slots(doc, (start, end), dates=dates, people=PEOPLE, near=near)


def filled(actor: str, action: str | None, thing: str | None = None, recipient: str | None = None) -> ParsedSlots:
    return ParsedSlots(actor=actor, action=action, object=thing, recipient=recipient)
