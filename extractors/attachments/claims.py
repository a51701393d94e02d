"""Finds the claims of sentences: each cue, and what its surroundings make of it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from extractors.attachments.cue import Claim, Cue
from extractors.attachments.handovers import (
    from_below,
    from_forwarding,
    from_here,
    from_herewith,
    from_new_one,
    from_request,
    from_this_mail,
)
from extractors.attachments.nouns import from_abbreviation, from_noun, from_verb
from extractors.attachments.participles import from_participle
from extractors.attachments.vocabulary import PAPER, THIS_MAIL
from extractors.lazily import compiled

_READINGS: Mapping[str, Callable[[Cue], Claim | None]] = {
    "participle": from_participle,
    "verb": from_verb,
    "noun": from_noun,
    "abbreviation": from_abbreviation,
    "here": from_here,
    "forwarding": from_forwarding,
    "mail": from_this_mail,
    "herewith": from_herewith,
    "request": from_request,
    "below": from_below,
    "new": from_new_one,
}
_CUES: Mapping[str, str] = {
    "participle": r"attached|enclosed|annexed|appended|at+[ea]ch?e?d|at+ahced|at+chd"
    r"|attach(?= (?:file|doc|document)\b)",
    "verb": r"attach(?:ing)?|enclos(?:e|ing)|append(?:ing)?|annex(?:ing)?(?= (?:the|our|my|an?)\b)",
    "noun": r"attache?ments?|enclosures?",
    "abbreviation": r"pfa|encls?\b(?=[.:( ])|(?<=see )att\b(?=[.:( ]|$)",
    "here": r"here(?:'s| is| are| it is| they are| you go)",
    "forwarding": r"forwarding|included|including",
    "mail": rf"{THIS_MAIL}|(?<=in with )this one|(?<=along with )this one",
    "herewith": r"herewith",
    "request": r"as (?:requested|promised|discussed|agreed|asked)|(?:as )?per your request",
    "below": r"below",
    "new": rf"(?:this|th(?:is is|ese are) (?:the|our|my|an?)) (?:new|revised|updated|corrected|latest|final"
    rf"|clean|redlined|signed) "
    rf"(?:[\w-]+ ){{0,3}}?{PAPER}|(?<=look at )this (?:file|spreadsheet|workbook|deck|draft|document|pdf|version)"
    r"|this (?:file|spreadsheet|workbook|deck|pdf)(?= (?:shows|contains|has|lists|covers|includes|sets out"
    r"|walks)\b)",
}
_CUE = compiled(rf"\b(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _CUES.items())})\b", re.IGNORECASE)
_SIGNS = (
    *(
        "attach",
        "atached",
        "atache",
        "attatch",
        "attched",
        "attchd",
        "attahced",
        "see att",
        "enclos",
        "append",
        "annex",
        "pfa",
        "encl",
        "herewith",
        "forwarding",
        "included",
        "including",
        "with this one",
    ),
    *(
        "here's",
        "here is",
        "here are",
        "here it is",
        "here they are",
        "here you go",
        "below",
        "this is ",
        "these are ",
        "as requested",
        "as promised",
        "as discussed",
    ),
    *(
        "as agreed",
        "as asked",
        "per your request",
        "this email",
        "this e-mail",
        "this mail",
        "this message",
        "this note",
    ),
    *("this reply", "this transmission", "my present ", "the present ", "today's "),
    *(f"this {adjective} " for adjective in ("new", "revised", "updated", "corrected", "latest", "final", "clean")),
    *("this redlined ", "this signed ", "look at this "),
    *("this file ", "this spreadsheet ", "this workbook ", "this deck ", "this pdf "),
)
"""What every cue has in it, in small letters: most texts can be left alone after a look for these."""
_MOST_CUES = 60
"""More of them in one sentence are no sentence, and would only cost time."""


def claims_by_sentence(texts: Sequence[str]) -> Iterator[tuple[int, Claim]]:
    """The claims of some sentences in order, each with the index of its sentence."""
    lowered = [text.lower() for text in texts]
    everything = "\n".join(lowered)
    signs = [sign for sign in _SIGNS if sign in everything]
    for index, lower in enumerate(lowered):
        for sign in signs:
            if sign in lower:
                yield from ((index, claim) for claim in _claims_in(texts[index]))
                break


def _claims_in(text: str) -> Iterator[Claim]:
    """The claims of one sentence in order; a cue within the words of an earlier claim adds nothing."""
    taken = 0
    for found in islice(_CUE.finditer(text), _MOST_CUES):
        if found.start() < taken or found.lastgroup is None:
            continue
        claim = _READINGS[found.lastgroup](Cue(text=text, start=found.start(), end=found.end()))
        if claim is not None and claim.start >= taken:
            taken = claim.end
            yield claim
