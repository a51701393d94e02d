"""One draft on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.cli.output import clean, console, moment, one_line, say, styled
from app.cli.story import tell_result
from app.core.approvals import ApprovalRequest, Via
from app.core.assessment import RuleMatch
from app.core.findings import Findings
from app.core.lifecycle import State
from app.core.remarks import Remark
from app.policy.cel_text import literal_text
from app.rewriting import offers
from app.standing import Standing


def print_dossier(standing: Standing, *, now: datetime) -> None:
    """What it is, why it stands where it stands, what was found, who is asked, and the text."""
    _print_head(standing)
    _print_verdict(standing, now)
    _print_findings(standing.assessment.findings)
    for request in standing.approvals:
        print_request(request)
    print_remarks(standing.remarks)
    say()
    say(f"Subject: {one_line(standing.draft.subject, 200)}", style="bold")
    say(clean(standing.assessment.findings.text))
    for attachment in standing.draft.attachments:
        say(f"[{one_line(attachment.filename, 100)}, {attachment.content_type}, {attachment.size} bytes]")


def _print_head(standing: Standing) -> None:
    row, draft = standing.row, standing.draft
    known_as = f" ({one_line(row.client_id, 60)})" if row.client_id else ""
    timer = "next timer" if row.state is State.IN_REVIEW else "until"
    until = f", {timer} {moment(row.due_at)}" if row.due_at else ""
    say(f"{row.id}{known_as}  {row.state.value}{until}", style="bold")
    say(f"  {draft.action} by {one_line(draft.agent)} for {row.on_behalf_of}, handed in {moment(row.created_at)}")
    for name, addresses in (("to", draft.to), ("cc", draft.cc), ("bcc", draft.bcc)):
        if addresses:
            say(f"  {name}: {', '.join(addresses)}")
    if row.deal_id:
        say(f"  deal: {one_line(row.deal_id)}")
    if standing.editors:
        say(f"  edited by: {', '.join(sorted(standing.editors))}")
    say(f"  digest: {row.digest}")


def _print_verdict(standing: Standing, now: datetime) -> None:
    verdict = standing.assessment
    say()
    console().print(styled(verdict.route.value), styled(f"{verdict.risk.tier.value} risk"), end="  ")
    say(f"{verdict.ruling.why} (rule {verdict.ruling.rule}, policy {verdict.ruling.policy_version})")
    for match in verdict.ruling.matches:
        if match.rule == verdict.ruling.rule:
            _print_facts(match)
    if standing.row.permit is not None:
        say(f"  may leave by {standing.row.permit.granted_by}")
    for match in verdict.ruling.matches:
        if match.rule != verdict.ruling.rule:
            trial = " (on trial, decides nothing)" if match.shadow else ""
            say(f"  also {match.rule} → {match.route.value}{trial}: {match.why}")
            _print_facts(match)
    for fact in verdict.unknown:
        say(f"  not known: {fact.source}: {one_line(fact.reason, 160)}", style="yellow")
    numbers = {id(offer.result): offer.number for offer in offers(verdict)}
    for result in sorted(verdict.checks, key=lambda result: -result.severity.rank):
        tell_result(result, verdict.findings.text, now=now, number=numbers.get(id(result)))


def _print_facts(match: RuleMatch) -> None:
    """What made the rule apply."""
    if match.facts:
        told = "; ".join(f"{fact.path} is {literal_text(fact.value)}" for fact in match.facts)
        say(f"    because {one_line(told, 300)}")


def _print_findings(findings: Findings) -> None:
    if findings.commitments:
        say()
        say("Promises", style="bold")
    for promise in findings.commitments:
        due = f", due {promise.due_day:%a %d %b %Y}" if promise.due_day else ""
        say(f"  “{one_line(promise.text, 200)}”  [{promise.start}–{promise.end}]")
        say(f"     {promise.strength.value} {promise.kind.value}{due} (found by {promise.rule})")


def print_request(request: ApprovalRequest) -> None:
    """One request, who is asked, and what was said to it."""
    say()
    people = ", ".join(request.people) or "nobody"
    stages = len(request.requirement.stages)
    stage = f", stage {request.stage + 1} of {stages}" if stages > 1 else ""
    say(f"Approval {request.state.value}: {request.wanted.needed} of {people}{stage}", style="bold")
    say(f"  opened {moment(request.opened_at)}, expires {moment(request.expires_at)}")
    for seat in request.seats:
        if seat.instead_of:
            how = "in the name of" if seat.via is Via.DELEGATE else "in the place of"
            say(f"  {seat.person} is asked {how} {seat.instead_of}")
    if request.consulted or request.accountable:
        say(f"  consulted {', '.join(request.consulted) or 'nobody'}; accountable {request.accountable or 'nobody'}")
    for word in request.decisions:
        reason = f": {one_line(word.reason, 200)}" if word.reason else ""
        name = f" in the name of {word.in_name_of}" if word.in_name_of else ""
        say(f"  {word.person} said {word.verdict.value}{name} at {moment(word.at)}{reason}")


def print_remarks(remarks: Sequence[Remark]) -> None:
    """What was asked, answered and noted."""
    if remarks:
        say()
        say("Said about it", style="bold")
    for remark in remarks:
        about = f" {remark.answers}" if remark.answers else ""
        said = f"{remark.author} at {moment(remark.at)}: {one_line(remark.text, 300)}"
        say(f"  {remark.id} {remark.kind.value}{about}, {said}")
