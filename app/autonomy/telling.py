"""Managers are told when an agent has earned autonomy and when one has lost it, soon after it happens.

A worker reads on in the trail from where the last one stopped: the trail is the queue. Each notice has an id made of
what it tells and to whom, so it is written once, whoever reads the event and however often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from app.autonomy.promotions import Earning, Status, earning_of, overview
from app.core.autonomy import Promotion, Subject
from app.core.clock import Clock
from app.core.notices import Notice, NoticeKind
from app.core.ports import People
from app.permissions import Operation, may
from app.policy.live import LivePolicy
from app.store.audit import EventPlace
from app.store.store import Reader, Store

_READ_UP_TO = "autonomy_told_up_to"
_BATCH = 500
_POLICY = frozenset({"policy.published"})
_OUTCOMES = frozenset({"draft.sent", "draft.rejected", "draft.undone", "incident.recorded"})
_ENDED = frozenset({"autonomy.ended"})


def tell_of_autonomy(store: Store, live: LivePolicy, people: People, clock: Clock) -> int:
    """Put on the board what has happened since somebody last looked. Returns how many notices that were.

    The first time, it tells what is proposed now. Raises InvalidPolicy where no policy is in force, FactUnavailable
    where the directory cannot be read; then the next call tells it.
    """
    with store.read() as reader:
        before = reader.settings.get(_READ_UP_TO)
        head = reader.audit.head().seq
        since = int(before) if before is not None else head
        if before is not None and since == head:
            return 0
        happened = reader.audit.places(after=since, limit=_BATCH, kinds=_POLICY | _OUTCOMES | _ENDED)
        up_to = happened[-1].seq if len(happened) == _BATCH else max(head, since)
        found = list(_notices(reader, live, people, happened, first=before is None, now=clock.now()))
    try:
        with store.write(now=clock.now()) as tx:
            if before is None:
                tx.settings.put_new(_READ_UP_TO, str(up_to))
            elif not tx.settings.replace(_READ_UP_TO, before, str(up_to)):
                return 0  # another worker was first
            known = tx.notices.known([notice.id for notice in found])
            fresh = [notice for notice in found if notice.id not in known]
            tx.notices.add(fresh)
            return len(fresh)
    except IntegrityError:
        return 0  # another worker was first


def _notices(
    reader: Reader, live: LivePolicy, people: People, events: Iterable[EventPlace], *, first: bool, now: datetime
) -> Iterator[Notice]:
    events = list(events)
    ended = [event.promotion for event in events if event.kind in _ENDED and event.promotion]
    signers = [person.id for person in people.everybody() if may(person, Operation.AUTONOMY_SIGN)]
    for promotion in reader.autonomy.promotions_of(ended):
        yield from _of_end(promotion, signers, now)
    policy = live.read(reader)
    if first or any(event.kind in _POLICY for event in events):
        earnings = overview(reader, policy)
    else:
        touched = [event.draft_id for event in events if event.kind in _OUTCOMES and event.draft_id]
        subjects = sorted(reader.autonomy.subjects_of(touched))
        earnings = [earning_of(reader, policy, subject) for subject in subjects]
    for earning in earnings:
        if earning.status is Status.PROPOSED:
            yield from _of_proposal(earning, signers, now)


def _of_proposal(earning: Earning, signers: Iterable[str], now: datetime) -> Iterator[Notice]:
    """Once for each time that the agent has begun to earn it: figures that fall and rise again are no news."""
    subject, since = earning.subject, earning.figures.since
    what = ("proposed", subject.agent, subject.action, subject.tier, since.isoformat() if since else "")
    text = f"{subject}: {earning.why}. Sign it, if you want such drafts to go unread: {_command(subject)}"
    yield from _each(signers, what, NoticeKind.PROMOTION_PROPOSED, text, now)


def _of_end(promotion: Promotion, signers: Iterable[str], now: datetime) -> Iterator[Notice]:
    """To all who may sign, and to who signed; not to the one who ended it."""
    text = f"{promotion.subject} has ended, people read such drafts again: {promotion.end_reason}"
    readers = dict.fromkeys([*signers, promotion.signed_by])
    told = (reader for reader in readers if reader != promotion.ended_by)
    yield from _each(told, ("ended", promotion.id), NoticeKind.AUTONOMY_ENDED, text, now)


def _each(
    readers: Iterable[str], what: tuple[str, ...], kind: NoticeKind, text: str, now: datetime
) -> Iterator[Notice]:
    for reader in readers:
        name = "\n".join((*what, reader))
        sum_ = sha256(name.encode()).hexdigest()
        yield Notice(id=f"no_{sum_[:16]}", recipient=reader, kind=kind, draft_id=None, text=text, at=now)


def _command(subject: Subject) -> str:
    return f"countersign autonomy sign {subject.agent} {subject.action} {subject.tier} --as YOU"
