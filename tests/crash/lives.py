"""A life in a storm: a worker, an agent that submits and a person who decides, in a process that may die at once."""

from __future__ import annotations

import os
import random
import resource
import time
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from app.core.approvals import Verdict
from app.core.errors import CountersignError
from app.core.lifecycle import STUCK, State
from app.intake import draft_from_json
from app.services import Services
from app.store.rows import DraftRow
from tests.crash.broken import MUTATIONS
from tests.crash.house import House
from tests.crash.telling import record_of

_REVIEWED = 5
"""Every so many drafts, one waits for a person."""
_AHEAD = 4
"""How many drafts the agents are at, at the same time."""
_REST_SECONDS = 0.02


def client_ids(count: int) -> list[str]:
    """The drafts of a storm, in the order in which they are handed in."""
    return [f"storm-{number:04d}" for number in range(count)]


def allow(house: House, count: int) -> None:
    """Let so many drafts be handed in from now on."""
    temporary = house.folder / "allowed.new"
    temporary.write_text(str(count), encoding="utf-8")
    temporary.rename(house.folder / "allowed")


def live(house: House, mutation: str) -> None:
    """Work, submit and decide until somebody ends this process."""
    MUTATIONS[mutation]()
    services = house.open()
    services.worker().start()
    (house.folder / "alive" / str(os.getpid())).touch()
    while True:
        go_on(house, services)


def live_on(house: House) -> None:
    """The same, in spite of a disk that is full and of a database that is gone: whoever is refused comes again."""
    (house.folder / "alive").mkdir(exist_ok=True)
    services = house.open()
    services.worker().start()
    (house.folder / "alive" / str(os.getpid())).touch()
    while True:
        heed_the_disk(house)
        try:
            go_on(house, services)
        except (DBAPIError, OSError) as error:
            print(f"refused: {error!r}"[:300], flush=True)
            (house.folder / "refused").touch()
            time.sleep(_REST_SECONDS)


def go_on(house: House, services: Services) -> None:
    """Do one thing that there is to do, or rest."""
    if not submit_one(house, services) and not decide_one(house, services):
        time.sleep(_REST_SECONDS)


def heed_the_disk(house: House) -> None:
    """Let files grow as far as the house says, and no further."""
    try:
        most = int((house.folder / "most-bytes").read_text(encoding="utf-8"))
    except FileNotFoundError:
        most = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def submit_one(house: House, services: Services) -> bool:
    """Hand in one of the drafts for which no answer has come yet. Returns whether there was one."""
    answered = house.acknowledged()
    wanted = client_ids(int((house.folder / "allowed").read_text(encoding="utf-8")))
    missing = [client_id for client_id in wanted if client_id not in answered][:_AHEAD]
    if not missing:
        return False
    client_id = random.choice(missing)  # noqa: S311 - a storm, not a secret
    agent = "inbox-agent" if int(client_id.rpartition("-")[2]) % _REVIEWED else "asking-agent"
    standing = services.gate.submit(draft_from_json(record_of(client_id, agent=agent)))
    house.acknowledge(client_id, standing.row.id)
    return True


def decide_one(house: House, services: Services) -> bool:
    """Approve one draft that waits; when it is calm, see to the stuck and the lapsed too. Returns if any was."""
    calm = (house.folder / "calm").exists()
    states = (State.IN_REVIEW, State.EXPIRED, *STUCK) if calm else (State.IN_REVIEW,)
    with services.store.read() as reader:
        waiting = reader.drafts.in_states(states, limit=_AHEAD)
    if not waiting:
        return False
    row = random.choice(waiting)  # noqa: S311 - a storm, not a secret
    with suppress(CountersignError):  # somebody may have been first
        _decide(house, services, row)
    return True


def _decide(house: House, services: Services, row: DraftRow) -> None:
    if row.state is State.IN_REVIEW:
        services.gate.decide(row.id, person="priya", verdict=Verdict.APPROVE, digest=row.digest)
        return
    if row.state is State.EXPIRED:
        services.gate.reopen(row.id, person="priya", digest=row.digest, reason="still right")
        return
    left = row.state is State.NEEDS_PERSON and house.deliveries()[str(row.client_id)] > 0
    services.gate.settle_send(row.id, person="priya", digest=row.digest, left=left, reason="I looked at the mailbox")
