"""The name in the greeting is nobody's who would read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.checks.check import Check
from app.checks.recipients.names import Called, called, fits
from app.checks.recipients.salutation import Addressed, addressed
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def greeting(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Where one reader's name is not known, a name that fits none of the others may be that one's."""
    people = [called(recipient) for recipient in facts.recipients]
    known = [person for person in people if person is not None]
    greeted = addressed(findings, never=_companies(facts))
    strange = [name for name in greeted if not any(fits(name.words, person) for person in known)]
    if not strange or len(known) < len(people):
        return
    names = ", ".join(sorted(person.full or "/".join(sorted(person.words)) for person in known))
    for name in strange:
        shown = findings.text[name.start : name.end]
        yield CheckResult(
            check="recipient.greeting",
            severity=Severity.HIGH,
            message=f"The mail greets {shown}, and goes to {names}",
            spans=((name.start, name.end),),
            evidence=(evidence(facts, "crm", "recipients", names),),
            suggestion=_suggestion(name, greeted, draft, facts),
        )


def _companies(facts: Facts) -> frozenset[str]:
    """The words in the names of the companies at hand: “Dear Acme,” greets nobody in particular."""
    accounts = [*facts.accounts.values(), *([facts.account] if facts.account else [])]
    return frozenset(
        word.casefold() for account in accounts for name in (account.name, *account.aliases) for word in name.split()
    )


def _suggestion(name: Addressed, greeted: Sequence[Addressed], draft: Draft, facts: Facts) -> Suggestion | None:
    """The name of the one to whom the mail goes and whom it does not greet, where that can only be one."""
    direct = {address.casefold() for address in draft.to}
    to = [called(r) for r in facts.recipients if r.email.casefold() in direct]
    ungreeted = [p for p in to if p is not None and not any(fits(other.words, p) for other in greeted)]
    if len(ungreeted) != 1 or len(to) != len(greeted):
        return None
    right = _form(name, ungreeted[0])
    if right is None:
        return None
    return Suggestion(start=name.start, end=name.end, replacement=right, why=f"the mail goes to {right}")


def _form(name: Addressed, person: Called) -> str | None:
    """The first name for a first name; the full one where the greeting had a title, which may not fit the other."""
    return person.full if name.titled or len(name.words) > 1 else person.first


CHECK = Check(
    id="recipient.greeting",
    severities=(Severity.HIGH,),
    when="the greeting names somebody who is not among the recipients",
    run=greeting,
    needs=("crm", "people"),
)
