"""Who, what and for whom in a list line without a verb: "Dana: report by Fri", "Readings to you Thursday"."""

from dataclasses import dataclass

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NounPhrase, ParseView
from extractors.commitments.people import People
from extractors.commitments.phrase_sorts import sort_of
from extractors.commitments.slot_actor import ORGANISATION, SENDER, speaks_for_all, without_our
from extractors.commitments.subjects import person_named
from extractors.wordlists import word_set

_SETS_OFF = word_set(": - – — / | + ( ) → ,")


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a list line without a verb says: who, and the index of the phrase for what."""

    actor: str
    thing: int | None


def line_of(view: ParseView, phrases: list[NounPhrase], people: People) -> Line:
    """The owner and the thing of a line such as "Dana: report by Fri" or "Report: self"."""
    inside = [nth for nth, phrase in enumerate(phrases) if view.inside[phrase.head]]
    owners = [nth for nth in inside if _owns(view, phrases[nth], people)]
    things = [nth for nth in inside if nth not in owners]
    if not owners or not things:
        return Line(actor=_unnamed(view, phrases, inside, people), thing=inside[0] if inside else None)
    names = [view.lower[phrases[nth].last] for nth in owners]
    mine = any(name in words.PERSONAL for name in names)
    if any(name in words.JOINT for name in names) or (mine and len(owners) > 1):
        actor = ORGANISATION
    else:
        owner = phrases[owners[0]]
        actor = SENDER if mine else without_our(view.slice(owner.first, owner.last)) or ORGANISATION
    return Line(actor=actor, thing=things[0])


def _unnamed(view: ParseView, phrases: list[NounPhrase], inside: list[int], people: People) -> str:
    """Who acts where no phrase is an owner: a colleague whose name was taken for another word; or else terms
    ("no fee", "18% off") are the organisation's and things the sender's.
    """
    ours = (word for word, within in enumerate(view.inside) if within and view.slice(word, word)[:1].isupper())
    named = next((view.slice(word, word) for word in ours if people.side(view.lower[word]) == "ours"), None)
    if named:
        return named
    first = phrases[inside[0]].first if inside else None
    terms = first is not None and (view.lower[first] == "no" or view.tags[first] in ("CD", "$"))
    return ORGANISATION if terms or speaks_for_all(view) else SENDER


def _owns(view: ParseView, phrase: NounPhrase, people: People) -> bool:
    """Whether a phrase of a line names one of us: "me", "our desk", or a name set off from the rest."""
    if view.lower[phrase.last] in words.PERSONAL | words.JOINT:
        return True
    text = view.slice(phrase.first, phrase.last)
    if person_named(text, people, None) is None:
        return False
    set_off = view.tag(phrase.last + 1) in ("^", "@") or view.at(phrase.last + 1) in _SETS_OFF
    return set_off or view.at(phrase.first - 1) in _SETS_OFF or people.side(text) == "ours"


def recipient_of_line(view: ParseView, phrases: list[NounPhrase]) -> int | None:
    """Who a line without a verb is for ("readings to you by Thursday")."""
    for nth, phrase in enumerate(phrases):
        before = view.at(phrase.first - 1)
        yours = before == "to" and view.lower[phrase.first] == "your"
        if view.inside[phrase.head] and before in ("to", "for", "with") and (yours or sort_of(view, phrase) == "you"):
            return nth
    return None
