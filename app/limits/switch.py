"""The stop switch as people use it: stop, resume, and what is stopped now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.audit.chain import Event
from app.core.errors import InvalidInput, NotFound
from app.core.facts import Person
from app.core.ids import Ids
from app.core.limits import Stop, StopScope
from app.core.plain import plain
from app.permissions import require_switcher
from app.store.store import Reader, Store, Transaction
from app.trail import happened

_LONGEST_NAME = 200
_LOOK_BACK = 1000
"""How many stops are looked through for the one that somebody means."""


def stop(
    store: Store, ids: Ids, *, scope: StopScope, subject: str = "", reason: str, person: Person, now: datetime
) -> Stop:
    """Let nothing of this begin to leave any more. Once this returns, no worker begins such a send.

    `subject` is the agent or the action. The same stop twice is one: the first stands, and is returned.

    Raises InvalidInput without a subject or a reason, NotPermitted.
    """
    subject = _subject(scope, subject)
    reason = plain(reason, field="reason")
    if not reason:
        raise InvalidInput("is missing; say why, for everybody who wonders where the mails are", field="reason")
    require_switcher(person, scope)
    with store.write(now=now) as tx:
        tx.stops.take()
        known = _find(tx.stops.active(), scope, subject)
        if known is not None:
            return known
        made = Stop(id=ids.new("st"), scope=scope, subject=subject, reason=reason, by=person.id, at=now)
        tx.stops.put(made)
        tx.record(_event("stop.set", made, person, reason))
        return made


def resume(
    store: Store, *, scope: StopScope, subject: str = "", reason: str = "", person: Person, now: datetime
) -> Stop:
    """Lift the stop of this. Lifting it twice does it once.

    What it put into review is judged again afterwards: see `judge_freed`.

    Raises InvalidInput without a subject, NotPermitted, NotFound where nobody ever stopped this.
    """
    subject = _subject(scope, subject)
    require_switcher(person, scope)
    with store.write(now=now) as tx:
        tx.stops.take()
        known = _find(tx.stops.active(), scope, subject) or _find(tx.stops.newest(limit=_LOOK_BACK), scope, subject)
        if known is None:
            raise NotFound("stop of", subject or "everything")
        return _lift(tx, known, person, reason)


def resume_by_id(store: Store, stop_id: str, *, reason: str = "", person: Person, now: datetime) -> Stop:
    """Lift the stop with this id. Lifting it twice does it once. Raises NotFound, NotPermitted."""
    with store.write(now=now) as tx:
        tx.stops.take()
        known = tx.stops.get(stop_id)
        require_switcher(person, known.scope)
        return _lift(tx, known, person, reason)


def listed(reader: Reader, *, every: bool = False, limit: int = 100) -> Sequence[Stop]:
    """The stops in force, newest first; with `every`, those that were lifted too."""
    return reader.stops.newest(limit=limit) if every else reader.stops.active()[:limit]


def is_strange(reader: Reader, stop: Stop) -> bool:
    """Whether it is about an agent that has never handed anything in: perhaps its name is misspelt."""
    return stop.scope is StopScope.AGENT and not reader.stops.has_seen(stop.subject)


def _lift(tx: Transaction, known: Stop, person: Person, reason: str) -> Stop:
    if known.lifted_at is not None:
        return known
    tx.record(_event("stop.lifted", known, person, plain(reason, field="reason")))
    return tx.stops.lift(known, by=person.id, at=tx.now)


def _event(kind: str, stop: Stop, person: Person, reason: str) -> Event:
    facts = {"stop": stop.id, "scope": stop.scope.value, "subject": stop.subject, "reason": reason}
    return happened(kind, f"person:{person.id}", **facts)


def _find(stops: Sequence[Stop], scope: StopScope, subject: str) -> Stop | None:
    wanted = (scope, subject.casefold())
    return next((known for known in stops if (known.scope, known.subject.casefold()) == wanted), None)


def _subject(scope: StopScope, subject: str) -> str:
    subject = plain(subject, field=scope.value)
    if scope is StopScope.ALL:
        return ""
    if not subject:
        raise InvalidInput(f"is missing; name the {scope} to stop, or stop everything", field=scope.value)
    if len(subject) > _LONGEST_NAME:
        raise InvalidInput(f"is longer than {_LONGEST_NAME} characters; no {scope} is called so", field=scope.value)
    return subject
