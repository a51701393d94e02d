"""The commitments of a mail: candidates from the trained network and the phrase families, weighed by a linear model,
then read for who does what by when.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.commitments.candidates import Candidate, candidates
from extractors.commitments.due import due_of
from extractors.commitments.evidence import Features, evidence_of, states_a_fact
from extractors.commitments.families import by_families, own_person
from extractors.commitments.kind_model import likeliest_kind
from extractors.commitments.parsed_slots import ParsedSlots, parsed_slots
from extractors.commitments.people import People, people_of
from extractors.commitments.weighing import Weights, read_weights
from extractors.findings import Commitment, CommitmentKind, DateMention, Strength
from extractors.language import Language, Tagged, language
from extractors.segments import Sentence

FALLBACK = "fallback."
"""Opens the rule of a finding that was made without the trained model, by phrase families alone."""
LEARNED = "learned."
"""Opens the rule of a finding that the network saw and no phrase family names."""

_WORTH_A_LOOK = 0.03  # sentences whose every word is likelier than not outside, by this much, are passed over


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What reading with the model takes."""

    language: Language
    weights: Weights


@lru_cache(maxsize=1)
def reader() -> Reader | None:
    """The trained reader, or None where any part of it cannot be had."""
    pipeline = language()
    try:
        return Reader(language=pipeline, weights=read_weights()) if pipeline else None
    except OSError:
        return None


def find_commitments(
    sentences: Sequence[Sentence], dates: Iterable[DateMention], *, model: bool = True
) -> list[Commitment]:
    """The commitments of the authored sentences of a mail, in order; `dates` are those of the same sentences.

    Without the trained model, or with `model` false, the phrase families judge alone and the rules say so.
    """
    people = people_of("\n".join(sentence.text for sentence in sentences))
    mentions = sorted(dates, key=lambda mention: mention.start)
    trained = reader() if model else None
    if trained is None:
        return [replace(found, rule=FALLBACK + found.rule) for found in by_families(sentences, mentions, people)]
    return _weighed(sentences, mentions, people, trained)


def _weighed(
    sentences: Sequence[Sentence], mentions: Sequence[DateMention], people: People, trained: Reader
) -> list[Commitment]:
    """The candidates that the weights accept, with their slots."""
    tagged = trained.language.tag([sentence.text for sentence in sentences])
    accepted = [
        (candidate, trained.weights.strength(features))
        for candidate, features in weigh_in(sentences, tagged, [m for m in mentions if not _gone_by(m)], people)
        if trained.weights.accepts(features) and not states_a_fact(features)
    ]
    trained.language.parse([tagged[number].doc for number in sorted({c.sentence for c, _ in accepted})])
    near = _colleagues_named(sentences, people)
    return [
        _commitment(
            candidate,
            strength,
            sentence=sentences[candidate.sentence],
            tagged=tagged[candidate.sentence],
            mentions=_inside(mentions, sentences[candidate.sentence]),
            people=people,
            near=near[candidate.sentence],
        )
        for candidate, strength in accepted
    ]


def weigh_in(
    sentences: Sequence[Sentence], tagged: Sequence[Tagged], mentions: Sequence[DateMention], people: People
) -> list[tuple[Candidate, Features]]:
    """The candidates of a text in order, each with its evidence; `mentions` are its dates, in order."""
    worth = [sentence for sentence, words in zip(sentences, tagged, strict=True) if words.strongest >= _WORTH_A_LOOK]
    families = by_families(worth, mentions, people)
    return [
        (
            candidate,
            evidence_of(
                candidate,
                sentences,
                tagged[candidate.sentence],
                _inside(mentions, sentences[candidate.sentence]),
                people,
            ),
        )
        for candidate in candidates(sentences, tagged, families)
    ]


def _gone_by(mention: DateMention) -> bool:
    """Whether a date lies before the moment of sending, and so cannot be when something is done."""
    return mention.from_ is not None and mention.due_day is None and mention.kind != "duration"


def _inside(mentions: Sequence[DateMention], sentence: Sentence) -> Sequence[DateMention]:
    first = bisect_left(mentions, sentence.start, key=_start)
    return mentions[first : bisect_left(mentions, sentence.end, lo=first, key=_start)]


def _start(mention: DateMention) -> int:
    return mention.start


def _colleagues_named(sentences: Sequence[Sentence], people: People) -> list[str | None]:
    """For each sentence the colleague who was named last before it, whom "she" means there."""
    if not people.ours:
        return [None] * len(sentences)
    named: list[str | None] = [None]
    for sentence in sentences[:-1]:
        named.append(own_person(sentence.text, people) or named[-1])
    return named


def _commitment(
    candidate: Candidate,
    strength: Strength,
    *,
    sentence: Sentence,
    tagged: Tagged,
    mentions: Sequence[DateMention],
    people: People,
    near: str | None,
) -> Commitment:
    span = (candidate.start - sentence.start, candidate.end - sentence.start)
    text = sentence.text[span[0] : span[1]]
    due = due_of(sentence, candidate, mentions, tagged)
    slots = parsed_slots(
        tagged.doc,
        span,
        dates=[(mention.start - sentence.start, mention.end - sentence.start) for mention in mentions],
        people=people,
        near=near,
    )
    return Commitment(
        text=text,
        start=candidate.start,
        end=candidate.end,
        strength=strength,
        kind="meeting" if _is_meeting(candidate) else _kind(text, slots, dated=due is not None),
        actor=slots.actor,
        action=slots.action,
        object=slots.object,
        recipient=slots.recipient,
        due=due,
        rule=candidate.family.rule if candidate.family else LEARNED + strength,
    )


def _is_meeting(candidate: Candidate) -> bool:
    """Whether a phrase family takes it for one; they know meetings better than the words of the stretch do."""
    return candidate.family is not None and candidate.family.kind == "meeting"


def _kind(text: str, slots: ParsedSlots, *, dated: bool) -> CommitmentKind:
    return likeliest_kind(text, action=slots.action, thing=slots.object, dated=dated)
