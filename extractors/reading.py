"""The text as rules read it: one apostrophe, one kind of space, no zero-width characters, with offsets back to
the original.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

# Invisible everywhere: zero-width space, word joiner, byte-order mark, soft hyphen, Mongolian separator,
# invisible operators.
_INVISIBLE = "\u200b\u2060\ufeff\u00ad\u180e\u2061\u2062\u2063\u2064"
# The joiners shape emoji and Arabic or Indic letters; they hide something only between Latin letters, digits
# and spaces.
_JOINERS = "\u200c\u200d"
INVISIBLE_RUN = re.compile(
    f"[{_INVISIBLE}]+(?:[{_JOINERS}]+[{_INVISIBLE}]+)*|(?<=[\x20-\x7e\u00c0-\u024f])[{_JOINERS}]+(?=[\x20-\x7e\u00c0-\u024f])"
)

_SAME_LENGTH = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u2011": "-",
        "\u2010": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
        "\t": " ",
        "\r": " ",
        "\v": " ",
        "\f": " ",
    }
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`text` is what rules match on; `removed` are the (start, end) of the original that it leaves out, in order."""

    text: str
    removed: tuple[tuple[int, int], ...]

    @cached_property
    def _cuts(self) -> tuple[list[int], list[int]]:
        """Where in the reading something was left out, and how many characters up to there in all."""
        places: list[int] = []
        totals: list[int] = []
        gone = 0
        for start, end in self.removed:
            places.append(start - gone)
            gone += end - start
            totals.append(gone)
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
        return offset - sum(min(end, offset) - start for start, end in self.removed if start < offset)


def read(text: str) -> Reading:
    """The reading of a text."""
    flat = text.translate(_SAME_LENGTH)
    if "\r" in text and "\n" not in text:
        flat = text.replace("\r", "\n").translate(_SAME_LENGTH)
    removed = tuple(match.span() for match in INVISIBLE_RUN.finditer(text))
    if not removed:
        return Reading(text=flat, removed=())
    kept = []
    last = 0
    for start, end in removed:
        kept.append(flat[last:start])
        last = end
    return Reading(text="".join([*kept, flat[last:]]), removed=removed)
