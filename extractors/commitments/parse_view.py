"""A parsed sentence as plain lists, and its noun phrases: all that the slot filler looks at.

Tags are those of the Penn treebank, relations those of Universal Dependencies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.commitments import slot_words as words
from extractors.commitments.slot_tags import Columns, mended_tags
from extractors.commitments.verb_lemmas import lemma_of
from extractors.wordlists import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOUNS = word_set("NN NNS NNP NNPS")
_PERSON_TAGS = word_set("NNP NNPS")
_ALONE = word_set("PRP WP WDT EX")
_OPENS = word_set("DT PDT PRP$ WP$")
_WITHIN = word_set("DT PDT PRP$ WP$ CD JJ JJR JJS NN NNS NNP NNPS POS HYPH $ # ADD FW SYM GW AFX NFP")
_IN_PHRASE = _WITHIN | _ALONE
_PARTICIPLES = word_set("VBN VBG NN")
_MAY_QUALIFY = word_set("VBN VBD VBG RB RBR RBS")
_LOOSE = word_set("HYPH SYM NFP")
_CORE = word_set("obj nsubj nsubj:pass")
_PREDICATIVE = word_set("worth alive ready running")
_JOINS = word_set("and or &")
_END = "END"
_MAY_HEAD = NOUNS | word_set("PRP WP WDT CD DT $ ADD FW JJ JJR JJS GW")
_MODIFIES = word_set("amod compound nummod nmod:poss det flat nmod:desc")
_CLAUSAL = word_set("xcomp ccomp conj advcl parataxis acl appos cop")
_SUBJECTS = word_set("nsubj nsubj:pass nsubj:outer csubj")
_DEEPEST = 6
_SUBJECT_WORDS = {
    "i": "i",
    "we": "we",
    "you": "you",
    "u": "you",
    "he": "they",
    "she": "they",
    "they": "they",
    "it": "it",
    "this": "it",
    "that": "it",
    "these": "it",
    "those": "it",
    "which": "which",
    "who": "which",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class NounPhrase:
    """Words `first` to `last` (inclusive), and the word that the rest of the sentence hangs on to."""

    first: int
    last: int
    head: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ParseView:
    """The words of a sentence, column by column; `inside` are those of the commitment, `dated` those of a date."""

    text: str
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    inside: list[bool]
    dated: list[bool]
    children: list[list[int]]

    def at(self, word: int) -> str:
        """The word in lower case, or "" outside the sentence."""
        return self.lower[word] if 0 <= word < len(self.lower) else ""

    def tag(self, word: int) -> str:
        """The tag of a word, "@" in a date, "^" outside the sentence."""
        if not 0 <= word < len(self.lower):
            return "^"
        return "@" if self.dated[word] else self.tags[word]

    def lemma(self, word: int) -> str:
        return lemma_of(self.lower[word], self.tags[word])

    def opens(self, word: int) -> bool:
        """Whether the commitment begins with this word."""
        return word == 0 or not self.inside[word - 1]

    def between(self, first: int, last: int) -> list[str]:
        """The words after `first` and before `last`."""
        return self.lower[first + 1 : last]

    def is_joint(self, word: int) -> bool:
        """Whether a word is a hyphen with no space about it ("re-send")."""
        if not 0 < word < len(self.lower) - 1 or self.lower[word] != "-":
            return False
        return self.starts[word] == self.ends[word - 1] and self.starts[word + 1] == self.ends[word]

    def child(self, word: int, deps: frozenset[str]) -> int | None:
        """The first word that hangs on `word` by one of these relations."""
        return next((child for child in self.children[word] if self.deps[child] in deps), None)

    def subject(self, verb: int) -> int | None:
        """The subject of a verb or, where it has none of its own, of the clause it belongs to."""
        at = verb
        for _ in range(_DEEPEST):
            found = self.child(at, _SUBJECTS)
            if found is not None:
                return found
            if self.heads[at] == at or self.deps[at] not in _CLAUSAL:
                return None
            at = self.heads[at]
        return None

    def subject_class(self, subject: int | None) -> str:
        """What sort of subject it is: a person of the conversation, a name, a noun, or none."""
        if subject is None:
            return "none"
        known = _SUBJECT_WORDS.get(self.lower[subject])
        if known:
            return known
        return "name" if self.tags[subject] in _PERSON_TAGS else "noun"

    def condition(self, word: int) -> str:
        """The conjunction ("if", "once", …) that the word's clause or one above it hangs on, or ""."""
        at = word
        for _ in range(_DEEPEST):
            for child in self.children[at]:
                if self.deps[child] == "mark" and self.lower[child] in words.SUBORDINATORS:
                    return self.lower[child]
            if self.heads[at] == at:
                break
            at = self.heads[at]
        return ""

    def slice(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last]]


