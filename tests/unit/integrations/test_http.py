"""One call is one request: nothing is repeated, followed, or read from the surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from integrations.http import Deadline, NotAnswered, NotReached, call_once, open_session, retry_after
from tests.emulators.google.calls import Call, Reply
from tests.emulators.google.front import Front
from tests.support.provider.faults import Fault

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def anywhere(_: Call) -> bool:
    return True


@pytest.fixture
def front() -> Iterator[Front]:
    def answer(call: Call) -> Reply:
        if call.path == "/nowhere":
            return Reply(status=302, body=b"x" * 300_000, headers={"Location": "http://[::1"})
        if call.path == "/moved":
            return Reply(status=307, headers={"Location": "/elsewhere", "Set-Cookie": "a=b"})
        return Reply(status=200, body=f"{call.headers.get('cookie', '')}{len(call.body)} bytes".encode())

    with Front(answer) as front:
        yield front


def post(front: Front, path: str = "/x", body: bytes = b"x", *, seconds: float = 20) -> bytes:
    with open_session() as session:
        return call_once(session, "POST", f"{front.root}{path}", deadline=Deadline(seconds), body=body).content


def test_a_long_body_arrives_whole(front: Front) -> None:
    assert post(front, body=b"x" * 3_000_000) == b"3000000 bytes"


@pytest.mark.parametrize("fault", [Fault.UNANSWERED, Fault.DROPPED, Fault.TRUNCATED])
def test_what_was_not_answered_in_full_is_not_asked_again(front: Front, fault: Fault) -> None:
    front.hurt(anywhere, fault)
    with pytest.raises(NotAnswered) as told:
        post(front)
    assert len(front.calls) == 1
    assert front.root not in str(told.value)


def test_a_server_that_is_too_slow_is_given_up(front: Front) -> None:
    front.hurt(anywhere, Fault.SLOW)
    with pytest.raises(NotAnswered, match="ReadTimeout"):
        post(front, seconds=0.2)
    assert len(front.calls) == 1


def test_a_body_is_handed_over_no_further_once_the_time_is_up(front: Front) -> None:
    class Ended(Deadline):
        looks = 0

        def left(self) -> float:
            self.looks += 1
            return 20.0 if self.looks < 3 else 0.0

    with open_session() as session, pytest.raises(NotAnswered, match="too slow"):
        call_once(session, "POST", front.root, deadline=Ended(20), body=b"x" * 3_000_000)


def test_without_time_left_nothing_is_asked(front: Front) -> None:
    with pytest.raises(NotReached, match="no time"):
        post(front, seconds=0)
    assert front.calls == []


def test_a_redirect_is_an_answer_and_its_cookie_is_forgotten(front: Front) -> None:
    with open_session() as session:
        moved = call_once(session, "POST", f"{front.root}/moved", deadline=Deadline(20))
        after = call_once(session, "GET", front.root, deadline=Deadline(20))
    assert (moved.status, after.content, len(front.calls)) == (307, b"0 bytes", 2)


def test_a_redirect_to_what_is_no_address_is_an_answer_like_others(front: Front) -> None:
    with open_session() as session:
        moved = call_once(session, "GET", f"{front.root}/nowhere", deadline=Deadline(20))
    assert (moved.status, len(moved.content)) == (302, 300_000)


@pytest.mark.parametrize("path", ["/long", "/nowhere"])
def test_no_more_is_read_than_is_asked_for(front: Front, path: str) -> None:
    with open_session() as session, pytest.raises(NotAnswered, match="too long to be one") as told:
        call_once(session, "POST", f"{front.root}{path}", deadline=Deadline(20), most_bytes=4)
    assert front.root not in str(told.value)


def test_where_nobody_listens_nothing_was_done(front: Front) -> None:
    with open_session() as session, pytest.raises(NotReached):
        call_once(session, "POST", "http://127.0.0.1:9/", deadline=Deadline(20))


def test_no_variable_leads_elsewhere(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    assert post(front) == b"1 bytes"


@pytest.mark.parametrize(
    ("stated", "pause"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("Wed, 18 Nov 2026 09:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 18 Nov 2026 08:00:00 GMT", timedelta(0)),
        ("Wed, 18 Nov 2026 10:05:00 +0100", timedelta(minutes=5)),
        ("99999999999999999999", timedelta(days=1)),
        ("Fri, 18 Dec 2026 09:00:00 GMT", timedelta(days=1)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after(stated: str, pause: timedelta | None) -> None:
    assert retry_after({"Retry-After": stated}, now=NOW) == pause
    assert retry_after({}, now=NOW) is None
