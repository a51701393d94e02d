"""Which edition of a document a name or title means: its version, and the day, month, quarter or year it is from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.checks.words import bag, content_words
from app.core.facts import Document
from extractors.lazily import compiled

_VERSION = compiled(r"\b(?:v|ver|version|rev|revision|edition)[ ._-]?(\d{1,3}(?:[. _]\d{1,3}){0,2})\b", re.IGNORECASE)
_POINTED = compiled(r"(?<![\d.])(\d{1,2}\.\d{1,2}(?:\.\d{1,3})?)(?![\d.])")
_BARE_VERSION = compiled(r"\d{1,3}(?:\.\d{1,3}){0,2}")
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>20[0-4]\d)"
_DATES = (
    compiled(rf"(?<!\d){_YEAR}[ ._-]?(?P<number>0[1-9]|1[0-2])[ ._-]?(?P<day>[0-2]\d|3[01])(?!\d)"),
    compiled(rf"(?<!\d){_YEAR}[ ._-](?P<number>0[1-9]|1[0-2])(?!\d)"),
    compiled(
        rf"\b{_MONTH}[ ._-]?{_YEAR}(?!\d)|(?<!\d)(?P<year_first>20[0-4]\d)[ ._-]?{_MONTH.replace('month', 'then')}\b",
        re.I,
    ),
    compiled(
        rf"\bq(?P<quarter>[1-4])[ ._-]?{_YEAR}(?!\d)|(?<!\d)(?P<year_first>20[0-4]\d)[ ._-]?q(?P<then>[1-4])\b", re.I
    ),
    compiled(rf"(?<!\d){_YEAR}(?!\d)"),
)
_COPY = compiled(r"\(\d{1,2}\)|\b(?:copy|kopie)\b", re.IGNORECASE)
_DECORATION = bag("final approved public external web print en english us uk pdf old archive")


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """`version` and `date` are numbers from the coarsest to the finest; either may be empty."""

    version: tuple[int, ...] = ()
    date: tuple[int, ...] = ()

    def is_older_than(self, other: Edition) -> bool:
        """Whether it is certainly older: by the version where both have one, else by what both say of the date."""
        if self.version and other.version and _full(self.version) != _full(other.version):
            return _full(self.version) < _full(other.version)
        shared = min(len(self.date), len(other.date))
        return self.date[:shared] < other.date[:shared]

    def __str__(self) -> str:
        version = f"version {'.'.join(map(str, self.version))}" if self.version else ""
        date = "-".join(f"{part:02}" for part in self.date)
        return ", ".join(part for part in (version, f"of {date}" if date else "") if part)

    def __bool__(self) -> bool:
        return bool(self.version or self.date)


def edition_of(text: str) -> Edition:
    """The edition that a name, a title or a phrase gives."""
    version = _VERSION.search(text) or _POINTED.search(text)
    date = next((found for pattern in _DATES if (found := pattern.search(text))), None)
    return Edition(
        version=tuple(int(part) for part in re.split(r"[. _]", version[1])) if version else (),
        date=_date(date) if date else (),
    )


@lru_cache(maxsize=4096)
def edition_of_document(document: Document) -> Edition:
    """What the library says of its edition: its version, then its title, then its file's name."""
    said = document.version or ""
    bare = _BARE_VERSION.fullmatch(said)
    of_version = Edition(version=tuple(int(part) for part in said.split("."))) if bare else edition_of(said)
    of_title, of_file = edition_of(document.title), edition_of(spaced(document.file))
    return Edition(
        version=of_version.version or of_title.version or of_file.version,
        date=of_version.date or of_title.date or of_file.date,
    )


@lru_cache(maxsize=4096)
def family_of(text: str) -> frozenset[str]:
    """What a document is, whatever its edition."""
    return content_words(without_edition(text)) - _DECORATION


@lru_cache(maxsize=4096)
def families_of(document: Document) -> frozenset[frozenset[str]]:
    """The families by its title and by its file's name."""
    return frozenset({family_of(document.title), family_of(spaced(document.file))})


@lru_cache(maxsize=4096)
def without_edition(text: str) -> str:
    """The text without what it says of version and date."""
    for pattern in (_COPY, _VERSION, _POINTED, *_DATES):
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def spaced(filename: str) -> str:
    """A file's name without folder and ending, its words apart and its numbers whole."""
    stem = filename.rpartition("/")[2]
    stem = stem.rpartition(".")[0] or stem
    return re.sub(r"[_\-+]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)).strip()


def _date(found: re.Match[str]) -> tuple[int, ...]:
    groups = {name: value for name, value in found.groupdict().items() if value}
    year = int(groups.get("year") or groups["year_first"])
    if quarter := groups.get("quarter"):
        return year, int(quarter) * 3
    if "number" in groups:
        return (year, int(groups["number"]), *([int(groups["day"])] if "day" in groups else []))
    if then := groups.get("month") or groups.get("then"):
        return year, int(then) * 3 if then.isdigit() else _MONTHS[then[:3].lower()]
    return (year,)


def _full(version: tuple[int, ...]) -> tuple[int, ...]:
    return version + (0,) * (3 - len(version))
