"""`calendar.availability`: the sender claims to be free for all of a stretch, and is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from app.checks.calendar.diary import Diary
from app.checks.calendar.needed import meetings
from app.checks.calendar.phrases import Mention
from app.checks.calendar.proposals import USUAL_LENGTH, Proposal
from app.checks.calendar.sweeping import LEADING, TRAILING, exceptions
from app.checks.calendar.taken import described, entries_evidence
from app.checks.check import Check
from app.checks.results import day_name
from app.checks.wording import full_day, hours_written_out, time_reworded
from app.checks.worktime import Span, today, working_span, zone_of
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import BusySlot, Facts
from app.core.findings import DateMention, Findings


def availability(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Every confirmed entry counts that takes working time within "all Thursday afternoon"."""
    for proposal, team in meetings(draft, findings, facts):
        if not proposal.sweeping or facts.busy_until is None:
            continue
        for diary in team:
            windows = _working_time(proposal.when, diary, facts.busy_until)
            found = _taken(windows, diary, proposal, findings)
            if not found:
                continue
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            owner, first = diary.person.name, described(found[0], diary, facts)
            yield CheckResult(
                check="calendar.availability",
                severity=Severity.MEDIUM,
                message=f"not all of '{proposal.mention.text}' is free for {owner}: {first}{more}",
                spans=(proposal.span,),
                evidence=entries_evidence(found, diary, facts),
                suggestion=_narrower(proposal, list(team), windows, findings, facts) if team.complete else None,
            )


def _working_time(when: Span, diary: Diary, until: datetime) -> list[Span]:
    """The person's working hours within the stretch, day by day, as far as the calendar was read."""
    zone, windows = zone_of(diary.person), []
    day, last = when.start.astimezone(zone).date(), when.end.astimezone(zone).date()
    while day <= last:
        hours = working_span(day, diary.person)
        if hours is not None:
            window = Span(start=max(hours.start, when.start), end=min(hours.end, when.end, until))
            windows += [window] if window.start < window.end else []
        day += timedelta(days=1)
    return windows


def _taken(windows: Sequence[Span], diary: Diary, proposal: Proposal, findings: Findings) -> tuple[BusySlot, ...]:
    left_out = exceptions(findings.text, proposal.mention, findings.dates)
    if left_out is None:
        return ()
    found = {id(slot): slot for window in windows for slot in diary.conflicts(window) if not slot.tentative}
    zone = zone_of(diary.person)

    def is_left_out(slot: BusySlot) -> bool:
        start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
        return any(begin <= start.time() and end.time() <= finish for begin, finish in left_out)

    return tuple(slot for slot in found.values() if not (left_out and is_left_out(slot)))


def _narrower(
    proposal: Proposal, diaries: Sequence[Diary], windows: Sequence[Span], findings: Findings, facts: Facts
) -> Suggestion | None:
    """The longest stretch that is free for everybody, said in place of the whole."""
    free = [gap for window in windows for gap in _gaps(window, diaries)]
    start = max(facts.now + facts.thresholds.short_notice, proposal.when.start)
    free = [gap for gap in free if gap.length >= USUAL_LENGTH and gap.start >= start]
    best = max(free, key=lambda gap: (gap.length, -gap.start.timestamp()), default=None)
    if best is None:
        return None
    begin, end, words = _said(proposal, best, findings.text, facts)
    if words is None:
        return None
    zone = zone_of(facts.sender)
    here, until = best.start.astimezone(zone), best.end.astimezone(zone)
    why = f"{day_name(here.date(), facts)} {here:%H:%M}–{until:%H:%M} is the longest free stretch in it"
    return Suggestion(start=begin, end=end, replacement=words, why=why)


def _gaps(window: Span, diaries: Sequence[Diary]) -> Iterator[Span]:
    taken = sorted((slot.start, slot.end) for diary in diaries for slot in diary.entries(window.start, window.end))
    taken += [(window.end, window.end)]
    reached = window.start
    for start, end in taken:
        if start > reached and _all_work(Span(start=reached, end=start), diaries):
            yield Span(start=reached, end=start)
        reached = max(reached, end)


def _all_work(gap: Span, diaries: Sequence[Diary]) -> bool:
    return all(diary.works(gap) for diary in diaries)


def _said(proposal: Proposal, free: Span, text: str, facts: Facts) -> tuple[int, int, str | None]:
    """What to replace, and by what: "all Thursday afternoon" becomes "Thursday afternoon from 3 pm to 5 pm"."""
    mention, zone = proposal.mention, proposal.when.start.tzinfo
    free = Span(start=free.start.astimezone(zone), end=free.end.astimezone(zone))
    if isinstance(mention, DateMention) and mention.kind == "range":
        return mention.start, mention.end, time_reworded(mention.text, proposal.when, free, today=today(facts))
    if mention.from_ is not None and mention.grain == "minute":
        return mention.start, mention.end, None
    begin, end = _with_claim(mention, text)
    day = mention.text if _is_one_day(proposal) else full_day(_day(free))
    return begin, end, f"{day} {hours_written_out(free.start, free.end, like=text)}"


def _with_claim(mention: Mention, text: str) -> tuple[int, int]:
    leading = LEADING.search(text, max(0, mention.start - 40), mention.start)
    trailing = TRAILING.match(text, mention.end)
    begin, end = leading.start() if leading else mention.start, trailing.end() if trailing else mention.end
    if trailing and trailing[0].lstrip().startswith(",") and text[end : end + 1] == ",":
        end += 1
    return begin, end


def _is_one_day(proposal: Proposal) -> bool:
    return proposal.when.length <= timedelta(days=1, hours=1)


def _day(span: Span) -> date:
    return span.start.date()


CHECK = Check(
    id="calendar.availability",
    severities=(Severity.MEDIUM,),
    when="the sender claims to be free for all of a day, a part of a day or a week, and an entry is in it",
    run=availability,
    needs=("calendar",),
)
