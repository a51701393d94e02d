"""One action on one screen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from app.actions.standing import ActionStanding
from app.approvals.panel import missing, silent_people
from app.audit.chain import ChainedEvent
from app.cli.dossier import print_remarks, print_request
from app.cli.output import clean, console, moment, one_line, say, styled
from app.core.actions import ActionState, Values


def tell_place(standing: ActionStanding) -> None:
    """Where it is, in a line or two."""
    row, ruling = standing.row, standing.assessment.ruling
    until = f", to be claimed until {moment(row.due_at)}" if row.state is ActionState.APPROVED else ""
    say(f"{row.id} is {row.state.value}{until} ({one_line(ruling.why, 90)}, rule {ruling.rule})")
    request = standing.pending
    if request is not None:
        say(f"{missing(request)} of {', '.join(silent_people(request)) or 'nobody'} must approve")


def print_action(standing: ActionStanding, events: Sequence[ChainedEvent]) -> None:
    """What it is, why it stands where it stands, who is asked, who carried it out, and its trail."""
    row, action, verdict = standing.row, standing.action, standing.assessment
    until = f", until {moment(row.due_at)}" if row.due_at else ""
    say(f"{row.id}  {row.state.value}{until}", style="bold")
    say(f"  {one_line(action.headline, 200)}")
    say(f"  by {one_line(action.agent)} for {row.on_behalf_of}, proposed {moment(row.created_at)}")
    if action.reason:
        say(f"  because: {one_line(action.reason, 300)}")
    if action.rollback_of:
        say(f"  takes back {action.rollback_of}")
    say(f"  digest: {row.digest}")
    for line in _changes(action.before, {**(action.after or {}), **(action.payload or {})}):
        say(f"    {line}")
    say()
    console().print(styled(row.route.value), styled(f"{verdict.risk.tier.value} risk"), end="  ")
    say(f"{verdict.ruling.why} (rule {verdict.ruling.rule}, policy {verdict.ruling.policy_version})")
    for request in standing.approvals:
        print_request(request)
    print_remarks(standing.remarks)
    if row.claim is not None:
        say(f"claimed by {row.claim.executor}, for {row.claim.person}, until {moment(row.claim.until)}")
    if row.report is not None:
        reason = f": {one_line(row.report.reason, 200)}" if row.report.reason else ""
        say(f"{row.report.by} reported {row.report.outcome} at {moment(row.report.at)}{reason}")
    say()
    for event in events:
        say(f"  {event.at[:19]}  {event.kind}  {event.actor}")


def _changes(before: Values | None, after: Values) -> Iterator[str]:
    known = before or {}
    for name in dict.fromkeys((*known, *after)):
        was = _shown(known[name]) if name in known else ("not known" if before is None else "nothing")
        yield f"{one_line(name, 60)}: {was} → {_shown(after[name]) if name in after else 'nothing'}"


def _shown(value: object) -> str:
    return one_line(clean(json.dumps(value, ensure_ascii=False)), 200)
