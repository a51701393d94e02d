"""The words of a slot once its verb or noun phrase is chosen."""

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NOUNS, NounPhrase, ParseView
from extractors.wordlists import word_set

_PARTICLE = frozenset({"compound:prt"})
_BACK_VERBS = word_set("get come report circle call write be ring hear check revert go take give pay buy bring")
_FINITE = word_set("VBZ VBP VBD VB MD")
_SETS_OFF = word_set(", : ; - – — which who")
_LONG_AWAY = 5
_SENDING = word_set("send get bring")
_FREE_PARTICLES = word_set("away over down off aside")
_TERMS = word_set("term terms period duration year years month months week weeks day days cfo ceo cto coo board")
_QUANTITIES = word_set("all both half some none any each most rest either lot couple few")
# "on signature" says when, "on site" where.
_OCCASIONS = word_set(
    "site signature receipt delivery completion arrival request time board call order demand approval"
)
# Prepositions after which a noun tells which thing it is, and not where or for whom.
_TELLS_WHICH = word_set("on against per about regarding concerning between beyond among")
_NONE: frozenset[str] = frozenset()


def particle_of(view: ParseView, verb: int) -> int | None:
    """The particle that belongs to a verb ("fill in", "get back"), near it or behind its object."""
    after = verb + 1
    lemma, lower, tag = view.lemma(verb), view.at(after), view.tag(after)
    usual = lower in words.PHRASAL.get(lemma, _NONE) or (lower == "back" and lemma in _BACK_VERBS)
    if tag == "RP" or (usual and tag != "@"):
        return after
    found = view.child(verb, _PARTICLE)
    if found is not None and found > verb:
        return found
    near = view.lower[after : after + _LONG_AWAY]
    if _FREE_PARTICLES.isdisjoint(near) and words.PHRASAL.get(lemma, _NONE).isdisjoint(near):
        return None
    return next((word for word in range(after, after + len(near)) if _is_apart(view, verb, word)), None)


def action_of(view: ParseView, lemma: str, particle: int | None) -> str:
    """The verb's base form with its particle; to send something over is no more than to send it."""
    if particle is None or (view.lower[particle] == "over" and lemma in _SENDING):
        return lemma
    return f"{lemma} {view.lower[particle]}"


def _is_apart(view: ParseView, verb: int, word: int) -> bool:
    """Whether a word is the verb's particle behind the object ("taking this over", "turn it around the same day")."""
    lower = view.at(word)
    if view.heads[word] == verb and view.deps[word] == "advmod" and lower in _FREE_PARTICLES:
        return view.at(word - 1) not in ("straight", "right")
    return (
        lower in words.PHRASAL.get(view.lemma(verb), _NONE)
        and word > verb + 1
        and view.tag(word + 1) == "@"
        and view.tag(word - 1) in NOUNS
    )


def phrase_text(view: ParseView, phrases: list[NounPhrase], nth: int, *, up_to: int | None = None) -> str:
    """A noun phrase as written, with what "of", "and" and "on" add to it; the phrase `up_to` is no part of it."""
    phrase = phrases[nth]
    last = phrase.last
    if view.tags[last] == "PRP":
        return view.slice(phrase.first, last)
    for following in phrases[nth + 1 : up_to if up_to is not None and up_to > nth else None]:
        gap = range(last + 1, following.first)
        if not view.inside[following.last] or any(view.dated[word] for word in gap):
            break
        if not _adds([view.lower[word] for word in gap], view, phrase, last, following):
            break
        last = following.last
    return view.slice(phrase.first, last)


def text_up_to(view: ParseView, phrase: NounPhrase, verb: int) -> str | None:
    """A noun phrase with all that follows it up to a verb or its auxiliary ("the licence file for lab 3 | is"), or
    None where something else stands between the two.
    """
    last = verb - 1
    if last < phrase.last or not view.inside[last]:
        return None
    breaks = not _SETS_OFF.isdisjoint(view.between(phrase.last, verb)) or "that" in view.between(phrase.last, last)
    return None if breaks else view.slice(phrase.first, last)


def _adds(joins: list[str], view: ParseView, phrase: NounPhrase, last: int, following: NounPhrase) -> bool:
    """Whether a phrase belongs to one that reaches to `last`, by the words between the two."""
    if joins == ["of"]:
        return not _only_points(view, phrase, following)
    if joins in (["and"], ["or"], ["&"], [",", "and"]):
        return _is_joined(view, phrase, last, following)
    if joins == ["at"]:  # "Ada at Copper Lines"
        return all(view.slice(word, word)[:1].isupper() for word in (phrase.first, following.last))
    hangs_on_it = len(joins) == 1 and phrase.first <= view.heads[following.head] <= last
    return hangs_on_it and _tells_which(joins[0], view, phrase, following)


def _tells_which(preposition: str, view: ParseView, phrase: NounPhrase, following: NounPhrase) -> bool:
    """Whether a preposition's phrase says which thing is meant ("the impact on your budget")."""
    if view.tags[following.head] not in NOUNS:
        return False
    if preposition == "for":
        return _is_for_a_thing(view, following)
    occasion = view.lower[phrase.first] == "no" or view.lower[following.first] in _OCCASIONS
    somebody = view.lower[phrase.last] in words.PEOPLE_NOUNS
    return preposition in _TELLS_WHICH and not (occasion or somebody)


def _is_for_a_thing(view: ParseView, following: NounPhrase) -> bool:
    """ "the report | for all nine clinics", but not "for your team", "for the full term" or "for signature"."""
    last = view.lower[following.last]
    bare = following.first == following.last and view.tags[following.last] == "NN"
    aside = view.tags[following.first] == "$" or view.lower[following.first] == "your"
    return not (bare or aside or last in _TERMS or last in words.PEOPLE_NOUNS)


def _only_points(view: ParseView, phrase: NounPhrase, following: NounPhrase) -> bool:
    """ "ownership | of this", "200 hours | of our own": nothing that tells which; "two of them" is another matter."""
    if view.lower[following.last] == "own":
        return True
    quantity = view.tags[phrase.head] in ("CD", "DT") or view.lower[phrase.head] in _QUANTITIES
    return following.first == following.last and view.tags[following.last] in ("DT", "PRP") and not quantity


def _is_joined(view: ParseView, phrase: NounPhrase, last: int, following: NounPhrase) -> bool:
    head = following.head
    if following.first <= view.heads[phrase.head] <= following.last:  # "a German | and an English version"
        return True
    if view.tags[head] not in NOUNS | {"CD"} or view.tag(following.last + 1) in _FINITE:
        return False
    beside = view.heads[head] == view.heads[phrase.head] and view.deps[phrase.head] == "obj"
    return view.deps[head] == "conj" and (beside or phrase.first <= view.heads[head] <= last)
