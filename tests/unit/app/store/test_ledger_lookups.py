"""What every verdict asks of the ledger, on both databases: the right answers, within limits, from an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
import sqlalchemy as sa

from app.core.commitments import CommitmentState, LedgerEntry
from app.core.findings import Kind
from app.core.ports import OpenPromises
from app.store import lookups
from app.store.ledger import LedgerRepository
from app.trial import ListedPromises
from tests.support.databases import KINDS, empty, sqlite_engine
from tests.support.gates import START
from tests.unit.app.monitoring.test_due import an_entry

OPEN, BROKEN, KEPT = CommitmentState.OPEN, CommitmentState.BROKEN, CommitmentState.KEPT
DANA, HANK = "dana@theirs.example", "Hank@rival.example"


def entry(number: int, **changes: object) -> LedgerEntry:
    """Made a minute after the one before."""
    plain = replace(an_entry(number), id=f"cm_{number:05}", made_at=START + timedelta(minutes=number))
    return replace(plain, **changes)  # type: ignore[arg-type]


ENTRIES = (
    entry(1, person="tom", deal_id="D-1", recipient=HANK),
    entry(2, person="tom", recipient="DANA@theirs.example"),
    entry(3, person="sam", recipient=HANK),
    entry(4, person="tom", recipient=HANK),
    entry(5, person="tom", deal_id="D-1", recipient=HANK, state=BROKEN),
    entry(6, person="sam", recipient=DANA, state=BROKEN),
    entry(7, person="tom", recipient=DANA, state=BROKEN),
    entry(8, deal_id="D-9", account="rival", thing="person:ana", person="tom", recipient=HANK),
    entry(9, deal_id="D-1", account="ours", thing="person:ana", person="tom", recipient=HANK),
    entry(10, deal_id="D-9", account="rival", thing="slot:pilot", person="tom", recipient=HANK, state=BROKEN),
    *(entry(20 + n, state=KEPT, hours=float(n), kind=Kind.RESOURCE, person="tom", recipient=HANK) for n in range(5)),
    *(entry(30 + n, state=KEPT, hours=1.0, kind=Kind.OTHER, person="tom", recipient=HANK) for n in range(4)),
)


class Keep(Protocol):
    """Puts entries where promises are read from."""

    def __call__(self, entries: Iterable[LedgerEntry]) -> OpenPromises: ...


@pytest.fixture(
    params=["list", *(pytest.param(kind, marks=pytest.mark.postgres if kind == "postgres" else ()) for kind in KINDS)]
)
def keep(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keep]:
    """The places that answer the same questions: a list, and two databases."""
    if request.param == "list":
        yield lambda entries: ListedPromises(tuple(entries))
        return
    with ExitStack() as stack:
        if request.param == "sqlite":
            engine = stack.enter_context(sqlite_engine(tmp_path))
        else:
            engine = request.getfixturevalue("postgres_engine")
            empty(engine)
        ledger = LedgerRepository(stack.enter_context(engine.connect())).at(START)

        def store(entries: Iterable[LedgerEntry]) -> OpenPromises:
            ledger.add(entries)
            return ledger

        yield store


def numbers(entries: Iterable[LedgerEntry]) -> list[int]:
    return [int(found.id.removeprefix("cm_")) for found in entries]


def test_open_are_those_of_the_deal_to_the_addresses_and_of_the_person(keep: Keep) -> None:
    promises = keep(ENTRIES)

    found = promises.open_promises(person="sam", deal_id="D-1", recipients=["Dana@Theirs.example"])
    nobodys = promises.open_promises(person="nobody", deal_id=None, recipients=[])

    assert numbers(found) == [1, 2, 3, 9]
    assert nobodys == []


def test_broken_are_those_of_the_deal_and_of_the_person_to_the_addresses(keep: Keep) -> None:
    promises = keep(ENTRIES)

    assert numbers(promises.broken_promises(person="sam", deal_id="D-1", recipients=[DANA])) == [5, 6]
    assert promises.broken_promises(person="sam", deal_id=None, recipients=[]) == []


def test_rivals_are_open_promises_of_the_thing_to_others(keep: Keep) -> None:
    promises = keep(ENTRIES)

    assert numbers(promises.rival_promises(things=["person:ana", "slot:pilot"], account="ours", deal_id="D-1")) == [8]
    assert promises.rival_promises(things=[], account="ours", deal_id="D-1") == []


def test_effort_is_what_enough_of_a_kind_have_cost(keep: Keep) -> None:
    assert keep(ENTRIES).effort() == {Kind.RESOURCE: 2.0}


def test_without_a_ledger_nothing_is_known(keep: Keep) -> None:
    assert keep(()).effort() == {}


def test_nobody_reads_more_than_the_limits(engine: sa.Engine) -> None:
    many = 3 * lookups.MOST_AHEAD
    busy = [entry(n, due_at=START + timedelta(hours=n), recipient=HANK) for n in range(many)]
    of_deal = [entry(many + n, person="tom", deal_id="D-1", recipient=HANK) for n in range(2 * lookups.MOST_OF_ONE)]
    late = [entry(9_000 + n, due_at=START - timedelta(days=8, hours=n), recipient=HANK) for n in range(many)]
    with engine.connect() as connection:
        ledger = LedgerRepository(connection)
        ledger.add((*busy, *of_deal, *late))

        ahead = ledger.at(START).open_promises(person="sam", deal_id=None, recipients=[])
        of_the_deal = ledger.open_promises(person="nobody", deal_id="D-1", recipients=[])
        last = ledger.open_promises(person="sam", deal_id=None, recipients=[])

    assert numbers(ahead) == list(range(lookups.MOST_AHEAD))
    assert numbers(of_the_deal) == numbers(of_deal)[-lookups.MOST_OF_ONE :]
    assert numbers(last) == list(range(many - lookups.MOST_AHEAD, many))


def test_what_fell_due_this_week_still_counts(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        ledger = LedgerRepository(connection)
        ledger.add([entry(1, due_at=START - lookups.LOOKING_BACK), entry(2, due_at=START - timedelta(days=8))])

        found = ledger.at(START).open_promises(person="sam", deal_id=None, recipients=[])

    assert numbers(found) == [1]


def test_the_state_and_the_hours_are_those_of_today(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        ledger = LedgerRepository(connection)
        ledger.add([entry(1)])
        assert ledger.change_state(ledger.get("cm_00001"), KEPT, hours=2.5)

        settled = ledger.get("cm_00001")

    assert (settled.state, settled.hours) == (KEPT, 2.5)


QUESTIONS = {
    "OPEN_OF_DEAL": "commitments_deal",
    "BROKEN_OF_DEAL": "commitments_deal",
    "OPEN_TO_ADDRESS": "commitments_recipient",
    "BROKEN_TO_ADDRESS": "commitments_recipient",
    "OPEN_ABOUT_THING": "commitments_thing",
    "OPEN_AHEAD": "commitments_person",
    "OPEN_DUE_LAST": "commitments_person",
    "HOURS_SPENT": "commitments_effort",
}
VALUES: dict[str, str | datetime] = {
    "deal_id": "D-1",
    "address": "reader1@theirs.example",
    "person": "person1",
    "thing": "person:1",
    "since": START,
}


def test_every_question_is_looked_at() -> None:
    asked = {name for name, value in vars(lookups).items() if isinstance(value, sa.Select) and name[0] != "_"}

    assert asked == set(QUESTIONS)


def a_years_ledger() -> Iterator[LedgerEntry]:
    """Promises of ten people on sixty deals: enough of everything that no column alone says which index is best."""
    states, kinds = list(CommitmentState), list(Kind)
    for number in range(1200):
        yield entry(
            number,
            person=f"person{number % 10}",
            deal_id=f"D-{number % 60}",
            recipient=f"reader{number % 90}@theirs.example",
            thing=f"person:{number % 70}",
            state=states[number % 7 % len(states)],
            kind=kinds[number % len(kinds)],
            hours=float(number % 5) or None,
            due_at=START + timedelta(hours=number - 600),
        )


@pytest.mark.parametrize(("question", "index"), QUESTIONS.items())
def test_an_index_answers_and_nothing_is_sorted(engine: sa.Engine, question: str, index: str) -> None:
    select: sa.Select[tuple[object, ...]] = getattr(lookups, question)
    sql = select.compile(engine)
    values = {name: VALUES.get(name, preset) for name, preset in sql.params.items()}
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as connection:
        LedgerRepository(connection).add(a_years_ledger())
        # A planner goes by what it counted last, which in a database of tests is whatever ran before.
        connection.execute(sa.text("ANALYZE commitments"))
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
            connection.execute(sa.text("SET LOCAL enable_bitmapscan = off"))
        text = str(select.params(values).compile(engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {text}"))

    assert re.search(rf"(?:USING|using)(?: COVERING)?(?: INDEX)? {index}\b", plan), plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
