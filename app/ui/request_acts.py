"""What can be said around a decision: questions, comments, places passed on, absences, reopening, incidents."""

from __future__ import annotations

from datetime import date, datetime, time

from app.autonomy.incidents import record_incident
from app.core.absences import Absence
from app.core.facts import Person
from app.core.lifecycle import State
from app.core.worktime import working_span, zone_of
from app.standing import Standing
from app.ui.attempt import attempt, done, missing
from app.ui.session import Seat, leave_it
from app.ui.words import day_and_time, name_of


def ask(seat: Seat, shown: Standing, text: str) -> None:
    """Ask the sender and the agent for information."""
    questions = seat.services.gate.reviews.questions
    if attempt(lambda: questions.ask(shown.row.id, person=seat.person.id, text=text)) is not None:
        leave_it()
        done(f"Asked. {name_of(shown.row.on_behalf_of, seat.people)} and the agent have been told.")


def answer(seat: Seat, shown: Standing, question_id: str, text: str) -> None:
    """Answer a question about a draft of one's own."""
    questions = seat.services.gate.reviews.questions
    if attempt(lambda: questions.answer(shown.row.id, question_id, author=seat.person.id, text=text)) is not None:
        done("Answered. Whoever asked has been told.")


def comment(seat: Seat, shown: Standing, text: str) -> None:
    """Note something for those who decide."""
    questions = seat.services.gate.reviews.questions
    if attempt(lambda: questions.comment(shown.row.id, person=seat.person.id, text=text)) is not None:
        leave_it()
        done("Noted, for everybody who looks at this draft.")


def pass_on(seat: Seat, shown: Standing, *, place_of: str, to: str, reason: str) -> None:
    """Have somebody else asked about this draft."""
    reassigning = seat.services.gate.reviews.reassigning
    after = attempt(
        lambda: reassigning.reassign(
            shown.row.id, place_of=place_of, to=to, person=seat.person.id, reason=reason.strip()
        )
    )
    if after is not None:
        leave_it()
        done(f"Passed on. {name_of(to, seat.people)} is asked now, and has been told.")


def reopen(seat: Seat, shown: Standing, reason: str) -> None:
    """Have people asked again about a draft whose time ran out."""
    after = attempt(
        lambda: seat.services.gate.reopen(
            shown.row.id, person=seat.person.id, digest=shown.row.digest, reason=reason.strip()
        )
    )
    if after is None:
        return
    leave_it()
    waits = "It waits for people again." if after.row.state is State.IN_REVIEW else "It must not leave as it is."
    done(f"Reopened, and judged on today's facts. {waits}")


def record(seat: Seat, shown: Standing, reason: str) -> None:
    """Say that a mail which has left should not have."""
    if not reason.strip():
        missing("Say what went wrong: the trail keeps it.")
        return
    services = seat.services
    made = attempt(
        lambda: record_incident(
            services.store,
            services.ids,
            seat.people,
            shown.row.id,
            reason=reason,
            person=seat.person,
            now=services.clock.now(),
        )
    )
    if made is not None:
        leave_it()
        done("Recorded. What the agent had earned for such mails has ended.")


def back_at(day: date, person: Person) -> datetime:
    """When the person is back on that day: as their work begins, at midnight where they do not work that day."""
    hours = working_span(day, person)
    return hours.start if hours else datetime.combine(day, time(), tzinfo=zone_of(person))


def go_away(seat: Seat, *, back_on: date, delegate: str | None) -> None:
    """Be out of office from now on."""
    absence = attempt(
        lambda: seat.services.gate.reviews.absences.add(
            person=seat.person.id,
            start=seat.services.clock.now(),
            until=back_at(back_on, seat.person),
            delegate=delegate,
            by=seat.person.id,
        )
    )
    if absence is not None:
        leave_it()
        done(f"You are away until {day_and_time(absence.until, seat.person)}. {stand_in_words(seat, absence)}")


def come_back(seat: Seat, absence: Absence) -> None:
    """Be back before one said one would."""
    if attempt(lambda: seat.services.gate.reviews.absences.end(absence.id, by=seat.person.id)) is not None:
        done("Welcome back. You are asked again.")


def stand_in_words(seat: Seat, absence: Absence) -> str:
    """Who decides meanwhile, as a sentence."""
    if absence.delegate is None:
        return "Whoever comes next in line is asked as well."
    return f"{name_of(absence.delegate, seat.people)} decides in your name."
