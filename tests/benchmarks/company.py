"""A company of some size: the sample world with 500 open deals more, and a ledger of as many promises as is wanted.

What stands around the measured draft is the same at every size: its sender's 40 open promises, 20 promises of its own
deal. What grows is everything else: other deals, other customers, and promises long since kept or broken.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.core.commitments import CommitmentState, LedgerEntry
from app.core.drafts import Draft
from app.core.findings import Kind, Strength
from app.services import Services
from app.store.tables import commitments
from tests.benchmarks.rooms import PROMISE, sample_draft
from tests.support.processes import ROOT

DEALS = 500
WORDS = 150
SMALLEST = 1_000
"""Promises in the ledger that the others are copied from."""
_PER_DEAL = 20
_SELLERS = ("priya", "marcus", "tom", "yuki", "samir")
_NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Juniper", "Larch")
_TRADES = ("Mills", "Foods", "Bottling", "Transit", "Dairy", "Castings", "Textiles", "Paper", "Tools", "Glass")
_THINGS = ("the rollout plan", "the updated quote", "the security questionnaire", "the training schedule")
_FILLER = (
    "The plants in your region run two shifts, and the planner covers both without extra licences. "
    "Most teams begin with one line, look at the first month of work orders together, and only then add the others. "
)
_STATES = (CommitmentState.OPEN,) * 4 + (CommitmentState.KEPT,) * 14 + (CommitmentState.BROKEN,) * 2


def large_world(folder: Path, *, deals: int = DEALS) -> Path:
    """The sample world with so many deals, accounts and contacts more."""
    world = folder / "large-world"
    shutil.copytree(ROOT / "sample_data", world)
    crm = json.loads((world / "crm.json").read_text(encoding="utf-8"))
    for number in range(deals):
        crm["accounts"].append({"id": f"c-{number}", "name": _customer(number), "domains": [f"c{number}.example"]})
        crm["contacts"].append({"email": address_of(number), "name": f"Kim Ode {number}", "account": f"c-{number}"})
        crm["deals"].append(_deal(number))
    (world / "crm.json").write_text(json.dumps(crm), encoding="utf-8")
    return world


def measured_draft() -> Draft:
    """150 words to the contact of one of those deals, with one promise in them."""
    draft = replace(sample_draft(PROMISE), to=(address_of(0),), deal_id="B-0")
    missing = WORDS - len(draft.text.split())
    return replace(draft, text=f"{draft.text}\n\n{' '.join((_FILLER * 5).split()[:missing])}.")


def fill_ledger(services: Services, rows: int) -> None:
    """Enter so many promises, a power of ten times the smallest."""
    with services.store.write(now=services.clock.now()) as tx:
        tx.ledger.add(list(_entries(services.clock.now())))
    count = SMALLEST
    with services.engine.begin() as connection:
        while count < rows:
            for copy in range(1, 10):
                connection.execute(_copied(count, copy))
            count *= 10
    with services.engine.begin() as connection:
        connection.execute(sa.text("ANALYZE"))


def _entries(now: datetime) -> Iterator[LedgerEntry]:
    for number in range(SMALLEST):
        deal, place = divmod(number, _PER_DEAL)
        state = _STATES[place]
        due = (now + timedelta(days=2 + number % 20 if state is CommitmentState.OPEN else -number)).astimezone(UTC)
        yield LedgerEntry(
            id=f"b-{number}",
            person=_SELLERS[deal % len(_SELLERS)],
            recipient=address_of(deal),
            text=f"I will send you {_THINGS[place % len(_THINGS)]} of lot {number} by {due:%A}",
            action="send",
            object=f"{_THINGS[place % len(_THINGS)]} of lot {number}",
            kind=Kind.DELIVERABLE,
            strength=Strength.FIRM,
            due_day=due.date(),
            due_at=due,
            state=state,
            made_at=now - timedelta(days=30, minutes=number),
            deal_id=f"B-{deal}",
            account=f"c-{deal}",
            hours=2.5 if state is CommitmentState.KEPT else None,
        )


def _copied(count: int, copy: int) -> sa.Insert:
    """All promises so far once more, of other deals and to other customers; what is open is owed by others, too."""
    suffix = f".{count}.{copy}"
    c = commitments.c
    changed = {
        "id": c.id + suffix,
        "deal_id": c.deal_id + suffix,
        "recipient": c.recipient + suffix,
        "person": sa.case((c.state == CommitmentState.OPEN.value, c.person + suffix), else_=c.person),
    }
    columns = [column.name for column in commitments.columns]
    values = [changed.get(name, c[name]) for name in columns]
    those = sa.and_(c.id.like("b-%"), c.id.not_like(f"%.{count}.%"))
    return sa.insert(commitments).from_select(columns, sa.select(*values).where(those))


def _deal(number: int) -> dict[str, object]:
    return {
        "id": f"B-{number}",
        "name": f"{_customer(number)} - Planner",
        "account": f"c-{number}",
        "stage": "proposal",
        "amount": 20_000 + number,
        "currency": "USD",
        "owner": seller_of(number),
        "discount_cap": 10,
    }


def _customer(number: int) -> str:
    return f"{_NAMES[number % 10]} {_TRADES[number // 10 % 10]} {number}"


def address_of(number: int) -> str:
    """Where the contact of that deal reads mail."""
    return f"kim@c{number}.example"


def seller_of(number: int) -> str:
    """Who owns that deal."""
    return _SELLERS[number % len(_SELLERS)]
