"""Long runs of base64: what was meant for a machine, and may say something to one."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.content.passages import Stretch
from extractors.lazily import compiled

_RUN = compiled(
    r"(?<![\w+/=.@:-])[A-Za-z0-9+/]{24,}(?:\n[A-Za-z0-9+/]{24,})*(?:\n[A-Za-z0-9+/]{1,23})?={0,2}(?![\w+/=@-])"
)
_LONG = 80
_KNOWN = compiled(
    r"(?:ssh-\w+|key|sha\d+|fingerprint|-----|thumbprint|hash|checksum|://\S*)[-: ]*\s?$", re.IGNORECASE
)
"""What such a run is called where a person means to send it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blob:
    """A run of base64. `words` is what it says, where it says anything."""

    start: int
    end: int
    words: str

    @property
    def is_long(self) -> bool:
        """Whether no number, name or link is as long."""
        return self.end - self.start >= _LONG


def blobs(stretch: Stretch) -> Iterator[Blob]:
    """Runs with small and capital letters and digits; a row of one character or a word is none."""
    for match in _RUN.finditer(stretch.text, stretch.start, stretch.end):
        run = match[0].strip()
        mixed = re.search(r"[a-z]", run) and re.search(r"[A-Z]", run) and re.search(r"[0-9+/=]", run)
        if mixed and len(set(run)) > 10 and not _KNOWN.search(stretch.before(match.start(), 40)):
            yield Blob(start=match.start(), end=match.start() + len(run), words=_decoded(run))


def _decoded(run: str) -> str:
    plain = re.sub(r"[\n=]", "", run)
    try:
        words = base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return words if words.isprintable() or all(c.isprintable() or c.isspace() for c in words) else ""
