"""The words of a slot once its verb or noun phrase is chosen."""

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NOUNS, NounPhrase, ParseView
from extractors.wordlists import word_set

_PARTICLE = frozenset({"compound:prt"})
_BACK_VERBS = word_set("get come report circle call write be ring hear check revert go")
_NONE: frozenset[str] = frozenset()


def particle_of(view: ParseView, verb: int) -> int | None:
    """The particle that belongs to a verb ("fill in", "get back"), near it or behind its object."""
    after = verb + 1
    lemma, lower, tag = view.lemma(verb), view.at(after), view.tag(after)
    usual = lower in words.PHRASAL.get(lemma, _NONE) or (lower == "back" and lemma in _BACK_VERBS)
    if tag == "RP" or (usual and tag != "@"):
        return after
    found = view.child(verb, _PARTICLE)
    return found if found is not None and found > verb else None


def phrase_text(view: ParseView, phrases: list[NounPhrase], nth: int) -> str:
    """A noun phrase as written, with what "of" and "and" add to it."""
    phrase = phrases[nth]
    last = phrase.last
    if view.tags[last] == "PRP":
        return view.slice(phrase.first, last)
    for following in phrases[nth + 1 :]:
        gap = range(last + 1, following.first)
        joins = [view.lower[word] for word in gap]
        if not view.inside[following.last] or any(view.dated[word] for word in gap):
            break
        joined = joins in (["and"], ["or"], ["&"], [",", "and"]) and _is_joined(view, phrase, following)
        if joins != ["of"] and not joined:
            break
        last = following.last
    return view.slice(phrase.first, last)


def _is_joined(view: ParseView, phrase: NounPhrase, following: NounPhrase) -> bool:
    return (
        view.tags[following.head] in NOUNS
        and view.deps[following.head] == "conj"
        and phrase.first <= view.heads[following.head] <= phrase.last
    )
