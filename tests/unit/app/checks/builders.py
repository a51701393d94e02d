"""Findings and facts made by hand, so that a test of a check is a test of that check alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.checks import CHECKS, run_checks
from app.core.checks import CheckResult
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.drafts import Attachment, Draft
from app.core.facts import Account, BusySlot, Contact, Deal, Document, Facts, Person, Recipient, UnknownFact
from app.core.findings import (
    AttachmentClaim,
    Commitment,
    DateMention,
    Due,
    Findings,
    HiddenText,
    Kind,
    Strength,
)

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=NEW_YORK)
"""A Wednesday morning, eight days before Thanksgiving."""
FRIDAY = date(2026, 11, 20)

SAM = Person(
    id="sam",
    email="sam@ours.example",
    name="Sam Ito",
    timezone="America/New_York",
    holidays="US",
    capacity_hours_per_week=30,
)
ACME = Account(id="acme", name="Acme Mills", domains=("acme.example",))
GLOBEX = Account(id="globex", name="Globex Foods", domains=("globex.example",))
DANA = Contact(id="c-dana", email="dana@acme.example", name="Dana Reyes", account="acme")
HANK = Contact(id="c-hank", email="hank@globex.example", name="Hank Scorpio", account="globex")
DEAL = Deal(
    id="D-1",
    name="Acme - Planner",
    account="acme",
    stage="proposal",
    amount=40_000,
    currency="USD",
    owner="sam",
    discount_cap=15,
    contacts=("c-dana",),
)

Finding = Commitment | DateMention | AttachmentClaim | HiddenText
Piece = Callable[[str], Finding]


def draft(**changes: object) -> Draft:
    """A plain reply to Dana about Acme's deal."""
    plain = Draft(action="reply", agent="bot", on_behalf_of="sam", to=("dana@acme.example",), deal_id="D-1")
    return replace(plain, **changes)  # type: ignore[arg-type]


def file(name: str) -> Attachment:
    """A small attachment."""
    return Attachment(filename=name, content_type="application/octet-stream", content=b"x")


def facts(**changes: object) -> Facts:
    """A quiet world: Dana is known, the deal is in order, Sam's calendar is empty for three weeks."""
    quiet = Facts(
        now=NOW,
        sender=SAM,
        recipients=(Recipient(email=DANA.email, contact=DANA),),
        deal=DEAL,
        account=ACME,
        accounts={"acme": ACME, "globex": GLOBEX},
        busy_until=NOW + timedelta(days=21),
        own_domains=("ours.example",),
    )
    return replace(quiet, **changes)  # type: ignore[arg-type]


def deal(**changes: object) -> Facts:
    """The quiet world with a deal that differs in something."""
    return facts(deal=replace(DEAL, **changes))  # type: ignore[arg-type]


def failed(source: str, **changes: object) -> Facts:
    """The quiet world in which one source did not answer."""
    return facts(unknown=(UnknownFact(source=source, reason="timed out"),), **changes)


def found(text: str, *pieces: Piece) -> Findings:
    """Findings in a text, all of which is authored."""
    made = [piece(text) for piece in pieces]
    return Findings(
        text=text,
        authored=((0, len(text)),),
        commitments=tuple(m for m in made if isinstance(m, Commitment)),
        dates=tuple(m for m in made if isinstance(m, DateMention)),
        attachments=tuple(m for m in made if isinstance(m, AttachmentClaim)),
        hidden=tuple(m for m in made if isinstance(m, HiddenText)),
    )


def promise(
    words: str,
    *,
    action: str | None = "send",
    thing: str | None = None,
    due: tuple[str, date] | None = None,
    grain: str = "day",
    kind: Kind = Kind.DELIVERABLE,
    strength: Strength = Strength.FIRM,
    actor: str = "sender",
) -> Piece:
    """A commitment in these words; `due` is the words of its deadline and the day they mean."""

    def place(text: str) -> Commitment:
        start = text.index(words)
        return Commitment(
            text=words,
            start=start,
            end=start + len(words),
            strength=strength,
            kind=kind,
            actor=actor,
            action=action,
            object=thing,
            recipient=None,
            due=_due(text, due, grain) if due else None,
            rule="by-hand",
        )

    return place


def _due(text: str, due: tuple[str, date], grain: str) -> Due:
    words, day = due
    start = text.index(words)
    midnight = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK)
    first = midnight - timedelta(days=day.weekday()) if grain == "week" else midnight
    return Due(
        text=words,
        start=start,
        end=start + len(words),
        from_=first,
        to=midnight + timedelta(days=1),
        grain=grain,
        due_day=day,
    )


def at(words: str, start: datetime, minutes: int = 1, *, kind: str = "datetime", grain: str = "minute") -> Piece:
    """A mention of a time; a `range` has both ends, anything else only its beginning."""

    def place(text: str) -> DateMention:
        where = text.index(words)
        return DateMention(
            text=words,
            start=where,
            end=where + len(words),
            from_=start,
            to=start + timedelta(minutes=minutes),
            kind=kind,
            grain=grain,
            due_day=start.date(),
            ambiguous=False,
        )

    return place


def claim(words: str, document: str | None = None) -> Piece:
    """A statement that the mail carries a file."""

    def place(text: str) -> AttachmentClaim:
        start = text.index(words)
        return AttachmentClaim(text=words, start=start, end=start + len(words), document=document)

    return place


def hidden(words: str, how: str) -> Piece:
    """A passage that the reader cannot see."""

    def place(text: str) -> HiddenText:
        start = text.index(words)
        return HiddenText(text=words, start=start, end=start + len(words), how=how)

    return place


def ny(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment in New York in November 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=NEW_YORK)


def busy(start: datetime, hours: float, summary: str = "Team review", *, all_day: bool = False) -> BusySlot:
    """A taken slot."""
    return BusySlot(start=start, end=start + timedelta(hours=hours), summary=summary, all_day=all_day)


def owed(thing: str | None, due_day: date | None, **changes: object) -> LedgerEntry:
    """An open promise of Sam to Dana in Acme's deal."""
    entry = LedgerEntry(
        id="L-1",
        person="sam",
        recipient="dana@acme.example",
        text=f"I'll send {thing}",
        action="send",
        object=thing,
        kind=Kind.DELIVERABLE,
        strength=Strength.FIRM,
        due_day=due_day,
        state=CommitmentState.OPEN,
        made_at=ny(12, 9),
        deal_id="D-1",
        account="acme",
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def document(title: str, **changes: object) -> Document:
    """A document of the library, for anybody and for ever."""
    plain = Document(file=title.lower().replace(" ", "-") + ".pdf", title=title)
    return replace(plain, **changes)  # type: ignore[arg-type]


def results(check: str, findings: Findings, world: Facts, mail: Draft | None = None) -> list[CheckResult]:
    """What one check has to say, when all are run; none may fail, or rate or point outside of what it may."""
    checked = run_checks(mail or draft(), findings, world)
    assert checked.unknown == ()
    declared = {known.id: known.severities for known in CHECKS}
    for result in checked.results:
        assert result.severity in declared[result.check]
        assert result.evidence
        assert all(0 <= start < end <= len(findings.text) for start, end in result.spans)
    return [result for result in checked.results if result.check == check]


def rewritten(findings: Findings, result: CheckResult) -> str:
    """The text with the result's suggestion taken."""
    suggestion = result.suggestion
    assert suggestion is not None
    return findings.text[: suggestion.start] + suggestion.replacement + findings.text[suggestion.end :]
