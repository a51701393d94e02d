"""Sentences into clauses: a stretch with one undertaking in it, its condition and deadline included."""

import re
from dataclasses import dataclass

from extractors.lazily import compiled
from extractors.segments import Sentence

_PRONOUN = r"(?:i|we|you|he|she|they|it|nobody|there|that|this|please|lemme|let me|let's|happy to)\b"
_FINITE = (
    r"(?:will|shall|'ll|is|are|was|were|would|can|could|should|has|have|had|won't|may|might|must|goes"
    r"|comes|follows|ships)"
)
_SUBJECT = (
    rf"(?:{_PRONOUN}|(?:our|my|the|your|his|her|their|no|any|all|an?|(?-i:[A-Z])[\w'-]*)\b"
    rf"(?:[ ]+[\w'&-]+){{0,5}}?(?:[ ]+{_FINITE}\b|'ll\b))"
)
_BREAK = compiled(
    rf"(?P<hard>;|:(?=[ ])|[ ](?:–|—|-{{1,2}})[ ]|—|\.{{3}}|…)"
    rf"|(?P<coordinate>,?[ ]+(?:and|but|or|then|plus|yet)[ ]+(?=(?:also[ ]+|then[ ]+|yes,?[ ]+)?{_SUBJECT}))"
    rf"|(?P<comma>,[ ]+(?={_SUBJECT}|will[ ]+\w+[ ]+(?:you|u)\b))"
    rf"|(?P<tail>,?[ ]+(?:so that|so(?=[ ]+(?:{_PRONOUN}|your|nobody|no one|text))|because|though|although"
    rf"|whereas|even though)[ ]+|,[ ]+(?:which|who(?![^,]{2, 60},)|whose|as|since|while|where|after which"
    rf"|with no|minus|in case|just|not)[ ]+)",
    re.IGNORECASE,
)

# What the main clause waits for; the condition belongs to the same undertaking.
CONDITION = (
    r"(?:if|unless|provided(?: that)?|assuming|in case|in the event(?: that)?|subject to|on condition"
    r"|so long as|as long as|should (?:you|the|your|one|it|none|this|that|we|any|there|clause|he|she|they)"
    r"|were you to"
    r"|had you|where an?|weather permitting|traffic permitting)\b"
)
TIMING = (
    r"(?:once|when|whenever|as soon as|after|upon|until|till|before|the (?:minute|moment|second|day)"
    r"|by the time|while|on (?:receipt|signature|completion))\b"
)
_OPENS_WAITING = compiled(
    rf"[ ]*(?:(?:and|but|so|also|or|then|yes)[ ,]+)?(?:even )?(?:{CONDITION}|{TIMING}|because of\b"
    rf"|whatever\b|whichever\b|to (?!follow)\w+\b|for \w+\b|in \w+\b|on \w+\b|by \w+\b|at \w+\b|as \w+\b"
    rf"|upon\b|from \w+\b|under\b|with \w+\b|given\b|due to\b|where\b|in so far\b)",
    re.IGNORECASE,
)
# "Sign by Monday and we take another 6% off": an order that is the condition of what follows.
_IMPERATIVE_AND = compiled(
    r"(?P<order>(?:go (?:for|with)|sign|say|pick|choose|reply|shout|miss|take|tell|ping|drop|send|give"
    r"|just|let me know|confirm|commit|order|renew|countersign|call|text|holler|book|click|return|share"
    r"|keep|approve|stay|pay|bring|accept)"
    r"\b[^.;:?!]{0,90}?)[ ,]+and[ ]+(?:then[ ]+)?(?=(?:i|we|you|he|she|(?-i:[A-Z])\w+)\b)",
    re.IGNORECASE,
)


_RELATIVE = compiled(r"\b(?:which|who|whose|where|whereas)\b", re.IGNORECASE)
_SPEAKER_AFTER = compiled(
    r"[ ]+(?=(?:i|we)(?:'ll|'d|'re|'m|[ ]+(?:will|won't|shall|can|could|would|are|am|agree|propose"
    r"|guarantee|accept|undertake|shall|try|have|return|delete|bring|send|notify|take)\b))"
    r"|[ ]+(?=(?:you)(?:'ll|[ ]+(?:will|receive|get|have|can))\b)|[ ]+(?=the crew\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause with its place in the text; `main` is where, in its own text, the clause begins after its
    condition.

    `ordered` says that an order to the recipient is the condition, `relative` that the clause hangs on a
    "which" or "who".
    """

    text: str
    start: int
    main: int
    opens_item: bool
    question: bool
    ordered: bool
    relative: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def main_text(self) -> str:
        return self.text[self.main :]


def clauses(sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence in order."""
    text = sentence.text
    question = text.rstrip().rstrip("\"')").endswith("?")
    order = _IMPERATIVE_AND.match(text)
    breaks = [match for match in _BREAK.finditer(text) if not (order and match.start() < order.end())]
    spans: list[tuple[int, int, int]] = []  # start, end, start of the main part
    relative = {match.end() for match in breaks if match["tail"] and _RELATIVE.search(match["tail"])}
    start, main = 0, order.end() if order else 0
    for match in breaks:
        if match["comma"] or match["hard"] in (" – ", " - ", "—", " — "):
            if _waits(text, start, main, match.start()):
                main = match.end()
                continue
        elif match["coordinate"] and _waits(text, start, main, match.start()) and main == start:
            continue
        spans.append((start, match.start(), main))
        start = main = match.end()
    spans.append((start, len(text), main))
    spans = [(start, end, _main_start(text, start, end, main)) for start, end, main in spans]
    return [
        Clause(
            text=text[start:end],
            start=sentence.start + start,
            main=max(main - start, 0),
            opens_item=sentence.item and start == 0,
            question=question,
            ordered=bool(order) and start == 0,
            relative=start in relative,
        )
        for start, end, main in spans
        if text[start:end].strip()
    ]


def _main_start(text: str, start: int, end: int, main: int) -> int:
    """Where the main part begins in a clause that opens with a condition or adjunct and was not broken up."""
    if main != start or not _OPENS_WAITING.match(text, start, end):
        return main
    speaker = _SPEAKER_AFTER.search(text, start + 2, end)
    comma = text.find(", ", start, end)
    if speaker and (comma < 0 or speaker.start() < comma):
        return speaker.end()
    return comma + 2 if comma >= 0 else main


def _waits(text: str, start: int, main: int, end: int) -> bool:
    """Whether the clause so far is only a condition or an adjunct, so that its main part is still to come."""
    return main == start and bool(_OPENS_WAITING.match(text, start, end))
