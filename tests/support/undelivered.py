"""Mail that does not get through: a mailbox that answers badly, and drafts that come to grief at it."""

from __future__ import annotations

from app.core.drafts import Draft
from app.core.ports import Manner
from app.services import Services
from app.standing import Standing, read_standing
from tests.support.gates import RecordingMail

FORGETFUL = Manner(lays_ready=False, sends_once=False, remembers=False)
"""A mailbox that cannot be asked what became of a mail."""


def come_to_grief(services: Services, mail: RecordingMail, draft: Draft, *answers: str) -> Standing:
    """Hand in a draft that a rule lets go, and send it at once to a mailbox that answers so; where it stands then."""
    submitted = services.gate.submit(draft)
    mail.failures = list(answers)
    services.gate.deliver([submitted])
    with services.store.read() as reader:
        return read_standing(reader, submitted.row.id)
