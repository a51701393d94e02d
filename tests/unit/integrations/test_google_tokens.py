"""Tokens: renewed once, by whoever comes first; closed where Google refuses; the service account as the other way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.core.clock import ManualClock
from integrations.credentials.google import GrantedKeys, ServiceAccountKeys, scopes_for
from integrations.credentials.google.tokens import Keys
from integrations.credentials.google.trouble import NotLetIn, NoToken
from integrations.http import Deadline
from tests.emulators.google.calls import Call, Reply, reply
from tests.emulators.google.front import TOKEN_PATH, Front
from tests.emulators.google.keys import NOW, MemoryGrants
from tests.emulators.google.suite import app_at

ACCOUNT = "sam@ours.example"
SCOPES = scopes_for("send")
OLD = {"token": "old", "refresh_token": "refresh-1", "expiry": "2020-01-01T00:00:00Z"}


class House:
    """A token endpoint that answers as it is told to, and what the house has been granted."""

    def __init__(self) -> None:
        self.answers: list[Reply] = []
        self.asked: list[dict[str, list[str]]] = []
        self.grants = MemoryGrants()

    def __call__(self, call: Call) -> Reply:
        self.asked.append(parse_qs(call.body.decode()))
        return self.answers.pop(0)

    def keep(self, secret: object = OLD) -> None:
        self.grants.keep("google", ACCOUNT, json.dumps(secret), SCOPES)

    def gives(self, token: str) -> None:
        self.answers.append(reply({"access_token": token, "expires_in": 3600, "token_type": "Bearer"}))


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def front(house: House) -> Iterator[Front]:
    with Front(house) as front:
        yield front


@pytest.fixture
def keys(house: House, front: Front) -> GrantedKeys:
    house.keep()
    return GrantedKeys(house.grants, app_at(front), clock=ManualClock(NOW))


def token(keys: Keys) -> str:
    return keys.token(ACCOUNT, Deadline(20)).value


def test_an_old_token_is_renewed_and_kept(house: House, keys: GrantedKeys) -> None:
    house.gives("new")
    assert (token(keys), token(keys)) == ("new", "new")
    assert house.asked[0]["refresh_token"] == ["refresh-1"]
    assert len(house.asked) == 1
    kept = house.grants.of("google", ACCOUNT)
    assert kept is not None
    assert (kept.version, json.loads(kept.secret)["token"]) == (2, "new")


def test_what_another_process_has_renewed_is_taken(house: House, keys: GrantedKeys) -> None:
    house.gives("ours")
    refused = keys.token(ACCOUNT, Deadline(20))
    house.keep({**OLD, "token": "theirs", "expiry": "9999-01-01T00:00:00Z"})
    assert keys.renewed(refused, Deadline(20)).value == "theirs"
    assert len(house.asked) == 1


def test_where_another_process_was_first_its_token_is_used(house: House, keys: GrantedKeys) -> None:
    house.gives("ours")
    answer = house.__call__

    def slowly(call: Call) -> Reply:
        house.keep({**OLD, "token": "theirs", "expiry": "9999-01-01T00:00:00Z"})
        return answer(call)

    with Front(slowly) as front:
        assert token(GrantedKeys(house.grants, app_at(front), clock=ManualClock(NOW))) == "theirs"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_token_is_asked_for_once_whatever_the_answer(house: House, keys: GrantedKeys, status: int) -> None:
    house.answers.append(reply({"error": "internal_failure"}, status=status, Retry_After="120"))
    with pytest.raises(NoToken) as told:
        token(keys)
    assert told.value.pause is not None
    assert (told.value.pause.total_seconds(), len(house.asked)) == (120, 1)


@pytest.mark.parametrize("answer", [Reply(status=200, body=b"<html>"), reply({}), Reply(status=302)])
def test_an_answer_without_a_token(house: House, keys: GrantedKeys, answer: Reply) -> None:
    house.answers.append(answer)
    with pytest.raises(NoToken):
        token(keys)
    assert len(house.asked) == 1


def test_a_grant_that_google_takes_no_more_is_closed_and_not_tried_again(house: House, keys: GrantedKeys) -> None:
    house.answers.append(
        reply({"error": "invalid_grant", "error_description": "Token refresh-1 revoked"}, status=400)
    )
    for _ in range(2):
        with pytest.raises(NotLetIn, match="accounts connect google") as told:
            token(keys)
        assert "refresh-1" not in str(told.value)
    assert (house.grants.told, len(house.asked)) == ([ACCOUNT], 1)
    assert keys.accounts() == ()


def test_a_house_whose_application_is_wrong_closes_nobodys_grant(house: House, keys: GrantedKeys) -> None:
    house.answers.append(reply({"error": "invalid_client"}, status=401))
    with pytest.raises(NotLetIn, match=r"invalid_client.*check its client id and secret"):
        token(keys)
    assert (house.grants.told, keys.accounts()) == ([], (ACCOUNT,))


@pytest.mark.parametrize("secret", [[], {}, {"token": "x"}, {**OLD, "expiry": "soon"}])
def test_a_grant_that_cannot_be_read(house: House, keys: GrantedKeys, secret: object) -> None:
    house.keep(secret)
    with pytest.raises(NotLetIn, match="cannot be read"):
        token(keys)


# ── the service account ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def private_key() -> str:
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind, form = serialization.PrivateFormat.PKCS8, serialization.Encoding.PEM
    return made.private_bytes(form, kind, serialization.NoEncryption()).decode()


@pytest.fixture
def everybody(front: Front, private_key: str) -> ServiceAccountKeys:
    info = {
        "type": "service_account",
        "client_id": "4711",
        "client_email": "gate@house.iam.example",
        "private_key": private_key,
        "token_uri": f"{front.root}{TOKEN_PATH}",
    }
    return ServiceAccountKeys(info, SCOPES, clock=ManualClock(NOW))


def test_a_service_account_acts_for_each_and_keeps_their_tokens(house: House, everybody: ServiceAccountKeys) -> None:
    house.gives("for sam")
    house.gives("for ruth")
    house.gives("for sam again")
    first = everybody.token(ACCOUNT, Deadline(20))
    assert (first.value, token(everybody)) == ("for sam", "for sam")
    assert everybody.token("ruth@ours.example", Deadline(20)).value == "for ruth"
    assert everybody.renewed(first, Deadline(20)).value == "for sam again"
    assert (first.scopes, everybody.accounts(), len(house.asked)) == (SCOPES, None, 3)


def test_a_service_account_that_may_not_act_says_what_to_allow(house: House, everybody: ServiceAccountKeys) -> None:
    house.answers.append(reply({"error": "unauthorized_client"}, status=401))
    with pytest.raises(
        NotLetIn, match=r"unauthorized_client.*client id 4711 under domain-wide delegation: .*compose"
    ):
        token(everybody)


def test_a_service_account_asks_once(house: House, everybody: ServiceAccountKeys) -> None:
    house.answers.append(Reply(status=503))
    with pytest.raises(NoToken, match="503"):
        token(everybody)
    assert len(house.asked) == 1
