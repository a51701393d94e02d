"""`doctor --ask`: what each provider's answer, or its silence, tells; on the doubles of all of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.accounts.asking import round as asking
from app.accounts.asking.crm import refused
from app.accounts.features import GOOGLE, HUBSPOT, ICS, MICROSOFT, SALESFORCE, SCOPES, Feature, scopes_for
from app.core.grants import Grants
from app.settings import Settings
from app.store.grants import SealedGrant
from app.symptoms import Health, Symptom
from integrations.credentials.microsoft import CALENDAR, SEND
from integrations.crm.line import Refused, Resting
from tests.emulators.google.calendar_double import CalendarDouble
from tests.emulators.google.calls import Call, Reply, refuse
from tests.emulators.google.double import GmailDouble
from tests.emulators.google.front import Front
from tests.emulators.google.keys import MemoryGrants
from tests.emulators.google.tokens import keep
from tests.support.crm.houses import ACCOUNT, House, hubspot_house, salesforce_house
from tests.support.crm.server import Answer
from tests.support.gates import START, SmallDirectory
from tests.support.graph.answers import failed
from tests.support.graph.house import House as GraphHouse
from tests.support.graph.server import GraphDouble, running_graph
from tests.support.provider.faults import Fault
from tests.support.published import SECRET, Published, publishing
from tests.unit.integrations.worlds import calendar

SAM = "sam@ours.example"
NOWHERE = "http://127.0.0.1:9"
Told = list[tuple[str, Health, str, str]]


def row(provider: str, account: str = SAM, scopes: Sequence[str] = ()) -> SealedGrant:
    return SealedGrant(
        provider=provider,
        account=account,
        scopes=tuple(scopes),
        secret="sealed",
        version=1,
        granted_at=START,
        granted_by=None,
    )


def ask(settings: Settings, grants: Grants, *rows: SealedGrant, seconds: float = 30) -> Told:
    found: list[Symptom] = list(asking.ask_all(settings, rows, grants, SmallDirectory(), seconds=seconds))
    return [(each.what, each.health, each.found, each.mend) for each in found]


def one(settings: Settings, grants: Grants, row: SealedGrant) -> tuple[Health, str, str]:
    [(_, health, found, mend)] = ask(settings, grants, row)
    return health, found, mend


# ── Google ────────────────────────────────────────────────────────────────────────────────────────────────────


class Google:
    """Gmail and the calendar behind one front, and Sam's account there."""

    def __init__(self) -> None:
        self.gmail, self.calendar = GmailDouble(), CalendarDouble()
        self.calendar.sign_in = self.gmail.sign_in
        self.calendar.book(SAM)
        self.refuses: Reply | None = None
        self.grants = MemoryGrants()
        self.front = Front(self._answer)

    def _answer(self, call: Call) -> Reply:
        if self.refuses is not None:
            return self.refuses
        return (self.calendar if "/calendar/" in call.path else self.gmail)(call)

    def connect(self, *features: Feature) -> SealedGrant:
        scopes = scopes_for(GOOGLE, features)
        keep(self.grants, self.gmail.sign_in.let_in, SAM, scopes)
        return row(GOOGLE, scopes=scopes)

    def settings(self, **changes: object) -> Settings:
        root = self.front.root
        chosen = {
            "mail": "gmail",
            "google_client_id": "countersign.apps.example",
            "google_client_secret": SecretStr("house-secret"),
            "google_api_url": root,
            "google_token_url": f"{root}/oauth2/token",
        }
        return Settings.model_validate({**chosen, **changes})


@pytest.fixture
def google() -> Iterator[Google]:
    made = Google()
    with made.front:
        yield made
        assert made.front.objections == []


def test_an_account_at_google_answers_for_each_thing_that_it_is_for(google: Google) -> None:
    mailbox = google.connect(Feature.SEND, Feature.TITLES)
    assert ask(google.settings(), google.grants, mailbox) == [
        ("asked: mail of sam@ours.example", Health.OK, "Google answers", ""),
        ("asked: calendar of sam@ours.example", Health.OK, "Google answers", ""),
    ]
    assert sorted((call.method, call.path) for call in google.front.calls) == [
        ("GET", "/calendar/v3/calendars/primary/events"),
        ("GET", "/gmail/v1/users/me/drafts"),
    ]


def test_busy_times_alone_are_asked_for_as_such(google: Google) -> None:
    busy = google.connect(Feature.CALENDAR)
    google.calendar.shows[SAM] = {SAM}
    assert one(google.settings(), google.grants, busy) == (Health.OK, "Google answers", "")
    google.calendar.shows[SAM] = set()
    assert one(google.settings(), google.grants, busy)[:2] == (
        Health.MISSING,
        "Google shows no calendar of its owner",
    )


