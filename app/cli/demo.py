"""`countersign demo`: the sample company's drafts through the gate, and what to make of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta

import typer
from rich.progress import track
from rich.text import Text

from app import demo as sample
from app.audit.service import head_text, verify_store
from app.cli.house import AsJson
from app.cli.output import one_line, print_json, print_table, say, side_console, styled
from app.cli.story import tell
from app.core.checks import CheckResult
from app.core.lifecycle import State
from app.demo import Mismatch, SampleResult
from app.records import standing_record
from app.services import Services
from app.settings import read_settings
from app.standing import Standing

app = typer.Typer()

_PATIENCE = timedelta(minutes=2)
"""How long the sending may take, undo window included."""
_TELLING = (
    "ledger.contradiction",
    "calendar.colleague",
    "workload.week",
    "discount.cap",
    "document.other_customer",
    "recipient.lookalike",
    "content.hidden_text",
    "loop.answered",
)
"""One check of each family, for whoever has a minute."""
_STORIES = ("ledger.contradiction", "calendar.busy", "content.hidden_text", "recipient.wrong_account", "discount.cap")
_STORY_COUNT = 3
_REASON_LENGTH = 64
"""Characters of a reason in the long list: what fits on the draft's line."""


@app.command("demo")
def demo(as_json: AsJson = False) -> None:
    """Run the sample company's drafts through the gate: what is sent, watched, reviewed, blocked, and why."""
    services, put_aside = sample.open_afresh(read_settings())
    try:
        results = _submit(sample.submit_samples(services))
        if as_json:
            ok = _run_for_programs(services, results)
        else:
            ok = _run_for_people(services, results, put_aside=str(put_aside) if put_aside else "")
    finally:
        services.close()
    raise typer.Exit(0 if ok else 1)


def _submit(drafts: Iterable[SampleResult]) -> list[SampleResult]:
    shown = sys.stderr.isatty()
    return list(track(drafts, "submitting", console=side_console(), transient=True, disable=not shown))


def _run_for_programs(services: Services, results: Sequence[SampleResult]) -> bool:
    left = sample.send_what_may_leave(services, patience=_PATIENCE, tick=lambda _left: None)
    everything = [*results, *_submit(sample.submit_later_samples(services))]
    for result in sample.where_they_are(services, everything):
        print_json({"file": result.file, **standing_record(result.standing)})
    return left == 0 and not sample.compare(services, everything)[1]


def _run_for_people(services: Services, results: Sequence[SampleResult], *, put_aside: str) -> bool:
    say(f"{services.opened.name}: {len(results)} drafts that agents wrote, each judged before anything leaves.")
    if put_aside:
        say(f"(The last run's state is in {put_aside}.)", style="dim")
    _show_telling(results)
    _show_all(results)
    left = _send(services)
    later = _submit(sample.submit_later_samples(services))
    if later:
        say(f"And when those have left, {len(later)} more:")
        _show_all(later)
    everything = [*results, *later]
    _say_what_became(services, sample.where_they_are(services, everything), left)
    wrong = _say_whether_expected(services, everything)
    _tell_stories(services, everything)
    _say_how_to_go_on(services)
    return left == 0 and not wrong


def _show_telling(results: Sequence[SampleResult]) -> None:
    found = [pair for check in _TELLING if (pair := _first_with(check, results)) is not None]
    if found:
        say()
        say("A few of those that do not leave as they are:")
        rows = ((result.file.partition("-")[0], styled(_route(result)), reason.message) for result, reason in found)
        print_table(("draft*", "route*", "why"), rows, nothing="")
        say("All of them:")


def _first_with(check: str, results: Sequence[SampleResult]) -> tuple[SampleResult, CheckResult] | None:
    found = ((r, c) for r in results for c in r.standing.assessment.checks if c.check == check)
    return next(found, None)


