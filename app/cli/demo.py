"""`countersign demo`: the sample company's drafts through the gate, and what to make of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta

import typer
from rich.progress import track
from rich.text import Text

from app import demo as sample
from app.audit.service import head_text, verify_store
from app.cli.house import AsJson
from app.cli.output import one_line, print_json, print_table, say, side_console, styled
from app.cli.story import tell
from app.core.lifecycle import State
from app.demo import Mismatch, SampleResult
from app.records import standing_record
from app.services import Services
from app.settings import read_settings
from app.standing import Standing

app = typer.Typer()

_PATIENCE = timedelta(minutes=2)
"""How long the sending may take, undo window included."""
_STORIES = ("ledger.contradiction", "calendar.busy", "content.hidden_text", "recipient.wrong_account", "discount.cap")
_STORY_COUNT = 3


@app.command("demo")
def demo(as_json: AsJson = False) -> None:
    """Run the sample company's drafts through the gate: what is sent, watched, reviewed, blocked, and why."""
    services, put_aside = sample.open_afresh(read_settings())
    try:
        results = _submit(services)
        if as_json:
            ok = _run_for_programs(services, results)
        else:
            ok = _run_for_people(services, results, put_aside=str(put_aside) if put_aside else "")
    finally:
        services.close()
    raise typer.Exit(0 if ok else 1)


def _submit(services: Services) -> list[SampleResult]:
    shown = sys.stderr.isatty()
    drafts = sample.submit_samples(services)
    return list(track(drafts, "submitting", console=side_console(), transient=True, disable=not shown))


def _run_for_programs(services: Services, results: Sequence[SampleResult]) -> bool:
    left = sample.send_what_may_leave(services, patience=_PATIENCE, tick=lambda _left: None)
    for result in sample.where_they_are(services, results):
        print_json({"file": result.file, **standing_record(result.standing)})
    return left == 0 and not sample.compare(services, results)[1]


def _run_for_people(services: Services, results: Sequence[SampleResult], *, put_aside: str) -> bool:
    say(f"{services.opened.name}: {len(results)} drafts that agents wrote, each judged before anything leaves.")
    if put_aside:
        say(f"(The last run's state is in {put_aside}.)", style="dim")
    print_table(
        ("draft~", "risk*", "route*", "deciding rule", "reasons"), map(_row, results), nothing="no sample drafts"
    )
    left = _send(services)
    _say_what_became(services, sample.where_they_are(services, results), left)
    wrong = _say_whether_expected(services, results)
    _tell_stories(services, results)
    _say_how_to_go_on(services)
    return left == 0 and not wrong


def _row(result: SampleResult) -> tuple[str | Text, ...]:
    verdict = result.standing.assessment
    reasons = [check.message for check in sorted(verdict.checks, key=lambda c: -c.severity.rank)]
    said = one_line("; ".join(reasons), 150) if reasons and not verdict.route.sends_unattended else verdict.ruling.why
    return (
        result.file.rpartition(".")[0],
        styled(verdict.risk.tier.value),
        styled(verdict.route.value),
        verdict.ruling.rule,
        said,
    )


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
        found = ((r, c) for r in results for c in r.standing.assessment.checks if c.check == check)
        result, reason = next(found, (None, None))
        if result is not None and reason is not None and told < _STORY_COUNT:
            told += 1
            say()
            tell(f"{told}. {result.file}", result.standing, reason, now=services.clock.now())


def _say_how_to_go_on(services: Services) -> None:
    with services.store.snapshot() as reader:
        verified = verify_store(reader)
    say()
    say(f"The trail is whole: {verified.head.seq} events, {verified.drafts} drafts stand where it says they stand.")
    say(f"Its head, to note down elsewhere: {head_text(verified.head)}")
    say("Open the review page: make serve", style="bold")
