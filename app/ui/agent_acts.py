"""What can be done about agents: stop and resume them, sign what they have earned, look at what they sent."""

from __future__ import annotations

from app.autonomy import promotions, samples
from app.core.autonomy import Look, Subject
from app.core.limits import Stop, StopScope
from app.limits import switch
from app.limits.rejudging import judge_all_freed
from app.ui.attempt import attempt, done, missing
from app.ui.session import Seat, memory


def stop(seat: Seat, scope: StopScope, subject: str, reason: str) -> None:
    """Let nothing of this begin to leave any more."""
    services = seat.services
    made = attempt(
        lambda: switch.stop(
            services.store,
            services.ids,
            scope=scope,
            subject=subject,
            reason=reason,
            person=seat.person,
            now=services.clock.now(),
        )
    )
    if made is not None:
        memory().asked_twice = None
        done(f"Stopped: {made.what}. From this moment no worker begins to send any of it.")


def resume(seat: Seat, stopped: Stop, reason: str) -> None:
    """Lift a stop, and have what it held judged again."""
    services = seat.services
    lifted = attempt(
        lambda: switch.resume_by_id(
            services.store, stopped.id, reason=reason, person=seat.person, now=services.clock.now()
        )
    )
    if lifted is None:
        return
    memory().asked_twice = None
    judged = attempt(lambda: judge_all_freed(services.gate))
    if judged is not None:
        drafts = "1 draft" if judged.done == 1 else f"{judged.done} drafts"
        more = f" {judged.failed} could not be judged now; workers go on trying." if judged.failed else ""
        done(f"No longer stopped: {lifted.what}. {drafts} that it held judged again on today's facts.{more}")


def sign(seat: Seat, subject: Subject, reason: str) -> None:
    """Put what an agent has earned in force."""
    services = seat.services
    made = attempt(
        lambda: promotions.sign(
            services.store,
            services.ids,
            services.gate.policy,
            subject,
            person=seat.person,
            reason=reason,
            now=services.clock.now(),
        )
    )
    if made is not None:
        memory().asked_twice = None
        done(f"Signed: {subject}. One incident ends it by itself.")


def withdraw(seat: Seat, subject: Subject, reason: str) -> None:
    """Have people read such drafts again."""
    services = seat.services
    ended = attempt(
        lambda: promotions.withdraw(
            services.store, subject, person=seat.person, reason=reason, now=services.clock.now()
        )
    )
    if ended is not None:
        memory().asked_twice = None
        done(f"Withdrawn: {subject}. People read such drafts again, and the agent starts anew.")


def look(seat: Seat, draft_id: str, seen: Look, reason: str) -> None:
    """Keep what the reader saw in a mail that left unattended."""
    if seen is Look.INCIDENT and not reason.strip():
        missing("Say what went wrong: the trail keeps it.")
        return
    services = seat.services
    kept = attempt(
        lambda: samples.look(
            services.store,
            services.ids,
            seat.people,
            draft_id,
            seen=seen,
            reason=reason,
            person=seat.person,
            now=services.clock.now(),
        )
    )
    if kept is not None:
        memory().asked_twice = None
        done("Kept: it was fine." if seen is Look.FINE else "Recorded as an incident. What was earned has ended.")
