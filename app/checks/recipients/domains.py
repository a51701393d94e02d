"""Domains: their parts, how they read to the eye, and which of them are anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import idna

from app.checks.recipients.wordlist import word_set

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gov", "ne", "net", "nom", "or", "org"})
_FREE_FAMILIES = word_set(
    "aol gmail gmx googlemail hotmail icloud outlook protonmail rocketmail tutanota yahoo yandex ymail"
)
"""Mail services that have many endings, all for anybody."""
_FREE = word_set(
    "126.com 163.com att.net bellsouth.net bigpond.com bluewin.ch bol.com.br btinternet.com comcast.net cox.net "
    "daum.net duck.com email.com fastmail.com fastmail.fm free.fr freenet.de hanmail.net hey.com hushmail.com "
    "inbox.com interia.pl laposte.net libero.it live.ca live.co.uk live.com live.de live.dk live.fr live.it "
    "live.nl live.no live.se mac.com mail.com mail.ru me.com msn.com naver.com o2.pl onet.pl orange.fr pm.me "
    "proton.me qq.com rediffmail.com rogers.com sbcglobal.net seznam.cz sfr.fr shaw.ca sky.com t-online.de "
    "telenet.be tiscali.it tuta.com tuta.io uol.com.br verizon.net virgilio.it wanadoo.fr web.de wp.pl ziggo.nl "
    "zoho.com zohomail.com"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """`mail.acme.co.uk`: the name `acme`, the ending `co.uk`."""

    labels: tuple[str, ...]
    name: str
    ending: str

    @property
    def registered(self) -> str:
        """What was registered: the name with its ending."""
        return f"{self.name}.{self.ending}"


def domain_of(address: str) -> str:
    """What stands after the @, in small letters."""
    return address.rpartition("@")[2].casefold().rstrip(".")


@lru_cache(maxsize=16_384)
def parts_of(domain: str) -> Parts:
    """The parts of a domain as a reader sees it, Punycode written out."""
    labels = tuple(_readable(label) for label in domain.casefold().split("."))
    long = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    cut = len(labels) - (2 if long else 1)
    return Parts(labels=labels, name=labels[cut - 1] if cut > 0 else "", ending=".".join(labels[cut:]))


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address there."""
    parts = parts_of(domain)
    return parts.name in _FREE_FAMILIES or parts.registered in _FREE


def _readable(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except idna.IDNAError:
        pass
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
