"""What hides in the characters of a text. What html hides is found where html is rendered, in html_text."""

from extractors.findings import HiddenText
from extractors.lazily import compiled
from extractors.reading import Reading

_BYTE_ORDER_MARK = "\ufeff"
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = compiled(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SOFT_HYPHEN = "\u00ad"
# Where a hyphen may part a word: two letters on either side, in a word that is long enough for it.
_LEAST_LETTERS = 2
_LEAST_WORD = 9
_LETTERS = compiled(r"[^\W\d_]*")
_LETTERS_BEFORE = compiled(r"[^\W\d_\u00ad]{0,40}$")
_NEAR = 40


def find_zero_width(text: str, reading: Reading) -> list[HiddenText]:
    """The runs of invisible characters that hide or part something.

    Left alone are a byte-order mark at the start, marks of direction in a text with right-to-left letters or around
    a number, as telephones copy it, and soft hyphens at places for a hyphen.
    """
    mixed = bool(reading.removed) and bool(_RIGHT_TO_LEFT.search(reading.text))
    return [
        HiddenText(text=text[start:end], start=start, end=end, how="zero_width")
        for start, end in reading.removed
        if not _is_harmless(text, start, end, mixed=mixed)
    ]


def find_look_alikes(text: str, reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """The (word, start, end) of every word of the original that mixes in letters of another script which look"
    " Latin."""
    return tuple((text[start:end], start, end) for start, end in reading.look_alikes)


def _is_harmless(text: str, start: int, end: int, *, mixed: bool) -> bool:
    run = text[start:end]
    if start == 0 and run == _BYTE_ORDER_MARK:
        return True
    if not _DIRECTION.isdisjoint(run) and _DIRECTION.issuperset(run):
        return mixed or _is_beside_number(text, start, end)
    return run == _SOFT_HYPHEN and _may_hyphenate(text, start, end)


def _is_beside_number(text: str, start: int, end: int) -> bool:
    return any(letter.isdigit() or letter in "+(" for letter in text[max(start - 1, 0) : start] + text[end : end + 1])


def _may_hyphenate(text: str, start: int, end: int) -> bool:
    before = _LETTERS_BEFORE.search(text[max(start - _NEAR, 0) : start])
    after = _LETTERS.match(text, end)
    left, right = len(before[0]) if before else 0, len(after[0]) if after else 0
    parts = text[max(start - _NEAR, 0) : end + _NEAR].count(_SOFT_HYPHEN)
    return min(left, right) >= _LEAST_LETTERS and (left + right >= _LEAST_WORD or (parts > 1 and left + right >= 4))
