"""Being let into Microsoft 365: tokens that are renewed and kept, sign-ins that end, and what is never told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from app.core.errors import InvalidInput, MailboxClosed, SendUnavailable
from integrations.credentials.loopback import Loopback
from integrations.credentials.microsoft import (
    CALENDAR,
    PROVIDER,
    SEND,
    ApplicationAccess,
    MicrosoftApp,
    SignedInAccess,
    open_access,
    sign_in,
    sign_in_with_code,
)
from integrations.credentials.signed_in import SignInFailed
from integrations.http import Deadline
from tests.support.graph.answers import Answer
from tests.support.graph.house import House
from tests.support.graph.server import GraphDouble, running_graph, tokens

MAYA = "maya@ours.example"


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture
def house(double: GraphDouble) -> House:
    double.login_says = None
    double.asked.clear()
    house = House(double)
    house.sign_in(MAYA)
    return house


def soon() -> Deadline:
    return Deadline(10)


# ── people who signed in ──────────────────────────────────────────────────────────────────────────────────────


def test_a_good_token_is_taken_as_it_is(house: House) -> None:
    first = house.access.key(MAYA, SEND, deadline=soon())
    assert (first.root, house.access.key(MAYA.upper(), SEND, deadline=soon())) == ("/me", first)
    assert house.double.asked == []


def test_a_refused_token_is_renewed_and_kept_for_all(house: House) -> None:
    first = house.access.key(MAYA, SEND, deadline=soon())
    house.double.exchange.void(MAYA, close=False)
    second = house.access.key(MAYA, SEND, deadline=soon(), refused=first.token)
    assert second != first
    assert SignedInAccess(house.app, house.grants).key(MAYA, SEND, deadline=soon()) == second
    assert house.access.key(MAYA, SEND, deadline=soon(), refused=first.token) == second
    assert [form["grant_type"] for form in house.double.asked] == ["refresh_token"]


def test_the_authority_is_asked_for_its_pages_once(house: House) -> None:
    before = house.double.looked_up
    for _ in range(3):
        house.access.key(MAYA, SEND, deadline=soon())
    assert house.double.looked_up == before + 1


def test_a_revoked_sign_in_is_closed_once_and_says_what_to_do(house: House) -> None:
    first = house.access.key(MAYA, SEND, deadline=soon())
    house.double.exchange.void(MAYA, close=True)
    for words in ("invalid_grant AADSTS50173", "no use any more"):
        with pytest.raises(MailboxClosed, match=words) as raised:
            house.access.key(MAYA, SEND, deadline=soon(), refused=first.token)
        assert f"countersign accounts connect microsoft --account {MAYA}" in str(raised.value)
    assert house.grants.closings == ["Microsoft does not take it any more (invalid_grant AADSTS50173)"]
    assert house.access.accounts(SEND) == ()
    house.sign_in(MAYA)
    assert house.access.key(MAYA, SEND, deadline=soon()).token
    assert house.access.accounts(SEND) == (MAYA,)
    assert house.access.accounts(CALENDAR) == ()


def test_somebody_who_signs_in_meanwhile_is_not_shut_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first = house.access.key(MAYA, SEND, deadline=soon())
    house.double.exchange.void(MAYA, close=True)
    asked = house.grants.of
    calls = []

    def of(provider: str, account: str) -> object:
        calls.append(account)
        if len(calls) == 2:
            house.sign_in(MAYA)
        return asked(provider, account)

    monkeypatch.setattr(house.grants, "of", of)
    assert house.access.key(MAYA, SEND, deadline=soon(), refused=first.token) != first
    assert house.grants.closings == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(status=503, body={"error": "temporarily_unavailable"}), "says that it failed"),
        (Answer(status=200, body=b"<html>welcome</html>"), "what nobody can read"),
        (Answer(status=400, body={"error": "no such: secret-thing"}), "no reason given"),
    ],
)
def test_an_authority_that_cannot_tell_closes_nothing(house: House, answer: Answer, words: str) -> None:
    first = house.access.key(MAYA, SEND, deadline=soon())
    house.double.login_says = answer
    with pytest.raises(SendUnavailable, match=words) as raised:
        house.access.key(MAYA, SEND, deadline=soon(), refused=first.token)
    assert type(raised.value) is SendUnavailable
    assert "secret-thing" not in str(raised.value)
    assert house.grants.closings == []


def test_an_authority_that_is_not_there_closes_nothing(house: House) -> None:
    gone = MicrosoftApp(client_id="client", authority="https://localhost:9", ca_file=house.double.ca_file)
    with pytest.raises(SendUnavailable, match="no connection"):
        SignedInAccess(gone, house.grants).key(MAYA, SEND, deadline=soon())
    assert house.grants.closings == []


def test_a_registration_that_entra_refuses_does_not_close_the_account(house: House) -> None:
    first = house.access.key(MAYA, SEND, deadline=soon())
    house.double.login_says = Answer(status=400, body={"error": "unauthorized_client"})
    with pytest.raises(MailboxClosed, match="refuses Countersign itself"):
        house.access.key(MAYA, SEND, deadline=soon(), refused=first.token)
    assert house.grants.closings == []


def test_what_was_not_agreed_to_is_named_and_closes_nothing(house: House) -> None:
    with pytest.raises(MailboxClosed, match=r"did not agree to Calendars\.ReadBasic"):
        house.access.key(MAYA, CALENDAR, deadline=soon())
    assert house.grants.closings == []


def test_an_authority_in_clear_is_refused(house: House) -> None:
    clear = MicrosoftApp(client_id="client", authority="http://localhost")
    with pytest.raises(InvalidInput, match="https://"):
        SignedInAccess(clear, house.grants).key(MAYA, SEND, deadline=soon())


# ── the application by itself ─────────────────────────────────────────────────────────────────────────────────


def application(double: GraphDouble, *, secret: str = "hush", tenant: str = "ours.example") -> MicrosoftApp:  # noqa: S107
    return MicrosoftApp(
        client_id="client",
        tenant=tenant,
        client_secret=secret,
        authority=double.authority,
        ca_file=double.ca_file,
    )


def test_an_application_calls_for_everybody_by_their_address(house: House) -> None:
    house.double.mailbox_of_application = MAYA
    access = open_access(application(house.double), house.grants)
    key = access.key(MAYA, SEND, deadline=soon())
    assert (key.root, access.acts_for_itself, access.accounts(SEND)) == ("/users/maya%40ours.example", True, ())
    assert access.key("omar@ours.example", SEND, deadline=soon()).token == key.token
    assert [form["grant_type"] for form in house.double.asked] == ["client_credentials"]
    assert access.key(MAYA, SEND, deadline=soon(), refused=key.token).token != key.token


def test_a_wrong_secret_says_so_and_is_not_told(house: House) -> None:
    house.double.login_says = Answer(
        status=401, body={"error": "invalid_client", "error_description": "AADSTS7000215"}
    )
    app = application(house.double)
    with pytest.raises(MailboxClosed, match=r"invalid_client AADSTS7000215.*renew the app's registration or secret"):
        ApplicationAccess(app).key(MAYA, SEND, deadline=soon())
    assert "hush" not in repr(app)


def test_an_application_needs_a_secret_and_one_tenant(house: House) -> None:
    with pytest.raises(InvalidInput, match="client secret"):
        ApplicationAccess(application(house.double, secret=""))
    with pytest.raises(InvalidInput, match="one tenant"):
        ApplicationAccess(application(house.double, tenant="common"))
    assert isinstance(open_access(application(house.double, secret=""), house.grants), SignedInAccess)


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────


Visit = Callable[[str], None]


def browser(
    double: GraphDouble, answers: Mapping[str, str], *, who: str = MAYA, scope: str = "", by: str = "POST"
) -> Visit:
    """Somebody at a browser, who signs in as `who`, agrees to `scope` and comes back with these answers."""

    def visit(address: str) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["code_challenge_method"], asked["response_mode"]) == ("S256", "form_post")
        assert asked["login_hint"] == MAYA
        given = tokens(who, *double.exchange.open(who), scope, nonce=asked["nonce"])
        double.login_says = Answer(status=200, body=given)
        back = {"state": asked["state"], **answers}
        threading.Thread(
            target=come_back, args=(asked["redirect_uri"].replace("localhost", "127.0.0.1"), back)
        ).start()

    def come_back(where: str, back: Mapping[str, str]) -> None:
        with requests.Session() as session:
            session.trust_env = False
            assert session.post(where, data={"state": "another"}, timeout=10).status_code == 400
            if by == "POST":
                session.post(where, data=back, timeout=10)
            else:
                session.get(where, params=back, timeout=10)

    return visit


@pytest.mark.parametrize("by", ["POST", "GET"])
def test_a_sign_in_by_browser_is_kept(house: House, by: str) -> None:
    scope = " ".join(f"https://graph.microsoft.com/{one}" for one in SEND)
    visit = browser(house.double, {"code": "c"}, scope=scope, by=by)
    signed = sign_in(house.app, account=MAYA, scopes=SEND, open_browser=visit)
    assert (signed.account, signed.scopes) == (MAYA, SEND)
    assert json.loads(signed.secret)["RefreshToken"]
    assert "refresh-" not in repr(signed)
    [form] = house.double.asked
    assert form["grant_type"] == "authorization_code"
    assert form["code_verifier"]
    assert "offline_access" in form["scope"]


@pytest.mark.parametrize(
    ("who", "scope", "answers", "words"),
    [
        (MAYA, "Mail.Send", {"code": "c"}, r"did not agree to Mail\.ReadWrite"),
        ("omar@ours.example", " ".join(SEND), {"code": "c"}, r"omar@ours\.example signed in, and not maya"),
        (MAYA, "", {"error": "access_denied", "error_description": "AADSTS65004: no."}, "access_denied AADSTS65004"),
    ],
)
def test_a_sign_in_that_is_none_says_why(
    house: House, who: str, scope: str, answers: Mapping[str, str], words: str
) -> None:
    visit = browser(house.double, answers, who=who, scope=scope)
    with pytest.raises(SignInFailed, match=words):
        sign_in(house.app, account=MAYA, scopes=SEND, open_browser=visit)


def test_nobody_comes_to_sign_in(house: House) -> None:
    with pytest.raises(SignInFailed, match="nobody signed in within the time"):
        sign_in(house.app, account=MAYA, scopes=SEND, open_browser=lambda _: None, seconds=0.3)


def test_a_sign_in_where_nobody_answers(double: GraphDouble) -> None:
    gone = MicrosoftApp(client_id="client", authority="https://localhost:9", ca_file=double.ca_file)
    with pytest.raises(SignInFailed, match="did not sign anybody in: no connection"):
        sign_in(gone, account=MAYA, scopes=SEND, open_browser=lambda _: None)


def test_a_code_is_shown_and_asked_about_until_it_was_entered(house: House) -> None:
    shown: list[str] = []
    flow = {"user_code": "ABC", "device_code": "d", "verification_uri": "https://m.example/device", "interval": 1}
    house.double.login_says = Answer(status=200, body={**flow, "expires_in": 900})
    token, refresh = house.double.exchange.open(MAYA)
    good = Answer(status=200, body=tokens(MAYA, token, refresh, " ".join(SEND)))
    waiting = Answer(status=400, body={"error": "authorization_pending"})
    later = [waiting, good]

    def show(words: str) -> None:
        shown.append(words)
        house.double.login_says = waiting

    def pause(seconds: float) -> None:
        assert seconds == 1
        house.double.login_says = later.pop(0)

    signed = sign_in_with_code(house.app, account=MAYA, scopes=SEND, show=show, pause=pause)
    assert shown == ["Open https://m.example/device and enter the code ABC"]
    assert (signed.account, later) == (MAYA, [])
    assert [form.get("grant_type", "a code")[-11:] for form in house.double.asked] == ["a code", *["device_code"] * 3]


def test_an_app_that_may_give_no_codes_says_so(house: House) -> None:
    house.double.login_says = Answer(status=400, body={"error": "unauthorized_client"})
    with pytest.raises(SignInFailed, match=r"gave no code \(unauthorized_client\)"):
        sign_in_with_code(house.app, account=MAYA, scopes=SEND, show=lambda _: None)


def test_the_page_for_the_browser_is_on_loopback_alone_and_ends_with_the_sign_in() -> None:
    with Loopback() as loopback:
        port = urlsplit(loopback.address).port
        assert loopback.address == f"http://localhost:{port}"
    with pytest.raises(requests.ConnectionError), requests.Session() as session:
        session.get(f"http://127.0.0.1:{port}/", timeout=5)


def test_the_provider_is_named_once() -> None:
    assert PROVIDER == "microsoft"
