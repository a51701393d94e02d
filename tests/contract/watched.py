"""A provider under observation: it behaves as the one inside, and a test may stop who calls it around a step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.core.clock import Clock
from app.core.lifecycle import State
from app.core.ports import Handle, MailProvider, Manner, OutgoingMail, Pace, Receipt
from app.store.store import Store
from tests.support.provider.faults import Step

_PATIENCE = 30.0
_UNDER_A_LEASE = frozenset({State.SENDING, State.RECONCILING})

Hook = Callable[[], None]


class Died(BaseException):
    """The end of a worker. It is no Exception: nothing on the way may catch it and go on."""


def die() -> None:
    """Be killed here."""
    raise Died


@dataclass(kw_only=True)
class Watched:
    """The provider inside, observed. `before` and `after` are called once each, around the step that they name."""

    inside: MailProvider
    store: Store
    clock: Clock
    pace: Pace | None = None
    """Instead of the pace of the provider inside, where it is given."""
    before: dict[Step, Hook] = field(default_factory=dict)
    after: dict[Step, Hook] = field(default_factory=dict)
    calls: list[Step] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    """When the provider was told to send."""
    objections: list[str] = field(default_factory=list)
    """What was wrong with a call. They are kept and not raised, for whatever a provider raises is an answer."""

    @property
    def name(self) -> str:
        """As inside."""
        return self.inside.name

    @property
    def manner(self) -> Manner:
        """As inside, but for the pace."""
        manner = self.inside.manner
        if self.pace is None:
            return manner
        once, remembers = manner.sends_once, manner.remembers
        return Manner(lays_ready=manner.lays_ready, sends_once=once, remembers=remembers, pace=self.pace)

    def prepare(self, mail: OutgoingMail) -> Handle:
        """As inside."""
        self._come(Step.PREPARE, mail.send_id, raw=mail.raw)
        handle = self.inside.prepare(mail)
        self._go(Step.PREPARE)
        return handle

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """As inside."""
        self._come(Step.VERIFY, mail.send_id, raw=mail.raw)
        self.inside.verify(mail, handle)
        self._go(Step.VERIFY)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """As inside."""
        self._come(Step.SEND, mail.send_id, raw=mail.raw, handle=handle)
        self.moments.append(self.clock.now())
        answer = self.inside.send(mail, handle)
        self._go(Step.SEND)
        return answer

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """As inside."""
        self._come(Step.CONFIRM, mail.send_id, raw=mail.raw)
        receipt = self.inside.confirm(mail, answer)
        self._go(Step.CONFIRM)
        return receipt

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """As inside."""
        self._come(Step.FIND, send_id)
        receipt = self.inside.find(send_id, handle)
        self._go(Step.FIND)
        return receipt

    def _come(self, step: Step, send_id: str, *, raw: bytes | None = None, handle: Handle | None = None) -> None:
        self.calls.append(step)
        self._look(step, send_id, raw, handle)
        hook = self.before.pop(step, None)
        if hook is not None:
            hook()

    def _go(self, step: Step) -> None:
        hook = self.after.pop(step, None)
        if hook is not None:
            hook()

    def _look(self, step: Step, send_id: str, raw: bytes | None, handle: Handle | None) -> None:
        """What has to be in the database before the provider hears anything."""
        with self.store.read() as reader:
            intent = reader.sends.find(send_id)
            if intent is None:
                self.objections.append(f"{step} was called before the intent was written")
                return
            state = reader.drafts.get(intent.draft_id).state
        if raw is not None and raw != intent.raw:
            self.objections.append(f"{step} got other bytes than those that were saved")
        if step is Step.SEND and not intent.called:
            self.objections.append("send was called before it was written down that it may be")
        if step is Step.SEND and self.manner.lays_ready and dict(handle or {}) != dict(intent.handle or {}):
            self.objections.append("send was called before the handle was saved")
        if step is Step.SEND and state not in _UNDER_A_LEASE:
            self.objections.append(f"send was called while the draft was {state}")


class Frozen:
    """Somebody who calls the provider in a thread of their own and stands still until they are thawed."""

    def __init__(self, watched: Watched, step: Step, call: Callable[[], object]) -> None:
        self._reached = threading.Event()
        self._go = threading.Event()
        watched.before[step] = self._stand_still
        self._thread = threading.Thread(target=call)
        self._thread.start()

    def _stand_still(self) -> None:
        self._reached.set()
        assert self._go.wait(_PATIENCE), "nobody has thawed it"

    def reached(self) -> bool:
        """Whether it has come to the step; False where it came to its end without."""
        while self._thread.is_alive():
            if self._reached.wait(0.01):
                return True
        return self._reached.is_set()

    def thaw(self) -> None:
        """Let it go on, to its end."""
        self._go.set()
        self._thread.join(_PATIENCE)
        assert not self._thread.is_alive(), "it came to no end"
