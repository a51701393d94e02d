"""`countersign autonomy`, `incident` and `samples`: what agents have earned, and a look at what left unattended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from app.autonomy import incidents, promotions, samples
from app.autonomy.promotions import Earning, Status
from app.cli.house import Acting, AsJson, DraftRef, Reading, acting_person, find_draft, house, reading_person
from app.cli.output import moment, one_line, print_json, print_table, say, styled
from app.core.autonomy import Look, Outcome, Sample, Subject, shown
from app.core.codec import to_record
from app.core.errors import InvalidInput
from app.core.routes import Tier
from app.records import earning_record

app = typer.Typer()
earned = typer.Typer(help="What agents have earned, with the figures; sign it, or withdraw it.")
drawn = typer.Typer(help="Mails that left unattended and were drawn for a look.")
app.add_typer(earned, name="autonomy")
app.add_typer(drawn, name="samples")

_COLUMNS = {
    Outcome.UNCHANGED: "ok*",
    Outcome.LIGHT_EDIT: "light*",
    Outcome.HEAVY_EDIT: "heavy*",
    Outcome.REJECTED: "rejected*",
    Outcome.INCIDENT: "incidents*",
    Outcome.UNATTENDED: "alone*",
}

Agent = Annotated[str, typer.Argument(metavar="AGENT", help="The agent, as drafts name it.", show_default=False)]
Action = Annotated[
    str, typer.Argument(metavar="ACTION", help="The kind of mail, as drafts name it.", show_default=False)
]
AtTier = Annotated[Tier, typer.Argument(metavar="TIER", help="The tier of risk.", show_default=False)]


@earned.callback(invoke_without_command=True)
def autonomy(ctx: typer.Context, as_json: AsJson = False) -> None:
    """What became of each agent's drafts, by kind of mail and tier, and what that earns it."""
    if ctx.invoked_subcommand is not None:
        return
    with house() as services, services.store.read() as reader:
        found = promotions.overview(reader, services.gate.policy.read(reader))
    if as_json:
        for each in found:
            print_json(earning_record(each))
        return
    print_table(
        ("agent", "action*", "tier*", *_COLUMNS.values(), "bound*", "status*"),
        (_row(each) for each in found),
        nothing="nothing is known yet: no draft has been sent, rejected or taken back",
    )
    for each in found:
        _say_next(each)


def _row(each: Earning) -> tuple[str, ...]:
    figures = each.figures
    counts = (str(figures[outcome]) for outcome in _COLUMNS)
    subject = each.subject
    return (subject.agent, subject.action, subject.tier.value, *counts, shown(figures.bound), each.status.value)


def _say_next(each: Earning) -> None:
    subject = each.subject
    if each.status is Status.PROPOSED:
        say(f"proposed: {subject}: {each.why}", style="green")
        say(f"  countersign autonomy sign '{subject.agent}' {subject.action} {subject.tier} --as PERSON")
    elif each.status is Status.SUSPENDED:
        say(f"suspended: {subject}: {each.why}", style="yellow")


@earned.command("sign")
def sign(
    agent: Agent,
    action: Action,
    tier: AtTier,
    *,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")] = "",
    as_json: AsJson = False,
) -> None:
    """Let an agent go without a review where rules allow it: `review` becomes `monitor`, until an incident."""
    subject = Subject(agent=agent, action=action, tier=tier)
    with house() as services:
        made = promotions.sign(
            services.store,
            services.ids,
            services.gate.policy,
            subject,
            person=acting_person(services, person),
            reason=reason,
            now=services.clock.now(),
        )
    if as_json:
        print_json(to_record(made))
        return
    say(f"{made.signed_by} signed {made.id}: {subject} is no longer read first where a rule says `autonomy: true`")
    say(f"signed on {made.unchanged} of {made.decided} approved unchanged, lower bound {shown(made.bound)}")


@earned.command("withdraw")
def withdraw(
    agent: Agent,
    action: Action,
    tier: AtTier,
    *,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="Why; it stands in the trail.")],
    as_json: AsJson = False,
) -> None:
    """Have people read such drafts again; the agent starts anew."""
    subject = Subject(agent=agent, action=action, tier=tier)
    with house() as services:
        who = acting_person(services, person)
        ended = promotions.withdraw(services.store, subject, person=who, reason=reason, now=services.clock.now())
    if as_json:
        print_json(to_record(ended))
        return
    say(f"{ended.id} has ended: people read what rules send to review, for {subject} too")


@app.command("incident")
def incident(
    reference: DraftRef,
    person: Acting,
    reason: Annotated[str, typer.Option(metavar="R", help="What went wrong; it stands in the trail.")],
    as_json: AsJson = False,
) -> None:
    """Record that a mail should not have been sent. What its agent had earned for such mails ends at once."""
    with house() as services:
        who = acting_person(services, person)
        draft_id = find_draft(services, reference, person=who).row.id
        made = incidents.record_incident(
            services.store,
            services.ids,
            services.opened.world.people,
            draft_id,
            reason=reason,
            person=who,
            now=services.clock.now(),
        )
    if as_json:
        print_json(to_record(made))
        return
    say(f"{made.id}: {made.by} recorded an incident about {made.draft_id}: {made.reason}")


@drawn.callback(invoke_without_command=True)
def list_samples(
    ctx: typer.Context,
    person: Reading = None,
    looked_at: Annotated[bool, typer.Option("--looked-at", help="Those that somebody has looked at.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """What left unattended and waits for a look after the fact, oldest first."""
    if ctx.invoked_subcommand is not None:
        return
    with house() as services, services.store.read() as reader:
        who = reading_person(services, person)
        found = samples.listed(reader, person=who, looked_at=looked_at, limit=limit)
        subjects = {each.draft_id: reader.drafts.get(each.draft_id).subject for each in found}
    if as_json:
        for each in found:
            print_json(to_record(each))
        return
    _print_samples(found, subjects)


def _print_samples(found: Sequence[Sample], subjects: dict[str, str]) -> None:
    print_table(
        ("draft*", "route*", "left*", "number*", "share*", "look*", "subject"),
        (
            (
                each.draft_id,
                styled(each.route.value),
                moment(each.drawn_at),
                f"{each.number:.4f}",
                f"{each.share:g}",
                f"{each.look}, {each.looked_by}" if each.look else "",
                one_line(subjects[each.draft_id]),
            )
            for each in found
        ),
        nothing="no samples; `sampling` in the policy says which share of unattended mail is drawn",
    )


@drawn.command("look")
def look(
    reference: DraftRef,
    person: Acting,
    fine: Annotated[bool, typer.Option("--fine", help="It was right to send it.")] = False,
    went_wrong: Annotated[
        str | None, typer.Option("--incident", metavar="REASON", help="It should not have been sent, and why.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what you saw in a mail that left unattended."""
    if fine is (went_wrong is not None):
        raise InvalidInput("say what you saw: exactly one of --fine and --incident REASON")
    with house() as services:
        who = acting_person(services, person)
        draft_id = find_draft(services, reference, person=who).row.id
        seen = samples.look(
            services.store,
            services.ids,
            services.opened.world.people,
            draft_id,
            seen=Look.FINE if fine else Look.INCIDENT,
            reason=went_wrong or "",
            person=who,
            now=services.clock.now(),
        )
    if as_json:
        print_json(to_record(seen))
        return
    say(f"{seen.looked_by} looked at {seen.draft_id}: {seen.look}")