def test_a_sign_in_that_was_revoked_at_google_closes_the_account_and_says_so(google: Google) -> None:
    mailbox = google.connect(Feature.SEND)
    google.front.hurt(lambda _: True, Fault.REVOKED)
    assert one(google.settings(), google.grants, mailbox) == (
        Health.MISSING,
        "Google does not let the gate into sam@ours.example any more",
        "run 'countersign accounts connect google --account sam@ours.example'",
    )
    assert google.grants.told == [SAM]


def test_a_scope_that_is_missing_at_google_is_named(google: Google) -> None:
    compose, readonly = SCOPES[GOOGLE][Feature.SEND]
    keep(google.grants, google.gmail.sign_in.let_in, SAM, (compose,))
    health, found, mend = one(google.settings(), google.grants, row(GOOGLE, scopes=(compose,)))
    assert (health, found) == (Health.MISSING, f"its owner did not agree to {readonly}")
    assert mend.startswith("run 'countersign accounts connect google --account sam@ours.example'")
    assert google.front.calls == [], "what is known need not be asked"


@pytest.mark.parametrize(
    ("refusal", "found", "mend"),
    [
        (refuse(403, "accessNotConfigured"), "the house's project has no Gmail API", "switch it on in the Google"),
        (refuse(403, "insufficientPermissions"), "403 insufficientPermissions: its owner", "leave all boxes ticked"),
        (refuse(429, "rateLimitExceeded"), "Google says 429 rateLimitExceeded", "ask again later"),
        (refuse(503, "backendError"), "Google says 503 backendError", "ask again later"),
        (refuse(404, "notFound"), "Google says 404 notFound", "look at COUNTERSIGN_GOOGLE_API_URL"),
    ],
)
def test_a_no_of_googles_says_what_to_do(google: Google, refusal: Reply, found: str, mend: str) -> None:
    mailbox = google.connect(Feature.SEND)
    google.refuses = refusal
    health, told, mending = one(google.settings(), google.grants, mailbox)
    assert health is Health.MISSING
    assert found in told
    assert mend in mending


def test_a_google_that_is_not_there_is_looked_for(google: Google) -> None:
    mailbox = google.connect(Feature.SEND)
    health, found, mend = one(google.settings(google_api_url=NOWHERE), google.grants, mailbox)
    assert health is Health.MISSING
    assert found.startswith("Google cannot be reached (no connection: ")
    assert "COUNTERSIGN_GOOGLE_API_URL" in mend


def test_a_google_that_gives_no_tokens_is_looked_for(google: Google) -> None:
    google.grants.keep(GOOGLE, SAM, '{"refresh_token": "r"}', SCOPES[GOOGLE][Feature.SEND])
    settings = google.settings(google_token_url=f"{NOWHERE}/token")
    health, found, mend = one(settings, google.grants, row(GOOGLE, scopes=SCOPES[GOOGLE][Feature.SEND]))
    assert health is Health.MISSING
    assert found.startswith("Google gave no token: no connection")
    assert mend == "ask again later"


def test_a_setting_that_is_missing_is_named(google: Google) -> None:
    mailbox = google.connect(Feature.SEND)
    health, found, mend = one(google.settings(google_client_id=""), google.grants, mailbox)
    assert (health, mend) == (Health.MISSING, "docs/connect-gmail.md says what to do")
    assert found.startswith("google_client_id: is missing")


