"""The verbs of a commitment, each with its subject, its modal and what opens its clause.

The parse and the neighbouring words are both asked, because terse lines are often parsed wrong.
"""

from dataclasses import dataclass

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NOUNS, ParseView
from extractors.commitments.words import is_action
from extractors.wordlists import word_set

_NOMINAL = word_set("DT PDT PRP PRP$ CD JJ NN NNS NNP NNPS POS HYPH WDT WP EX GW")
_WITHIN_GROUP = word_set("RB RBR MD UH")
_PRENOMINAL = word_set("DT JJ PRP$ NN CD POS HYPH")
_AFTER_PLURAL_LIKE_VERB = word_set("IN DT PRP PRP$ RB TO RP . ^ @")
_OBJECT_PRONOUNS = word_set("it you me him them")
_OBJECTS = word_set("obj iobj")
_OBJECT_FORMS = word_set("us me him them her")
_ADVERBS = word_set("not n't never also still be soon then just only now always even well as")
_PLURALS = word_set("NNS NNPS")
_PRONOUN_TAGS = word_set("PRP EX WDT WP")
_MISTAKEN = word_set("NN NNS NNP NNPS JJ RB IN UH POS")
"""Tags that verbs are given by mistake."""
_PARTICIPLES = word_set("VBN VBG")
_BRACKETS = word_set("-LRB- -RRB-")
_BEFORE_ADJUNCT = NOUNS | {"CD", "VBN"}
_FINITE = word_set("VBZ VBP MD")


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A verb with what stands before it.

    `start` is the first word of the verb group; `clause` the word its clause hangs on (the verb, or the predicate of
    a copula); `subject` the last word of its subject; `by` that subject's class; `opener` what comes before them
    ("if", "relative", "noun", "^" or a word).
    """

    verb: int
    start: int
    clause: int
    lemma: str
    subject: int | None
    by: str
    modal: bool
    passive: bool
    opener: str


def groups_of(view: ParseView) -> list[Group]:
    """The verb groups of the commitment in order."""
    inside = [word for word, within in enumerate(view.inside) if within and not view.dated[word]]
    has_finite = any(view.tags[word] in _FINITE and not _is_waited_for(view, word) for word in inside)
    found = []
    for word in inside:
        tag = view.tags[word]
        if tag[:2] == "VB":
            is_verb = _is_verb(view, word)
        else:
            is_verb = tag in _MISTAKEN and _taken_for_noun(view, word, plurals=not has_finite or word == inside[0])
        if is_verb:
            found.append(_group(view, word))
    return found


def _is_waited_for(view: ParseView, verb: int) -> bool:
    """Whether a verb's clause is opened by "until", "if" or the like."""
    at = verb - 1
    while at > 0 and (view.tags[at] in _NOMINAL or view.tags[at] in _WITHIN_GROUP):
        at -= 1
    return at >= 0 and _opens_clause(view, at)


def _is_verb(view: ParseView, word: int) -> bool:
    """Whether a word with a verb's tag is no auxiliary and no mere attribute ("revised quote")."""
    dep, lower, tag = view.deps[word], view.lower[word], view.tags[word]
    if dep[:3] == "aux" or view.is_joint(word + 1) or lower in words.LIKE_PREPOSITIONS:
        return False
    if lower in words.BE_FORMS or lower in words.HAVE_FORMS:
        return not _is_auxiliary(view, word)
    if tag == "VBG" and (word == 0 or view.at(word - 1) in words.BE_FORMS):
        return True
    if dep == "compound" or (dep == "amod" and view.heads[word] > word):
        return False
    attribute = tag in _PARTICIPLES and view.tag(word + 1) in NOUNS | {"JJ", "HYPH"}
    return not attribute or (dep != "amod" and (dep == "ROOT" or view.tag(word - 1) not in _PRENOMINAL))


def _is_auxiliary(view: ParseView, word: int) -> bool:
    """Whether a form of "be" or "have" goes with the verb after it, whatever the parse says."""
    after = word + 1
    if view.lower[word] in words.HAVE_FORMS:
        return view.tag(after) == "VBN"
    while view.tag(after) == "RB" or view.at(after) == "e-":
        after += 1
    if view.is_joint(after + 1):
        after += 2
    return view.tag(after) in ("VBN", "VBG", "VB") or _is_tagged_adjective(view, after)