def view_of(doc: "Doc", span: tuple[int, int], dates: Sequence[tuple[int, int]]) -> ParseView:
    """The sentence as lists; places count characters of `doc.text`, end exclusive."""
    tokens = list(doc)
    starts = [token.idx for token in tokens]
    ends = [start + len(token) for start, token in zip(starts, tokens, strict=True)]
    lower = [token.lower_ for token in tokens]
    deps = [token.dep_ for token in tokens]
    heads = [token.head.i for token in tokens]
    children: list[list[int]] = [[] for _ in tokens]
    for word, head in enumerate(heads):
        if head != word:
            children[head].append(word)
    hyphens = (word for word, text in enumerate(lower[:-1]) if text == "-" and word)
    joints = [word for word in hyphens if ends[word - 1] == starts[word] and ends[word] == starts[word + 1]]
    view = ParseView(
        text="".join([token.text_with_ws for token in tokens]),  # twice as fast as doc.text
        lower=lower,
        tags=mended_tags(Columns(lower=lower, tags=[t.tag_ for t in tokens], deps=deps, heads=heads), joints),
        deps=deps,
        heads=heads,
        starts=starts,
        ends=ends,
        inside=[start < span[1] and end > span[0] for start, end in zip(starts, ends, strict=True)],
        dated=[False] * len(tokens),
        children=children,
    )
    for start, end in dates:
        for word in range(len(tokens)):
            if starts[word] < end and ends[word] > start:
                view.dated[word] = not _names_a_thing(view, word, end)
    return view


def _names_a_thing(view: ParseView, word: int, date_end: int) -> bool:
    """Whether a date word only tells which ("your November fees"), and is no time adjunct."""
    head = view.heads[word]
    if _is_own(view, word, date_end):
        return True
    return head > word and view.starts[head] >= date_end and view.deps[word] in _MODIFIES and view.tags[head] in NOUNS


def _is_own(view: ParseView, word: int, date_end: int) -> bool:
    """Whether "your" and a noun stand about a date word and others joined to it ("your May and June fees")."""
    first, last = word, word
    while first > 0 and (view.lower[first - 1] in _JOINS or view.dated[first - 1]):
        first -= 1
    while last + 2 < len(view.tags) and view.lower[last + 1] in _JOINS and view.tags[last + 2] == "NNP":
        last += 2
    owned = first > 0 and view.tags[first - 1] == "PRP$" and view.tags[word] == "NNP"
    return owned and view.starts[min(last + 1, len(view.tags) - 1)] >= date_end and view.tag(last + 1) in NOUNS


def noun_phrases(view: ParseView, verb: int | None) -> list[NounPhrase]:
    """The base noun phrases in order: runs of determiners, adjectives, numbers and nouns outside dates and `verb`."""
    found: list[NounPhrase] = []
    first: int | None = None
    for word, tag in enumerate([*view.tags, _END]):
        within = tag in _IN_PHRASE or (tag in _MAY_QUALIFY and _qualifies(view, word))
        within = within and word != verb and not view.dated[word]
        if first is not None and not (within and _continues(view, word)):
            phrase = _phrase(view, first, word - 1)
            if phrase:
                found.append(phrase)
            first = None
        if within and first is None:
            first = word
    return found


def _qualifies(view: ParseView, word: int) -> bool:
    """Participles and adverbs within a phrase: "revised quote", "fully burdened rates"."""
    head, tag, dep = view.heads[word], view.tags[word], view.deps[word]
    if head <= word:
        return False
    if dep in ("amod", "compound") and (tag in _PARTICIPLES or (tag == "VBD" and view.tags[word - 1] in _OPENS)):
        return True
    return tag != "VBG" and dep in ("advmod", "compound") and view.deps[head] in ("amod", "nummod")


def _continues(view: ParseView, word: int) -> bool:
    """Whether a word goes on with the phrase that holds the word before it."""
    tag, before = view.tags[word], view.tags[word - 1]
    if tag in _ALONE or before in _ALONE:
        return view.lower[word - 1] == "her" and tag in NOUNS | {"JJ"}
    if view.inside[word] != view.inside[word - 1]:
        return False
    if view.lower[word] in _PREDICATIVE and before not in _OPENS:
        return False
    if tag == "HYPH":
        return view.starts[word] == view.ends[word - 1]
    return tag not in _OPENS or before in _OPENS


def _phrase(view: ParseView, first: int, last: int) -> NounPhrase | None:
    """The phrase in the run from `first` to `last`, if it can stand for a thing."""
    while first < last and view.tags[first] in _LOOSE:
        first += 1
    while last > first and (view.tags[last] in _LOOSE or view.tags[last] == "POS"):
        last -= 1
    while last > first and view.tags[last][:2] in ("JJ", "RB") and view.tags[last - 1] in NOUNS:
        last -= 1
    run = range(last, first - 1, -1)
    outward = [word for word in run if not first <= view.heads[word] <= last or view.heads[word] == word]
    head = next((word for word in outward if view.tags[word] in _MAY_HEAD), last)
    bare_adjective = first == last and view.tags[head][:2] == "JJ" and view.deps[head] not in _CORE
    her = first == last and view.lower[head] == "her"  # tagged as a possessive: "a call with her Tuesday"
    if (view.tags[head] not in _MAY_HEAD and not her) or bare_adjective:
        return None
    return NounPhrase(first=first, last=last, head=head)
