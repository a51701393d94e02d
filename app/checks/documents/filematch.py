"""Whether an attached file is the document that a mail speaks of, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from app.checks.documents.claimed import CARRIED_AS, USUAL, Wanted
from app.checks.documents.filenames import ARCHIVES, PICTURES, NamedFile, tokens
from app.checks.documents.mentions import GENERIC
from app.checks.words import bag, content_words

_TELLING = bag(
    """soc2 iso27001 msa nda dpa sow quote invoice casestudy pricelist datasheet whitepaper questionnaire
    redline pentest screenshot logo minutes agenda proposal brochure resume timeline roadmap certificate"""
)
"""Words that say for sure what a file is; one without any (`scan_0042.pdf`, `overview.pdf`) could be anything."""
_AKIN = (
    (bag("quote pricelist proposal"), bag("quote pricelist proposal")),
    (bag("redline"), bag("msa nda dpa sow proposal quote")),
    (bag("minutes agenda"), bag("minutes agenda")),
)
"""What is said, and the papers that may go by that name."""
_COMMON = GENERIC | bag("data price version draft agreement contract sheet attachment copy")
"""Words that many files share without being the same."""
_LEAST_LIKENESS = 86.0
"""Of 100, as rapidfuzz counts: a slip of the pen in a word, and not another word."""
_SHORTEST_LIKE = 5
_INITIALS = (3, 4)


def why_not(wanted: Wanted, file: NamedFile, customers: frozenset[str]) -> str:
    """Why the file is not surely the document; empty where its name, its form or a word of its name says that it is.

    `customers` are the words of the customer's own name: half of what is sent to a customer has it in its name, and
    that makes it no better a match.
    """
    if _is_named(wanted, file) or _is_carried_as(wanted, file):
        return ""
    reason = _obstacle(wanted, file)
    if reason or wanted.is_unnamed or _has_usual_form(wanted, file) or _shares_words(wanted, file, customers):
        return reason
    return "its name tells nothing" if file.says_nothing else "its name tells of something else"


def could_be(wanted: Wanted, file: NamedFile) -> bool:
    """Whether the file's name neither confirms nor denies that it is the document."""
    if _obstacle(wanted, file) or (file.suffix in PICTURES and not file.says_nothing):
        return False
    said, named = wanted.words & _TELLING, file.words & _TELLING
    return not (said and named) or any(said & ours and named & theirs for ours, theirs in _AKIN)


def _obstacle(wanted: Wanted, file: NamedFile) -> str:
    """What forbids it, whatever the words: another file was named, an ornament, another form."""
    if wanted.names:
        return f"it is not called {wanted.names[0].split()[-1]}"
    if file.ornament and not _is_pasted(wanted, file):
        return f"it is {file.ornament}"
    if wanted.forms is not None and file.suffix and file.suffix not in wanted.forms | ARCHIVES:
        return f"it is a {file.suffix} file"
    return ""


def _is_named(wanted: Wanted, file: NamedFile) -> bool:
    return any(name.casefold().endswith(file.name.casefold()) for name in wanted.names if "." in file.name)


def _is_carried_as(wanted: Wanted, file: NamedFile) -> bool:
    """An invitation and a logo ride along unless they are what the mail speaks of."""
    is_logo = "logo" in wanted.tokens and "logo" in tokens(file.name) and file.suffix in PICTURES
    return is_logo or any(file.suffix in CARRIED_AS.get(token, ()) for token in wanted.tokens)


def _is_pasted(wanted: Wanted, file: NamedFile) -> bool:
    """A screenshot is pasted as `image001.png`; a logo is no screenshot."""
    pictured = any(USUAL.get(token, frozenset()) >= PICTURES for token in wanted.tokens)
    return pictured and file.is_pasted


def _has_usual_form(wanted: Wanted, file: NamedFile) -> bool:
    return any(file.suffix in USUAL.get(token, ()) for token in wanted.tokens)


def _shares_words(wanted: Wanted, file: NamedFile, customers: frozenset[str]) -> bool:
    """By a word that tells documents apart: the same one, one misspelt, an abbreviation, or two written as one."""
    said, named = wanted.words, file.words - customers
    shared = said & named
    if shared - _COMMON or (shared and not (said & _TELLING and named - _COMMON)):
        return True
    in_name = [token for token in tokens(file.readable) if token not in customers]
    return _alike(_tellers(wanted.tokens, customers), _tellers(in_name, customers)) or not _written_as_one(
        wanted.tokens
    ).isdisjoint(in_name)


def _tellers(words: Iterable[str], customers: frozenset[str]) -> list[str]:
    return [w for w in words if w not in _COMMON and w not in customers and content_words(w) and not w.isdigit()]


def _alike(said: Sequence[str], named: Sequence[str]) -> bool:
    long_names = [word for word in named if len(word) >= _SHORTEST_LIKE]
    return any(
        word in named
        or (
            len(word) >= _SHORTEST_LIKE
            and process.extractOne(word, long_names, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS) is not None
        )
        for word in said
    )


def _written_as_one(words: Sequence[str]) -> set[str]:
    """`rate card` as `ratecard`, and `joint operating agreement` as `joa`."""
    pairs = {one + other for one, other in pairwise(words)}
    return pairs | {
        "".join(word[0] for word in words[at : at + size])
        for size in _INITIALS
        for at in range(len(words) - size + 1)
    }
