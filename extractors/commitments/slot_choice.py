"""Which noun phrase of a commitment is its object, and which its recipient; phrases are given by index."""

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NOUNS
from extractors.commitments.phrase_sorts import THINGS
from extractors.commitments.slot_phrases import Phrases
from extractors.wordlists import word_set

_SPEAKING = word_set("i we you")


def object_of(found: Phrases, *, person: bool) -> int | None:
    """The object; `person` says that the subject is a named person or team, and so no object."""
    group = found.group
    subject = None if person or group.by in _SPEAKING else found.subject
    thing_acts = subject if subject is not None and found.sort(subject) in THINGS else None
    if group.passive:
        return found.put_first() if group.subject is None else subject
    if group.lemma == "be" or (group.lemma in words.SUBJECT_FIRST and thing_acts is not None):
        return thing_acts
    receiver, thing = found.direct
    for chosen in (thing, found.governed(), found.brought_about()):
        if chosen is not None:
            return chosen
    return found.put_first() if subject is None and receiver is None else thing_acts


def recipient_of(found: Phrases, chosen: int | None) -> int | None:
    """The recipient, given the object `chosen`."""
    group = found.group
    subject = found.subject
    spoken_to = group.by == "you" and group.subject is not None and found.view.inside[group.subject]
    if subject is not None and spoken_to and (group.passive or group.lemma in words.OF_RECIPIENT):
        return subject
    person = found.direct[0]
    if person is not None and person != chosen and found.sort(person) != "speaker":
        return person
    return next((nth for nth in found.following() if nth != chosen and _receives(found, nth)), None)


def _moves(found: Phrases) -> bool:
    """Whether a place would be meant by "to": not by "get back to Ada" nor "get the form to Ada"."""
    if found.group.lemma not in words.MOVING or found.action.endswith(" back"):
        return False
    return found.group.lemma != "get" or found.direct[1] is None


def _receives(found: Phrases, nth: int) -> bool:
    """Whether a phrase with its preposition names who gets something."""
    view, phrase = found.view, found.phrases[nth]
    preposition, sort = found.preposition(nth), found.sort(nth)
    first = view.lower[phrase.first]
    if preposition == "to" and (found.group.passive or found.group.lemma in words.GIVING):
        return sort in ("you", "person", "them") or (first == "your" and view.tags[phrase.last] in NOUNS)
    if preposition == "to":
        return sort in ("you", "them") or (sort == "person" and not _moves(found))
    if preposition == "with":
        named = sort == "person" and first not in ("our", "the", "my") and found.group.lemma != "be"
        return named or sort in ("you", "them")
    if preposition == "for":
        pronoun = phrase.first == phrase.last and view.tags[phrase.last] == "PRP"
        return (pronoun and sort in ("you", "them", "person")) or (sort == "person" and first == "your")
    return preposition in ("on", "of", "by") and sort == "you"