def test_a_service_account_is_asked_for_one_of_all(google: Google, tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text("{}", encoding="utf-8")
    settings = google.settings(google_service_account_file=key, calendars="google")
    assert [(what, health) for what, health, *_ in ask(settings, google.grants)] == [
        ("asked: mail of sam@ours.example", Health.MISSING),
        ("asked: calendar of sam@ours.example", Health.MISSING),
    ]


def test_a_library_that_is_missing_is_named(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ModuleNotFoundError(name, name="google_auth_oauthlib")

    mailbox = google.connect(Feature.SEND)
    monkeypatch.setattr(asking, "import_module", missing)
    assert one(google.settings(), google.grants, mailbox) == (
        Health.MISSING,
        "its library is not installed",
        "run `pip install 'countersign[google]'`",
    )


# ── Microsoft ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture
def outlook(graph: GraphDouble) -> GraphHouse:
    graph.diaries.clear()
    graph.login_says = None
    return GraphHouse(graph)


def at_graph(graph: GraphDouble, **changes: object) -> Settings:
    chosen = {
        "mail": "outlook",
        "microsoft_client_id": "client",
        "microsoft_login_url": graph.authority,
        "microsoft_graph_url": graph.base,
        "accounts_ca_file": graph.ca_file,
    }
    return Settings.model_validate({**chosen, **changes})


def test_an_account_at_microsoft_answers_for_each_thing_that_it_is_for(
    graph: GraphDouble, outlook: GraphHouse
) -> None:
    outlook.sign_in(SAM, (*SEND, *CALENDAR))
    assert ask(at_graph(graph), outlook.grants, row(MICROSOFT, scopes=(*SEND, *CALENDAR))) == [
        ("asked: mail of sam@ours.example", Health.OK, "Microsoft answers", ""),
        ("asked: calendar of sam@ours.example", Health.OK, "Microsoft answers", ""),
    ]
    assert graph.diaries.calls == ["GET calendarView"]


def test_a_sign_in_that_was_revoked_at_microsoft_closes_the_account_and_says_so(
    graph: GraphDouble, outlook: GraphHouse
) -> None:
    outlook.sign_in(SAM)
    graph.exchange.void(SAM, close=True)
    health, found, mend = one(at_graph(graph), outlook.grants, row(MICROSOFT, scopes=SEND))
    assert (health, found) == (
        Health.MISSING,
        "Microsoft lets nobody into sam@ours.example any more (invalid_grant AADSTS50173)",
    )
    assert mend == "run `countersign accounts connect microsoft --account sam@ours.example`"
    assert len(outlook.grants.closings) == 1


def test_a_scope_that_is_missing_at_microsoft_is_named(graph: GraphDouble, outlook: GraphHouse) -> None:
    outlook.sign_in(SAM, SEND[:1])
    health, found, _ = one(at_graph(graph), outlook.grants, row(MICROSOFT, scopes=SEND[:1]))
    assert (health, found) == (Health.MISSING, "sam@ours.example did not agree to Mail.Send")


@pytest.mark.parametrize(
    ("status", "code", "mend"),
    [
        (403, "ErrorAccessDenied", "see that the permissions are named (docs/connect-outlook.md), and run"),
        (404, "MailboxNotEnabledForRESTAPI", "give the account a mailbox in Exchange Online"),
        (429, "ApplicationThrottled", "ask again later"),
        (400, "BadRequest", "look at COUNTERSIGN_MICROSOFT_GRAPH_URL"),
    ],
)
def test_a_no_of_graphs_says_what_to_do(
    graph: GraphDouble, outlook: GraphHouse, status: int, code: str, mend: str
) -> None:
    outlook.sign_in(SAM, CALENDAR)
    graph.diaries.says = failed(status, code)
    health, found, mending = one(at_graph(graph), outlook.grants, row(MICROSOFT, scopes=CALENDAR))
    assert (health, found) == (Health.MISSING, f"Graph says {status} {code}")
    assert mending.startswith(mend)


def test_a_graph_that_is_not_there_is_looked_for(graph: GraphDouble, outlook: GraphHouse) -> None:
    outlook.sign_in(SAM)
    settings = at_graph(graph, microsoft_graph_url="http://127.0.0.1:9/v1.0")
    health, found, mend = one(settings, outlook.grants, row(MICROSOFT, scopes=SEND))
    assert health is Health.MISSING
    assert found.startswith("Microsoft Graph cannot be reached (no connection: ")
    assert "COUNTERSIGN_MICROSOFT_GRAPH_URL" in mend


# ── calendars by address ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def published() -> Iterator[Published]:
    with publishing(calendar()) as told:
        yield told


@pytest.fixture
def addresses(published: Published) -> MemoryGrants:
    grants = MemoryGrants()
    grants.keep(ICS, SAM, published.url, SCOPES[ICS][Feature.CALENDAR])
    return grants


AT_AN_ADDRESS = row(ICS, scopes=SCOPES[ICS][Feature.CALENDAR])


def test_a_calendar_is_read_at_its_address(published: Published, addresses: MemoryGrants) -> None:
    told = ask(Settings(calendars="ics"), addresses, AT_AN_ADDRESS)
    assert told == [("asked: calendar of sam@ours.example", Health.OK, "its private address answers", "")]
    assert len(published.asked) == 1


@pytest.mark.parametrize(
    ("status", "found", "mend"),
    [
        (410, "none any more (410)", "run `countersign accounts connect ics --for sam@ours.example`"),
        (500, "its server answers 500", "look at the calendar where it is published"),
        (200, "there is no calendar", "look at the calendar where it is published"),
    ],
)
def test_an_address_that_is_no_use_says_what_to_do(
    published: Published, addresses: MemoryGrants, status: int, found: str, mend: str
) -> None:
    published.status, published.content = status, b"<html>"
    health, told, mending = one(Settings(calendars="ics"), addresses, AT_AN_ADDRESS)
    assert health is Health.MISSING
    assert found in told
    assert mending.startswith(mend)
    assert SECRET not in told + mending


# ── CRMs ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(params=[SALESFORCE, HUBSPOT])
def crm(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with (salesforce_house if request.param == SALESFORCE else hubspot_house)(tmp_path) as made:
        yield made


def at_crm(crm: House, **changes: object) -> Settings:
    chosen = {
        "crm": crm.name,
        "crm_account": ACCOUNT.upper(),
        "salesforce_client_id": "client",
        "salesforce_client_secret": SecretStr("app-secret"),
        "salesforce_login_url": crm.address,
        "hubspot_url": crm.address,
        "accounts_ca_file": crm.ca_file or None,
    }
    return Settings.model_validate({**chosen, **changes})


def test_a_crm_answers_for_one_record(crm: House) -> None:
    told = ask(at_crm(crm), crm.grants, row(crm.name, ACCOUNT), row(crm.name, "another"))
    assert told == [("asked: crm of gate@ours.example", Health.OK, f"{crm.system} answers", "")]
    assert [call.method for call in crm.server.asked()] == ["GET"]


def test_a_grant_that_a_crm_takes_no_more_says_so(crm: House) -> None:
    crm.tokens.clear()
    crm.server.double.token_says = Answer(status=400, body={"error": "invalid_grant"})  # type: ignore[attr-defined]
    health, found, mend = one(at_crm(crm), crm.grants, row(crm.name, ACCOUNT))
    assert health is Health.MISSING
    assert found.startswith(f"{crm.system} lets the gate into gate@ours.example no more (")
    assert mend == f"run `countersign accounts connect {crm.name} --account gate@ours.example`"


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.THROTTLED])
def test_a_crm_that_fails_is_asked_later(crm: House, fault: Fault) -> None:
    crm.server.faults.append(fault)
    health, found, mend = one(at_crm(crm), crm.grants, row(crm.name, ACCOUNT))
    assert (health, mend) == (Health.MISSING, "ask again later")
    assert found.startswith(f"{crm.system} answers ")


def test_a_crm_that_hangs_up_is_looked_for(crm: House) -> None:
    crm.server.faults.append(Fault.DROPPED)
    health, found, mend = one(at_crm(crm), crm.grants, row(crm.name, ACCOUNT))
    assert health is Health.MISSING
    assert found.startswith(f"{crm.system} cannot be reached (")
    assert f"COUNTERSIGN_{crm.name.upper()}_" in mend


def test_what_a_crms_user_may_not_see_is_told_apart_from_other_noes() -> None:
    for status, mend in ((403, "permit"), (400, "see docs/connect-crm.md"), (500, "ask again later")):
        ailing = refused(Refused("HubSpot", status, "CODE"), "permit")
        assert (ailing.found, ailing.mend) == (f"HubSpot answers {status} CODE", mend)
    assert refused(Resting("wants to be left alone"), "permit").mend == "ask again later"


# ── all together ──────────────────────────────────────────────────────────────────────────────────────────────


def test_where_nobody_is_connected_it_says_so() -> None:
    [(what, health, found, _)] = ask(Settings(), MemoryGrants())
    assert (what, health, found) == ("asked", Health.OPTIONAL, "nobody: no account is connected")


def test_settings_that_make_no_sense_have_their_line_elsewhere(google: Google) -> None:
    mailbox = google.connect(Feature.SEND)
    assert one(google.settings(calendars="lotus"), google.grants, mailbox)[0] is Health.OK


def test_once_the_time_is_up_nobody_is_asked(published: Published, addresses: MemoryGrants) -> None:
    assert ask(Settings(calendars="ics"), addresses, AT_AN_ADDRESS, seconds=0) == [
        ("asked: calendar of sam@ours.example", Health.OPTIONAL, "was not asked: the time was up", "run it again")
    ]
    assert published.asked == []


def test_all_are_asked_side_by_side(published: Published, addresses: MemoryGrants) -> None:
    """No answer comes before every question has: one after the other would be given up."""
    rows, others = [], [f"p{n}@ours.example" for n in range(4)]
    arrived = threading.Barrier(len(others), timeout=30)

    class Together(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
            arrived.wait()
            return True

    published.held = Together()
    for other in others:
        addresses.keep(ICS, other, published.url, SCOPES[ICS][Feature.CALENDAR])
        rows.append(row(ICS, other, SCOPES[ICS][Feature.CALENDAR]))
    told = ask(Settings(calendars="ics"), addresses, *rows)
    assert [(what, health) for what, health, *_ in told] == [
        (f"asked: calendar of {other}", Health.OK) for other in others
    ]
