"""Notices by webhook: one signed POST each, never repeated by itself."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from app.core.errors import InvalidInput, NotDelivered, Undeliverable
from app.core.ports import Notifier
from integrations.notify.webhook import Receiver, WebhookNotifier
from tests.contract.notifier import LINK, NOTICE, Directory, NotifierContract, Told
from tests.support.far_ends import Hooks, hooks, silent_line

SECRET = "between you and me"


def receiver(url: str, **changes: object) -> Receiver:
    return replace(
        Receiver(url=url, secret=SECRET, trusted=ssl.create_default_context()),
        **changes,  # type: ignore[arg-type]
    )


@pytest.fixture
def people() -> Directory:
    return Directory()


class TestWebhook(NotifierContract):
    @pytest.fixture
    def far_end(self) -> Iterator[Hooks]:
        with hooks() as server:
            self.server = server
            yield server

    @pytest.fixture
    def notifier(self, people: Directory, far_end: Hooks) -> Notifier:
        return WebhookNotifier(receiver(far_end.url), people=people, link=LINK)

    @pytest.fixture
    def broken(self, people: Directory) -> Notifier:
        with hooks() as server:
            url = server.url
        return WebhookNotifier(receiver(url), people=people, link=LINK)

    def told(self) -> Sequence[Told]:
        """What a receiver makes of the posts that goes by their keys."""
        once = {post.headers["Idempotency-Key"]: json.loads(post.body) for post in self.server.posts}
        return [
            Told(id=key, to=record["email"], text=f"{record['text']} {record['link']}")
            for key, record in once.items()
        ]

    def test_the_body_is_signed(self, notifier: Notifier) -> None:
        notifier.notify(NOTICE)
        (post,) = self.server.posts
        expected = hmac.new(SECRET.encode(), post.body, hashlib.sha256).hexdigest()
        assert post.headers["X-Countersign-Signature"] == f"sha256={expected}"
        assert post.path == "/hooks?house=ours"
        assert json.loads(post.body) == {
            "id": "no_1",
            "kind": "asked",
            "recipient": "ruth",
            "email": "ruth@ours.example",
            "draft_id": "dr_1",
            "action_id": None,
            "request_id": "ap_1",
            "text": NOTICE.text,
            "link": f"{LINK}/?draft=dr_1",
            "at": "2026-11-18T15:00:00+00:00",
        }

    def test_agents_are_told_too(self, notifier: Notifier) -> None:
        notifier.notify(replace(NOTICE, recipient="agent:bot"))
        record = json.loads(self.server.posts[0].body)
        assert (record["recipient"], record["email"]) == ("agent:bot", None)

    @pytest.mark.parametrize("answer", ["lost", "half", "500", "503", "401", "404", "429", "302", "307"])
    def test_whatever_is_no_yes_is_tried_later_and_not_at_once(self, notifier: Notifier, answer: str) -> None:
        self.server.answers.append(answer)
        with pytest.raises(NotDelivered) as refused:
            notifier.notify(NOTICE)
        assert not isinstance(refused.value, Undeliverable)
        assert len(self.server.posts) == 1, "a POST is never repeated by itself"
        notifier.notify(NOTICE)
        assert len(self.told()) == 1

    @pytest.mark.parametrize("answer", ["400", "410", "413", "422"])
    def test_what_the_receiver_will_not_have_is_not_tried_again(self, notifier: Notifier, answer: str) -> None:
        self.server.answers.append(answer)
        with pytest.raises(Undeliverable, match=answer):
            notifier.notify(NOTICE)

    def test_a_receiver_that_is_too_slow_is_tried_again(self, people: Directory, far_end: Hooks) -> None:
        far_end.answers.append("slow")
        notifier = WebhookNotifier(receiver(far_end.url, timeout=0.1), people=people, link=LINK)
        with pytest.raises(NotDelivered):
            notifier.notify(NOTICE)
        far_end.released.set()


def test_a_receiver_that_never_answers_takes_no_longer_than_the_timeout(people: Directory) -> None:
    with silent_line() as port, pytest.raises(NotDelivered):
        WebhookNotifier(receiver(f"http://127.0.0.1:{port}", timeout=0.1), people=people, link=LINK).notify(NOTICE)


@pytest.mark.parametrize("url", ["", "ours.example/hooks", "ftp://ours.example", "https://"])
def test_an_address_that_is_none_is_refused(people: Directory, url: str) -> None:
    with pytest.raises(InvalidInput, match="notices_webhook_url: is no https:// address"):
        WebhookNotifier(receiver(url), people=people, link=LINK)


def test_it_is_not_used_without_a_secret(people: Directory) -> None:
    with pytest.raises(InvalidInput, match="notices_webhook_secret: is missing"):
        WebhookNotifier(receiver("https://ours.example", secret=""), people=people, link=LINK)


@pytest.mark.parametrize(
    ("url", "takes_codes", "private"),
    [
        ("https://ours.example", True, True),
        ("https://ours.example", False, False),
        ("http://ours.example", True, False),
    ],
)
def test_codes_go_only_where_the_settings_and_the_line_allow_it(
    people: Directory, url: str, takes_codes: bool, private: bool
) -> None:
    notifier = WebhookNotifier(receiver(url, takes_codes=takes_codes), people=people, link=LINK)
    assert notifier.private is private
