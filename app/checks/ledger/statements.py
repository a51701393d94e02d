"""What a draft says about things promised: its undertakings, and its sentences that move a deadline."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.checks.deal.sentences import Sentence, sentences
from app.checks.ledger.dues import due_of, is_set_aside
from app.checks.ledger.moves import (
    announces_news,
    asks_to_move,
    delayed_before,
    is_moving,
    says_that_it_moves,
    speaks_of_moving,
)
from app.checks.ledger.objects import topic_in
from app.checks.once import once
from app.checks.topics import Topic, topic_of
from app.checks.words import bag, content_words
from app.core.findings import Commitment, DateMention, Due, Findings, Kind
from extractors.lazily import compiled

_YEAR = compiled(r"\d{4}")
_IT = compiled(r"\b(?:it|this|that|they|them|these|those)\b", re.IGNORECASE)
_ANY_DEED = "do"
"""Who moves a promise does what was promised, only on another day."""
_COMES = frozenset({"be", "come", "follow", "arrive", "reach", "land", "go", "have", "get", "do", "take"})
_VOUCHES = bag("stand commit promise vouch guarantee hold keep manage offer swear say call plan start begin finish")
"""`December 2 is what I can stand by`: says for when, and leaves what to the words before."""
_THERE_BY_THEN = compiled(
    r"\b(?:i|we|it|they|all|everything)(?:['’]ll| will|['’]m going to|['’]re going to)(?: \w+)? be (?:\w+ )?"
    r"(?:done|ready|finished|there|through|complete|up|live)\b"
    r"|(?:\w+ing|have|get|send|finish|do) (?:it|them|that|this|those|all)\b",
    re.IGNORECASE,
)
_CALLED_OFF = compiled(
    r"\b(?:i|we) (?:(?:simply|just|really|sadly) )?(?:(?:wo|ca)n['’]t|(?:will|can) ?not|cannot"
    r"|['’]?(?:m|am|are) (?:not able|unable))"
    r" (?:\w+ ){0,2}?(?:manage|make|meet|hit|keep|finish|get|have|deliver|send|hold|be able)\b",
    re.IGNORECASE,
)
_NO_WAY = compiled(r"\bno (?:way|chance) (?:that )?(?:i|we)\b", re.IGNORECASE)
_NO_WAY_BEFORE = 12
"""Characters that `no way that` may stand before a promise that is found in what follows."""
_POINTS_BACK = frozenset({"it", "this", "that", "them", "these", "those", "they", "both", "one"})
_ITS_DAY = compiled(
    r"(?:the |my |our )?(?:new |revised |updated |realistic )?(?:eta|due date|delivery date|deadline|date|target)",
    re.IGNORECASE,
)
_ARRIVES = compiled(
    r"\b(?:expect|arriv(?:es?|ing)|(?:will|['’]ll) be (?:ready|done|finished|there|yours)|with you|reach(?:es)? you"
    r"|lands?|your (?:inbox|hands)|comes?|coming|follows?|eta|you(?:['’]ll| will|['’]d)? (?:get|have|receive))\b",
    re.IGNORECASE,
)
_SETS_DAY = compiled(
    r"\b(?:is|are|will be|would be|looks|seems|has to be|will have to be|will have to|has to|must)"
    r"(?: (?:now|then|the|a|my|our|far|much|an))*"
    r" (?:what|do|day|date|one|when (?:i|we)|(?:more )?realistic|safer?|safest|likely|likelier|sure|solid"
    r"|earliest|new|better|honest|where (?:i|we))\b"
    r"|\b(?:let['’]s|please) (?:say|call it|make it|plan (?:for|on)|go (?:for|with))\b"
    r"|\b(?:think|expect|count on|call it|plan on|say|rather|more like|closer to)\b",
    re.IGNORECASE,
)
"""Names a day in place of another that was spoken of before."""
_LEADS_TO_A_DAY = bag(
    "rather promise say plan please expect think count let make call go name now better commit offer"
)
_NOT_OURS = compiled(
    r"\b(?:comments?|feedback|answers?|thoughts|questions?|review\w*|sign\w*|approv\w+|call|meet\w*|discuss\w*|walk"
    r"|talk|go(?:ing)? (?:through|over)|webinar|workshop|training|please|can you|could you|from you|back from|if|once"
    r"|when|after|until|before|since|was|were|had)\b",
    re.IGNORECASE,
)
"""Beside a day it may be for what somebody does with the thing, and not for the thing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What the draft says about something promised: an undertaking, or a sentence that moves one."""

    text: str
    start: int
    end: int
    due: Due | None
    topic: Topic
    said_before: tuple[str, ...]
    """The words that lead up to it, nearest first, for what only points back."""
    commitment: Commitment | None
    """None for a sentence that only moves, or that only tells when something comes."""
    read: tuple[Sentence, ...]
    """All sentences of the draft."""
    arrives: bool = False
    """Whether it tells when something comes, without an undertaking that was found in it."""

    @property
    def undertakes(self) -> bool:
        """Whether something is promised, and not only moved."""
        return self.commitment is not None or self.arrives

    @property
    def moves(self) -> bool:
        """Whether the draft says itself that a deadline moves here."""
        return (self.commitment is None and not self.arrives) or says_that_it_moves(self.start, self.end, self.read)

    @property
    def due_day(self) -> date | None:
        """The last day that it names, or None."""
        return self.due.due_day if self.due else None

    @property
    def points_back(self) -> bool:
        """Whether its object only stands for something named before (`send it`), or is its subject (`… comes`)."""
        if self.topic.object is None:
            return (self.topic.action or "") in _COMES or (self.commitment is not None and _vouches(self.commitment))
        said = self.topic.object.casefold()
        return said in _POINTS_BACK or _ITS_DAY.fullmatch(said) is not None


@once
def statements(findings: Findings, now: date) -> Iterator[Statement]:
    """The draft's undertakings, and its sentences that move a deadline without undertaking anything."""
    read = sentences(findings)
    carried = [(claim.start, claim.end) for claim in findings.attachments]
    for commitment in findings.commitments:
        if not _is_called_off(commitment, findings.text) and not any(
            start < commitment.end and commitment.start < end for start, end in carried
        ):
            yield _undertaking(commitment, read)
    for number in range(len(read)):
        yield from _announcements(number, read, now)


