"""When two spellings of a mail address are the same mailbox."""

from __future__ import annotations

import idna


def address_key(address: str) -> str:
    """The spelling by which addresses are compared: lower case, an international domain in its ASCII form."""
    local, at, domain = address.strip().casefold().rpartition("@")
    if domain.isascii():
        return f"{local}{at}{domain}"
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError:
        return f"{local}{at}{domain}"
