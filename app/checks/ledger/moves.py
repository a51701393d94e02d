"""Whether a draft says itself that it moves a deadline, or names another day as if nothing had been promised."""

from __future__ import annotations

import re

from app.checks.deal.sentences import Sentence
from app.checks.turns import Turns
from extractors.lazily import compiled

_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?|today|tomorrow|january|february|march|april|june"
    r"|july|august|september|october|november|december|q[1-4]|(?:the )?\d{1,2}(?:st|nd|rd|th)|(?:this|next|last) week"
    r"|(?:the )?end of|the original)"
)
_DELAY = (
    r"push(?:ed|ing|es)?(?! back on\b)|postpon\w+|delay\w*|slip(?:s|ped|ping|page)?|defer\w*|held up|bumped?",
    r"running late|behind (?:schedule|plan)|re-?schedul\w+|changes? of plans?",
    r"(?:wo|ca|could|did|is|are)n['’]t (?:now |going to )?(?:make|meet|hit|be able|manage|happen|hold|stand"
    r"|be (?:ready|done|finished|through|complete))",
    r"(?:will|can) ?not (?:now )?(?:make|meet|hit|be able|manage|happen|hold|stand"
    r"|be (?:ready|done|finished|through|complete))|wishful thinking",
    rf"miss(?:ed|ing)? (?:the|our|my|{_DAY})",
    r"(?:need|needs|take|takes|taking|require\w*|ask\w*|give (?:us|me)) (?:us |me )?"
    r"(?:(?:a (?:few|couple of|little|bit) )?(?:more|another|extra|additional) (?:\w+ )?(?:time|days?|weeks?)"
    r"|(?:a (?:bit|little|while|touch|tad) )?longer|until)",
    r"(?:hit|ran into|run into) an?\b|snags?|hiccups?|setbacks?|running behind|behind on|off sick|fell ill"
    r"|(?:is|was|are|were|been) (?:ill|sick)|(?:had|was|were) (?:hoped|hoping)"
    r"|too (?:ambitious|optimistic|tight|bold|hopeful|brave|daring|rosy|(?:early|soon)(?! to (?:say|tell)))",
    r"(?:an? )?(?:extra|additional|another|more) (?:(?:few|couple of|\d+|two|three) )?(?:days?|weeks?|time)",
)
_NEW_DATE = (
    r"(?:new|revised|updated|changed|later|earlier|adjusted|corrected) (?:due |delivery |target |go-?live )?"
    r"(?:date|day|deadline|timing|timeline|eta|target|schedule|slot)s?",
    rf"not (?:on |by )?{_DAY}|from {_DAY}[^.!?\n]{{0,30}}\bto",
    r"(?<!no )(?<!not )(?:earlier|sooner|later|faster|quicker|longer)\b[^.!?\n]{0,40}\bthan|(?:days?"
    r"|weeks?) (?:earlier|sooner|later)",
    rf"ahead of (?:our )?(?:schedule|plan\b|time\b|{_DAY})",
    r"(?:can|could|will|['’]ll) (?:even )?do better|had (?:agreed|settled|planned|set|named)|won['’]t take until",
    r"beat(?:s|ing)? (?:the|our|my) (?:deadline|date|schedule|plan)|early with|before the (?:deadline|due date)"
    r"|(?:no|not|(?:wo|do|does)n['’]t) (?:need|have) to wait|need(?:n['’]t| not) wait",
    r"(?:comes?|arrives?|be|ready|done|finish(?:ed)?|sen[dt]|have|get|deliver\w*|reach\w*)\b[^.!?\n]{0,60}"
    r"\b(?:sooner|earlier)(?! or later| this| today)",
    r"(?:bring|bringing|brought|pull|pulling|pulled)\b[^.!?\n]{0,60}\b(?:forward|ahead|in|up)",
)
_ONLY_HERE = (
    r"instead|rather than|no longer|originally|as opposed to|on second thought|slight change|correction|put back",
    r"still on (?:my|our) desk"
    r"|already (?:on|by|this|next|tomorrow)|already(?=\s*[.!,;]?\s*$)|(?:days?|weeks?|bit|little|running) late",
    r"(?:could|can|may|might) (?:we|i) (?:please )?(?:make it|move|push|have (?:it )?until|take until|get back)",
    r"now (?:expect\w*|plan\w*|land\w*|reach\w*|arriv\w*|coming|due|be|scheduled|set for|aim\w*)",
    r"(?:will|['’]ll|can) (?:only )?now|unable to|not going to|(?:could|can) you (?:live with|accept)",
    r"mov(?:e|es|ed|ing)\b(?! (?:forward|ahead|on|along))|shift(?:s|ed|ing)?|extend\w*",
    r"(?:was|were|had been) (?:due|planned|scheduled|promised|meant|supposed)",
    r"(?:i|we)(?:['’]d| had)? (?:first |previously |originally |initially )?"
    r"(?:said|promised|told you|quoted|committed to|planned)",
    r"(?:previously|initially|earlier) (?:said|promised|planned|agreed|mentioned|quoted|communicated)",
)
"""Says less by itself, and is heard only in the sentence that names the day."""
_ALSO_BEFORE = compiled(rf"\b(?:{'|'.join((*_DELAY, *_NEW_DATE))})(?!\w)", re.IGNORECASE)
_MOVES = compiled(rf"\b(?:{'|'.join((*_DELAY, *_NEW_DATE, *_ONLY_HERE))})(?!\w)", re.IGNORECASE)
_SORRY = compiled(r"\b(?:sorry|apolog\w+|unfortunately|regret\w*|afraid|good news|bear with)\b", re.IGNORECASE)
_MOVING = compiled(
    r"move|push|shift|postpone|delay|defer|reschedule|bring|pull|slip|bump|change|update|revise|set|make",
    re.IGNORECASE,
)
_LATE_ANSWER = compiled(
    r"(?:\b(?:sorry|apolog\w+)\b[^.!?\n]{0,30})?\b(?:late|slow|delay(?:ed)?|silence)\b[^.!?\n]{0,25}"
    r"\b(?:repl\w+|respon\w+|answer\w*|getting back|writing|silence)\b"
    r"|\bsorry for the (?:delay|silence|wait)\s*[.!,–-]",
    re.IGNORECASE,
)
"""Excuses the mail itself, and moves nothing."""
_THEIR_DELAY = compiled(
    r"\b(?:delay\w*|slip\w*|setbacks?|hiccups?|snags?)\b[^.!?\n]{0,20}\b(?:on|at|in|from|with) your\b"
    r"|\byour (?!wait|order)(?:[\w-]+ ){1,4}?(?:of [^.;!?]{1,30} )?(?:is|was|were|are) (?:planned |set |started )?too"
    r" (?:ambitious|optimistic|tight|early|soon|bold)"
    r"|\byour (?:\w+ )?(?:delay|setback|hiccup)\w*|\bno (?:worries|problem)\b[^.!?\n]{0,30}\bdelay\w*",
    re.IGNORECASE,
)
_NOT_AS_PLANNED = compiled(
    r"\b(?:instead of|rather than|originally|not as (?:planned|promised)|(?:later|earlier|sooner) than|delay\w*)\b",
    re.IGNORECASE,
)
"""What a following sentence says of the one before: `That is two days later than planned.`"""

