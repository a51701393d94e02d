"""`countersign policy propose`, `review`, `publish` and the rest: how a policy comes into force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.house import Acting, AsJson, acting_person, house, read_text
from app.cli.output import moment, one_line, print_json, print_table, say
from app.cli.policy_text import Named, PolicyFile, is_proposal, named_text, read_policy
from app.core.approvals import Verdict
from app.core.errors import InvalidInput
from app.policy import proposals, service
from app.policy.differences import Difference, Differences, differences, text_difference
from app.policy.records import differences_record, proposal_record, published_record
from app.store.policies import Basis, PublishedPolicy

Why = Annotated[str, typer.Option(metavar="WHY", help="It stands in the trail.", show_default=False)]
Proposed = Annotated[str, typer.Argument(metavar="ID", help="A proposal's id.", show_default=False)]


def propose(
    file: PolicyFile,
    person: Acting,
    note: Annotated[str, typer.Option(metavar="N", help="What it is for, for whoever reviews it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Hand in a policy for review by somebody else. Nothing is judged by it yet."""
    text = read_text(file)
    read_policy(text, str(file))
    with house() as services:
        who = acting_person(services, person)
        found = proposals.propose(
            services.store, text, person=who, note=note, ids=services.ids, now=services.clock.now()
        )
    if as_json:
        print_json(proposal_record(found))
        return
    say(f"{found.id} is {found.state}: version {found.version}. Somebody other than {found.author} reviews it:")
    say(f"  countersign policy diff live {found.id}")
    say(f"  countersign policy simulate {found.id} --since 30d")
    say(f"  countersign policy review {found.id} --approve --reason WHY --as PERSON")


def listed(as_json: AsJson = False) -> None:
    """The policies that were proposed, newest first."""
    with house() as services, services.store.read() as reader:
        found = proposals.proposals(reader)
    if as_json:
        for proposal in found:
            print_json(proposal_record(proposal))
        return
    print_table(
        ("proposal*", "version*", "against*", "state*", "by*", "at*", "reviewed by*", "note", "reason"),
        (
            (
                proposal.id,
                str(proposal.version),
                str(proposal.base or ""),
                proposal.state.value,
                proposal.author,
                moment(proposal.proposed_at),
                proposal.reviewer or "",
                one_line(proposal.note),
                one_line(proposal.reason),
            )
            for proposal in found
        ),
        nothing="no policy was ever proposed",
    )


def review(
    proposal: Proposed,
    reason: Why,
    person: Acting,
    approve: Annotated[
        bool | None, typer.Option("--approve/--reject", help="Whether it may come into force.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Approve or reject a proposed policy that somebody else wrote."""
    if approve is None:
        raise InvalidInput("say --approve or --reject", field="review")
    with house() as services:
        who = acting_person(services, person)
        verdict = Verdict.APPROVE if approve else Verdict.REJECT
        found = proposals.review(
            services.store, proposal, person=who, verdict=verdict, reason=reason, now=services.clock.now()
        )
    if as_json:
        print_json(proposal_record(found))
        return
    say(f"{found.id} is {found.state}")
    if approve:
        say(f"to put it in force: countersign policy publish {found.id} --as PERSON")


def publish(
    policy: Annotated[str, typer.Argument(metavar="FILE|ID", help="A policy in YAML, or a proposal's id.")],
    person: Acting,
    without_review: Annotated[
        str | None, typer.Option(metavar="WHY", help="An exception: nobody reviewed it. For admins; needs a reason.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put a policy in force that somebody other than its author approved. Its version is higher than the last."""
    with house() as services:
        who = acting_person(services, person)
        now = services.clock.now()
        if is_proposal(policy) and without_review is None:
            found = service.publish_proposal(services.store, policy, person=who, now=now)
        else:
            text = named_text(services, policy) if is_proposal(policy) else read_text(Path(policy))
            read_policy(text, policy)
            found = service.publish(services.store, text, person=who, now=now, without_review=without_review)
    _say_published(found, as_json=as_json)


def rollback(
    to: Annotated[int, typer.Option(metavar="N", help="The version whose text is put in force again.")],
    reason: Why,
    person: Acting,
    as_json: AsJson = False,
) -> None:
    """Put the text of an earlier version in force again, under the next version number. Needs no new review."""
    with house() as services:
        who = acting_person(services, person)
        found = service.rollback(services.store, to, person=who, reason=reason, now=services.clock.now())
    _say_published(found, as_json=as_json)


def _say_published(found: PublishedPolicy, *, as_json: bool) -> None:
    policy = read_policy(found.text, f"version {found.version}")
    if as_json:
        window = policy.undo_window.total_seconds()
        print_json({**published_record(found), "undo_window_seconds": window, "warnings": list(policy.warnings)})
        return
    for warning in policy.warnings:
        say(f"note: {warning}", style="yellow")
    say(f"version {found.version} is in force from now on: {_grounds(found)}")


def history(as_json: AsJson = False) -> None:
    """Every version that was ever in force, newest first: who put it in force, when, and on what grounds."""
    with house() as services, services.store.read() as reader:
        found = service.history(reader)
    if as_json:
        for policy in found:
            print_json(published_record(policy))
        return
    print_table(
        ("version*", "by*", "at*", "on what grounds"),
        ((str(p.version), p.published_by, moment(p.published_at), _grounds(p)) for p in found),
        nothing="no policy was ever in force",
    )


def _grounds(policy: PublishedPolicy) -> str:
    match policy.basis:
        case Basis.FIRST:
            return "the first policy of this house"
        case Basis.REVIEWED:
            return f"proposal {policy.proposal_id}, approved by somebody other than its author"
        case Basis.UNREVIEWED:
            return f"without a review: {policy.reason}"
        case Basis.ROLLBACK:
            return f"version {policy.rolled_back_to} again: {policy.reason}"
        case None:
            return "not recorded"


def diff(
    before: Named,
    after: Named,
    as_text: Annotated[bool, typer.Option("--text", help="Line by line, as the texts were written.")] = False,
    as_json: AsJson = False,
) -> None:
    """What is different between two policies, rule by rule and setting by setting."""
    with house() as services:
        texts = named_text(services, before), named_text(services, after)
    if as_text:
        for line in text_difference(*texts, names=(before, after)):
            say(line)
        return
    found = differences(read_policy(texts[0], before), read_policy(texts[1], after))
    if as_json:
        print_json(differences_record(found))
        return
    for line in _told(found):
        say(line)


def _told(found: Differences) -> Iterator[str]:
    if found.nothing:
        yield "the two do the same: no rule and no setting is different"
    for rule in found.added:
        yield f"+ rule {rule.id}: {rule.route}{' on trial' if rule.shadow else ''} when {rule.when}"
    for rule in found.removed:
        yield f"- rule {rule.id}: {rule.route}{' on trial' if rule.shadow else ''} when {rule.when}"
    for changed in found.changed:
        yield f"~ rule {changed.id}"
        yield from (f"    {_part(part)}" for part in changed.parts)
    for moved in found.moved:
        yield f"~ rule {moved} stands elsewhere: of several rules with one route, the first that matches decides"
    yield from (f"~ {_part(part)}" for part in found.settings)


def _part(part: Difference) -> str:
    if part.before is None:
        return f"{part.path}: {part.after} (was not there)"
    if part.after is None:
        return f"{part.path}: gone (was {part.before})"
    return f"{part.path}: {part.before} → {part.after}"
