""" "On Wednesday, X wrote:" in the languages of mail programs, over up to four lines."""

import re

from extractors.authored.page import Page
from extractors.lazily import compiled
from extractors.wordlists import holds_any, stems

_LINES = 4
_LONGEST = 500
_VERB = (
    r"(?:\b(?:wrote|writes|schrieb|schreibt|a écrit|escribió|escribio|va escriure|escreveu|ha scritto|scrive|schreef"
    r"|skrev|skriver|kirjoitti|kirjutas|napisał|napisała|napisał\(?a?\)?|pisze|napsal|napsala|napsal\(a\)|napísal"
    r"|написал|написала|написал\(а\)|пишет|писал|писала|писал\(а\)|пише|написав|a scris|ezt írta|írta|şunu yazdı"
    r"|şunları yazdı|yazdı|έγραψε|đã viết|parašė|rašė)(?!\w)|כתב|كتب|写道|寫道|님이 작성|작성|のメール|のメッセージ"
    r"|さんは書きました)"
)
_VERB_STEMS = stems(
    "wrote writes schr écrit escri escreveu scri skrev skriver kirj napis pisze napsal напис пиш писал írta yazdı"
    " έγραψε viết"
    " rašė כתב كتب 写 寫 작성 メール メッセージ 書"
)
# The verb ends the line, or only a name, an address or a date comes after it.
_SAYS = compiled(rf"{_VERB}[^.!?]{{0,20}}[:：]$|{_VERB}.{{1,160}}[:：]$", re.IGNORECASE)
_ENDING_DASHES = compiled(r"[ ]?-{2,}$")
_ADDRESS_END = compiled(r"[<\[(][^<>\s@]{1,80}@[^<>\s]{1,80}[>\])](?:[ ]?\S{0,3})?[:：]$")
_FIRST_WORD = (
    r"(?:on|am|le|el|em|il(?: giorno)?|op|den|dne|dnia|w dniu|w|pe|på|a|în|в|на|在|vào|tarihinde|no dia|o dia|kl|ons"
    r"|tor)"
)
_DATED_START = compiled(rf"[-> ]{{0,6}}{_FIRST_WORD}\b.{{0,40}}?\d", re.IGNORECASE)
# Languages without such a word begin with the date, or with the weekday.
_DATE_START = compiled(r"(?:\w{2,12}\.?,?[ ]){0,2}\d{1,4}(?:[./年년\- ]|,[ ])")
_NAME_START = compiled(r"-{0,6}[ ]?[\"'(]?\w[\w.'’\"(),/@ -]{0,70}(?:<|\[|[ ]|님)")
_CLOCK = compiled(r"\d{1,2}[:.h]\d{2}|\d[ ]?(?:AM|PM)\b|\d[시時时]")
_YEAR = compiled(r"(?:19|20)\d\d")
_WEEKDAY = compiled(r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_PERSONAL = compiled(
    r"\b(?:you|i|we|they|he|she|du|sie|ich|vous|tu|usted)[ ](?:also |just )?(?:wrote|write|schrieb)", re.IGNORECASE
)
_SHORT_NAME = compiled(rf"(?:[A-ZÀ-Þ][\w.'’-]*[ ]){{1,4}}{_VERB}[ ]?:")


def attribution_start(page: Page, end: int) -> int | None:
    """The first line of the attribution whose last line this is; None if it is none."""
    last = page.stripped[end]
    bare = _ENDING_DASHES.sub("", last) if last.startswith("-") else last
    if not bare.endswith((":", "：")):
        return None
    # The verb or the address stands in the last line, or is broken over the last two.
    tail = f"{page.stripped[end - 1]} {last}" if end else last
    if "@" not in tail and not holds_any(tail.lower(), _VERB_STEMS):
        return None
    quoted = _is_quoted(page, end + 1)
    if quoted and len(last) <= 80 and _SHORT_NAME.fullmatch(last) and not _PERSONAL.search(last):
        return end
    complete = [(start, text) for start, text in _joined(page, end, bare) if _complete(text, quoted=quoted)]
    for opening in (_DATED_START, _DATE_START, _NAME_START):
        for start, text in complete:
            if opening.match(text):
                return start
    return None


def _joined(page: Page, end: int, last: str) -> list[tuple[int, str]]:
    """(first line, text) of the last line alone, then with one line more, and so on."""
    found = [(end, last)]
    text = last
    for start in range(end - 1, max(end - _LINES, -1), -1):
        if not page.own(start) or len(text) > _LONGEST:
            break
        text = f"{page.stripped[start]} {text}"
        found.append((start, text))
    return [(start, text) for start, text in found if len(text) <= _LONGEST]


def _complete(text: str, *, quoted: bool) -> bool:
    """Whether a text says who wrote and when. Where no quote marks follow, the proof has to be a program's."""
    address = "@" in text
    if (not address and not any(letter.isdigit() for letter in text)) or _PERSONAL.search(text):
        return False
    clock = bool(_CLOCK.search(text))
    if _SAYS.search(text):
        dated = bool(_YEAR.search(text) and _WEEKDAY.search(text))
        return clock or address or dated or (quoted and any(letter.isdigit() for letter in text))
    return address and bool(_ADDRESS_END.search(text)) and bool(_YEAR.search(text) or clock)


def _is_quoted(page: Page, index: int) -> bool:
    after = page.following[min(index, len(page))]
    return after < len(page) and page.stripped[after][0] in ">|"
