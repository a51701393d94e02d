"""What a mail gives away in its sender's name: everything it promises, and what it says was already taken off."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.checks.deal.given.giveaway import Form, Giveaway
from app.checks.deal.given.read import giveaways
from app.checks.deal.sentences import Sentence, sentences
from app.checks.once import once
from app.checks.turns import Turns
from app.core.findings import Findings, Kind
from extractors.lazily import compiled

_MAY_GIVE = Turns(
    r"\d|%|percent|per cent|free|\boff\b|half|waiv|on us\b|on the house|gratis|charge|price|reduc"
    r"|discount|credit|bogo"
    r"|for one\b|no (?:extra )?cost|knock|fee\b|fees\b|grand\b|thousand|bill|invoice|skip|drop|\bpay\b|nothing"
    r"|let you off|spare",
    re.IGNORECASE,
)
"""Without any of these nothing is given away: most sentences need no closer look."""
_GIVING = Turns(
    r"\b(?:we|i|we['’](?:ve|ll|d|re)|i['’](?:ve|ll|d|m))\b[^.;!?]{0,40}\b(?:appl(?:y|ied)|includ\w+|taken?"
    r"|took|reflect\w*|knock\w*"
    r"|offer\w*|giv\w+|gave|extend\w*|approved|agree\w*|put|built|add\w*|grant\w*|got|secured|get|do"
    r"|go(?:ing)? (?:to|up to|down)"
    r"|waiv\w+|credit\w*|reduc\w+|lower\w*|cut|drop\w*|charg\w+)\b"
    r"|\b(?:our|my) [\w ]{1,20}\b(?:signed off on|approved|agreed to|ok['’]?d)\b|\byou['’]d get\b"
    r"|\byour (?:new |special |total )?(?:discount|price|rate|first|fee|total)\b|\byou(?:['’]ll"
    r"| will)? (?:get|receive|have|save|pay)\b"
    r"|\blet['’]s (?:call|make|say|do|settle)\b|\b(?:is|are) (?:there for|yours|in\b)|\b(?:is|are) (?:what"
    r"|the most) (?:we|i)\b"
    r"|\bfinal word\b|\b(?:on|for) you\b|\benjoy\b|\b(?:pleased|happy|glad|delighted) to\b|\b(?:quote|order form"
    r"|proposal|offer|price"
    r"|pricing|invoice|contract|figure|package)s?"
    r"\b[^.;!?]{0,40}\b(?:includ\w+|reflect\w*|comes? with|carr(?:y|ies)|shows?|has|have|contains?)\b"
    r"|\bthere(?:['’]s| is)\b|\bit['’]s\b|^(?:buy|half|take|two|three|\d)|\bwith (?:the|our|a|an|this"
    r"|your)\b|\b(?:is|are|will be|would be) (?:waived|on us|free|on the house|half)\b"
    r"|\b(?:special|exclusive|one-?time|limited)\b[^.;!?]{0,20}\b(?:offer|discount|deal)\b",
    re.IGNORECASE,
)
_NOT_OURS = compiled(
    r"\b(?:competitors?|competition|other (?:vendors?|suppliers?|quotes?|customers?)|another (?:vendor"
    r"|supplier|customer)|they|their"
    r"|he|she|our rivals?|their offer)\b|\byou (?:asked|requested|mentioned|wanted|suggested|proposed"
    r"|were hoping|need|had|(?:have|had) in mind)\b|\byou(?:['’]d| would) (?:like|want|need|love)\b|\byour (?:wish"
    r"|ask)\b"
    r"|\byour (?:\w+ ){1,2}(?:wants?|wanted|asks?|asked|suggest(?:s|ed)|requested|would like|needs?|demands?"
    r"|insists?|(?:has|have|had) in mind)\b"
    r"|\basked (?:whether|if|for)\b|\b(?:hear you|big ask|see why|understand (?:that |why )?you)\b"
    r"|\byour (?:request|ask|question|proposal|suggestion|counter\w*)\b|\b(?:last|previous"
    r"|earlier) (?:year|quarter|contract|term)\b(?!['’]s (?:fee|invoice|charge))"
    r"|\bused to\b|\bno longer\b|\bexpired\b|\bin the past\b|\bhad (?:been )?(?:a|an|given)\b",
    re.IGNORECASE,
)
_FLOATED = compiled(
    r"\b(?:what (?:would|do|if)|how about|how (?:does|would|do)|would (?:an?|the)?\s?\S* ?(?:discount|off"
    r"|help|work|make|do)"
    r"|(?:shall|should|could|can) (?:we|i))\b",
    re.IGNORECASE,
)
"""A question that puts an offer on the table."""
_REFUSED = compiled(
    r"\b(?:can(?:no|['’])t|can not|cannot|could(?:n['’]t| not)|won['’]t|will not|would(?:n['’]t| not)"
    r"|unable|not able|not in a position"
    r"|isn['’]t|is not|aren['’]t|don['’]t|do not|never|no way|unfortunately|beyond|let alone|above"
    r"|more than|anything over|instead of the"
    r"|out of (?:reach|the question)|(?:is|are|was) (?:out\b|a no\b|too (?:much|far|high|steep)|off the table"
    r"|a stretch|a big ask)|no[- ]go"
    r"|off the table|sorry|afraid|need\w* (?:[\w'’]+ ){0,4}(?:approval|sign-?off|approve)"
    r"|(?:with|without|pending|until|subject to) (?:[\w'’]+ ){0,3}approval|ask (?:for|my|our)|rather than"
    r"|if we (?:gave|could)|no)\b"
    r"(?! (?:only|just)\b)",
    re.IGNORECASE,
)
_WITHOUT_CHARGE = compiled(
    r"\b(?:not|won['’]t|will not|don['’]t|do not) (?:be )?(?:charg|bill|invoic)\w*|\bno (?:extra "
    r"|additional )?(?:cost|charge|fees?)\b"
    r"|\bwon['’]t (?:have to |need to )?pay\b",
    re.IGNORECASE,
)
"""Words of refusal that give something away."""
_ACCEPTED = compiled(
    r"\b(?:done|agreed|deal|approved|you(?:['’]ve| have) got it|consider it done|it['’]s yours|granted)\b[.!]?\s*$"
    r"|\b(?:that['’]s|this is|it['’]s|that is) (?:fine|ok(?:ay)?|agreed|approved|doable|a deal)\b"
    r"|\b(?:works|is fine|is ok(?:ay)?|is good) (?:for|with|by) (?:us|me)\b"
    r"|\b(?:we|i)(?:['’]ll| can| will| are happy to|['’]m happy to| am happy to) (?:do|agree to|accept"
    r"|match|meet|honou?r|make) (?:that|it|this)\b"
    r"|\b(?:she|he|they|you|it)(?:['’]ll| will| can| shall| may)? (?:have|get|gets|got) (?:it|that|them|what)\b"
    r"|\bhalf price it is\b"
    r"|\bhappy to (?:do|agree|accept|match|meet|honou?r)\b|\bconsider it done\b",
    re.IGNORECASE,
)
_PIECE = compiled(r"[;:()\n–—]|[,.]\s|\bbut\b|\bhowever\b|\bthough\b|\bso (?:we|i)\b|\band (?:we|i)\b", re.IGNORECASE)


_OTHERS_GIVE = compiled(
    r"\b(?-i:[A-Z]\w+) (?:\w+ )?(?:gives?|gave|offers?|offered|sells?|sold|grants?|granted|had|has|have|takes?|took"
    r"|got|gets|asks?|asked)\b"
    r"|\b(?:last (?:year|time|month|quarter)|when|if|whether|was|were|until|would|usually|customers?|fleets?"
    r"|on average|typical\w*)\b",
    re.IGNORECASE,
)
_OFF = compiled(r"\b(?:off|discount|rebate|reduction)\b", re.IGNORECASE)
_ASIDE = compiled(
    r",\s(?:as|like|which|that|for)\s(?:you|your|they|their|he|she|the|it|\w+ing)\b[^,;.]{0,50},", re.IGNORECASE
)
"""Words between two commas that part nothing: `half price, as you asked, is out of reach`."""
_OUR_NUMBER = Turns(
    r"\b(?:is|are) (?:what|the most|as much as|all) (?:we|i) (?:can|have|could|am|['’]m|are|may)\b|\b(?:is"
    r"|are) (?:there for you|yours"
    r"|our (?:best|limit|last)|my (?:best|limit|last))\b|\bwhat (?:we|i) (?:have|can (?:do|offer"
    r"|give))(?: instead)? (?:is|are)\b|\d ?(?:%|percent|per cent) for you\b"
    r"|\banother (?:\d|\w+ (?:%|percent|per cent))",
    re.IGNORECASE,
)
"""Any percentage is one off the price, though nobody says `off`."""


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
        concession = concession or _OUR_NUMBER.search(sentence.text) is not None
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
        if sentence.is_question:
            return self._floats
        return bool(sentence.commitments) or self._gives or self._is_plainly_off(giveaway)

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
        text = _ASIDE.sub(lambda match: "_" * len(match[0]), self.sentence.text)
        breaks = list(_PIECE.finditer(text))
        return [match.start() for match in breaks], [match.end() for match in breaks]

    @cached_property
    def _gives(self) -> bool:
        return bool(_GIVING.search(self.sentence.text) or _OUR_NUMBER.search(self.sentence.text))

    def _is_plainly_off(self, giveaway: Giveaway) -> bool:
        """`20% off` says of itself who gives it, where nobody else is named."""
        start, end = self._piece(giveaway)
        plain = giveaway.form is Form.PERCENT and _OFF.search(self.sentence.text, start, end)
        return bool(plain) and not _OTHERS_GIVE.search(self.sentence.text)

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
