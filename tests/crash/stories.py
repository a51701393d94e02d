"""Stories that take a draft along every road there is. Each may be told again from the beginning at any time."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from app.accounts.grants import KeptGrants
from app.core.approvals import Verdict
from app.core.commitments import CommitmentState
from app.core.grants import Grant
from app.core.lifecycle import ON_THE_WAY, STUCK, State
from app.core.limits import StopScope
from app.identity.vault import Vault
from app.limits import switch
from tests.crash.house import OUTBOX, START
from tests.crash.mailbox import Fault, Kind
from tests.crash.telling import PROMISE, SHORT, Teller
from tests.support.processes import wait_until

_ACCOUNT = "priya@ours.example"
_KEY = base64.urlsafe_b64encode(bytes(32)).decode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """What happens, and through which mailbox."""

    happens: Callable[[Teller], None]
    mail: str
    new_house: bool = False
    """Whether it begins with the first opening of the house."""
    same_ending: bool = True
    """Whether a killed telling has to end exactly like an undisturbed one."""


def nothing_happens(teller: Teller) -> None:
    """A house is opened, and that is all."""


def a_house_is_opened(teller: Teller) -> None:
    """The first draft of a new house leaves."""
    teller.submit("first")
    teller.wait("first", State.SENT)


def promises_leave(teller: Teller) -> None:
    """Two mails with a promise leave by themselves; the promises fall due, one is kept and one is not."""
    teller.submit("kept", text=PROMISE)
    teller.submit("broken", text=PROMISE)
    for client_id in ("kept", "broken"):
        teller.wait(client_id, State.SENT)
    teller.house.clock.be_at_least(timedelta(days=2))
    _wait_for(teller, ["broken due_soon", "kept due_soon"])
    teller.keep_promise("kept", CommitmentState.KEPT)
    teller.house.clock.be_at_least(timedelta(days=7))
    _wait_for(teller, ["broken due_soon", "broken overdue", "kept due_soon"])
    teller.keep_promise("broken", CommitmentState.BROKEN)


def _wait_for(teller: Teller, alerts: list[str]) -> None:
    wait_until(lambda: set(alerts) <= set(teller.alerts()), seconds=60, what=f"alerts {alerts}: {teller.alerts()}")


def people_decide(teller: Teller) -> None:
    """One is approved, one rejected, one changed first, one taken back."""
    for client_id in ("approved", "rejected", "changed"):
        teller.submit(client_id, agent="asking-agent")
    later = (START + timedelta(days=3)).isoformat()
    teller.submit("taken-back", send_after=later)
    teller.decide("rejected", Verdict.REJECT)
    teller.edit("changed", SHORT.replace("fine", "perfect"))
    teller.decide("changed", person="ruth")  # nobody approves alone what they have changed themselves
    teller.decide("approved")
    teller.undo("taken-back")
    for client_id in ("approved", "changed"):
        teller.wait(client_id, State.SENT)


def nobody_decides(teller: Teller) -> None:
    """One lapses and is reopened, one goes by silence."""
    teller.submit("silent", agent="silent-agent")
    teller.submit("lapsed", agent="asking-agent")
    teller.wait("silent", State.SENT, hours=0.5)
    teller.wait("lapsed", State.EXPIRED, State.SENT, hours=3)
    teller.reopen("lapsed")
    teller.decide("lapsed")
    teller.wait("lapsed", State.SENT)


def everything_is_stopped(teller: Teller) -> None:
    """What is due while a stop holds waits for people, and leaves when the stop is lifted."""
    services, later = teller.services, (START + timedelta(hours=5)).isoformat()
    ruth = services.opened.world.people.person("ruth")
    assert ruth is not None
    teller.submit("held", send_after=later)
    if teller.row("held").state is State.SCHEDULED:
        now = services.clock.now()
        switch.stop(services.store, services.ids, scope=StopScope.ALL, reason="wrong list", person=ruth, now=now)
    teller.house.clock.be_at_least(timedelta(hours=6))
    teller.wait("held", State.IN_REVIEW, State.SENT)
    switch.resume(services.store, scope=StopScope.ALL, person=ruth, now=services.clock.now())
    teller.wait("held", State.SENT)


def a_mailbox_fails(teller: Teller) -> None:
    """Four mails go wrong in four ways; all of them leave in the end, once."""
    box = teller.house.mailbox
    for fault in (Fault.UNANSWERED, Fault.LOST, Fault.UNAVAILABLE, Fault.REFUSED):
        client_id = f"it-was-{fault}"
        box.will(client_id, fault)
        teller.submit(client_id, text=PROMISE if fault is Fault.UNANSWERED else SHORT)
        if fault is Fault.REFUSED and teller.wait(client_id, State.SENT, *STUCK) in STUCK:
            teller.house.clock.move(timedelta(hours=5))
            teller.wait_for_event(client_id, "send.reminded")
        teller.until_sent(client_id)


def a_mailbox_cannot_be_asked(teller: Teller) -> None:
    """Nobody knows how a send ended, and a person looks."""
    teller.house.mailbox.will("nobody-knows", Fault.UNANSWERED)
    teller.submit("nobody-knows", text=PROMISE)
    teller.until_sent("nobody-knows")


def a_receipt_comes_late(teller: Teller) -> None:
    """A send takes so long that people go on without it; then it turns out to have left."""
    box, gate = teller.house.mailbox, teller.services.gate
    _send_and_hold(teller, "late")
    while (row := teller.row("late")).state in ON_THE_WAY:
        teller.house.clock.move(timedelta(hours=1))
        gate.wake(row.id, row.version)  # as another worker would: this one has the draft in hand
    if row.state in STUCK:
        gate.decide(row.id, person="priya", verdict=Verdict.REJECT, digest=row.digest)
    box.release()
    if box.is_held_here():
        teller.wait_for_event("late", "send.late_receipt")


def a_receipt_comes_in_time(teller: Teller) -> None:
    """A send takes so long that another worker asks about it; then it turns out to have left."""
    _send_and_hold(teller, "slow")
    row = teller.row("slow")
    teller.house.clock.move(timedelta(minutes=2))
    teller.services.gate.wake(row.id, row.version)
    teller.house.mailbox.release()
    teller.until_sent("slow")


def an_account_comes_and_goes(teller: Teller) -> None:
    """Somebody connects an account; it is renewed, sealed anew, closed, connected again, and let go."""
    grants = replace(teller.services.accounts.grants, vault=Vault(_KEY))
    grants.connect("google", _ACCOUNT, scopes=["mail"], secret="first", by=None)
    grants.rekey()
    grants.renewed(_grant(grants), "second")
    assert _grant(grants).secret == "second"
    grants.closed(_grant(grants), "revoked")
    assert _grant(grants).closed == "revoked"
    grants.connect("google", _ACCOUNT, scopes=["mail"], secret="third", by=None)
    assert _grant(grants).secret == "third"
    grants.disconnect("google", _ACCOUNT, reason="let go", by=None)
    assert _grant(grants).closed == "let go"


def _grant(grants: KeptGrants) -> Grant:
    grant = grants.of("google", _ACCOUNT)
    assert grant is not None
    return grant


def _send_and_hold(teller: Teller, client_id: str) -> None:
    """Submit it, and have the provider's call not return."""
    box = teller.house.mailbox
    box.will(client_id, Fault.HELD)
    teller.submit(client_id)
    wait_until(
        lambda: box.is_held_here() or teller.row(client_id).state not in (State.SCHEDULED, State.SENDING),
        seconds=60,
        what="the call",
    )


STORIES = {
    "nothing happens": Story(happens=nothing_happens, mail=OUTBOX, new_house=True),
    "a house is opened": Story(happens=a_house_is_opened, mail=OUTBOX, new_house=True),
    "an account comes and goes": Story(happens=an_account_comes_and_goes, mail=OUTBOX),
    "promises leave": Story(happens=promises_leave, mail=OUTBOX),
    "people decide": Story(happens=people_decide, mail=OUTBOX),
    "nobody decides": Story(happens=nobody_decides, mail=OUTBOX),
    "everything is stopped": Story(happens=everything_is_stopped, mail=OUTBOX),
    "a mailbox with drafts fails": Story(happens=a_mailbox_fails, mail=Kind.DRAFTS_FIRST),
    "a plain mailbox fails": Story(happens=a_mailbox_fails, mail=Kind.PLAIN),
    "a mailbox cannot be asked": Story(happens=a_mailbox_cannot_be_asked, mail=Kind.BLIND),
    "a receipt comes in time": Story(happens=a_receipt_comes_in_time, mail=Kind.PLAIN),
    "a receipt comes late": Story(happens=a_receipt_comes_late, mail=Kind.PLAIN, same_ending=False),
}
