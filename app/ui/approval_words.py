"""Plain words for requests: who is asked, how far it has come, and what happens with time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.approvals.panel import missing
from app.approvals.timers import Timer
from app.core.approvals import AGENT_PREFIX, SENDER, ApprovalRequest, Requirement, Resolver, ResolverKind, Seat, Via
from app.core.facts import Person
from app.core.ports import People
from app.ui.words import day_and_time, name_of, stretch, worded

_HAPPENS = {
    Timer.ABSENCE: "somebody goes away or comes back, and who is asked changes",
    Timer.CONSENT: "it counts as agreed if nobody objects",
    Timer.ESCALATION: "the managers of those asked are asked too",
    Timer.REMINDER: "whoever has not answered is reminded",
    Timer.EXPIRY: "it lapses and is not sent",
}
_CAME_BY = {
    Via.FALLBACK: "as the fallback",
    Via.MANAGER: "as a manager of the sender",
    Via.LAST_RESORT: "as an administrator",
    Via.ESCALATED: "by escalation",
}


def resolver_words(resolver: Resolver, people: People) -> str:
    """Whom a rule asks: `the sender's manager`, `legal`, `Ruth Calloway`."""
    argument = resolver.argument or ""
    match resolver.kind:
        case ResolverKind.USER:
            return "the sender" if argument == SENDER else name_of(argument, people)
        case ResolverKind.MANAGER:
            return "the sender's manager"
        case ResolverKind.ROLE:
            return worded(argument)
        case ResolverKind.RECORD_OWNER:
            return "the deal's owner"
        case ResolverKind.AGENT:
            return f"agent {argument} below {resolver.below} risk"
        case ResolverKind.AUTO_APPROVE:
            return f"nobody, unless somebody objects within {stretch(resolver.after)}" if resolver.after else "nobody"


def requirement_words(requirement: Requirement, people: People) -> str:
    """Whose agreement a rule demands, in the order in which they are asked."""
    stages = [
        f"{stage.needed} of {resolver_words(stage.resolver, people)}"
        if stage.needed > 1
        else resolver_words(stage.resolver, people)
        for stage in requirement.stages
    ]
    demands = {
        "with a reason": requirement.justify,
        "with a fresh code": requirement.step_up,
        "neither sender nor editors": requirement.separate_duties,
    }
    return ", ".join([", then ".join(stages), *(words for words, demanded in demands.items() if demanded)])


def progress_words(request: ApprovalRequest, people: People) -> str:
    """How far the request has come: `1 of 2 said yes; then legal`."""
    stages, at = request.requirement.stages, request.stage
    said = stages[at].needed - missing(request)
    now = f"{said} of {stages[at].needed} said yes"
    before = f"Stage {at + 1} of {len(stages)}: " if len(stages) > 1 else ""
    after = "".join(f"; then {resolver_words(stage.resolver, people)}" for stage in stages[at + 1 :])
    return f"{before}{now}{after}"


def seat_words(seat: Seat, people: People) -> str:
    """How somebody came to be asked, where that is not plain from the rule."""
    if seat.via is Via.DELEGATE and seat.instead_of:
        return f"in the name of {name_of(seat.instead_of, people)}"
    if seat.via is Via.REASSIGNED and seat.instead_of:
        return f"instead of {asked_name(seat.instead_of, people)}"
    return _CAME_BY.get(seat.via, "")


def asked_name(id: str, people: People) -> str:
    """The name of whoever is asked, a person or an agent."""
    return f"agent {id.removeprefix(AGENT_PREFIX)}" if id.startswith(AGENT_PREFIX) else name_of(id, people)


def timer_lines(timers: Mapping[Timer, datetime], *, paused: bool, person: Person, now: datetime) -> tuple[str, ...]:
    """What happens next by itself, and when it lapses, each as a sentence."""
    lines = ["A question waits for its answer: until then nobody is reminded and silence says nothing."] * paused
    # Of what rings at the same moment, the earlier one in the enumeration acts.
    first = min(timers, key=lambda timer: (timers[timer], list(Timer).index(timer)), default=None)
    for timer in dict.fromkeys((first, Timer.EXPIRY)):
        if timer is not None and timer in timers:
            moment = timers[timer]
            when = f"In {stretch(moment - now)}" if moment > now else "Any moment now"
            lines.append(f"{when} {_HAPPENS[timer]} ({day_and_time(moment, person)}).")
    return tuple(lines)
