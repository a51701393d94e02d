"""Another customer's name, where somebody reads it who does not belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.customer_names import Naming, is_named_in, namings
from app.checks.content.passages import Stretch, leaves_the_house, quoted, written
from app.checks.customers import directory
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Account, Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_READERS_OWN = compiled(
    r"\byour (?:\w+[ -]){0,2}(?:carrier|supplier|forwarder|haulier|customer|client|vendor|landlord|auditor|bank"
    r"|broker|subsidiary"
    r"|sister company|parent(?: company)?|partner|distributor|reseller|integrator|consultants?|agency|provider"
    r"|3PL),? (?:at )?$"
    r"|\b(?:implementation|integration|delivery|rollout|technology|reseller|channel|logistics|consulting"
    r"|installation|training)"
    r" partners?,? (?:at |from )?$"
    r"|\byou(?:['’]ve)? (?:mentioned|brought up|used to work|worked|were (?:\w+ )?(?:at|with)|came from|left"
    r"|moved (?:over )?from"
    r"|joined (?:us )?from)\b[^.!?]{0,40}$"
    r"|\byour (?:time|years|days|former|previous|old|past|contacts?|friends?|colleagues?|work|role"
    r"|job)\b[^.!?]{0,30}$"
    r"|\bwhen you (?:were|worked)\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
"""The reader's own dealings with that company, or the part that it plays in this deal."""
_BEFORE_NAME = compiled(r"(?:^|[.!?]\s+|\n\s*|\b(?:at|with|for|by|from|like|to|of|than|as|and|that|because|when)\s)$")
_AFTER_NAME = compiled(
    r"\s*(?:[.,;!?)]|$|['’]s\s|\s(?:in|at|on|for|since|last|this|who|which|and|or|by|with|to|has|had|is|was|pays"
    r"|paid|signed|uses"
    r"|used|chose|cut|saved|got|went|runs|did|does|said|told|asked|renewed|bought)\b)"
)


def other_customer(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each customer that is named. A mail that stays in the house may name them all."""
    if not leaves_the_house(facts):
        return
    involved = _involved(facts)
    found: dict[str, list[tuple[Stretch, Naming]]] = {}
    for stretch in written(draft, findings):
        for naming in namings(stretch.text, stretch.start, stretch.end, facts.customers, first=involved):
            if naming.account.id not in involved and not _is_harmless(naming, stretch, facts):
                found.setdefault(naming.account.id, []).append((stretch, naming))
    for places in found.values():
        account = places[0][1].account
        if not _is_partner(account, facts) and not _is_reference(account, facts):
            yield _result(places, facts)


def _involved(facts: Facts) -> frozenset[str]:
    """By id: the deal's and the readers' own companies, companies that share a domain with them, and ourselves."""
    ids = {*facts.accounts, *([facts.account.id] if facts.account else [])}
    theirs = [*facts.accounts.values(), *([facts.account] if facts.account else [])]
    domains = {domain for account in theirs for domain in account.domains}
    domains |= {recipient.email.rpartition("@")[2] for recipient in facts.recipients}
    domains |= set(facts.own_domains)
    return frozenset(ids) | {account.id for account in directory(facts.customers).at(domains)}


def _is_partner(account: Account, facts: Facts) -> bool:
    deal = facts.deal
    if deal is None:
        return False
    notes = (deal.name, deal.next_step, *deal.flags)
    return any(is_named_in(account, note) or account.id.casefold() in note.casefold() for note in notes)


def _is_reference(account: Account, facts: Facts) -> bool:
    """Whether a document that may go to anybody, or a statement that was approved, names the customer."""
    today = facts.now.date()
    documents = [
        f"{d.title} {d.file}"
        for d in facts.library
        if d.approved and d.customer is None and (d.expires is None or d.expires >= today)
    ]
    statements = [
        s.text
        for s in facts.approved
        if s.customer in {None, _account(facts)} and (s.until is None or s.until >= today)
    ]
    return any(is_named_in(account, words) for words in (*documents, *statements))


def _account(facts: Facts) -> str | None:
    return facts.account.id if facts.account else None


def _is_harmless(naming: Naming, stretch: Stretch, facts: Facts) -> bool:
    """Whether it is a person's name, or the company has to do with the reader and not with us."""
    before = stretch.before(naming.start, 120)
    said = stretch.text[naming.start : naming.end].casefold()
    return said in _people(facts) or bool(_READERS_OWN.search(before))


def _people(facts: Facts) -> frozenset[str]:
    known = [facts.sender.name]
    known += [p.name for r in facts.recipients for p in (r.contact, r.colleague) if p]
    return frozenset(word.casefold() for name in known for word in name.split())


def _result(places: list[tuple[Stretch, Naming]], facts: Facts) -> CheckResult:
    stretch, naming = places[0]
    account = naming.account
    spans = tuple((n.start, n.end) for s, n in places if not s.is_subject)
    said = stretch.text[naming.start : naming.end]
    where = "" if spans else ", in the subject"
    return CheckResult(
        check="content.other_customer",
        severity=Severity.HIGH,
        message=f"The mail names another customer, {account.name}{where}",
        spans=spans,
        evidence=(
            quoted("text" if spans else "subject", said, facts),
            evidence(facts, "crm", f"accounts[{account.id}].name", account.name),
        ),
        suggestion=_without_name(stretch, naming) if len(places) == 1 and spans else None,
    )


def _without_name(stretch: Stretch, naming: Naming) -> Suggestion | None:
    """ "another customer", where the name stands alone as one."""
    before, after = stretch.before(naming.start, 30), stretch.after(naming.end, 30)
    opening = _BEFORE_NAME.search(before)
    if naming.by_domain or not opening or not _AFTER_NAME.match(after):
        return None
    begins = not before.strip() or not opening[0].strip().isalpha()
    words = "Another customer" if begins else "another customer"
    return Suggestion(
        start=naming.start, end=naming.end, replacement=words, why="customers do not read of each other"
    )


CHECK = Check(
    id="content.other_customer",
    severities=(Severity.HIGH,),
    when="the text names a customer to somebody else, and no document or statement makes that public",
    run=other_customer,
    needs=("crm", "library", "approved"),
)
