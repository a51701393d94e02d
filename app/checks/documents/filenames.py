"""What the name of an attached file says: which document, in which form and version, or that it is none at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from app.checks.words import bag, content_words, lemma
from app.core.drafts import Attachment
from extractors.lazily import compiled

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".svg"})
TEXTS = frozenset({".docx", ".doc", ".docm", ".odt", ".rtf", ".pages", ".gdoc"})
SHEETS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".csv", ".tsv", ".ods", ".numbers", ".gsheet"})
SLIDES = frozenset({".pptx", ".ppt", ".key", ".odp", ".gslides"})
ARCHIVES = frozenset({".zip", ".7z", ".gz", ".tgz", ".rar", ".tar"})
RECORDINGS = frozenset({".mp4", ".mov", ".m4a", ".mp3", ".webm", ".wav", ".vtt"})
ANY_FORM = (
    PICTURES
    | TEXTS
    | SHEETS
    | SLIDES
    | ARCHIVES
    | RECORDINGS
    | frozenset(
        {
            ".pdf",
            ".txt",
            ".md",
            ".htm",
            ".html",
            ".xml",
            ".json",
            ".yaml",
            ".yml",
            ".eml",
            ".msg",
            ".log",
            ".ics",
            ".vcf",
        }
        | {".vsdx", ".drawio", ".dwg", ".dxf", ".step", ".stp"}
    )
)
_CARRIERS = {
    "an invitation": frozenset({".ics"}),
    "a contact card": frozenset({".vcf"}),
    "a signature": frozenset({".p7s", ".p7m", ".asc", ".sig"}),
}
_OF_THE_MAIL_PROGRAM = compiled(
    r"winmail\.dat|att\d{3,}\.(?:htm|html|txt)|noname|smime\.p7\w|mime-attachment", re.IGNORECASE
)
_ORNAMENT = compiled(
    r"(?:.*[\W_])?(?:logo|signature|sig|banner|icon|footer|header|letterhead|linkedin|facebook|twitter"
    r"|instagram|youtube"
    r"|avatar|spacer|pixel|badge)(?:[\W_]*(?:\d+|small|white|black|dark|light|rgb|email|mail|\d+x\d+))*|x",
    re.IGNORECASE,
)
_INLINE = compiled(r"(?:image|outlook|inline|pastedgraphic|bild|grafik)[-_ ]?[\da-z]{0,12}", re.IGNORECASE)
_CAMERA = compiled(
    r"(?:img|dsc|pxl|scan|camscanner|photo|whatsapp|doc|file|page|document)[\W_]*[\d\W_a-z]*\d*", re.IGNORECASE
)
_JOINTS = compiled(r"[\W_]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[A-Za-z]{3})(?=\d)")

_VERSION = compiled(r"\b(?:v|ver|version|rev|revision|r)[ .]?(\d{1,3}(?:[. ]\d{1,2})?|[a-h])\b", re.IGNORECASE)
_YEAR = compiled(r"(?<!\d)(20[12345]\d)(?!\d)")
_QUARTER = compiled(r"\bq ?([1-4])\b", re.IGNORECASE)
_MONTH = compiled(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b",
    re.IGNORECASE,
)
_STATES = {
    "signed": bag("signed countersigned executed"),
    "unsigned": bag("unsigned"),
    "final": bag("final"),
    "draft": bag("draft wip"),
    "redlined": bag("redline redlined redlines markup blackline blacklined tracked"),
    "clean": bag("clean"),
}
_OPPOSED = (
    ("signed", "unsigned"),
    ("signed", "draft"),
    ("final", "draft"),
    ("clean", "redlined"),
    ("signed", "redlined"),
)


@dataclass(frozen=True, kw_only=True)
class NamedFile:
    """An attached file, read by its name; `title` is that of the library's document of the same file name."""

    file: Attachment
    title: str = ""

    @property
    def name(self) -> str:
        return self.file.filename

    @cached_property
    def suffix(self) -> str:
        """The file name's ending in small letters, with its dot."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def readable(self) -> str:
        """`Acme_PriceList-v2.pdf` as words, and the title where there is one."""
        return f"{readable(PurePath(self.name).stem)} {self.title}".strip()

    @cached_property
    def words(self) -> frozenset[str]:
        minutes = {"minutes"} if "minute" in tokens(self.readable) else set()
        return content_words(self.readable) | minutes

    @cached_property
    def ornament(self) -> str | None:
        """Why nobody means this file by what a mail claims to carry, or None for a file that may be meant."""
        if _OF_THE_MAIL_PROGRAM.fullmatch(self.name):
            return "a leftover of the mail program"
        carrier = next((what for what, suffixes in _CARRIERS.items() if self.suffix in suffixes), None)
        if carrier or self.suffix not in PICTURES:
            return carrier
        stem = PurePath(self.name).stem
        if _ORNAMENT.fullmatch(stem):
            return "a picture that goes with a signature"
        return "a picture in the text" if self.is_pasted else None

    @cached_property
    def is_pasted(self) -> bool:
        """Whether the name is what a mail program gives to a picture pasted into the text."""
        return self.suffix in PICTURES and bool(_INLINE.fullmatch(PurePath(self.name).stem))

    @cached_property
    def says_nothing(self) -> bool:
        """Whether the name is that of a scanner or camera, or has no telling word."""
        stem = PurePath(self.name).stem
        return not self.title and (not self.words or bool(_CAMERA.fullmatch(stem)))


def readable(text: str) -> str:
    """A file name's stem as words: joined at capitals, digits and punctuation."""
    return " ".join(_JOINTS.sub(" ", text).split())


def tokens(text: str) -> tuple[str, ...]:
    """The plain words of a phrase or name, in small letters and without plural endings."""
    return tuple(lemma(word) for word in re.findall(r"[a-z0-9]+", readable(text).lower()))


def disagreement(said: str, name: str) -> str | None:
    """How what is said of a document differs from its file's name in version, year, quarter, month or state."""
    for what, pattern in (("version", _VERSION), ("year", _YEAR), ("quarter", _QUARTER), ("month", _MONTH)):
        wanted, found = _values(pattern, said), _values(pattern, name)
        if wanted and found and not wanted & found:
            return f"another {what}"
    said_states, named_states = _states(said), _states(name)
    for one, other in (*_OPPOSED, *((b, a) for a, b in _OPPOSED)):
        if one in said_states - named_states and other in named_states - said_states:
            return f"“{other}” in its name, and not “{one}”"
    return None


def _values(pattern: re.Pattern[str], text: str) -> set[str]:
    return {found[1].lower().replace(" ", ".").removesuffix(".0") for found in pattern.finditer(text)}


def _states(text: str) -> frozenset[str]:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return frozenset(state for state, ways in _STATES.items() if words & ways)