def _undertaking(commitment: Commitment, read: tuple[Sentence, ...]) -> Statement:
    due = due_of(commitment, sentence_of(commitment, read))
    text = commitment.text.replace(due.text, " ") if due else commitment.text
    moves = is_moving(commitment.action) and says_that_it_moves(commitment.start, commitment.end, read)
    return Statement(
        text=commitment.text,
        start=commitment.start,
        end=commitment.end,
        due=due,
        topic=topic_in(_ANY_DEED if moves or _vouches(commitment) else commitment.action, commitment.object, text),
        said_before=_before(commitment, read),
        commitment=commitment,
        read=read,
    )


def _vouches(commitment: Commitment) -> bool:
    """Whether it only stands by a day that its sentence names."""
    return not commitment.object and (commitment.action or "").partition(" ")[0] in _VOUCHES


def _leaves_open_what(commitment: Commitment) -> bool:
    """Whether the words before tell what for: `I can commit to December 2`, `I'll be done`, `importing them`."""
    return _vouches(commitment) or _THERE_BY_THEN.search(commitment.text) is not None


def _is_called_off(commitment: Commitment, text: str) -> bool:
    """`I'm sorry, I won't manage the guide by Friday` undertakes nothing."""
    if _NO_WAY.search(text, max(commitment.start - _NO_WAY_BEFORE, 0), commitment.end):
        return True
    return commitment.kind is not Kind.DELIVERABLE and _CALLED_OFF.search(commitment.text) is not None


def sentence_of(commitment: Commitment, read: tuple[Sentence, ...]) -> Sentence | None:
    """The sentence in which a promise begins."""
    return next((sentence for sentence in read if sentence.start <= commitment.start < sentence.end), None)


def _announcements(number: int, read: tuple[Sentence, ...], now: date) -> Iterator[Statement]:
    """A sentence that moves something to a day, and that undertakes nothing with a day of its own."""
    sentence, before = read[number], read[number - 1] if number else None
    asks = asks_to_move(sentence.text)
    undertaken = not asks and any((due := due_of(c, sentence)) and due.due_day for c in sentence.commitments)
    if not sentence.dates or undertaken or (sentence.is_question and not asks):
        return
    points_back = _IT.search(sentence.text) is not None
    moves = asks or speaks_of_moving(sentence.text) or announces_news(sentence.text)
    if not moves and _SETS_DAY.search(sentence.text) and not _names_its_own(sentence):
        points_back = moves = says_that_it_moves(sentence.start, sentence.end, read)
    if not moves and points_back:
        moves = says_that_it_moves(sentence.start, sentence.end, read)
    arrives = not moves and _ARRIVES.search(sentence.text) is not None and _NOT_OURS.search(sentence.text) is None
    if not moves and not arrives:
        return
    for mention in sentence.dates:
        due = _to_come(mention, now)
        if due is not None and not is_set_aside(mention, sentence):
            yield Statement(
                text=sentence.text,
                start=sentence.start,
                end=sentence.end,
                due=due,
                topic=topic_of(None, "it", sentence.text),
                said_before=(sentence.text, before.text) if before and points_back else (sentence.text,),
                commitment=None,
                read=read,
                arrives=arrives,
            )


def _names_its_own(sentence: Sentence) -> bool:
    """Whether the words before the first day name something, so that the day is for that."""
    first = min(mention.start for mention in sentence.dates)
    return len(content_words(sentence.text[: first - sentence.start]) - _LEADS_TO_A_DAY) > 1


def _to_come(mention: DateMention, now: date) -> Due | None:
    """The day that something is moved to. `We pushed it to December 4` tells of the past and means the next one."""
    day, text = mention.due_day, mention.text
    if day is None and mention.from_ is not None and mention.grain == "day" and not _YEAR.search(text):
        day = _next(mention.from_.date(), now)
    if day is None or day < now:
        return None
    return Due(
        text=text,
        start=mention.start,
        end=mention.end,
        grain=mention.grain,
        due_day=day,
        from_=mention.from_ if mention.due_day else None,
        to=mention.to if mention.due_day else None,
    )


def _next(day: date, now: date) -> date | None:
    """The first day of that month and number from now on; None for a leap day that does not come soon."""
    for year in (now.year, now.year + 1):
        if (day.month, day.day) != (2, 29) or isleap(year):
            coming = day.replace(year=year)
            if coming >= now:
                return coming
    return None


def _before(commitment: Commitment, read: tuple[Sentence, ...]) -> tuple[str, ...]:
    """The words of the sentence up to here, and the sentence before it; without an object, only the sentence."""
    here = sentence_of(commitment, read)
    if here is None:
        return ()
    spot = read.index(here)
    leading = here.text[: commitment.start - here.start]
    if commitment.object is None and not _leaves_open_what(commitment):
        return (leading,)
    delayed = delayed_before(spot, read)
    return leading, read[spot - 1].text if spot else "", *([delayed.text] if delayed else [])
