"""Authenticator apps (TOTP, RFC 6238): enrolled once, then each of their codes proves once who somebody is."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyotp

from app.core.clock import Clock
from app.core.errors import Conflict, CountersignError, StepUpRequired, TooManyTries, WrongCode
from app.core.facts import Person
from app.core.plain import plain
from app.core.proofs import Proof, ProofMethod
from app.identity.vault import Vault
from app.permissions import Operation, require
from app.permissions.relations import to_somebodys
from app.store.identity import SecondFactor
from app.store.store import Store, Transaction
from app.trail import happened

ISSUER = "Countersign"
STEP_SECONDS = 30
MOST_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
_DRIFT = (-1, 0, 1)
"""Steps by which a phone's clock may be wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondFactors:
    """Everybody's authenticator apps."""

    store: Store
    vault: Vault
    clock: Clock
    """Of the house: moments are kept and compared by it."""
    wall: Clock
    """The real time, which phones go by: the house's clock may stand elsewhere."""

    def begin(self, person: Person, *, current: str | None = None) -> str:
        """The `otpauth://` URI of a fresh secret, to be shown once. It counts after `confirm`.

        Whoever has an authenticator already needs a code of it (`current`) to change it. Raises Conflict without one,
        what `prove` raises, and what `Vault.seal` raises.
        """
        require(person, Operation.IDENTITY_ENROL, to_somebodys(person, person.id), doing="enrol an authenticator")
        secret = pyotp.random_base32()
        sealed = self.vault.seal(secret, owner=person.id)
        if current is not None:
            self.prove(person, current)
        with self.store.write(now=self.clock.now()) as tx:
            tx.identity.hold(person.id)
            factor = tx.identity.factor(person.id)
            if factor.secret is not None and current is None:
                raise Conflict(
                    f"{person.id} has an authenticator already; give a code of it with --renew, "
                    f"or have an owner or admin run `countersign people reset {person.id}`"
                )
            tx.identity.save_factor(replace(factor, pending=sealed))
            tx.record(happened("identity.enrolling", f"person:{person.id}"))
        return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=ISSUER)

    def confirm(self, person: Person, code: str) -> None:
        """Put the secret that `begin` gave into use: its first code shows that it has arrived.

        Raises Conflict where nothing was begun, WrongCode, TooManyTries.
        """
        with self.store.read() as reader:
            if reader.identity.factor(person.id).pending is None:
                raise Conflict(f"no enrolment of {person.id} waits; begin with `countersign people totp`")
        self._try(person, code, confirming=True)

    def prove(self, person: Person, code: str) -> Proof:
        """That it is this person, by a code of their authenticator. In a transaction of its own: every try counts.

        Raises StepUpRequired where they have none, WrongCode, and TooManyTries after five wrong ones in a row.
        """
        at = self._try(person, code, confirming=False)
        return Proof(person=person.id, method=ProofMethod.TOTP, at=at)

    def reset(self, person: Person, *, by: Person, reason: str) -> None:
        """Forget somebody's authenticator, so that they can enrol another one. Raises NotPermitted."""
        require(by, Operation.IDENTITY_RESET, to_somebodys(by, person.id), doing=f"reset {person.id}'s authenticator")
        reason = plain(reason, field="reason")
        with self.store.write(now=self.clock.now()) as tx:
            tx.identity.hold(person.id)
            tx.identity.save_factor(SecondFactor(person=person.id))
            tx.record(happened("identity.reset", f"person:{by.id}", person=person.id, reason=reason))

    def rekey(self) -> int:
        """Encrypt every secret anew under the first key. Returns how many people have one."""
        with self.store.write(now=self.clock.now()) as tx:
            everybody = [factor.person for factor in tx.identity.factors()]
            for person in everybody:
                tx.identity.hold(person)
                factor = tx.identity.factor(person)
                secret, pending = (self._anew(sealed, person) for sealed in (factor.secret, factor.pending))
                tx.identity.save_factor(replace(factor, secret=secret, pending=pending))
            tx.record(happened("identity.rekeyed", "gate", people=len(everybody)))
            return len(everybody)

    def _anew(self, sealed: str | None, person: str) -> str | None:
        return self.vault.reseal(sealed, owner=person) if sealed is not None else None

    def _try(self, person: Person, code: str, *, confirming: bool) -> datetime:
        """The moment at which the code was accepted. What is counted is kept, whether it was right or wrong."""
        now = self.clock.now()
        with self.store.write(now=now) as tx:
            tx.identity.hold(person.id)
            factor = tx.identity.factor(person.id)
            refusal = self._refusal(tx, factor, code, confirming=confirming)
        if refusal is not None:
            raise refusal
        return now

    def _refusal(
        self, tx: Transaction, factor: SecondFactor, code: str, *, confirming: bool
    ) -> CountersignError | None:
        if factor.locked_until is not None and tx.now < factor.locked_until:
            return _locked(factor.person, factor.locked_until)
        sealed = factor.pending if confirming else factor.secret
        if sealed is None:
            return StepUpRequired(
                f"{factor.person} has no authenticator; enrol one with `countersign people totp --as {factor.person}`"
            )
        actor = f"person:{factor.person}"
        step = self._step_of(code, self.vault.unseal(sealed, owner=factor.person))
        if step is None or (factor.last_step is not None and step <= factor.last_step):
            return self._count_wrong(tx, factor)
        proved = replace(factor, last_step=step, tries=0, locked_until=None)
        if confirming:
            tx.identity.save_factor(replace(proved, secret=sealed, pending=None, enrolled_at=tx.now))
            tx.record(happened("identity.enrolled", actor))
        else:
            tx.identity.save_factor(proved)
            tx.record(happened("identity.proved", actor, method=ProofMethod.TOTP.value))
        return None

    def _step_of(self, code: str, secret: str) -> int | None:
        """The time step whose code this is, as far as a phone's clock may be wrong."""
        given = "".join(code.split()).encode("utf-8", "replace")
        totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
        current = int(self.wall.now().timestamp()) // STEP_SECONDS
        steps = [current + drift for drift in _DRIFT]
        # Every candidate is compared, and in constant time: how long it takes says nothing about the code.
        found = [hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), given) for step in steps]
        return next((step for step, same in zip(steps, found, strict=True) if same), None)

    def _count_wrong(self, tx: Transaction, factor: SecondFactor) -> CountersignError:
        tries, actor = factor.tries + 1, f"person:{factor.person}"
        if tries < MOST_TRIES:
            tx.identity.save_factor(replace(factor, tries=tries))
            tx.record(happened("identity.refused", actor, tries=tries))
            return WrongCode("this code proves nothing: it is wrong, too old or used already; wait for the next one")
        until = tx.now + LOCKED_FOR
        tx.identity.save_factor(replace(factor, tries=0, locked_until=until))
        tx.record(happened("identity.locked", actor, until=until.isoformat()))
        return _locked(factor.person, until)


def _locked(person: str, until: datetime) -> TooManyTries:
    said = f"{MOST_TRIES} wrong codes in a row locked {person}'s authenticator"
    return TooManyTries(said, until=until.isoformat(timespec="seconds"))
