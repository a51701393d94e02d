"""People and the authenticator apps on their phones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp

from app.core.approvals import Requirement, Resolver, ResolverKind
from app.core.clock import Clock
from app.core.facts import Person
from app.identity.second_factor import STEP_SECONDS, SecondFactors
from app.standing import Standing
from tests.support.gates import Harness, a_draft

BY_RUTH = Resolver(kind=ResolverKind.USER, argument="ruth")
PROVED = Requirement(resolver=BY_RUTH, step_up=True)
STEP = timedelta(seconds=STEP_SECONDS)


@dataclass(frozen=True, slots=True)
class Phone:
    """An authenticator app that was given an address."""

    uri: str
    clock: Clock

    def code(self, *, steps: int = 0) -> str:
        """The code that it shows now, or so many steps from now."""
        [secret] = parse_qs(urlsplit(self.uri).query)["secret"]
        return pyotp.TOTP(secret).at(int(self.clock.now().timestamp()), counter_offset=steps)

    def wrong(self) -> str:
        """A code that it shows neither now nor just before or after."""
        near = {self.code(steps=steps) for steps in (-1, 0, 1)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in near)


def person(harness: Harness, id: str) -> Person:
    """The colleague."""
    found = harness.gate.assessor.world.people.person(id)
    assert found is not None
    return found


def enrolled(harness: Harness, factors: SecondFactors, id: str = "ruth") -> Phone:
    """Somebody's phone, after enrolment; its next code is good."""
    who = person(harness, id)
    phone = Phone(factors.begin(who), harness.clock)
    factors.confirm(who, phone.code())
    harness.clock.advance(STEP)
    return phone


def submitted(harness: Harness, requirement: Requirement = PROVED) -> Standing:
    """A draft in review under this demand."""
    harness.script.requirement = requirement
    return harness.gate.submit(a_draft("review"))


def kinds(harness: Harness, prefix: str) -> list[str]:
    """The kinds of the events that begin so, oldest first."""
    with harness.store.read() as reader:
        return [event.kind for event in reader.audit.events() if event.kind.startswith(prefix)]
