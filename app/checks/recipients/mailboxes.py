"""Mailboxes that are no single person's: those of an office, and lists that pass a mail on to many."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.checks.recipients.wordlist import word_set
from extractors.lazily import compiled

_SEPARATORS = compiled(r"[-_.+0-9]+")


BILLING = "billing"
UNREAD = "unread"
GENERAL = "general"
ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        BILLING: word_set(
            "billing invoice invoices invoicing ap ar payable payables receivable receivables accounts "
            "accounting accountspayable accountsreceivable finance payments payroll creditors rechnung "
            "rechnungen buchhaltung rechnungseingang facturation facturas facturacion fatture comptabilite "
            "compta administracion boekhouding"
        ),
        "purchasing": word_set(
            "purchasing procurement buying orders order po vendors vendor suppliers supplier sourcing einkauf "
            "achats compras inkoop acquisti bestellung bestellungen"
        ),
        "legal": word_set("legal contracts contract compliance privacy dpo gdpr datenschutz recht juridique"),
        "security": word_set("security infosec itsecurity abuse soc"),
        "support": word_set("support help helpdesk service servicedesk customerservice customercare care tickets it"),
        "staff": word_set("hr jobs careers recruiting recruitment talent people humanresources bewerbung personal"),
        "sales": word_set(
            "sales vertrieb ventas vente ventes verkauf marketing press media presse pr events partners"
        ),
        GENERAL: word_set(
            "info contact contacts office mail email hello hi welcome enquiries enquiry inquiries inquiry "
            "general admin administrator reception frontdesk secretary secretariat kontakt contacto contato "
            "buero zentrale post webmaster hostmaster feedback newsletter subscriptions operations ops "
            "engineering management"
        ),
        UNREAD: word_set("noreply donotreply postmaster mailerdaemon bounce bounces notifications notification"),
    }
)
"""What a mailbox is for, and the words by which it is called."""

_ALL_ROLES = frozenset(word for words in ROLES.values() for word in words)
_MANY = word_set(
    "all everyone everybody allhands allstaff staff team teams list lists group groups dl distro "
    "distribution employees mitarbeiter verteiler alle equipe crew squad committee board users "
    "community members subscribers announce announcements mailinglist listserv dept department"
)
_ATTACHED = compiled(
    r"(?:all(?P<after>[a-z]+)|(?P<before>[a-z]+?)(?:team|group|list|all))$",
)
_OFFICES = word_set(
    "sales deal deals project support finance marketing engineering dev product it hr legal ops "
    "operations account accounts exec executive leadership management purchasing procurement security "
    "sdr bdr ae cs success core field presales company office customer customers regional emea apac "
    "na us eu uk dach"
)
_LIST_HOSTS = ("googlegroups.com", "groups.io", "groups.google.com", "groups.office.com", "freelists.org")


def role_of(address: str) -> str | None:
    """What the mailbox is for, a key of `ROLES`; None where a person may be behind it."""
    words = _words_of(address)
    if not words:
        return None
    joined = "".join(words)
    for role, names in ROLES.items():
        if joined in names or (words[0] in names and all(w in names or w in _OFFICES for w in words[1:])):
            return role
    if len(words) > 1 and words[-1] in _ALL_ROLES and words[0] in _OFFICES:
        return next(role for role, names in ROLES.items() if words[-1] in names)
    return None


def is_list(address: str) -> bool:
    """Whether a mail to the address reaches many people: `sales-all@`, `deal-team@`, a group's address."""
    local, _, domain = address.casefold().rpartition("@")
    if domain in _LIST_HOSTS or domain.startswith(("lists.", "list.", "groups.", "listserv.")):
        return True
    words = _words_of(address)
    if not words:
        return False
    if len(words) == 1:
        return words[0] in _MANY or _is_joined(words[0])
    several = [word for word in words if word in _MANY]
    # "franz.list@" may be a person's name; "list-sales@" and "sales.all@" are nobody's.
    named_by_dots = "-" not in local and "_" not in local
    offices = any(word in _OFFICES or word in _ALL_ROLES for word in words)
    return bool(several) and (not named_by_dots or offices or len(several) == len(words))


def _is_joined(word: str) -> bool:
    found = _ATTACHED.match(word)
    return found is not None and (found["after"] or found["before"]) in _OFFICES


def _words_of(address: str) -> list[str]:
    local = address.rpartition("@")[0].casefold().partition("+")[0]
    return [word for word in _SEPARATORS.split(local) if word]
