"""What a mail gives away in its sender's name: everything it promises, and what it says was already taken off."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.checks.deal.given.giveaway import Giveaway
from app.checks.deal.given.read import giveaways
from app.checks.deal.sentences import Sentence, sentences
from app.checks.once import once
from app.core.findings import Findings, Kind

_MAY_GIVE = re.compile(
    r"\d|%|percent|per cent|free|\boff\b|half|waiv|on us\b|on the house|gratis|charge|price|reduc"
    r"|discount|credit|bogo"
    r"|for one\b|no (?:extra )?cost|knock|fee\b|fees\b|grand\b|thousand|bill|invoice|skip|drop",
    re.IGNORECASE,
)
"""Without any of these nothing is given away: most sentences need no closer look."""
_GIVING = re.compile(
    r"\b(?:we|i|we['’](?:ve|ll|d|re)|i['’](?:ve|ll|d|m))\b[^.;!?]{0,40}\b(?:appl(?:y|ied)|includ\w+|taken?"
    r"|took|reflect\w*|knock\w*"
    r"|offer\w*|giv\w+|gave|extend\w*|approved|agree\w*|put|built|add\w*|grant\w*|got|secured|get|do"
    r"|go(?:ing)? (?:to|up to|down)"
    r"|waiv\w+|credit\w*|reduc\w+|lower\w*|cut|drop\w*|charg\w+)\b"
    r"|\b(?:our|my) [\w ]{1,20}\b(?:signed off on|approved|agreed to|ok['’]?d)\b|\byou['’]d get\b"
    r"|\byour (?:new |special |total )?(?:discount|price|rate|first|fee|total)\b|\byou(?:['’]ll"
    r"| will)? (?:get|receive|have|save|pay)\b"
    r"|\benjoy\b|\b(?:pleased|happy|glad|delighted) to\b|\b(?:quote|order form|proposal|offer|price"
    r"|pricing|invoice|contract|figure|package)s?"
    r"\b[^.;!?]{0,40}\b(?:includ\w+|reflect\w*|comes? with|carr(?:y|ies)|shows?|has|have|contains?)\b"
    r"|\bthere(?:['’]s| is)\b|\bit['’]s\b|^(?:buy|half|take|two|three|\d)|\bwith (?:the|our|a|an|this"
    r"|your)\b|\b(?:is|are|will be|would be) (?:waived|on us|free|on the house|half)\b"
    r"|\b(?:special|exclusive|one-?time|limited)\b[^.;!?]{0,20}\b(?:offer|discount|deal)\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\b(?:competitors?|competition|other (?:vendors?|suppliers?|quotes?|customers?)|another (?:vendor"
    r"|supplier|customer)|they|their"
    r"|he|she|our rivals?|their offer)\b|\byou (?:asked|requested|mentioned|wanted|suggested|proposed"
    r"|were hoping|need|had)\b"
    r"|\byour (?:request|ask|question|proposal|suggestion|counter\w*)\b|\b(?:last|previous"
    r"|earlier) (?:year|quarter|contract|term)\b"
    r"|\bused to\b|\bno longer\b|\bexpired\b|\bin the past\b|\bhad (?:been )?(?:a|an|given)\b",
    re.IGNORECASE,
)
_FLOATED = re.compile(
    r"\b(?:what (?:would|do|if)|how about|how (?:does|would|do)|would (?:an?|the)?\s?\S* ?(?:discount|off"
    r"|help|work|make|do)"
    r"|(?:shall|should|could|can) (?:we|i))\b",
    re.IGNORECASE,
)
"""A question that puts an offer on the table."""
_REFUSED = re.compile(
    r"\b(?:can(?:no|['’])t|can not|cannot|could(?:n['’]t| not)|won['’]t|will not|would(?:n['’]t| not)"
    r"|unable|not able|not in a position"
    r"|isn['’]t|is not|aren['’]t|don['’]t|do not|never|no way|unfortunately|beyond|let alone|above"
    r"|more than|anything over|instead of the"
    r"|sorry|afraid|need\w* (?:[\w'’]+ ){0,4}(?:approval|sign-?off|approve)"
    r"|(?:with|without|pending|until|subject to) (?:[\w'’]+ ){0,3}approval|ask (?:for|my|our)|rather than"
    r"|if we (?:gave|could)|no)\b"
    r"(?! (?:only|just)\b)",
    re.IGNORECASE,
)
_WITHOUT_CHARGE = re.compile(
    r"\b(?:not|won['’]t|will not|don['’]t|do not) (?:be )?(?:charg|bill|invoic)\w*|\bno (?:extra "
    r"|additional )?(?:cost|charge|fees?)\b"
    r"|\bwon['’]t (?:have to |need to )?pay\b",
    re.IGNORECASE,
)
"""Words of refusal that give something away."""
_ACCEPTED = re.compile(
    r"\b(?:done|agreed|deal|approved|you(?:['’]ve| have) got it|consider it done|it['’]s yours|granted)\b[.!]?\s*$"
    r"|\b(?:that['’]s|this is|it['’]s|that is) (?:fine|ok(?:ay)?|agreed|approved|doable|a deal)\b"
    r"|\b(?:works|is fine|is ok(?:ay)?|is good) (?:for|with|by) (?:us|me)\b"
    r"|\b(?:we|i)(?:['’]ll| can| will| are happy to|['’]m happy to| am happy to) (?:do|agree to|accept"
    r"|match|meet|honou?r|make) (?:that|it|this)\b"
    r"|\bhappy to (?:do|agree|accept|match|meet|honou?r)\b|\bconsider it done\b",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"[;:()\n–—]|[,.]\s|\bbut\b|\bhowever\b|\bthough\b|\bso (?:we|i)\b|\band (?:we|i)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A giveaway and the sentence that makes it."""

    giveaway: Giveaway
    sentence: Sentence

    @property
    def start(self) -> int:
        """Where its words begin, in the findings' text."""
        return self.sentence.start + self.giveaway.start

    @property
    def end(self) -> int:
        """Where its words end, in the findings' text."""
        return self.sentence.start + self.giveaway.end

    @property
    def words(self) -> str:
        """The words that say what is given away."""
        return self.sentence.text[self.giveaway.start : self.giveaway.end]


