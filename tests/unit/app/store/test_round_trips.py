"""Changes that nobody waits for go with the next statement, whosever it is, and never get lost or out of order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.store import round_trips
from app.store.database import open_engine
from app.store.prepared import read, read_together, run, write, write_each
from app.store.round_trips import catch_up

_NOTES = sa.table("notes", sa.column("id", sa.Integer), sa.column("text", sa.String))
_ALL = sa.select(_NOTES).order_by(_NOTES.c.id)
_CHANGE = sa.update(_NOTES).where(_NOTES.c.id == sa.bindparam("which"))


class Overtaken(Exception):
    """What a compare-and-set raises."""


@contextmanager
def with_notes(engine: sa.Engine) -> Iterator[sa.Engine]:
    with engine.begin() as connection:
        run(connection, "CREATE TABLE notes (id INTEGER PRIMARY KEY, text VARCHAR)")
    yield engine
    with engine.begin() as connection:
        run(connection, "DROP TABLE notes")


@pytest.fixture
def notes(engine: sa.Engine) -> Iterator[sa.Engine]:
    with with_notes(engine):
        yield engine


def kept(engine: sa.Engine) -> list[tuple[int, str]]:
    with engine.connect() as connection:
        return [(row.id, row.text) for row in connection.execute(_ALL)]


def put(connection: sa.Connection, number: int, text: str) -> None:
    write(connection, sa.insert(_NOTES), {"id": number, "text": text})


def require_one(touched: int) -> None:
    if touched != 1:
        raise Overtaken


def test_the_next_question_sees_what_was_put_off(notes: sa.Engine) -> None:
    with notes.begin() as connection:
        put(connection, 1, "a")
        write_each(connection, sa.insert(_NOTES), [{"id": n, "text": "b"} for n in (2, 3)])
        write(connection, _CHANGE, {"which": 1, "text": "c"})
        assert read(connection, _ALL, {}) == [{"id": 1, "text": "c"}, {"id": 2, "text": "b"}, {"id": 3, "text": "b"}]


def test_so_does_a_statement_of_sqlalchemys(notes: sa.Engine) -> None:
    with notes.begin() as connection:
        put(connection, 1, "a")
        assert connection.execute(sa.select(sa.func.count()).select_from(_NOTES)).scalar_one() == 1


def test_the_end_of_the_transaction_keeps_it(notes: sa.Engine) -> None:
    with notes.begin() as connection:
        put(connection, 1, "a")
    assert kept(notes) == [(1, "a")]


def test_a_transaction_that_is_given_up_keeps_none_of_it(notes: sa.Engine) -> None:
    with notes.connect() as connection:
        put(connection, 1, "a")
        connection.rollback()
        put(connection, 2, "b")
        connection.commit()
    assert kept(notes) == [(2, "b")]


def test_a_savepoint_that_is_given_up_takes_back_only_what_came_after_it(notes: sa.Engine) -> None:
    with notes.begin() as connection:
        put(connection, 1, "a")
        inner = connection.begin_nested()
        put(connection, 2, "b")
        catch_up(connection)
        inner.rollback()
    assert kept(notes) == [(1, "a")]


def transact(engine: sa.Engine, work: Callable[[sa.Connection], object]) -> None:
    with engine.begin() as connection:
        work(connection)


@pytest.mark.parametrize("ask_first", [True, False])
def test_a_compare_and_set_that_was_overtaken_ends_the_transaction(notes: sa.Engine, ask_first: bool) -> None:
    answered: list[object] = []

    def overtaken(connection: sa.Connection) -> None:
        put(connection, 1, "a")
        write(connection, _CHANGE, {"which": 9, "text": "c"}, heard=require_one)
        if ask_first:
            answered.append(read(connection, _ALL, {}))

    with pytest.raises(Overtaken):
        transact(notes, overtaken)
    assert (kept(notes), answered) == ([], [])


@pytest.mark.parametrize("ask_first", [True, False])
def test_a_change_that_the_database_refuses_ends_the_transaction(notes: sa.Engine, ask_first: bool) -> None:
    with notes.begin() as connection:
        put(connection, 1, "a")

    def refused(connection: sa.Connection) -> None:
        put(connection, 2, "b")
        put(connection, 1, "again")
        put(connection, 3, "c")
        if ask_first:
            connection.execute(_ALL)

    with pytest.raises(sa.exc.IntegrityError):
        transact(notes, refused)
    assert kept(notes) == [(1, "a")]
    with notes.begin() as connection:  # the connection is as good as new
        put(connection, 4, "d")
    assert kept(notes) == [(1, "a"), (4, "d")]


def test_that_it_was_overtaken_is_told_rather_than_what_the_database_refused_for_it(notes: sa.Engine) -> None:
    with notes.begin() as connection:
        put(connection, 1, "a")

    def overtaken(connection: sa.Connection) -> None:
        write(connection, _CHANGE, {"which": 1, "text": "c"}, heard=require_one)
        write(connection, _CHANGE, {"which": 9, "text": "c"}, heard=require_one)
        put(connection, 1, "again")
        write(connection, _CHANGE, {"which": 8, "text": "c"}, heard=lambda _: pytest.fail("it was never run"))
        read(connection, _ALL, {})

    with pytest.raises(Overtaken):
        transact(notes, overtaken)
    assert kept(notes) == [(1, "a")]


def test_several_questions_are_answered_in_their_order(notes: sa.Engine) -> None:
    one = sa.select(_NOTES.c.text).where(_NOTES.c.id == sa.bindparam("which"))
    with notes.begin() as connection:
        put(connection, 1, "a")
        put(connection, 2, "b")
        found = read_together(connection, (one, {"which": 2}), (one, {"which": 9}), (one, {"which": 1}))
    assert found == [[{"text": "b"}], [], [{"text": "a"}]]


def test_postgresql_gets_them_all_on_one_way(postgres_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[int] = []
    asked = round_trips._asked

    def counted(driver: object, steps: list[round_trips.Step], *, commit: bool = False) -> list[round_trips.Answer]:
        ways.append(len(steps) + commit)
        return asked(driver, steps, commit=commit)

    with with_notes(postgres_engine) as notes:
        monkeypatch.setattr(round_trips, "_asked", counted)
        with notes.begin() as connection:
            put(connection, 1, "a")
            put(connection, 2, "b")
            read(connection, _ALL, {})
            put(connection, 3, "c")
        assert ways == [3, 2], "the commit goes with the last change"


def test_a_commit_that_went_along_is_kept_whole_or_not_at_all(postgres_engine: sa.Engine) -> None:
    with with_notes(postgres_engine) as notes:
        with notes.connect() as connection, notes.connect() as other:
            put(connection, 1, "a")
            read(connection, _ALL, {})
            put(connection, 2, "b")
            assert other.execute(_ALL).all() == []
            other.rollback()
            connection.commit()
            assert len(other.execute(_ALL).all()) == 2

        def refused(connection: sa.Connection) -> None:
            for number in (3, 1, 4):
                put(connection, number, "c")

        with pytest.raises(sa.exc.IntegrityError):
            transact(notes, refused)
        assert [number for number, _ in kept(notes)] == [1, 2]


def test_a_commit_that_fails_leaves_nothing_to_whoever_gets_the_connection_next(postgres_engine: sa.Engine) -> None:
    with with_notes(postgres_engine) as notes:
        with notes.connect() as connection:
            put(connection, 1, "a")
            write(connection, _CHANGE, {"which": 9, "text": "c"}, heard=require_one)
            with pytest.raises(Overtaken):
                connection.commit()
        with notes.begin() as connection:
            connection.exec_driver_sql("SELECT 1")
        assert kept(notes) == []


def test_a_reader_that_met_an_error_is_not_read_with_again(postgres_url: str) -> None:
    engine = open_engine(postgres_url)  # with one connection in its pool, and no other that could come instead
    reading = engine.execution_options(isolation_level="AUTOCOMMIT")
    nowhere = sa.select(sa.table("nowhere", sa.column("a")))

    def backend(connection: sa.Connection) -> int:
        number: int = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        return number

    met: set[int] = set()
    for ask in (lambda connection: read(connection, nowhere, {}), lambda connection: connection.execute(nowhere)):
        with reading.connect() as connection:
            met.add(backend(connection))
            with pytest.raises(sa.exc.DBAPIError):
                ask(connection)
        with reading.connect() as connection:
            assert backend(connection) not in met
    engine.dispose()
