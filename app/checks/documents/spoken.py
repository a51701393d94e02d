"""Documents named apart from the words that hand them over: `Our 2024 penetration test … I'll send that report`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from app.checks.deal.sentences import Sentence, sentences
from app.checks.documents.mentions import GENERIC, Mention, changes_hands
from app.checks.documents.shelf import is_fit, words_of_title
from app.checks.turns import Turns
from app.checks.words import bag, content_words, names, numbers
from app.checks.worktime import today
from app.core.facts import Document, Facts
from app.core.findings import Commitment, Findings
from extractors.lazily import compiled

_LOOSELY = 4
"""So many other words may stand among those of a title: `the slides with our roadmap for 2027`."""
_SENTENCES_BACK = 2
_YEAR = compiled(r"20\d\d")
_POINTING = compiled(
    r"(?:it|this|that|them|these|those|both|one|(?:a|the) (?:copy|link)(?: (?:of|to) (?:it|this|that|them))?"
    r"|(?:this|that|these|those|the)(?: (?:whole|full|very|same|entire|latest))?"
    r" (?:reports?|documents?|papers?|files?|decks?|slides?|pdf|summary|overview|presentation|guide|one|ones|sheet"
    r"|write-?up|pages?|version|thing))\b.{0,40}",
    re.IGNORECASE,
)
_OFFERS = Turns(
    r"\b(?:i|we)(?:['’]m|['’]re| am| are|['’]d| would| can| could|['’]ll| will)? (?:be )?(?:also |just )?"
    r"(?:(?:happy|glad|pleased|free|able|going|delighted) to |gladly |happily )?"
    r"(?:share|send|sharing|sending|forward(?:ing)?|mail(?:ing)?|e-?mail(?:ing)?|pass(?:ing)?|give you|giving you"
    r"|let you have|hand(?:ing)?)(?: you| over| on| along)*"
    r" (?:it|them|(?:(?:that|this) (?:\w+ )?|the (?:whole |full )?)(?:reports?|documents?|papers?|files?"
    r"|decks?|slides?|pdf|summary|overview|presentation|guide|sheet|pages?))\b",
    re.IGNORECASE,
)
_ARRIVES = Turns(
    r"\b(?:(?:in|into|on|onto|to) your (?:inbox|mailbox|mail|desk|hands|post)"
    r"|(?:will|['’]ll|should) be with you|with you (?:by|on|tomorrow|next)|(?:on (?:its|their|the)|coming your) way"
    r"|(?:will|['’]ll|to) (?:also )?(?:reach|get to|come to) you|reach(?:es)? you"
    r"|you(?:['’]ll| will| shall| can expect to| should)? (?:also |then )?(?:get|receive|have"
    r"|be getting|be receiving)"
    r"|can expect|look out for|keep an eye out for|yours (?:by|on|tomorrow|next)|will follow|follows)\b",
    re.IGNORECASE,
)
_NOT_GIVEN = Turns(
    r"\b(?:not|never|cannot|no longer|instead of|rather than|once|until|unless|as soon as|expired|out of date"
    r"|outdated|superseded|replac\w+|approved|approval|clear(?:s|ed)|released?|internal|confidential|asked|if"
    r"|successor"
    r"|new(?:er)? (?:one|version|edition|report)|next (?:one|version|edition)|already (?:have|got))\b|n['’]t\b",
    re.IGNORECASE,
)
_THEIRS = bag("your you their")


def spoken(findings: Findings, facts: Facts) -> Iterator[tuple[Mention, Document]]:
    """The documents that may not go out as they are, where words hand them over that do not name them themselves."""
    now = today(facts)
    if all(is_fit(document, now, facts) and document.expires is None for document in facts.library):
        return
    read = sentences(findings)
    for number, sentence in enumerate(read):
        if sentence.is_question or _NOT_GIVEN.search(sentence.text):
            continue
        given = [c for c in sentence.commitments if c.start >= sentence.start and _hands_over(c)]
        for commitment in given:
            yield from _named_before((commitment.start, commitment.end), commitment.due_day, number, read, facts)
        offered = None if given else _OFFERS.search(sentence.text)
        if offered:
            yield from _named_before(
                (sentence.start + offered.start(), sentence.end), _last_day(sentence), number, read, facts
            )
        if not given and not offered and _ARRIVES.search(sentence.text):
            day = _last_day(sentence)
            found = named_in(sentence.text, facts, day=day)
            if found is not None:
                yield _mention(found, (sentence.start, sentence.end), day), found


def _last_day(sentence: Sentence) -> date | None:
    return max((d.due_day for d in sentence.dates if d.due_day and d.grain == "day"), default=None)


def _hands_over(commitment: Commitment) -> bool:
    return changes_hands(commitment) and _POINTING.fullmatch(commitment.object or "") is not None


def _named_before(
    statement: tuple[int, int], day: date | None, number: int, read: Sequence[Sentence], facts: Facts
) -> Iterator[tuple[Mention, Document]]:
    """The document that was named last before the promise, in its own sentence or shortly before."""
    here = read[number]
    said = [here.text[: max(statement[0] - here.start, 0)]]
    said += [s.text for s in reversed(read[max(number - _SENTENCES_BACK, 0) : number])]
    for text in said:
        found = named_in(text, facts, day=day)
        if found is not None:
            if not _NOT_GIVEN.search(text):
                yield _mention(found, statement, day), found
            return


def _mention(document: Document, statement: tuple[int, int], day: date | None) -> Mention:
    return Mention(name=document.title, statement=statement, day=day)


def named_in(text: str, facts: Facts, *, day: date | None) -> Document | None:
    """The document of the library that the words name; of several that are named as well, one that may be shared."""
    words, said = names(text), content_words(text)
    years = {word for word in said if _YEAR.fullmatch(word)}
    found = [(telling, d) for d in facts.library if (telling := _told(d, words, said, years))]
    at = day or today(facts)
    return max(found, key=lambda pair: (len(pair[0]), is_fit(pair[1], at, facts)))[1] if found else None


def _told(document: Document, words: Sequence[str], said: frozenset[str], years: set[str]) -> frozenset[str]:
    """The words of a title that stand close together in a text, where they are enough to mean it and no other."""
    title = words_of_title(document)
    numbered = numbers(title)
    telling = title - GENERIC - numbered
    if not telling or not telling <= said or (numbered and years and years.isdisjoint(numbered)):
        return frozenset()
    enough = len(telling) > 1 or bool(numbered & said) or (title - numbered <= said and len(title - numbered) > 1)
    wanted = title & said
    return wanted if enough and _stand_together(wanted, words) else frozenset()


def _stand_together(wanted: frozenset[str], words: Sequence[str]) -> bool:
    span = len(wanted) + _LOOSELY
    return any(
        wanted <= frozenset(stretch) and _THEIRS.isdisjoint(words[max(n - 2, 0) : n])
        for n, word in enumerate(words)
        if word in wanted
        for stretch in (words[n : n + span],)
    )
