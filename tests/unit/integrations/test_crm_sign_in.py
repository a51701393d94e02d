"""Letting the gate into a CRM, at doubles on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from integrations.credentials.signed_in import SignedIn, SignInFailed
from integrations.crm.hubspot.sign_in import sign_in_with_token
from integrations.crm.salesforce.sign_in import revoke, sign_in_by_pasting
from tests.support.crm.houses import HubspotHouse, SalesforceHouse, hubspot_house, salesforce_house
from tests.support.crm.server import Answer

USER = "gate@ours.example"


@pytest.fixture
def salesforce(tmp_path: Path) -> Iterator[SalesforceHouse]:
    """A house with a Salesforce."""
    with salesforce_house(tmp_path) as made:
        yield made


@pytest.fixture
def hubspot(tmp_path: Path) -> Iterator[HubspotHouse]:
    """A house with a HubSpot."""
    with hubspot_house(tmp_path) as made:
        yield made


class Browser:
    """A double of whoever signs in: opens the address, and pastes where the browser ends up."""

    def __init__(
        self, house: SalesforceHouse, end: Callable[[str], str] = lambda state: f"code=code-0&state={state}"
    ):
        self._house = house
        self._end = end
        self.asked: dict[str, str] = {}

    def show(self, words: str) -> None:
        """Sign in there."""
        url = urlsplit(words.rpartition(" ")[2])
        self.asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        self._house.org.challenge = self.asked["code_challenge"]

    def ask(self) -> str:
        """The address in the browser, with the spaces that pasting adds."""
        return f"  {self.asked['redirect_uri']}?{self._end(self.asked['state'])}\n"


def signed_in(house: SalesforceHouse, browser: Browser, account: str = USER) -> SignedIn:
    return sign_in_by_pasting(house.app, account=account, show=browser.show, ask=browser.ask)


def test_somebody_signs_in_at_salesforce_and_the_gate_can_go_on(salesforce: SalesforceHouse) -> None:
    browser = Browser(salesforce)
    done = signed_in(salesforce, browser)
    assert (done.account, done.scopes) == (USER, ("api", "refresh_token"))
    assert browser.asked["redirect_uri"] == f"{salesforce.address}/services/oauth2/success"
    assert (browser.asked["code_challenge_method"], browser.asked["scope"]) == ("S256", "api refresh_token")
    salesforce.tokens.clear()
    salesforce.keep(json.loads(done.secret))
    assert salesforce.crm().deal(salesforce.deal) is not None, "it is renewed"


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda _: "code=code-0&state=other", "not the address at which this sign-in ends"),
        (lambda state: f"state={state}", "not the address at which this sign-in ends"),
        (lambda _: "", "not the address at which this sign-in ends"),
        (lambda state: f"error=access_denied&state={state}", "was told no"),
        (lambda state: f"code=code-1&state={state}", r"did not exchange the code \(it answers 400\)"),
    ],
)
def test_a_sign_in_that_is_none(salesforce: SalesforceHouse, end: Callable[[str], str], said: str) -> None:
    with pytest.raises(SignInFailed, match=said):
        signed_in(salesforce, Browser(salesforce, end))


def test_somebody_else_signs_in(salesforce: SalesforceHouse) -> None:
    with pytest.raises(SignInFailed, match=r"Gate@ours\.example signed in, and not priya@ours\.example"):
        signed_in(salesforce, Browser(salesforce), "priya@ours.example")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(body={"access_token": "a", "instance_url": "https://x.example"}), "gave no refresh token"),
        (Answer(body={"refresh_token": "r", "instance_url": "https://x.example"}), "answered no token"),
        (
            Answer(body={"access_token": "a", "refresh_token": "r", "instance_url": "http://x.example"}),
            "does not begin with https",
        ),
        (Answer(status=500, body="<html>"), r"did not exchange the code \(it answers 500\)"),
        (Answer(body="<html>"), "did not exchange the code"),
    ],
)
def test_salesforce_gives_something_else(salesforce: SalesforceHouse, answer: Answer, said: str) -> None:
    salesforce.org.token_says = answer
    with pytest.raises(SignInFailed, match=said):
        signed_in(salesforce, Browser(salesforce))


def test_salesforce_forgets_a_grant(salesforce: SalesforceHouse) -> None:
    for refresh_token in ("refresh-0", "forgotten already"):
        revoke(salesforce.app, json.dumps({"refresh_token": refresh_token}))
    salesforce.org.token_says = Answer(status=503)
    with pytest.raises(SignInFailed, match=r"did not forget the grant \(it answers 503\)"):
        revoke(salesforce.app, json.dumps({"refresh_token": "refresh-0"}))
    assert [form["token"] for form in salesforce.server.token_calls] == [
        "refresh-0",
        "forgotten already",
        "refresh-0",
    ]


def test_the_token_of_a_private_app(hubspot: HubspotHouse) -> None:
    done = sign_in_with_token(hubspot.app, account="4711", ask=lambda: " token-0\n")
    assert (done.account, "token-0" in repr(done)) == ("4711", False)
    hubspot.keep(json.loads(done.secret))
    assert hubspot.crm().deal(hubspot.deal) is not None


@pytest.mark.parametrize(
    ("account", "pasted", "said"),
    [
        ("4711", "", "that is no token"),
        ("4711", "two words", "that is no token"),
        ("4711", "tökén", "that is no token"),
        ("4711", "pat-unknown", r"does not take that token \(it answers 401\)"),
        ("4712", "token-0", "the token of HubSpot account 4711, and not of 4712"),
    ],
)
def test_a_token_that_is_none(hubspot: HubspotHouse, account: str, pasted: str, said: str) -> None:
    with pytest.raises(SignInFailed, match=said):
        sign_in_with_token(hubspot.app, account=account, ask=lambda: pasted)


def test_nobody_answers(hubspot: HubspotHouse, salesforce: SalesforceHouse) -> None:
    for server in (hubspot.server, salesforce.server):
        server.shutdown()
        server.server_close()
    with pytest.raises(SignInFailed, match="HubSpot does not answer"):
        sign_in_with_token(hubspot.app, account="4711", ask=lambda: "token-0")
    with pytest.raises(SignInFailed, match="Salesforce does not answer"):
        signed_in(salesforce, Browser(salesforce))
