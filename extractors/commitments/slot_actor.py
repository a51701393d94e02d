"""Who is to do what a commitment says: the sender, the sender's organisation, or a colleague or team by name."""

from dataclasses import dataclass

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NounPhrase, ParseView
from extractors.commitments.people import People
from extractors.commitments.phrase_sorts import sort_of
from extractors.commitments.slot_phrases import Phrases
from extractors.commitments.subjects import person_named
from extractors.wordlists import word_set

SENDER = "sender"
ORGANISATION = "organisation"
_LONGEST_SUBJECT = 14
_TITLES = word_set("mr. mrs. ms. dr. prof. mr mrs ms dr prof sig. sig eng. eng ing. ing dra.")
# "Tuesday works for me": what suits the sender.
_SUITS = word_set("be work do sound suit meet see")


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts; `is_subject` says that the subject of the sentence is that person or team by name."""

    name: str
    is_subject: bool = False


def actor_of(found: Phrases, people: People, near: str | None) -> Actor:
    """The actor of an undertaking with a verb."""
    group = found.group
    if group.by in ("i", "we"):
        return Actor(name=SENDER if group.by == "i" else ORGANISATION)
    agent = _agent(found, people) if group.passive else None
    if agent:
        return Actor(name=agent)
    if group.by == "you":
        return Actor(name=ORGANISATION if group.passive or speaks_for_all(found.view) else SENDER)
    if group.subject is None:
        return Actor(name=_elided(found))
    return _of_subject(found, group.subject, people, near)


def _of_subject(found: Phrases, subject: int, people: People, near: str | None) -> Actor:
    """The actor where the subject is a third person or a thing."""
    if found.group.by == "they" and not found.group.passive:
        pronoun = found.view.slice(subject, subject)
        return Actor(name=near or (ORGANISATION if pronoun.lower() == "they" else pronoun), is_subject=True)
    text = _subject_text(found, subject)
    if text.endswith((" I", " me")):
        return Actor(name=SENDER)
    named = _name_of(found.view, text, found.subject_phrase(), people, near)
    return Actor(name=named, is_subject=True) if named else Actor(name=_of_thing(found))


def _name_of(view: ParseView, text: str, phrase: NounPhrase | None, people: People, near: str | None) -> str | None:
    """The colleague or team that a subject names, or None."""
    named = person_named(text, people, near)
    if not named or phrase is None:
        return named
    if phrase.first == phrase.last and view.tags[phrase.last] in ("NN", "NNS") and not people.side(text):
        return None
    if "," in text or "(" in text or view.slice(phrase.last, phrase.last)[:1].isupper():
        return without_our(_with_title(named, text))
    # A name may be only an attribute: "Boise office", "Formal offer".
    is_team = view.lower[phrase.last] in words.PEOPLE_NOUNS
    return without_our(view.slice(phrase.first, phrase.last)) if is_team else None


def speaks_for_all(view: ParseView) -> bool:
    """Whether the commitment says "we" or "our" and never "I"."""
    inside = {lower for lower, within in zip(view.lower, view.inside, strict=True) if within}
    return inside.isdisjoint(words.PERSONAL) and not inside.isdisjoint(words.JOINT)


def _elided(found: Phrases) -> str:
    """Without a subject the sender speaks, but participles ("first dashboards delivered") are the organisation's."""
    view, group = found.view, found.group
    return ORGANISATION if view.tags[group.verb] in ("VBN", "VBD") or group.passive else SENDER


def _of_thing(found: Phrases) -> str:
    view, group = found.view, found.group
    to_follow = group.lemma == "follow" and view.at(group.verb - 1) == "to"
    suits = group.lemma in _SUITS and group.subject is not None and view.dated[group.subject]
    return SENDER if to_follow or (suits and words.JOINT.isdisjoint(view.lower)) else ORGANISATION


def _agent(found: Phrases, people: People) -> str | None:
    """The person or team of a passive ("sent by Mr. Fuhrmann")."""
    view = found.view
    phrase = next((found.phrases[nth] for nth in found.following() if found.preposition(nth) == "by"), None)
    if phrase is None:
        return None
    if sort_of(view, phrase) == "speaker":
        return ORGANISATION if view.lower[phrase.last] == "us" else SENDER
    text = view.slice(phrase.first, phrase.last)
    is_team = view.lower[phrase.last] in words.PEOPLE_NOUNS
    return without_our(text) if is_team else _name_of(view, text, phrase, people, None)


def _subject_text(found: Phrases, subject: int) -> str:
    """The subject as written, what is put after it in commas included ("Our fitter, Mr. Dombrowski")."""
    view, group = found.view, found.group
    phrase = found.subject_phrase()
    first = subject if phrase is None else phrase.first
    last = group.start - 1
    if not (first <= last <= first + _LONGEST_SUBJECT) or not view.inside[last]:
        last = subject
    while last > first and view.lower[last] in (",", "-", "–", ")"):
        last -= 1
    return view.slice(first, last)


def _with_title(name: str, text: str) -> str:
    """A name with the "Mr." that the text puts before it."""
    before = text[: max(text.find(name), 0)].split()
    return f"{before[-1]} {name}" if before and before[-1].lower() in _TITLES else name


def without_our(name: str) -> str | None:
    """A name without "our"; nothing where it only stands for the organisation."""
    for ours in ("our ", "my ", "the ", "Our ", "My ", "The "):
        name = name.removeprefix(ours)
    return None if name.lower() in words.COMPANY_ITSELF else name
