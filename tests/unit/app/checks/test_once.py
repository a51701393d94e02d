"""What several checks of one verdict need is worked out once, and forgotten afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Thread

import pytest

from app.checks import Check, run_checks
from app.checks.once import once, one_verdict
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from tests.unit.app.checks.builders import draft, facts, found

_worked: list[object] = []
"""What `words` and `repeated` were asked for, in order."""


@pytest.fixture(autouse=True)
def _no_work_yet() -> None:
    _worked.clear()


@once
def words(findings: Findings) -> Iterator[str]:
    _worked.append(findings)
    yield from findings.text.split()


@once
def repeated(word: str, *, times: int, day: date | None = None) -> Iterator[str]:
    _worked.append((word, times, day))
    yield from [word] * times


def test_within_one_verdict_the_work_is_done_once_for_one_mail() -> None:
    mail = found("Hi Dana")
    with one_verdict():
        assert words(mail) == words(mail) == ("Hi", "Dana")
    assert _worked == [mail]


def test_another_mail_is_another_matter_even_where_it_is_equal() -> None:
    with one_verdict():
        words(found("Hi"))
        words(found("Hi"))
    assert len(_worked) == 2


def test_texts_numbers_and_days_are_the_same_where_they_are_equal() -> None:
    with one_verdict():
        assert repeated("".join(["a", "b"]), times=2, day=date(2026, 11, 18)) == ("ab", "ab")
        assert repeated("ab", times=2, day=date(2026, 11, 18)) == ("ab", "ab")
        assert repeated("ab", times=3, day=date(2026, 11, 18)) == ("ab", "ab", "ab")
        assert repeated("ab", times=2) == ("ab", "ab")
    assert _worked == [("ab", 2, date(2026, 11, 18)), ("ab", 3, date(2026, 11, 18)), ("ab", 2, None)]


def test_nothing_outlives_its_verdict_and_without_one_nothing_is_kept() -> None:
    mail = found("Hi")
    for _ in range(2):
        with one_verdict():
            words(mail)
    words(mail)
    words(mail)
    assert len(_worked) == 4


def test_arguments_live_as_long_as_what_was_made_of_them() -> None:
    with one_verdict():
        texts = {words(found(f"mail {number}"))[1] for number in range(500)}
    assert texts == {str(number) for number in range(500)}


def test_a_failure_is_not_kept() -> None:
    @once
    def failing(text: str) -> Iterator[str]:
        _worked.append(text)
        yield str(int(text))

    with one_verdict():
        for _ in range(2):
            with pytest.raises(ValueError, match="invalid literal"):
                failing("no")
    assert _worked == ["no", "no"]


def test_verdicts_in_other_threads_are_other_verdicts() -> None:
    mail = found("Hi")

    def elsewhere() -> None:
        words(mail)

    with one_verdict():
        words(mail)
        thread = Thread(target=elsewhere)
        thread.start()
        thread.join()
    assert len(_worked) == 2


def test_the_checks_of_a_run_share_what_they_work_out() -> None:
    def run(_draft: Draft, findings: Findings, _facts: Facts) -> Iterator[CheckResult]:
        words(findings)
        return iter(())

    checks = [Check(id=f"test.{n}", severities=(Severity.LOW,), when="never", run=run) for n in range(3)]
    mail = found("Hi")

    run_checks(draft(), mail, facts(), checks=checks)
    run_checks(draft(), mail, facts(), checks=checks)

    assert len(_worked) == 2