@once
def offers(findings: Findings, *, deal_amount: float) -> Iterator[Offer]:
    """Everything that the mail takes off the price, in order: neither asked for, refused nor somebody else's."""
    said = sentences(findings)
    for index, sentence in enumerate(said):
        if not _MAY_GIVE.search(sentence.text):
            continue
        concession = any(c.kind is Kind.CONCESSION for c in sentence.commitments)
        given = giveaways(sentence.text, concession=concession, deal_amount=deal_amount)
        if given:
            reading = _Reading(sentence=sentence, giveaways=given, following=said[index + 1 : index + 2])
            yield from (Offer(giveaway=one, sentence=sentence) for one in given if reading.is_given(one))


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """How a sentence takes its giveaways. What they share is looked up once: there may be a hundred of them."""

    sentence: Sentence
    giveaways: tuple[Giveaway, ...]
    following: Sequence[Sentence]
    judged: dict[tuple[int, int], tuple[bool, bool]] = field(default_factory=dict)
    """For each piece of the sentence whether it refuses, and whether it tells of others."""

    def is_given(self, giveaway: Giveaway) -> bool:
        refused, not_ours = self._judgement(self._piece(giveaway))
        if refused:
            return False
        if not_ours:
            return self._answer_accepts or self._is_accepted_behind(giveaway.end)
        sentence = self.sentence
        if sentence.promise_at(sentence.start + giveaway.start, sentence.start + giveaway.end) is not None:
            return True
        return self._floats if sentence.is_question else bool(sentence.commitments) or self._gives

    def _judgement(self, piece: tuple[int, int]) -> tuple[bool, bool]:
        if piece not in self.judged:
            start, end = piece
            text = self.sentence.text
            refused = _REFUSED.search(_WITHOUT_CHARGE.sub(" ", self._without_giveaways(start, end)))
            self.judged[piece] = bool(refused), bool(_NOT_OURS.search(text, start, end))
        return self.judged[piece]

    def _without_giveaways(self, start: int, end: int) -> str:
        """A giveaway's own words refuse nothing, though they be `no charge`."""
        kept = []
        for giveaway in self.giveaways:
            if start <= giveaway.start and giveaway.end <= end:
                kept.append(self.sentence.text[start : giveaway.start])
                start = giveaway.end
        return " ".join([*kept, self.sentence.text[start:end]])

    def _piece(self, giveaway: Giveaway) -> tuple[int, int]:
        """The words around a giveaway, up to the next break on either side."""
        starts, ends = self._breaks
        before = bisect_right(ends, giveaway.start)
        behind = bisect_left(starts, giveaway.end)
        return ends[before - 1] if before else 0, starts[behind] if behind < len(starts) else len(self.sentence.text)

    @cached_property
    def _breaks(self) -> tuple[list[int], list[int]]:
        breaks = list(_PIECE.finditer(self.sentence.text))
        return [match.start() for match in breaks], [match.end() for match in breaks]

    @cached_property
    def _gives(self) -> bool:
        return bool(_GIVING.search(self.sentence.text))

    @cached_property
    def _floats(self) -> bool:
        return bool(_FLOATED.search(self.sentence.text))

    @cached_property
    def _answer_accepts(self) -> bool:
        return any(
            _ACCEPTED.search(answer.text) and not _REFUSED.search(_ACCEPTED.sub(" ", answer.text))
            for answer in self.following
        )

    def _is_accepted_behind(self, end: int) -> bool:
        accepted, refused = self._answers
        return accepted >= end > refused

    @cached_property
    def _answers(self) -> tuple[int, int]:
        """Where the sentence accepts and where it refuses for the last time; -1 where it does not."""
        text = self.sentence.text
        without = _ACCEPTED.sub(lambda match: " " * len(match[0]), text)
        accepted, refused = (
            max((match.start() for match in pattern.finditer(words)), default=-1)
            for pattern, words in ((_ACCEPTED, text), (_REFUSED, without))
        )
        return accepted, refused
