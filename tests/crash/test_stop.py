"""The stop switch and the limits with real workers: nothing begins after a stop, and a limit is never overrun."""

from __future__ import annotations

import email
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.audit.service import verify_store
from app.core.limits import StopScope
from app.limits import switch
from app.limits.floors import STOPPED
from app.limits.overview import limits_in_use
from app.limits.rejudging import judge_all_freed
from app.services import Services
from tests.support.bursts import auto_sent_drafts, counts, hand_in, services_of
from tests.support.processes import Installation, wait_until

DRAFTS, STOPPED_AFTER, SENDERS = 500, 250, 2
LIMITED_TO, OVER_LIMIT, COUNTERS = 25, 60, 4
ENDED = {"sent", "unknown", "in_review"}
PATIENCE = 300.0
"""Seconds; a machine that has nothing else to do needs a tenth of it."""

pytestmark = pytest.mark.crash


@contextmanager
def workers(installation: Installation, count: int) -> Iterator[None]:
    """So many workers, told to stop at the end, which they have to do in good order."""
    running = [installation.start("worker") for _ in range(count)]
    try:
        yield
    finally:
        for worker in running:
            worker.send_signal(signal.SIGTERM)
        codes = [worker.wait(timeout=60) for worker in running]
    assert codes == [0] * count


def short_drafts(count: int) -> list[dict[str, object]]:
    """Drafts that are quickly judged, so that what is tried here takes the time and nothing else."""
    return [{**draft, "text": "Hi Joan,\n\nThat format is fine.\n\nPriya\n"} for draft in auto_sent_drafts(count)]


def test_no_send_begins_after_the_stop_and_all_of_them_do_after_it_is_lifted(
    installation: Installation, tmp_path: Path
) -> None:
    drafts = short_drafts(DRAFTS)
    hand_in(installation, drafts, tmp_path)
    with services_of(installation) as services, workers(installation, SENDERS):
        stop_in_the_middle(services, installation)
        sent, held = must_have_begun_nothing_after_the_stop(services)
        assert sent == len(installation.outbox())
        assert held > 0, "the burst was over before the stop"

        resume(services)
        wait_until(lambda: counts(services) == {"sent": DRAFTS}, seconds=PATIENCE, what="every draft to be sent")
        with services.store.read() as reader:
            verify_store(reader)
    mails = [email.message_from_bytes(file.read_bytes()) for file in installation.outbox()]
    delivered = Counter(mail["X-Countersign-Client-Id"] for mail in mails)
    assert delivered == {str(draft["client_id"]): 1 for draft in drafts}
    print(
        f"\n{sent} sends had begun when the stop came, 0 began after it, {held} were held and sent when it was lifted"
    )


def stop_in_the_middle(services: Services, installation: Installation) -> None:
    """Stop everything while the burst is under way, and wait until nothing moves any more."""
    wait_until(lambda: len(installation.outbox()) >= STOPPED_AFTER, seconds=PATIENCE, what="half of the burst")
    ruth = services.opened.world.people.person("ruth")
    assert ruth is not None
    now, reason = services.clock.now(), "wrong price list"
    switch.stop(services.store, services.ids, scope=StopScope.ALL, reason=reason, person=ruth, now=now)
    wait_until(lambda: set(counts(services)) <= ENDED, seconds=PATIENCE, what="every draft to be sent or held")


def must_have_begun_nothing_after_the_stop(services: Services) -> tuple[int, int]:
    """In the order of the trail, which is that of the commits. Returns how many were sent, and how many held."""
    with services.store.read() as reader:
        events = list(reader.audit.events())
    (stop,) = [event for event in events if event.kind == "stop.set"]
    begun = [event for event in events if event.kind == "send.begun"]
    held = [event for event in events if event.kind == "draft.judged_again" and event.facts["rule"] == STOPPED]
    assert max(event.seq for event in begun) < stop.seq
    assert not {event.draft_id for event in begun} & {event.draft_id for event in held}
    now = counts(services)
    in_flight = now.get("unknown", 0)
    assert now["sent"] + in_flight == len({event.draft_id for event in begun})
    assert now["in_review"] == len(held)
    return now["sent"], len(held)


def resume(services: Services) -> None:
    """Lift the stop, and judge again what it held; the workers do so too, at the same time."""
    ruth = services.opened.world.people.person("ruth")
    assert ruth is not None
    switch.resume(services.store, scope=StopScope.ALL, person=ruth, now=services.clock.now())
    judge_all_freed(services.gate)


@pytest.mark.postgres
def test_a_limit_holds_exactly_with_four_workers(postgres_installation: Installation, tmp_path: Path) -> None:
    installation = postgres_installation
    policy = installation.world / "policy.yaml"
    limited = f"{policy.read_text(encoding='utf-8')}\nlimits: {{per_sender_per_hour: {LIMITED_TO}}}\n"
    policy.write_text(limited, encoding="utf-8")
    hand_in(installation, short_drafts(OVER_LIMIT), tmp_path)
    with services_of(installation) as services, workers(installation, COUNTERS):
        wait_until(lambda: set(counts(services)) <= ENDED, seconds=PATIENCE, what="every draft to be sent or held")
        assert counts(services) == {"sent": LIMITED_TO, "in_review": OVER_LIMIT - LIMITED_TO}
        with services.store.read() as reader:
            limits = services.gate.policy.read(reader).limits
            (use,) = limits_in_use(reader, limits, at=services.clock.now())
    assert (use.subject, use.used) == ("priya", LIMITED_TO)
    assert len(installation.outbox()) == LIMITED_TO
