"""One-time codes: deciding from a phone. A code is worth one person's one word on one digest, for ten minutes.

It says that somebody reads that person's messages, no more, so it is never enough where a rule demands `step_up`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.approvals import ApprovalRequest, Verdict
from app.core.errors import (
    Conflict,
    FactUnavailable,
    InvalidInput,
    NotFound,
    NotPermitted,
    StepUpRequired,
    TooManyTries,
    WrongCode,
)
from app.core.facts import Person
from app.core.ids import Ids
from app.core.notices import Notice, NoticeKind
from app.core.ports import People
from app.gate import Gate
from app.permissions import Operation, require_decider
from app.standing import Standing, read_standing
from app.store.identity import OneTimeCode
from app.store.store import Store, Transaction
from app.trail import happened

GOOD_FOR = timedelta(minutes=10)
MOST_TRIES = 5
MOST_CODES = 5
WITHIN = timedelta(hours=1)
"""So many codes one person is given within this time."""
_ASKING = frozenset({NoticeKind.ASKED, NoticeKind.REMINDED, NoticeKind.ESCALATED})
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_HALF = 4
_READ_AS = str.maketrans("", "", "- ")
_NEVER_ENOUGH = (
    "the rule demands a fresh proof of who approves, and a one-time code is none: use an authenticator app"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuedCode:
    """A fresh code. It is here and nowhere else."""

    code: str
    """Such as `K7QM-2XHD`."""
    request_id: str
    draft_id: str
    person: str
    expires_at: datetime
    text: str
    """What to send to the person: the code, what it decides about, until when, and where to read it first."""


def issue(
    store: Store, ids: Ids, people: People, *, request_id: str, person: Person, link: str, now: datetime
) -> IssuedCode:
    """A code for this person's word on what the request asks about; codes they had for it before are worthless.

    `link` is the page's address. Raises NotFound, NotPermitted where they are not asked, Conflict where the request
    is closed, StepUpRequired where its rule demands more than a code, TooManyTries after five codes in an hour.
    """
    with store.write(now=now) as tx:
        tx.identity.hold(person.id)
        standing, request = _asked(tx, request_id, person, people)
        if request.requirement.step_up:
            raise StepUpRequired(_NEVER_ENOUGH)
        _require_not_too_many(tx, person)
        words = "".join(secrets.choice(_ALPHABET) for _ in range(2 * _HALF))
        salt = secrets.token_hex(16)
        kept = OneTimeCode(
            id=ids.new("oc"),
            person=person.id,
            request_id=request.id,
            draft_id=standing.row.id,
            digest=request.digest,
            salt=salt,
            hash=_hash(words, salt),
            issued_at=now,
            expires_at=min(now + GOOD_FOR, request.expires_at),
        )
        tx.identity.issue(kept)
        tx.record(
            happened("code.issued", f"person:{person.id}", draft_id=kept.draft_id, code=kept.id, approval=request.id)
        )
    code = f"{words[:_HALF]}-{words[_HALF:]}"
    return IssuedCode(
        code=code,
        request_id=request.id,
        draft_id=kept.draft_id,
        person=person.id,
        expires_at=kept.expires_at,
        text=_text(code, kept, standing, link=link),
    )


def _asked(tx: Transaction, request_id: str, person: Person, people: People) -> tuple[Standing, ApprovalRequest]:
    draft_id = tx.identity.draft_of_request(request_id)
    if draft_id is None:
        raise NotFound("request", request_id)
    standing = read_standing(tx, draft_id)
    try:
        require_decider(person, standing, people, operation=Operation.CODE)
    except NotFound:
        raise NotFound("request", request_id) from None
    request = standing.pending
    if request is None or request.id != request_id:
        raise Conflict(f"request {request_id} is closed; read the draft {draft_id} again")
    if request.expires_at <= tx.now:
        raise Conflict(f"request {request_id} expired at {request.expires_at.isoformat()}")
    return standing, request


def _require_not_too_many(tx: Transaction, person: Person) -> None:
    given = tx.identity.issued_since(person.id, tx.now - WITHIN)
    if len(given) >= MOST_CODES:
        until = (given[-MOST_CODES] + WITHIN).isoformat(timespec="seconds")
        raise TooManyTries(f"{person.id} was given {MOST_CODES} codes within the hour", until=until)


def _text(code: str, kept: OneTimeCode, standing: Standing, *, link: str) -> str:
    return (
        f"{code} decides once, until {kept.expires_at:%H:%M} UTC, about draft {kept.draft_id} "
        f"(“{standing.row.subject}”, for {standing.row.on_behalf_of}). Read it first: {link}/?draft={kept.draft_id}. "
        f"Then: countersign code {kept.request_id} {code} --approve"
    )


def notice_with_code(
    store: Store, ids: Ids, people: People, notice: Notice, *, link: str, now: datetime
) -> tuple[str, IssuedCode | None]:
    """What to carry to somebody's phone for a notice: its text, with a fresh code where one may answer it.

    That is where the notice asks for a decision and the request's rule says `by_phone`. The code is made when the
    notice is carried, not when it is written: nothing that is kept holds it.
    """
    if notice.kind not in _ASKING or notice.request_id is None or not _may_answer(store, notice.request_id):
        return notice.text, None
    try:
        person = people.person(notice.recipient)
        if person is None:
            return notice.text, None
        issued = issue(store, ids, people, request_id=notice.request_id, person=person, link=link, now=now)
    except (NotFound, NotPermitted, Conflict, TooManyTries, FactUnavailable):
        return notice.text, None
    return f"{notice.text}\n{issued.text}", issued


def _may_answer(store: Store, request_id: str) -> bool:
    """Whether the request still waits, and its rule lets people decide with a code from a notice."""
    with store.read() as reader:
        draft_id = reader.identity.draft_of_request(request_id)
        request = read_standing(reader, draft_id).pending if draft_id is not None else None
    return request is not None and request.id == request_id and request.requirement.by_phone


def decide_by_code(
    store: Store, gate: Gate, *, request_id: str, code: str, verdict: Verdict, reason: str, now: datetime
) -> Standing:
    """The word of whoever was given this code, on the digest that it was given for. The code is spent with it.

    Raises WrongCode for whatever is not a code of this request that is worth something now, StepUpRequired where the
    rule demands more to approve, and what `Gate.decide` raises. Where a reason is missing, the code stays good.
    """
    with store.write(now=now) as tx:
        tx.identity.hold(f"request:{request_id}")
        alive = tx.identity.try_codes(request_id, now=now, most_tries=MOST_TRIES)
        found = _matching(alive, code)
        refusal = _refusal(tx, found, alive, verdict)
        if found is not None and refusal is None:
            tx.identity.close_code(found, at=now)
            actor, said = f"person:{found.person}", verdict.value
            tx.record(happened("code.used", actor, draft_id=found.draft_id, code=found.id, verdict=said))
    if refusal is not None or found is None:
        raise refusal or _worthless()
    try:
        return gate.decide(
            found.draft_id,
            person=found.person,
            verdict=verdict,
            digest=found.digest,
            reason=reason,
            request_id=found.request_id,
        )
    except InvalidInput:
        with store.write(now=now) as tx:
            tx.identity.reopen_code(found)
        raise


def _refusal(
    tx: Transaction, found: OneTimeCode | None, alive: Sequence[OneTimeCode], verdict: Verdict
) -> WrongCode | StepUpRequired | None:
    if found is None:
        for code in alive:
            tx.record(happened("code.refused", "gate", draft_id=code.draft_id, code=code.id, tries=code.tries))
        return _worthless()
    request = read_standing(tx, found.draft_id).pending
    if verdict is Verdict.APPROVE and request is not None and request.requirement.step_up:
        return StepUpRequired(_NEVER_ENOUGH)
    return None


def _worthless() -> WrongCode:
    return WrongCode("this code is not good for this request: it is wrong, used, or too old; ask for another one")


def _matching(alive: Sequence[OneTimeCode], code: str) -> OneTimeCode | None:
    words = code.translate(_READ_AS).upper()
    return next((each for each in alive if hmac.compare_digest(_hash(words, each.salt), each.hash)), None)


def _hash(words: str, salt: str) -> str:
    # A short code could be found by trying all of them against a plain sum; this makes that slower than it is good.
    return hashlib.scrypt(words.encode("utf-8", "replace"), salt=salt.encode(), n=2**12, r=8, p=1, dklen=32).hex()
