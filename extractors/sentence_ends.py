"""Where sentences end inside a block of running text."""

import re
from collections.abc import Iterator

from extractors.lazily import compiled
from extractors.wordlists import word_set

# Possessive, and no run is tried twice: a million points take one pass.
_EMOJI = "\u2600-\u27bf\ufe0f\U0001f300-\U0001faff\u200d"
_CANDIDATE = compiled(
    rf"[.!?…。！？؟।]++[\"')\]}}»”’]*+|(?<=[\s.!?,])[:;]-?[)(DPp](?=\s)|(?<![{_EMOJI}])[{_EMOJI}]++(?=\s)"
)
_PLAIN_CANDIDATE = compiled(r"[.!?]++[\"')\]}]*+|(?<=[\s.!?,])[:;]-?[)(DPp](?=\s)")
_NEXT = compiled(r"(\s*+)[\"'(\[“‘*_¿¡]*+(\S?)")
_WORD = compiled(r"[^\W_]+(?:'[^\W_]+)?")
_WORD_BEFORE = compiled(r"[^\s(\[\"'/]*$")
_CLOSERS = "\"')]}»”’"
_DOTTED = compiled(r"[^\W\d_](?:\.[^\W\d_]{1,2}){1,3}")
_LONGEST_WORD = 24
_WIDE = "\u2e80"

# Never the end of a sentence.
_TITLES = word_set(
    "p.s p.p.s mr mrs ms mx dr prof messrs gen sen rep gov capt lt sgt col hon rev eng sig dott mag ing hr fr dipl"
    " vs e.g i.e cf viz approx eg ie"
)
# The end of one only before a word that begins sentences.
_OPEN = word_set(
    "etc inc ltd co corp llc plc bros u.s u.k u.n e.u d.c u.s.a ph.d m.d b.a m.a b.sc m.sc dept div"
    " est assn ave"
    " blvd rd incl excl max min avg qty temp ca resp bzw usw inkl zzgl ggf z.b d.h u.a evtl tel mob ext attn ft mt"
    " st sr jr spec reps ft mt"
    " spec"
)
# Short for something before a number only.
_NUMBERED = word_set("no nos nr art sec fig figs p pp vol ch para cl ver v eq ref item q n° pos abs kap bd")
_CALENDAR = word_set("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun")
_HOURS = frozenset({"a.m", "p.m"})
_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday eastern pacific central mountain")
_ZONE = compiled(r"[A-Z]{2,5}\b|[A-Z]\w+ (?:time|Time)\b")
_STARTERS = word_set(
    "the then we we'll we're we've we'd i i'll i'm i've i'd it it's it'll this that that's these those please let"
    " let's you"
    " you'll you're you've your our my his her its their if when as and but so also thanks thank thx can could would"
    " will"
    " shall should do does did is are was were they they'll they're he he's she she's there there's here here's what"
    " what's"
    " how who where why which after before once until while since because although though however for in on at to"
    " from with"
    " by no yes yeah not just looking hope hoping see sorry don't won't can't didn't doesn't next now meanwhile"
    " finally first second third maybe"
    " perhaps"
    " otherwise anyway again any all some both each every another one two have has had got get give call send"
    " attached per"
    " regarding re fyi great good ok okay sure of unfortunately hi hello dear best regards cheers sincerely"
)
# Languages write these after the point without a space only by mistake; other words are hosts and file names.
_GLUED = _STARTERS - word_set("re in to no at is it do so by per of see")


def sentence_spans(block: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence, in order; white space between them belongs to none."""
    start = 0
    pattern = _PLAIN_CANDIDATE if block.isascii() else _CANDIDATE
    for candidate in pattern.finditer(block):
        end = candidate.end()
        if end >= len(block) or not _ends(block, start, candidate):
            continue
        yield start, end
        start = end
        while start < len(block) and block[start].isspace():
            start += 1
    if start < len(block):
        yield start, len(block)


def _ends(block: str, start: int, candidate: re.Match[str]) -> bool:
    mark, following = candidate[0], _NEXT.match(block, candidate.end())
    if not following or not following[2]:
        return False
    if mark[0] in "。！？" or (mark[-1] in "!?" and following[2] >= _WIDE):
        return True
    if not following[1]:
        return _ends_glued(block, candidate)
    if mark[0] in "…:;" or mark.startswith("..") or mark[0] >= "\u2600":
        return _ends_softly(block, mark, following)
    quoted = mark[-1] in _CLOSERS and following[2].islower()
    return not quoted and not (mark[0] == "." and _is_abbreviation(block, start, candidate.start(), following))


def _ends_softly(block: str, mark: str, following: re.Match[str]) -> bool:
    """Dots, smileys and emoji end a sentence where another one surely begins."""
    if mark[0] >= "\u2600":
        return following[2].isupper() and _next_word(block, following) in _STARTERS
    return not following[2].islower() and (following[2].isalnum() or mark[0] in ":;")


def _ends_glued(block: str, candidate: re.Match[str]) -> bool:
    """Whether the space after the mark was forgotten: "done.Then we go"."""
    mark, end = candidate[0], candidate.end()
    before = block[max(candidate.start() - 2, 0) : candidate.start()]
    after = _WORD.match(block, end)
    if not after or not after[0][0].isupper() or len(before) < 2 or not before.islower() or not before.isalpha():
        return False
    if mark in ("!", "?"):
        return True
    return (
        mark == "."
        and after[0].lower() in _GLUED
        and block[after.end() : after.end() + 1] in ("", " ", ",", "!", "?")
    )


def _is_abbreviation(block: str, start: int, at: int, following: re.Match[str]) -> bool:
    """Whether the point at `at` belongs to the word before it rather than to the sentence."""
    before = _WORD_BEFORE.search(block[max(at - _LONGEST_WORD, start) : at])
    token = before[0] if before else ""
    word, letter = token.lower(), following[2]
    if not word or word in _TITLES:
        return bool(word)
    if word in _NUMBERED:
        return letter.isdigit() or letter == "#"
    if word in _CALENDAR or word in _HOURS:
        return _is_dated(block, token, following)
    if letter.isupper() and _next_word(block, following) in _STARTERS:
        return False
    if word.isdigit():
        return len(word) <= 2 and at - len(word) == start == 0
    initial = len(word) == 1 and token.isupper() and word != "i"
    return initial or word in _OPEN or bool(_DOTTED.fullmatch(word))


def _is_dated(block: str, token: str, following: re.Match[str]) -> bool:
    """Whether the date or hour that this short day, month or "p.m." is part of goes on."""
    next_word = _next_word(block, following)
    goes_on = not following[2].isupper() or next_word in _CALENDAR or next_word in _DAYS
    if token.lower() in _HOURS:
        return goes_on or bool(_ZONE.match(block, following.end() - 1))
    return token[0].isupper() and goes_on


def _next_word(block: str, following: re.Match[str]) -> str:
    word = _WORD.match(block, following.end() - 1)
    return word[0].lower() if word else ""
