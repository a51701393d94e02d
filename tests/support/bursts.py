"""Many drafts at once for real processes, and what became of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.services import Services, open_services
from app.settings import Settings
from tests.support.processes import ROOT, Installation

_SAMPLE = ROOT / "sample_data/drafts/01-reply-purchase-order-noted.json"


def auto_sent_drafts(count: int) -> list[dict[str, object]]:
    """Drafts that the sample policy sends by itself, each in a thread of its own."""
    sample = json.loads(_SAMPLE.read_text(encoding="utf-8"))
    threads = [{"id": f"crash-{n:03d}", "message_id": f"<{n}@crash.example>"} for n in range(count)]
    return [{**sample, "client_id": thread["id"], "thread": thread} for thread in threads]


def hand_in(installation: Installation, burst: Sequence[Mapping[str, object]], folder: Path) -> None:
    """Submit them; every one has to be let through unattended."""
    batch = folder / "batch.jsonl"
    batch.write_text("".join(json.dumps(draft) + "\n" for draft in burst), encoding="utf-8")
    submitted = installation.run("submit", str(batch), "--jsonl", "--json")
    assert submitted.returncode == 0, submitted.stderr
    verdicts = [json.loads(line) for line in submitted.stdout.splitlines()]
    assert Counter(verdict["route"] for verdict in verdicts) == {"auto_send": len(burst)}


@contextmanager
def services_of(installation: Installation) -> Iterator[Services]:
    """One more process of the installation: this one."""
    settings = Settings(home=installation.home, world=installation.world, database_url=installation.database_url)
    services = open_services(settings)
    try:
        yield services
    finally:
        services.close()


def counts(services: Services) -> dict[str, int]:
    """How many drafts there are in each state; a state without drafts is left out."""
    with services.store.read() as reader:
        return {state.value: count for state, count in reader.drafts.counts().items()}
