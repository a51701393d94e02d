"""The text as rules read it, which is the text as the eye sees it: one apostrophe, one kind of space, no invisible
characters, Latin letters for those that only look so; with offsets back to the original.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from extractors.lazily import compiled
from extractors.lookalikes import as_latin, find_look_alikes, unstyled

# Invisible everywhere: zero-width space, word joiner, byte-order mark, soft hyphen, fillers, Mongolian separator,
# invisible operators, interlinear marks, controls of direction.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U000e0001"
)
# The joiners shape emoji and Arabic or Indic letters; they hide something only between Latin letters, digits
# and spaces.
_JOINERS = "\u200c\u200d"
# One variation selector chooses a shape; several in a row carry data.
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0020-\U000e007f"
INVISIBLE_RUN = compiled(
    rf"(?<![{_JOINERS}])[{_JOINERS}]*+[{_INVISIBLE}][{_INVISIBLE}{_JOINERS}{_SELECTORS}]*+"
    rf"|(?<![^\x00-\u024f])[{_JOINERS}]++(?![^\x00-\u024f])"
    rf"|(?<![{_SELECTORS}])[{_SELECTORS}]{{2,}}+|(?<=[A-Za-z ])[{_SELECTORS}]"
    # A flag is a black flag and tags; tags by themselves are letters that nobody sees.
    rf"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]++"
)

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018\u201b\u02bc\u00b4\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\t\r\v\f", " "),
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
    }
)
_LONE_RETURN = compiled(r"\r(?!\n)")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`text` is what rules match on; `removed` are the (start, end) of the original that it leaves out, in order,
    and `look_alikes` those of the words of the original that it has in Latin letters.
    """

    text: str
    removed: tuple[tuple[int, int], ...]
    look_alikes: tuple[tuple[int, int], ...] = ()

    @cached_property
    def _cuts(self) -> tuple[list[int], list[int]]:
        """Where in the reading something was left out, and how many characters up to there in all."""
        totals = list(accumulate(end - start for start, end in self.removed))
        places = [start - total + (end - start) for (start, end), total in zip(self.removed, totals, strict=True)]
        return places, totals

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a span of the reading stands for."""
        if not self.removed:
            return start, end
        places, totals = self._cuts
        before_start = bisect_left(places, start + 1)
        before_end = bisect_left(places, end)
        return (
            start + (totals[before_start - 1] if before_start else 0),
            end + (totals[before_end - 1] if before_end else 0),
        )

    def shown(self, offset: int) -> int:
        """Where an offset of the original text is in the reading."""
        before = bisect_left(self.removed, (offset, 0))
        if not before:
            return offset
        _, end = self.removed[before - 1]
        return offset - self._cuts[1][before - 1] + max(end - offset, 0)


def read(text: str) -> Reading:
    """The reading of a text."""
    flat = _LONE_RETURN.sub("\n", text) if "\r" in text else text
    flat = flat.translate(_SAME_LENGTH)
    if text.isascii():
        return Reading(text=flat, removed=())
    flat = unstyled(flat)
    removed = tuple(match.span() for match in INVISIBLE_RUN.finditer(text))
    if removed:
        kept = []
        last = 0
        for start, end in removed:
            kept.append(flat[last:start])
            last = end
        flat = "".join([*kept, flat[last:]])
    alike = find_look_alikes(flat)
    reading = Reading(text=as_latin(flat, alike), removed=removed)
    if not alike:
        return reading
    places = tuple(reading.original(start, end) for start, end in alike)
    return Reading(text=reading.text, removed=removed, look_alikes=places)