_FAILS = compiled(
    r"\b(?:(?:wo|ca|could|did|is|are)n['’]t|(?:will|can|could|did|is|are|am) ?not|cannot"
    r"|unable to|not (?:able|going) to"
    r"|no way|fail(?:ed|s)? to|['’]m not|not yet|nobody|never)\b[^.!?\n]{0,25}\b(?:manag\w*|make|made|meet|met"
    r"|hit|keep|kept"
    r"|finish\w*|ready|done|complet\w*|deliver\w*|send|have|get|hold|able|happen|come|there|through)\b"
    r"|\b(?:delay\w*|slip(?:s|ped|ping)?|postpon\w+|push(?:ed|ing)? (?:\w+ ){0,4}?(?:back|out|to)"
    r"|behind (?:schedule|plan)"
    r"|running late|held up|takes? longer|needs? (?:more|another)|late with|overdue)\b",
    re.IGNORECASE,
)
_IT = compiled(r"\b(?:it|this|that|they|them|these|those|both)\b", re.IGNORECASE)
_REASON_BETWEEN = 2

_ASKS = Turns(
    r"\b(?:could|can|may|might|would it be (?:ok|okay|fine|possible)) (?:for us to |for me to |to )?(?:we |i )?"
    r"(?:please )?(?:make it|move|push|have (?:it )?until|take until|shift|postpone|say|land on|live with)\b"
    r"|\b(?:ok|okay|fine|all right|alright|acceptable) (?:if|with you|for you)\b|\b(?:could|can) you (?:live with"
    r"|accept|wait)\b",
    re.IGNORECASE,
)


def says_that_it_moves(start: int, end: int, sentences: tuple[Sentence, ...]) -> bool:
    """Whether the sentence of these characters, or one beside it, speaks of moving, of delay or of another plan.

    An apology counts in the sentence itself and in the one before it; further away it is for something else.
    """
    spot = next((n for n, s in enumerate(sentences) if s.start < end and start < s.end), None)
    if spot is None:
        return False
    if _takes_up(spot, sentences):
        return True
    here = _of_ours(sentences[spot].text)
    before = _of_ours(sentences[spot - 1].text) if spot else ""
    after = sentences[spot + 1].text if spot + 1 < len(sentences) else ""
    if speaks_of_moving(here) or announces_news(here):
        return True
    return bool(_ALSO_BEFORE.search(before) or announces_news(before) or _NOT_AS_PLANNED.search(after))


def fails_to_come(text: str) -> bool:
    """Whether the words say that something will not be there, or not by then."""
    return _FAILS.search(text) is not None


def delayed_before(spot: int, sentences: tuple[Sentence, ...]) -> Sentence | None:
    """The sentence before the last that tells of a delay; the one between tells why."""
    if spot < _REASON_BETWEEN:
        return None
    told = sentences[spot - _REASON_BETWEEN]
    return told if fails_to_come(told.text) and not told.is_question else None


def _takes_up(spot: int, sentences: tuple[Sentence, ...]) -> bool:
    """`I can't make Friday. Two of us are ill. You get it on Tuesday.`"""
    return _IT.search(sentences[spot].text) is not None and delayed_before(spot, sentences) is not None


def asks_to_move(text: str) -> bool:
    """Whether a question asks the reader to wait longer."""
    return _ASKS.search(text) is not None


def _of_ours(text: str) -> str:
    """The words without excuses for the mail itself, and without the reader's own delays."""
    return _THEIR_DELAY.sub(" ", _LATE_ANSWER.sub(" ", text))


def speaks_of_moving(text: str) -> bool:
    """Whether the words speak of a deadline that moves."""
    return _MOVES.search(_of_ours(text)) is not None


def announces_news(text: str) -> bool:
    """Whether the words, good news or bad, announce something."""
    return _SORRY.search(text) is not None


def is_moving(action: str | None) -> bool:
    """Whether to do this is to move something, and no deed of its own."""
    return action is not None and _MOVING.fullmatch(action.split()[0]) is not None
