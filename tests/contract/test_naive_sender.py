"""What all this is for: a sender as one would write it in an afternoon, against the same server and the same faults.

It posts, and where that raises it posts again, three times in all. No intent is written first, and nobody is asked.
Kept on purpose: the numbers below are how many customers would get a mail twice, and how many none.
"""

from __future__ import annotations

import contextlib
import itertools

import pytest

from app.core.errors import SendError
from app.core.ports import OutgoingMail
from tests.contract.mail_provider import outgoing
from tests.support.provider.client import Memoryless
from tests.support.provider.faults import BY_HAND, Fault, Step
from tests.support.provider.process import ServerProcess
from tests.support.provider.wire import Wire

TRIES = 3
AFTER_ACCEPTANCE = (
    Fault.UNANSWERED,
    Fault.ERROR_AFTER,
    Fault.SLOW_DOWN,
    Fault.SLOW,
    Fault.TRUNCATED,
    Fault.GARBAGE,
    Fault.REPEATED,
)
_NUMBERS = itertools.count(1)
FAULTS = tuple(fault for fault in Fault if fault not in BY_HAND)


def send_naively(provider: Memoryless, mail: OutgoingMail) -> None:
    """Post until it works."""
    for _ in range(TRIES):
        with contextlib.suppress(SendError):
            provider.send(mail, {})
            return


def delivered(server: ServerProcess, fault: Fault, *, times: int) -> int:
    mailbox = server.mailbox(f"naive-{next(_NUMBERS)}")
    wire = Wire(server.port, mailbox.name)
    mailbox.hurt(Step.SEND, fault, times=times)
    if fault is Fault.SLOW:
        wire.impatient_at = Step.SEND
    send_naively(Memoryless(wire), outgoing())
    return len(mailbox.deliveries())


@pytest.mark.parametrize("fault", AFTER_ACCEPTANCE, ids=str)
def test_one_fault_after_acceptance_delivers_twice(mail_server: ServerProcess, fault: Fault) -> None:
    assert delivered(mail_server, fault, times=1) == 2


def test_over_all_faults_seven_mails_of_fourteen_come_twice(mail_server: ServerProcess) -> None:
    counts = [delivered(mail_server, fault, times=1) for fault in FAULTS]
    assert (len(counts), counts.count(2), sum(counts)) == (14, 7, 20)


def test_while_the_fault_lasts_a_mail_comes_three_times(mail_server: ServerProcess) -> None:
    assert delivered(mail_server, Fault.ERROR_AFTER, times=TRIES) == 3


def test_a_mailbox_that_is_closed_loses_the_mail(mail_server: ServerProcess) -> None:
    assert delivered(mail_server, Fault.REVOKED, times=1) == 0
