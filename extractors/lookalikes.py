"""Letters of one script that stand for those of another: "pаy" with a Cyrillic а.

A word is taken for Latin where every foreign letter in it looks like a Latin one, and either Latin letters stand
beside them or the text has no other word of the foreign script.
"""

import re
import unicodedata

from extractors.lazily import compiled

_CYRILLIC = dict(zip("асеіјорѕхуһԁԛԝӏүАВЕІЈКМНОРСТХЅУҮԌԚԜ", "aceijopsxyhdqwlyABEIJKMHOPCTXSYYGQW", strict=True))
_GREEK = dict(zip("οανρικτυχϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "oavpiktuxcjABEZHIKMNOPTYXC", strict=True))
_ARMENIAN = dict(zip("օսցհյզՕՍԼ", "oughjqOUL", strict=True))
_FOREIGN = str.maketrans(_CYRILLIC | _GREEK | _ARMENIAN)
# A style of Latin letters, no other script: the eye reads them, and so does the reader.
_STYLED = {
    code: plain
    for first, last in ((0xFF01, 0xFF5E), (0x1D400, 0x1D7FF), (0x24B6, 0x24E9), (0x2100, 0x214F))
    for code in range(first, last + 1)
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain.isascii()
}
_STYLED.update((ord(letter), plain) for letter, plain in zip("ⅰⅴⅹⅼⅽⅾⅿɑɡ", "ivxlcdmag", strict=True))
_LIKE = "".join(re.escape(chr(code)) for code in _FOREIGN)
_SCRIPTS = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"
_WORD = compiled(rf"[A-Za-z\u00c0-\u024f{_SCRIPTS}]*[{_SCRIPTS}][A-Za-z\u00c0-\u024f{_SCRIPTS}]*")
_ALL_ALIKE = compiled(rf"[A-Za-z\u00c0-\u024f{_LIKE}]+")
_LATIN = compiled(r"[A-Za-z]")
_BEFORE_LATIN = compiled(rf"[{_LIKE}](?=[A-Za-z])")
_AFTER_SMALL_LATIN = compiled(rf"[a-z][{_LIKE}]")
_CYRILLIC_ONLY = compiled(r"[\u0400-\u052f]{2,}|[аіАІ]")
_FOREIGN_LETTER = compiled(rf"[{_SCRIPTS}]")


def unstyled(text: str) -> str:
    """The text with full-width and mathematical letters as plain ones, each in its place."""
    return text.translate(_STYLED)


def find_look_alikes(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each word that is Latin to the eye and not to a machine."""
    if text.isascii() or not _FOREIGN_LETTER.search(text):
        return ()
    words = list(_WORD.finditer(text))
    alike = [word for word in words if _ALL_ALIKE.fullmatch(word[0])]
    foreign = len(alike) < len(words)
    return tuple(word.span() for word in alike if _is_latin(word[0], foreign=foreign, text=text))


def _is_latin(word: str, *, foreign: bool, text: str) -> bool:
    """Endings of a script's own may follow a Latin stem ("appах" in Russian), and α and χ stand for quantities."""
    if _LATIN.search(word):
        return bool(_BEFORE_LATIN.search(word)) or (not foreign and bool(_AFTER_SMALL_LATIN.search(word)))
    return not foreign and bool(_CYRILLIC_ONLY.fullmatch(word)) and bool(_LATIN.search(text))


def as_latin(text: str, places: tuple[tuple[int, int], ...]) -> str:
    """The text with the words at these places in Latin letters, each letter in its place."""
    if not places:
        return text
    parts: list[str] = []
    last = 0
    for start, end in places:
        parts += (text[last:start], text[start:end].translate(_FOREIGN))
        last = end
    return "".join([*parts, text[last:]])