def _is_tagged_adjective(view: ParseView, word: int) -> bool:
    """Whether a participle was tagged as an adjective ("half the fee is refunded")."""
    if view.tag(word) != "JJ" or not view.lower[word].endswith("ed"):
        return False
    return is_action(view.lower[word]) and view.tag(word + 1) != "TO"


def _taken_for_noun(view: ParseView, word: int, *, plurals: bool) -> bool:
    """Whether a verb was tagged as something else ("I email you", "Dombrowski arrives on Wednesday")."""
    lower, tag, before, after = view.lower[word], view.tags[word], view.tag(word - 1), view.tag(word + 1)
    if view.deps[word] == "cop" or view.is_joint(word + 1):
        return view.deps[word] == "cop"
    if _is_tagged_adjective(view, word):
        return view.at(word - 1) in words.BE_FORMS or before == "RB"
    if before == "MD" and tag in ("RB", "NN", "JJ") and after[:2] not in ("VB", "RB", "HY"):
        return lower not in _ADVERBS and not lower.endswith("ly")
    return _has_object(view, word) or (is_action(lower) and _acts(view, word, plurals=plurals))


def _has_object(view: ParseView, word: int) -> bool:
    """Whether a supposed plural has an object, as only verbs do ("Layla papers it", "the crew paints the hall")."""
    if view.tags[word] not in _PLURALS or view.tag(word - 1) not in NOUNS | {"JJ"}:
        return False
    found = view.child(word, _OBJECTS)
    return found is not None and found > word


def _acts(view: ParseView, word: int, *, plurals: bool) -> bool:
    """Whether a word that may be a verb or a noun is the verb; a plural only where `plurals` may be."""
    before, after = view.tag(word - 1), view.tag(word + 1)
    if view.tags[word] in _PLURALS and not plurals:
        return False
    if before in ("MD", "PRP", "TO"):
        return view.at(word - 1) not in _OBJECT_PRONOUNS or view.deps[word] in ("ROOT", "ccomp")
    return _stands_as_verb(view, word, before, after)


def _stands_as_verb(view: ParseView, word: int, before: str, after: str) -> bool:
    """Whether the neighbours of a supposed noun are those of a verb."""
    if view.is_joint(word - 1):
        return view.tag(word - 3) in ("MD", "TO", "PRP")
    third_person = view.tags[word] in _PLURALS and after in _AFTER_PLURAL_LIKE_VERB
    if view.opens(word):
        return after in ("DT", "PRP$", "PRP") or (third_person and view.slice(word, word).islower())
    return third_person and (before in NOUNS | {"HYPH", ","} or _is_named(view, word - 1))


def _is_named(view: ParseView, word: int) -> bool:
    return view.slice(word, word).istitle() and not view.lower[word].endswith("ly")


def _group(view: ParseView, verb: int) -> Group:
    tag = view.tags[verb]
    modal, passive = False, False
    at = verb - 1
    while at >= 0:
        lower = view.lower[at]
        if view.tags[at] == "MD" or (lower in words.MODALS and view.tags[at][:2] != "NN"):
            modal = True
        elif _is_be(view, at, tag):
            passive = passive or tag in ("VBN", "VBD", "JJ") or (tag == "VB" and lower in ("be", "is", "are"))
            modal = modal or lower not in ("be", "been", "being", "get")
        elif not _is_within(view, at, verb):
            break
        at -= 1
    start, end = at + 1, at
    if at > 0 and view.lower[at] == "," and view.inside[at] and view.subject(verb) is None:
        at = end = at - 1
    while at >= 0 and _may_be_subject(view, at, end):
        at -= 1
    clause = view.heads[verb] if view.deps[verb] == "cop" else verb
    subject = _subject_within(view, clause, at + 1, end)
    return Group(
        verb=verb,
        start=start,
        clause=clause,
        lemma=_lemma(view, verb),
        subject=subject,
        by=view.subject_class(subject),
        modal=modal,
        passive=passive,
        opener=_opener(view, at, end),
    )


def _is_be(view: ParseView, word: int, verb_tag: str) -> bool:
    lower = view.lower[word]
    if lower in words.BE_FORMS:
        return view.tags[word] != "POS" or verb_tag == "VBG"
    return lower in words.GET_FORMS and verb_tag == "VBN"


