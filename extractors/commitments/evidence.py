"""What speaks for and against a candidate, as named features that the linear model weighs."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.commitments import vetoes
from extractors.commitments.candidates import Candidate
from extractors.commitments.people import People, looks_like_name
from extractors.findings import DateMention
from extractors.language import Tagged
from extractors.lazily import compiled
from extractors.segments import Sentence

Features = dict[str, float]

_WORD = compiled(r"\w+(?:'\w+)?|\?")
_CONDITION = compiled(
    r"\b(if|unless|provided|subject to|assuming|should you|once|when|as soon as|after|until|upon)\b", re.IGNORECASE
)
_HEADING_WORDS = frozenset(
    {
        *("you", "your", "yours", "we", "our", "ours", "us", "me", "my", "i", "from", "side", "customer", "client"),
        *("next", "steps", "need", "needed", "open", "actions", "action", "will", "done", "summary", "recap"),
        *("please", "questions", "agenda", "notes", "today", "outstanding", "waiting", "commit", "commitments"),
    }
)
_PRONOUNS = frozenset({"PRP", "PRP$", "DT", "EX", "WP", "WDT"})
_TELLING_TAGS = frozenset({"MD", "VBD", "VBG", "VBN", "VBZ", "VBP", "TO", "NNP", "IN", "CD", "WDT", "WP"})
_STATES = frozenset(
    f"verb {tag} {form}" for tag in ("VBZ", "VBP") for form in ("is", "are", "has", "have", "'s", "'re")
)
_OF_OTHERS = frozenset(
    f"verb {subject} {tag} "
    for subject in ("they", "he", "she", "both", "each", "those", "these")
    for tag in ("VBZ", "VBP", "VB")
)
_FACTS = _STATES | _OF_OTHERS
_GIVING = frozenset(f"has {word}" for word in ("us", "me", "free", "waived", "included", "refunded", "charge", "off"))
_ENDED = frozenset(f"has {word}" for word in ("cancelled", "canceled", "postponed", "closed", "over"))
_CERTAIN = 1e-4
_LOOK_BACK = 3


def evidence_of(
    candidate: Candidate,
    sentences: Sequence[Sentence],
    tagged: Tagged,
    dates: Sequence[DateMention],
    people: People,
) -> Features:
    """The features of a candidate; `tagged` and `dates` are those of its sentence."""
    sentence = sentences[candidate.sentence]
    features: Features = {}
    features.update(_of_sight(candidate))
    features.update(_of_family(candidate))
    features.update(dict.fromkeys(_of_words(candidate, sentence), 1.0))
    features.update(dict.fromkeys(_of_tags(candidate, sentence, tagged), 1.0))
    features.update(dict.fromkeys(_of_dates(candidate, dates), 1.0))
    features.update(dict.fromkeys(_of_place(candidate.sentence, sentences), 1.0))
    features.update(dict.fromkeys(_of_people(candidate, sentence, people), 1.0))
    return features


def states_a_fact(features: Features) -> bool:
    """Whether a stretch that no phrase family knows says how things are: "the hour is ours", "it has two inlets",
    "both keep it separate"; or begins with a courtesy.
    """
    if "no family" not in features:
        return False
    return "begins with a courtesy" in features or (
        "some MD" not in features
        and not _FACTS.isdisjoint(features)
        and (not _ENDED.isdisjoint(features) or ("dated" not in features and _GIVING.isdisjoint(features)))
    )


def _logit(probability: float) -> float:
    return math.log((probability + _CERTAIN) / (1.0 - probability + _CERTAIN))


def _of_sight(candidate: Candidate) -> Features:
    sight = candidate.sight
    firm, tentative, conditional = sight.strengths
    return {
        "seen": float(candidate.seen),
        "strongest": _logit(sight.strongest),
        "mean": _logit(sight.mean),
        "weakest": _logit(sight.weakest),
        "sentence": _logit(sight.sentence),
        "firm": _logit(firm),
        "tentative": _logit(tentative),
        "conditional": _logit(conditional),
        "share": sight.share,
        "words": math.log(sight.words),
    }


def _of_family(candidate: Candidate) -> Features:
    family = candidate.family
    if family is None:
        return {"no family": 1.0}
    features = {
        "family": 1.0,
        f"family {family.rule}": 1.0,
        f"family {family.rule.split('.')[0]}.": 1.0,
        f"family {family.strength}": 1.0,
    }
    if candidate.seen:
        features["family and seen"] = 1.0
    return features


def _of_words(candidate: Candidate, sentence: Sentence) -> Iterator[str]:
    text = sentence.text
    start, end = candidate.start - sentence.start, candidate.end - sentence.start
    stretch = [word.lower() for word in _WORD.findall(text[start:end])]
    before = [word.lower() for word in _WORD.findall(text[:start])]
    after = [word.lower() for word in _WORD.findall(text[end:])]
    for word in stretch:
        yield f"has {word}"
    for one, two in pairwise(stretch):
        yield f"has {one} {two}"
    yield f"begins {' '.join(stretch[:1])}"
    yield f"begins {' '.join(stretch[:2])}"
    for word in before[-_LOOK_BACK:]:
        yield f"after {word}"
    for word in after[:2]:
        yield f"before {word}"
    if not before:
        yield "first in sentence"
    if text.rstrip().endswith("?"):
        yield "asked"
    if vetoes.COURTESY.match(text, start, end):
        yield "begins with a courtesy"
    if vetoes.NOT_AT_START.match(text, start, end):
        yield "begins like no undertaking"
    if vetoes.NOT_ANYWHERE.search(text, start, end):
        yield "says what no undertaking says"
    if vetoes.THIRD_PARTY.match(text, start, end):
        yield "of a third party"
    for match in _CONDITION.finditer(text):
        yield f"condition {match[1].lower()}"


def _of_tags(candidate: Candidate, sentence: Sentence, tagged: Tagged) -> Iterator[str]:
    """How the stretch is built: its first parts of speech, the form of its main verb and what that stands after."""
    start, end = candidate.start - sentence.start, candidate.end - sentence.start
    here = [nth for nth, (begins, _) in enumerate(tagged.places) if start <= begins < end]
    tags = [tagged.tags[nth] for nth in here]
    yield f"tags {' '.join(tags[:2])}"
    yield f"tags {' '.join(tags[:3])}"
    modal = "MD" in tags
    for place, tag in enumerate(tags):
        if tag[0] == "V" and (not modal or "MD" in tags[:place]):
            subject = tagged.doc[here[0]].lower_ if tags[0] in _PRONOUNS else tags[0]
            yield f"verb {tag}"
            yield f"verb {tag} {tagged.doc[here[place]].lower_}"
            yield f"verb {subject} {tag} {'MD' if modal else ''}"
            break
    else:
        yield "no verb"
    for tag in set(tags) & _TELLING_TAGS:
        yield f"some {tag}"


def _of_dates(candidate: Candidate, dates: Sequence[DateMention]) -> Iterator[str]:
    if dates:
        yield "dated sentence"
    if any(candidate.start <= mention.start < candidate.end for mention in dates):
        yield "dated"


def _of_place(number: int, sentences: Sequence[Sentence]) -> Iterator[str]:
    sentence = sentences[number]
    if sentence.item:
        yield "item"
        heading = number
        while heading >= 0 and sentences[heading].item:
            heading -= 1
        for word in _heading_words(sentences, heading):
            yield f"item under {word}"
    elif number and sentences[number - 1].text.rstrip().endswith(":"):
        yield "under a heading"
        for word in _heading_words(sentences, number - 1):
            yield f"under {word}"


def _heading_words(sentences: Sequence[Sentence], number: int) -> frozenset[str]:
    if number < 0:
        return frozenset()
    return _HEADING_WORDS.intersection(word.lower() for word in _WORD.findall(sentences[number].text))


def _of_people(candidate: Candidate, sentence: Sentence, people: People) -> Iterator[str]:
    start, end = candidate.start - sentence.start, candidate.end - sentence.start
    for place, word in enumerate(sentence.text[start:end].split()[:4]):
        if looks_like_name(word.strip(",:;.()")):
            yield f"name {people.side(word) or 'unplaced'} {'first' if place == 0 else 'near'}"
