"""Connecting accounts and letting go of them: who may, what is kept, what nobody is asked for in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.accounts.features import (
    GOOGLE,
    MICROSOFT,
    SCOPES,
    Feature,
    features_named,
    missing,
    provider_named,
    scopes_for,
)
from app.accounts.service import LET_GO, Accounts, Standing, Way
from app.core.errors import Conflict, InvalidInput, NotAvailable, NotFound, NotPermitted
from app.core.facts import Person
from app.identity.vault import Vault
from integrations.credentials import microsoft
from integrations.credentials.google import FEATURES
from integrations.credentials.google import scopes_for as asked_at_google
from tests.support.doors import SECRET, SECRETS, SILENT, WillingDoor
from tests.support.gates import Harness
from tests.unit.app.accounts.test_grants import told, trail

SAM = "sam@ours.example"


def let_in(
    accounts: Accounts, account: str = SAM, *, by: str | None = None, provider: str = GOOGLE, way: Way = Way.BROWSER
) -> tuple[str, ...]:
    """What is missing after the sign-in."""
    who = someone(accounts, by) if by else None
    done = accounts.connect(provider, account, features=[Feature.SEND], way=way, talk=SILENT, by=who)
    return done.missing


def someone(accounts: Accounts, id: str) -> Person:
    found = accounts.grants.people.person(id)
    assert found is not None
    return found


def test_an_account_is_connected_for_what_it_is_for_and_no_more(accounts: Accounts, door: WillingDoor) -> None:
    assert let_in(accounts, "Sam@Ours.example", by="sam", way=Way.CODE) == ()
    assert door.asked == [(SAM, SCOPES[GOOGLE][Feature.SEND], Way.CODE)]
    [seen] = accounts.every(by=None)
    assert (seen.standing, seen.features) == (Standing.OPEN, (Feature.SEND, Feature.REPLIES))
    assert (seen.grant.account, seen.grant.granted_by) == (SAM, "sam")
    kept = accounts.grants.of(GOOGLE, SAM)
    assert kept is not None
    assert kept.secret == SECRET


def test_everybody_connects_their_own_and_admins_anybodys(accounts: Accounts, door: WillingDoor) -> None:
    let_in(accounts, by="sam")
    let_in(accounts, by="ada")
    for by in ("ruth", "tom"):
        with pytest.raises(NotPermitted, match=f"{by} may not connect sam@ours"):
            let_in(accounts, by=by)
        with pytest.raises(NotPermitted, match=f"{by} may not disconnect sam@ours"):
            accounts.disconnect(GOOGLE, SAM, by=someone(accounts, by))
    with pytest.raises(NotPermitted):
        let_in(accounts, "shared@ours.example", by="sam")
    let_in(accounts, "shared@ours.example", by="ada")
    assert len(door.asked) == 3
    assert [len(accounts.every(by=someone(accounts, who))) for who in ("sam", "ruth", "ada")] == [1, 0, 2]


def test_nobody_signs_in_for_nothing(accounts: Accounts, door: WillingDoor) -> None:
    keyless = replace(accounts, grants=replace(accounts.grants, vault=Vault("")))
    with pytest.raises(NotAvailable, match="COUNTERSIGN_SECRET_KEY"):
        let_in(keyless)
    with pytest.raises(InvalidInput, match="is no account"):
        let_in(accounts, " ")
    assert door.asked == []


def test_whoever_else_signs_in_is_not_kept(accounts: Accounts, door: WillingDoor, harness: Harness) -> None:
    door.signs_in_as = "tom@ours.example"
    with pytest.raises(Conflict, match=r"tom@ours\.example signed in, not sam@ours\.example: nothing was kept"):
        let_in(accounts)
    assert accounts.every(by=None) == []
    assert trail(harness) == []


def test_what_the_owner_does_not_agree_to_is_told(accounts: Accounts, door: WillingDoor) -> None:
    compose, reading = SCOPES[GOOGLE][Feature.SEND]
    door.refuses = frozenset({reading})
    assert let_in(accounts) == (reading,)
    [seen] = accounts.every(by=None)
    assert (seen.grant.scopes, seen.features) == ((compose,), ())


def test_letting_go_forgets_the_secret_here_and_there_and_keeps_the_row(
    accounts: Accounts, door: WillingDoor, harness: Harness
) -> None:
    let_in(accounts, by="sam")
    ada = someone(accounts, "ada")

    assert accounts.disconnect("gmail", "SAM@ours.example", by=ada).not_told == ""
    assert accounts.disconnect(GOOGLE, SAM, by=ada).not_told == ""

    assert door.revoked == [SAM]
    [seen] = accounts.every(by=None)
    assert (seen.standing, seen.grant.closed, seen.grant.secret) == (Standing.CLOSED, LET_GO, None)
    assert [(event.kind, event.actor) for event in trail(harness)] == [
        ("account.connected", "person:sam"),
        ("account.disconnected", "person:ada"),
    ]
    assert told(harness, "sam") == []


def test_letting_go_forgets_the_secret_here_although_the_provider_cannot_be_told(
    accounts: Accounts, door: WillingDoor
) -> None:
    let_in(accounts)
    door.cannot_be_told = True
    assert "the provider to answer" in accounts.disconnect(GOOGLE, SAM, by=None).not_told
    assert accounts.every(by=None)[0].grant.secret is None


def test_what_was_never_connected_is_not_there(accounts: Accounts) -> None:
    with pytest.raises(NotFound, match=r"no account at google named 'sam@ours\.example'"):
        accounts.disconnect(GOOGLE, SAM, by=None)


def test_an_account_whose_key_is_lost_is_seen_as_sealed_and_can_be_let_go(accounts: Accounts) -> None:
    let_in(accounts)
    lost = replace(accounts, grants=replace(accounts.grants, vault=Vault("")))
    [seen] = lost.every(by=None)
    assert seen.standing is Standing.SEALED
    assert "COUNTERSIGN_SECRET_KEY" in lost.disconnect(GOOGLE, SAM, by=None).not_told
    assert accounts.every(by=None)[0].standing is Standing.CLOSED


def test_no_secret_stands_in_the_database_the_trail_or_a_notice(accounts: Accounts, harness: Harness) -> None:
    let_in(accounts, by="sam")
    kept = accounts.grants.of(GOOGLE, SAM)
    assert kept is not None
    accounts.grants.closed(accounts.grants.renewed(kept, f"{SECRET} "), "revoked")
    let_in(accounts, by="sam")
    with harness.store.read() as reader:
        everything = [*reader.audit.events(), *reader.grants.every(), *reader.notices.for_recipient("sam", limit=9)]
        written = " ".join(map(str, everything)) + str([grant.secret for grant in reader.grants.every()])
    assert "account.connected" in written
    assert not any(secret in written for secret in SECRETS)


# ── features and scopes ───────────────────────────────────────────────────────────────────────────────────────


def test_the_scopes_are_those_of_the_providers() -> None:
    assert {feature.value: scopes for feature, scopes in SCOPES[GOOGLE].items()} == dict(FEATURES)
    assert SCOPES[MICROSOFT] == {Feature.SEND: microsoft.SEND, Feature.CALENDAR: microsoft.CALENDAR}
    for wanted in ([Feature.SEND], [Feature.SEND, Feature.REPLIES], [Feature.LABEL, Feature.SEND, Feature.CALENDAR]):
        assert scopes_for(GOOGLE, wanted) == asked_at_google(*wanted)


def test_features_are_named_with_commas() -> None:
    assert features_named(GOOGLE, "send, Calendar,send") == (Feature.SEND, Feature.CALENDAR)
    assert features_named(GOOGLE, " , ") == (Feature.SEND,)
    with pytest.raises(InvalidInput, match="'fly' is unknown; possible are send"):
        features_named(GOOGLE, "fly")
    with pytest.raises(InvalidInput, match="'label' is unknown; possible are send, calendar"):
        features_named(MICROSOFT, "label")


def test_providers_go_by_their_mails_name_too() -> None:
    assert [provider_named(name) for name in ("google", "Gmail", " outlook")] == [GOOGLE, GOOGLE, MICROSOFT]
    with pytest.raises(InvalidInput, match="'yahoo' is none of google, microsoft"):
        provider_named("yahoo")


def test_a_scope_is_the_same_however_it_is_spelled_and_a_wider_one_is_enough() -> None:
    assert missing(["Mail.Send"], ["https://graph.microsoft.com/mail.send"]) == ()
    assert missing(["Mail.Send", "Mail.ReadWrite"], ["Mail.ReadWrite"]) == ("Mail.Send",)
    google = "https://www.googleapis.com/auth/gmail"
    assert missing(SCOPES[GOOGLE][Feature.SEND], [f"{google}.modify"]) == ()
    assert missing([f"{google}.modify"], [f"{google}.readonly"]) == (f"{google}.modify",)
