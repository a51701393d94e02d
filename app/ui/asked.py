"""The right side of the review: who is asked and since when, how far it has come, and what happens next by itself."""

from __future__ import annotations

from app.approvals.panel import all_seats, silent_people
from app.core.approvals import AGENT_PREFIX, ApprovalRequest, Decision
from app.core.approvals import Seat as Place
from app.desk import is_consulted
from app.standing import Standing
from app.ui.approval_words import asked_name, progress_words, seat_words, timer_lines
from app.ui.highlight import visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import fact, heading, show
from app.ui.session import Seat
from app.ui.waiting import Waiting
from app.ui.words import age, day_and_time, name_of, names_of, short_digest


def show_asked(seat: Seat, standing: Standing, waiting: Waiting | None) -> None:
    """Who is asked, what they said so far, and which bytes it is about."""
    parts = [heading("Approval")]
    if waiting is not None:
        parts += _waiting_parts(seat, standing, waiting)
    parts += [_said(seat, word, standing, about) for about in standing.approvals for word in about.decisions]
    if standing.editors:
        parts.append(fact("Edited by", names_of(sorted(standing.editors), seat.people, last="and")))
    parts.append(fact("Digest", f"{short_digest(standing.row.digest)} (mail and policy)"))
    show(joined(*parts))


def _waiting_parts(seat: Seat, standing: Standing, waiting: Waiting) -> list[Html]:
    request, people = waiting.request, seat.people
    silent = set(silent_people(request))
    parts = [tag("div", progress_words(request, people), cls="cs-progress")]
    parts += [_place(seat, place, waiting) for place in all_seats(request) if place.person in silent]
    if request.consulted:
        parts.append(fact("Consulted", names_of(request.consulted, people, last="and")))
    if request.accountable:
        parts.append(fact("Accountable", name_of(request.accountable, people)))
    if request.requirement.separate_duties:
        parts.append(fact("Separate", "neither the sender nor an editor may approve"))
    lines = timer_lines(waiting.timers, paused=request.paused, person=seat.person, now=seat.now)
    parts += [tag("div", line, cls="cs-soft cs-small") for line in lines]
    if is_consulted(seat.person, standing) and seat.person.id not in request.people:
        parts.append(tag("div", "You are consulted: read it, ask, comment. Nothing waits for you.", cls="cs-small"))
    return parts


def _place(seat: Seat, place: Place, waiting: Waiting) -> Html:
    words = [f"asked {age(waiting.request.asked_since, seat.now)}", seat_words(place, seat.people)]
    if _is_away(seat, place, waiting):
        words.append("away now")
    you = " (you)" if place.person == seat.person.id else ""
    what = ", ".join(filter(None, words))
    return fact("Asked", f"{asked_name(place.person, seat.people)}{you}: {what}")


def _is_away(seat: Seat, place: Place, waiting: Waiting) -> bool:
    person = None if place.person.startswith(AGENT_PREFIX) else seat.people.person(place.person)
    return person is not None and waiting.case.away.is_away(person)


def _said(seat: Seat, word: Decision, standing: Standing, about: ApprovalRequest) -> Html:
    who = asked_name(word.person, seat.people)
    name = f" in the name of {name_of(word.in_name_of, seat.people)}" if word.in_name_of else ""
    why = f": {word.reason}" if word.reason else ""
    void = "" if about.digest == standing.row.digest else " (an earlier text)"
    proved = ", with a fresh code" if word.verified_at else ""
    when = tag("span", f" {day_and_time(word.at, seat.person)}", cls="cs-soft")
    what = tag("span", visible(f"{who}{name}: {word.verdict}{why}{proved}{void}"), when)
    return tag("div", tag("span", "Said", cls="cs-name"), what, cls="cs-fact")
