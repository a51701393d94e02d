"""What sort of thing a noun phrase stands for: a person of the conversation, somebody else, or a thing."""

from typing import Literal

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NounPhrase, ParseView
from extractors.wordlists import word_set

Sort = Literal["you", "speaker", "them", "person", "it", "number", "thing"]

THINGS: frozenset[Sort] = frozenset(("it", "number", "thing"))
_SPEAKERS = word_set("i we me us")
_NAME_TAGS = word_set("NNP NNPS")
_POINTING_TAGS = word_set("PRP DT WDT")


def sort_of(view: ParseView, phrase: NounPhrase) -> Sort:
    """The sort of a phrase; "them" may be either, by its verb."""
    last = view.lower[phrase.last]
    if last in ("you", "u"):
        return "you"
    if phrase.first == phrase.last:
        alone = _of_pronoun(view, phrase.last)
        if alone:
            return alone
    if view.lower[phrase.last + 1 : phrase.last + 3] in (["of", "you"], ["of", "them"]):
        return "person"
    if last in words.PEOPLE_NOUNS:
        return "thing" if view.lower[phrase.first] in ("a", "an") or view.tags[phrase.first] == "CD" else "person"
    if view.tags[phrase.last] in _NAME_TAGS:
        return "person" if _is_name(view, phrase) else "thing"
    return "number" if view.tags[phrase.last] == "CD" else "thing"


def _of_pronoun(view: ParseView, word: int) -> Sort | None:
    lower = view.lower[word]
    if lower in _SPEAKERS or lower.endswith(("self", "selves")):
        return "speaker"
    if lower in ("them", "they"):
        return "them"
    if lower in words.PERSON_PRONOUNS:
        return "person"
    return "it" if view.tags[word] in _POINTING_TAGS else None


def _is_name(view: ParseView, phrase: NounPhrase) -> bool:
    """Whether a phrase is all name, and no acronym or product ("Webhooks v2", "RCA")."""
    last = view.slice(phrase.last, phrase.last)
    names = all(view.tags[word] in _NAME_TAGS for word in range(phrase.first, phrase.last + 1))
    return names and last.isalpha() and not last.isupper()
