"""Mail addresses as drafts may name them."""

from __future__ import annotations

import idna

from app.intake.values import no_encoded_word, one_line, shown
from extractors.lazily import compiled

_EXAMPLE = "write one address such as dana@acme.example"
_NAMED = compiled(r'(?:"(?:[^"\\]|\\.)*"|[^",;<>@()\\]*)\s*<([^<>]*)>')
_LOCAL = compiled(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = compiled(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST = 254
_LONGEST_INPUT = 1000
"""An address with a name before it."""


def address(value: str) -> str:
    """The bare address, its domain in lower case and in ASCII: an opted-out contact has one spelling only.

    Also takes `Dana Lee <dana@acme.example>`. Raises ValueError with what to write instead.
    """
    text = one_line(value, _LONGEST_INPUT).strip()
    if "<" in text or ">" in text:
        match = _NAMED.fullmatch(text)
        if not match:
            raise ValueError(f"{shown(text)} is no address; {_EXAMPLE} or Dana Lee <dana@acme.example>")
        text = match[1].strip()
    local, at, domain = text.partition("@")
    if not at or "@" in domain:
        raise ValueError(f"{shown(text)} is no address: it needs exactly one @; {_EXAMPLE}")
    if len(local) > 64 or not _LOCAL.fullmatch(local):
        raise ValueError(f"{shown(text)} is no address: {shown(local)} before the @ is not allowed; {_EXAMPLE}")
    bare = f"{local}@{_domain(domain)}"
    if len(bare) > _LONGEST:
        raise ValueError(f"has {len(bare)} characters; an address has at most {_LONGEST}")
    return no_encoded_word(bare)


def _domain(domain: str) -> str:
    name = domain.lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise ValueError(f"{shown(domain)} is no domain; {_EXAMPLE}") from None
    labels = name.split(".")
    if len(labels) < 2 or len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"{shown(domain)} is no complete domain; {_EXAMPLE}")
    return name