def _is_within(view: ParseView, word: int, verb: int) -> bool:
    """Whether a word may stand within a verb group."""
    lower = view.lower[word]
    if view.tags[word] in _WITHIN_GROUP:
        return view.deps[word] != "mark"
    if lower in words.HAVE_FORMS:
        return view.deps[word] == "aux"
    joined = view.is_joint(word) or (word == verb - 2 and view.is_joint(verb - 1))
    return joined or lower in ("to", "not", "hereby", "e-")


def _lemma(view: ParseView, verb: int) -> str:
    """The base form, with what a hyphen puts before it ("double-check", "e-mail")."""
    if view.at(verb - 1) == "e-":
        return f"e-{view.lemma(verb)}"
    return f"{view.at(verb - 2)}-{view.lemma(verb)}" if view.is_joint(verb - 1) else view.lemma(verb)


def _opens_clause(view: ParseView, word: int) -> bool:
    """Whether a word such as "second" opens a clause here ("the second you sign", not "the second lot")."""
    return view.lower[word] in words.SUBORDINATORS and view.deps[word] != "case" and view.tags[word] != "JJ"


def _may_be_subject(view: ParseView, at: int, end: int) -> bool:
    """Whether a word may belong to the subject that ends at `end`, going back from there."""
    if _opens_clause(view, at):
        return False
    if at < end and (view.tags[at + 1] in _PRONOUN_TAGS or view.lower[at] == "that"):
        return False
    if view.tags[at] in _NOMINAL or view.dated[at] or (at < end and view.tags[at] in _BRACKETS):
        return True
    if at == end:
        return False
    if view.tags[at] == "VBN":  # "any defect | reported during the tests"
        return view.tags[at + 1] == "IN" and view.tag(at - 1) in NOUNS
    return view.tags[at] == "IN" and view.tag(at - 1) in _BEFORE_ADJUNCT


def _subject_within(view: ParseView, clause: int, first: int, end: int) -> int | None:
    """The last word of the subject: the parse's own where it lies between the two, or the first phrase there."""
    parsed = view.subject(clause)
    if first > end or not _can_act(view, end):
        return parsed
    if parsed is not None and first <= parsed <= end and not _after_preposition(view, first, parsed):
        return parsed
    while first <= end and view.dated[first]:
        first += 1
    last = first
    while last < end and view.tags[last + 1] not in ("IN", "VBN") and not view.dated[last + 1]:
        last += 1
    return last if first <= end else parsed


def _after_preposition(view: ParseView, first: int, word: int) -> bool:
    """Whether the supposed subject only hangs on a preposition ("lunch for the crew | is on me")."""
    while word > first and view.tags[word] in _NOMINAL:
        word -= 1
    return word > first and view.tags[word] == "IN" and not view.dated[word - 1]


def _can_act(view: ParseView, last: int) -> bool:
    """Whether a phrase that ends at a word may be a subject: not "us", nor "happy" before "to"."""
    if view.lower[last] in _OBJECT_FORMS:
        return False
    return view.tags[last] != "JJ" or view.at(last + 1) != "to"


def _opener(view: ParseView, at: int, end: int) -> str:
    """What stands at `at`, before the subject that ends at `end`."""
    if _is_relative(view, at, end):
        return "relative"
    if at < 0 or not view.inside[at]:
        return "^"
    lower = view.lower[at]
    if _opens_clause(view, at) or (lower == "that" and view.at(at - 1) in words.SUBORDINATORS):
        return "if"
    contact_clause = at == end - 1 and view.tags[end] == "PRP" and view.tag(at) in NOUNS
    return "noun" if contact_clause else lower


def _is_relative(view: ParseView, at: int, end: int) -> bool:
    """Whether the clause is opened by "which", "who", or a "that" after a noun ("any order that reaches us")."""
    if end >= 0 and view.tags[end] in ("WDT", "WP"):
        return True
    if view.at(end) == "that" and view.tag(end - 1) in NOUNS and view.inside[end - 1]:
        return True
    if at < 0 or not view.inside[at]:
        return False
    that = view.lower[at] == "that" and view.tag(at - 1) in NOUNS
    return view.lower[at] in words.RELATIVES or (that and view.at(at - 1) not in words.WORD_OF_HONOUR)