def _show_all(results: Sequence[SampleResult]) -> None:
    columns = ("draft~", "risk*", "route*", "deciding rule*", "reason")
    print_table(columns, map(_row, results), nothing="no sample drafts")


def _row(result: SampleResult) -> tuple[str | Text, ...]:
    """One line a draft: the gravest of its reasons, and how many more there are."""
    verdict = result.standing.assessment
    reasons = [check.message for check in sorted(verdict.checks, key=lambda c: -c.severity.rank)]
    more = f"(+{len(reasons) - 1}) " if len(reasons) > 1 else ""
    said = more + reasons[0] if reasons and not verdict.route.sends_unattended else verdict.ruling.why
    return (
        result.file.rpartition(".")[0],
        verdict.risk.tier.value,
        styled(_route(result)),
        verdict.ruling.rule,
        one_line(said, _REASON_LENGTH),
    )


def _route(result: SampleResult) -> str:
    return result.standing.assessment.route.value


def _send(services: Services) -> int:
    say("Waiting for the undo window, then sending what may leave…")
    if not sys.stderr.isatty():
        return sample.send_what_may_leave(services, patience=_PATIENCE, tick=lambda _left: None)
    with side_console().status("") as status:
        return sample.send_what_may_leave(
            services, patience=_PATIENCE, tick=lambda left: status.update(f"{left} drafts still in the undo window")
        )


def _say_what_became(services: Services, now: Sequence[SampleResult], left: int) -> None:
    rows = [result.standing for result in now]
    sent = [standing for standing in rows if standing.row.state is State.SENT]
    watched = sum(1 for standing in sent if standing.row.route == "monitor")
    say()
    say(f"sent      {len(sent):3}  to {services.settings.outbox}", style="green")
    say(f"monitored {watched:3}  of those carry promises that are now open in the ledger and watched", style="cyan")
    queued = [standing for standing in rows if standing.row.state is State.IN_REVIEW]
    say(f"queued    {len(queued):3}  for {_for_whom(queued)}" if queued else "queued      0", style="yellow")
    blocked = sum(1 for standing in rows if standing.row.state is State.BLOCKED)
    say(f"blocked   {blocked:3}  until somebody rewrites them", style="red")
    for standing in rows:
        if standing.row.permit is None and standing.row.route == "review" and standing.row.version > 1:
            say(f"  {standing.row.client_id} was sent back at the last look: {standing.assessment.ruling.why}")
    if left:
        say(f"unsent    {left:3}  did not leave in time; run `countersign doctor`", style="bold red")


def _for_whom(queued: Sequence[Standing]) -> str:
    counts: dict[str, int] = {}
    for standing in queued:
        for person in standing.pending.people if standing.pending else ():
            counts[person] = counts.get(person, 0) + 1
    return ", ".join(f"{person} {count}" for person, count in sorted(counts.items(), key=lambda item: -item[1]))


def _say_whether_expected(services: Services, results: Sequence[SampleResult]) -> list[Mismatch]:
    count, wrong = sample.compare(services, results)
    if count:
        say()
        good = count - len(wrong)
        say(f"{good} of {count} drafts went where they should", style="bold red" if wrong else "bold green")
        for mismatch in wrong:
            say(f"  {mismatch.file}: expected {mismatch.expected}; found {mismatch.found}")
    return wrong


def _tell_stories(services: Services, results: Sequence[SampleResult]) -> None:
    told = 0
    for check in _STORIES:
        found = _first_with(check, results)
        if found is not None and told < _STORY_COUNT:
            told += 1
            result, reason = found
            say()
            tell(f"{told}. {result.file}", result.standing, reason, now=services.clock.now())


def _say_how_to_go_on(services: Services) -> None:
    with services.store.snapshot() as reader:
        verified = verify_store(reader)
    say()
    say(f"The trail is whole: {verified.head.seq} events, {verified.drafts} drafts stand where it says they stand.")
    say(f"Its head, to note down elsewhere: {head_text(verified.head)}")
    say("Open the review page: make serve", style="bold")
