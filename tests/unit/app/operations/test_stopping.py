"""Being told to stop: once to finish, twice to leave, and a bound on finishing."""

from __future__ import annotations

import os
import queue
import signal
import threading

import pytest

from app.core.errors import TablesUnfit
from app.operations.stopping import LEFT_UNFINISHED, Stopping

_SOON = 30.0


def test_the_first_signal_asks_and_the_second_leaves() -> None:
    codes: queue.SimpleQueue[int] = queue.SimpleQueue()
    flagged: queue.SimpleQueue[bool] = queue.SimpleQueue()
    stopping = Stopping(seconds=_SOON, leave=codes.put)
    with stopping.listening(also=lambda: flagged.put(True)):
        os.kill(os.getpid(), signal.SIGTERM)
        stopping.wait()
        assert (stopping.told, flagged.get(timeout=_SOON), codes.empty()) == (True, True, True)
        os.kill(os.getpid(), signal.SIGINT)
        assert codes.get(timeout=_SOON) == 128 + signal.SIGINT
    assert flagged.empty()


def test_two_signals_that_come_while_the_main_thread_is_stuck_end_it() -> None:
    left = threading.Event()
    stopping = Stopping(seconds=_SOON, leave=lambda _code: left.set())
    with stopping.listening():
        # Delivered to another thread than the main one, whose wait is not interrupted by that.
        for number in (signal.SIGTERM, signal.SIGINT):
            threading.Thread(target=signal.raise_signal, args=[number]).start()
        assert left.wait(_SOON)


def test_what_is_not_finished_in_time_is_left_to_others() -> None:
    left = threading.Event()
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        left.set()

    stopping = Stopping(seconds=0.001, leave=leave)
    with stopping.listening():
        stopping.ask()
        assert left.wait(_SOON)
    assert codes == [LEFT_UNFINISHED]


def test_what_is_finished_in_time_is_not_cut_off() -> None:
    codes: list[int] = []
    stopping = Stopping(seconds=_SOON, leave=codes.append)
    with stopping.listening():
        stopping.ask()
        stopping.wait()
    assert codes == []


def test_a_reason_to_stop_is_raised_where_it_was_waited_for() -> None:
    stopping = Stopping(seconds=_SOON)
    with stopping.listening():
        stopping.ask(TablesUnfit("too new"))
        stopping.ask(TablesUnfit("only the first counts"))
        with pytest.raises(TablesUnfit, match="too new"):
            stopping.wait()


def test_signals_mean_afterwards_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Stopping(seconds=_SOON).listening():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
