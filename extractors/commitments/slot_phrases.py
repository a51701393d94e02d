"""The noun phrases of a sentence as seen from its undertaking's verb."""

from collections.abc import Iterator
from functools import cached_property

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import NounPhrase, ParseView
from extractors.commitments.phrase_sorts import THINGS, Sort, sort_of
from extractors.commitments.slot_groups import Group
from extractors.commitments.slot_text import action_of
from extractors.wordlists import word_set

_SKIPPED = word_set("RB RP UH")
_OPENS_PHRASE = word_set("DT PRP$ CD JJ NN NNS NNP PRP")
_FINITE = word_set("VBP VBZ MD VB")
_DIRECT = word_set("obj iobj")
_PARTICIPLES = word_set("VBN VBD")
_NONE: frozenset[str] = frozenset()


class Phrases:
    """Finds phrases by where they stand; phrases are given as their index in `phrases`."""

    def __init__(self, view: ParseView, phrases: list[NounPhrase], group: Group, particle: int | None) -> None:
        self.view = view
        self.phrases = phrases
        self.group = group
        self.action = action_of(view, group.lemma, particle)
        self._after = (particle if particle == group.verb + 1 else group.verb) + 1

    def sort(self, nth: int) -> Sort:
        return sort_of(self.view, self.phrases[nth])

    def preposition(self, nth: int) -> str:
        """The preposition between the verb and a phrase after it, or ""."""
        before = self.phrases[nth].first - 1
        while before > self.group.verb and self.view.tags[before] in ("RB", "PDT"):
            before -= 1
        return self.view.lower[before] if before >= self._after and self.view.tag(before) in ("IN", "TO") else ""

    def following(self) -> Iterator[int]:
        """The phrases after the verb that belong to its clause."""
        reached = self._after
        for nth, phrase in enumerate(self.phrases):
            if phrase.first < self._after or not self.view.inside[phrase.head]:
                continue
            if any(self._ends_clause(word) for word in range(reached, phrase.first)):
                return
            reached = phrase.last + 1
            yield nth

    def _ends_clause(self, word: int) -> bool:
        view = self.view
        lower, tag = view.lower[word], view.tags[word]
        if lower in words.SUBORDINATORS:
            return tag in _FINITE or (tag != "RB" and view.deps[word] != "case")
        return lower in words.RELATIVES or tag in _FINITE or lower in (";", "—")

    def subject_phrase(self) -> NounPhrase | None:
        """The phrase that holds the subject."""
        found = self._of_word(self.group.subject)
        return None if found is None else self.phrases[found]

    @cached_property
    def subject(self) -> int | None:
        """The subject's phrase, or for "that" and "which" the one before; one inside the commitment if it can be."""
        word = self.group.subject
        found = self._of_word(word)
        if word is None or found is None:
            return None
        if not self.view.inside[word] and self.group.by in ("noun", "name"):
            return self._first_before_verb()
        pointing = self.view.lower[word] in ("that", "which") and self.phrases[found].last == word
        if found and pointing and self.view.inside[self.phrases[found - 1].head]:
            return found - 1
        return self._first_of_joined(found) if self.group.by == "noun" else found

    def _of_word(self, word: int | None) -> int | None:
        if word is None:
            return None
        return next((nth for nth, phrase in enumerate(self.phrases) if phrase.first <= word <= phrase.last), None)

    @cached_property
    def direct(self) -> tuple[int | None, int | None]:
        """(person, thing) right after the verb, either or both: "send | you | the deck"."""
        first = self._adjacent(self._after)
        if first is None:
            first = self._object_by_parse()
        if first is None:
            return None, None
        second = self._adjacent(self.phrases[first].last + 1)
        if second is not None and self.view.lower[self.phrases[second].first] in ("all", "both", "guys", "folks"):
            second = self._adjacent(self.phrases[second].last + 1)
        if second is not None and self.sort(second) == "speaker":
            second = None
        gives = (
            second is not None and self.group.lemma in words.DITRANSITIVE and self.sort(first) in ("person", "them")
        )
        return (first, second) if gives or self.is_person_addressed(first) else (None, first)

    def is_person_addressed(self, nth: int) -> bool:
        """Whether a phrase after this verb is whom it is done to or for."""
        sort, lemma = self.sort(nth), self.group.lemma
        last = self.phrases[nth].last
        of_you = self.view.lower[last + 1 : last + 3] == ["of", "you"]
        if sort in ("you", "speaker") or lemma in words.OF_OBJECT or of_you:
            return True
        if sort == "them" and lemma in words.DITRANSITIVE:
            return self._adjacent(last + 1) is not None
        return sort in ("them", "person") and (lemma in words.TO_PERSON or self.view.lower[last] in ("him", "her"))

    def _adjacent(self, at: int) -> int | None:
        """The phrase that begins at a word, adverbs and particles skipped."""
        view = self.view
        particles = words.PHRASAL.get(self.group.lemma, _NONE)
        while view.tag(at) in _SKIPPED or (view.at(at) in particles and view.tag(at + 1) in _OPENS_PHRASE):
            at += 1
        found = next((nth for nth, phrase in enumerate(self.phrases) if phrase.first == at and view.inside[at]), None)
        # "I'll mail you | the second it's up"
        opens_clause = found is not None and view.lower[self.phrases[found].last] in words.SUBORDINATORS
        return None if opens_clause else found

    def _object_by_parse(self) -> int | None:
        """The object that the parse knows of, where something stands between it and the verb."""
        for nth in self.following():
            head = self.phrases[nth].head
            hangs_on_verb = self.view.heads[head] == self.group.verb and self.view.deps[head] in _DIRECT
            if hangs_on_verb and not self.preposition(nth):
                return nth
        return None

    def governed(self) -> int | None:
        """The object that hangs on the verb's preposition ("look over the list", "inform you of the date")."""
        wanted = words.PREPOSITIONS.get(self.action, words.PREPOSITIONS.get(self.group.lemma, _NONE))
        of_object = self.group.lemma in words.OF_OBJECT
        for nth in self.following():
            preposition = self.preposition(nth)
            if (of_object and preposition == "of") or (preposition in wanted and not self.is_person_addressed(nth)):
                return nth
        return None

    def brought_about(self) -> int | None:
        """What a participle after "have" or "get" is done to ("have the forms filled in")."""
        if self.group.passive or self.view.tags[self.group.verb] not in _PARTICIPLES:
            return None
        last = self._ending_at(self.group.verb - 1, after_preposition=True)
        if last is None:
            return None
        verbs = (word for word in range(self.group.verb) if self.view.tags[word] in _FINITE)
        brings = max(verbs, default=self.group.verb)
        return next(nth for nth in range(last + 1) if nth == last or self._is_thing_after(nth, brings))

    def _is_thing_after(self, nth: int, start: int) -> bool:
        phrase = self.phrases[nth]
        return phrase.first > start and self.sort(nth) in THINGS and self._is_before_verb(phrase)

    def put_first(self) -> int | None:
        """The object before the subject or the participle ("The price sheet I'll finish tonight", "AMC: waived")."""
        group = self.group
        if group.by == "none" and self.view.tags[group.verb] in _PARTICIPLES | {"VBG"}:
            return self._first_before_verb()
        if group.subject is None or group.by not in ("i", "we"):
            return None
        found = self._ending_at(group.subject - 1)
        return None if found is None or self._is_taken(found) else found

    def _is_taken(self, nth: int) -> bool:
        """Whether a phrase is the object of an earlier verb ("if she wants the figures | I can call")."""
        head = self.phrases[nth].head
        governor = self.view.heads[head]
        return self.view.deps[head] == "obj" and governor < head and self.view.tags[governor] in _FINITE

    def _first_before_verb(self) -> int | None:
        return next((nth for nth, phrase in enumerate(self.phrases) if self._is_before_verb(phrase)), None)

    def _ending_at(self, word: int, *, after_preposition: bool = False) -> int | None:
        """The thing whose phrase ends at a word, adverbs skipped; it may be `after_preposition`."""
        while word > 0 and self.view.tags[word] == "RB":
            word -= 1
        for nth, phrase in enumerate(self.phrases):
            before = self._is_before_verb(phrase) or (after_preposition and self.view.inside[phrase.head])
            if phrase.last == word and before and self.sort(nth) in THINGS:
                return self._first_of_joined(nth)
        return None

    def _first_of_joined(self, nth: int) -> int:
        """The first of two phrases that "and" joins ("get 5 and 6 done")."""
        if not nth or self.view.at(self.phrases[nth].first - 1) not in ("and", "or", "&"):
            return nth
        before, phrase = self.phrases[nth - 1], self.phrases[nth]
        joined = self.view.deps[phrase.head] == "conj" and before.first <= self.view.heads[phrase.head] <= before.last
        return nth - 1 if joined and self.view.inside[before.head] else nth

    def _is_before_verb(self, phrase: NounPhrase) -> bool:
        after_preposition = self.view.tag(phrase.first - 1) in ("IN", "TO")
        return phrase.last < self.group.verb and self.view.inside[phrase.head] and not after_preposition
