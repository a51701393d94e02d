"""Grants in the database: sealed, renewed once, closed once, and never lost to a rival."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from app.accounts.grants import KeptGrants, account_key
from app.audit.chain import ChainedEvent
from app.core.errors import FactUnavailable, InvalidInput, NotAvailable, NotFound
from app.core.facts import Person
from app.core.grants import Grant, Grants
from app.core.notices import NoticeKind
from app.identity.vault import SETTING, Vault, new_key
from app.store.grants import GrantRepository
from tests.support.gates import START, Harness, SmallDirectory

SECRET, NEXT = "1//the-first", "1//the-second"
SAM = "sam@ours.example"


def connected(grants: KeptGrants, account: str = SAM, *, secret: str = SECRET, provider: str = "google") -> Grant:
    grants.connect(provider, account, scopes=["gmail.compose"], secret=secret, by=None)
    found = grants.of(provider, account)
    assert found is not None
    return found


def trail(harness: Harness) -> list[ChainedEvent]:
    with harness.store.read() as reader:
        return [event for event in reader.audit.events() if event.kind.startswith("account.")]


def told(harness: Harness, person: str) -> list[str]:
    with harness.store.read() as reader:
        return [n.text for n in reader.notices.for_recipient(person, limit=50) if n.kind is NoticeKind.STUCK]


def test_a_sign_in_is_kept_and_found_whatever_the_case(grants: KeptGrants, harness: Harness) -> None:
    port: Grants = grants
    ruth = grants.people.person("ruth")
    grants.connect("google", " Sam@Ours.example ", scopes=["a", "b"], secret=SECRET, by=ruth)

    found = port.of("google", "SAM@ours.example")

    assert found == Grant(
        provider="google", account=SAM, scopes=("a", "b"), secret=SECRET, version=1, granted_at=START
    )
    assert SECRET not in repr(found)
    assert port.of("microsoft", SAM) is None
    assert port.all_of("google") == (found,)
    [row] = grants.every()
    assert (row.granted_by, row.renewed_at) == ("ruth", None)
    [event] = trail(harness)
    assert (event.kind, event.actor) == ("account.connected", "person:ruth")
    assert event.facts == {"provider": "google", "account": SAM, "scopes": ["a", "b"]}


@pytest.mark.parametrize("account", ["", "  ", "two words", "x" * 321, "sam\x00@ours.example"])
def test_what_is_no_account_is_refused(account: str) -> None:
    with pytest.raises(InvalidInput, match="account: "):
        account_key(account)


def test_a_renewed_secret_takes_the_place_of_the_old_one(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)
    harness.clock.advance(timedelta(minutes=5))

    second = grants.renewed(first, NEXT)

    assert (second.secret, second.version, second.granted_at) == (NEXT, 2, START)
    assert grants.of("google", SAM) == second
    assert grants.every()[0].renewed_at == START + timedelta(minutes=5)


def test_of_rivals_that_renew_at_once_one_is_first_and_all_go_on_with_its_secret(grants: KeptGrants) -> None:
    first = connected(grants)
    with ThreadPoolExecutor(6) as pool:
        renewed = list(pool.map(lambda n: grants.renewed(first, f"1//next-{n}"), range(6)))
    assert len(set(renewed)) == 1
    assert renewed[0].version == 2
    assert grants.of("google", SAM) == renewed[0]


def test_what_was_never_there_cannot_be_renewed(grants: KeptGrants) -> None:
    first = connected(grants)
    with pytest.raises(NotFound, match="there is no grant at google of"):
        grants.renewed(replace(first, account="tom@ours.example"), NEXT)


def test_a_closed_grant_loses_its_secret_and_its_owner_is_told_once(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)

    for _ in range(2):
        grants.closed(first, "revoked at\nthe provider")

    found = grants.of("google", SAM)
    assert found is not None
    assert (found.closed, found.secret) == ("revoked at the provider", "")
    assert told(harness, "sam") == [
        "sam@ours.example at Google lets the gate in no more (revoked at the provider). What needs it waits, nothing "
        "is lost. Sign in again: countersign accounts connect google --account sam@ours.example"
    ]
    assert told(harness, "ada") == []
    events = trail(harness)
    assert [(event.kind, event.actor) for event in events] == [
        ("account.connected", "gate"),
        ("account.closed", "gate"),
    ]
    assert events[-1].facts["reason"] == "revoked at the provider"


def test_rivals_that_close_at_once_tell_once(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: grants.closed(first, "revoked"), range(6)))
    assert len(told(harness, "sam")) == 1
    assert [event.kind for event in trail(harness)].count("account.closed") == 1


def test_an_account_that_is_nobodys_is_told_to_the_admins(grants: KeptGrants, harness: Harness) -> None:
    grants.closed(connected(grants, "crm-user", provider="salesforce"), "expired")
    assert ["crm-user at Salesforce" in text for text in told(harness, "ada")] == [True]
    assert told(harness, "ruth") == []


def test_an_old_refusal_does_not_close_a_newer_grant(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)
    second = grants.renewed(first, NEXT)
    grants.closed(first, "revoked")
    assert grants.of("google", SAM) == second
    assert told(harness, "sam") == []


def test_a_closed_grant_is_not_renewed_and_a_new_sign_in_opens_it(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)
    grants.closed(first, "revoked")
    assert grants.renewed(first, NEXT).closed == "revoked"

    again = connected(grants, secret=NEXT)

    assert (again.secret, again.version, again.closed) == (NEXT, 2, "")
    assert grants.renewed(first, "1//late") == again
    grants.closed(first, "an old refusal")
    assert grants.of("google", SAM) == again
    grants.closed(again, "revoked again")
    assert len(told(harness, "sam")) == 2


class Unreadable(SmallDirectory):
    """A double of a directory that does not answer."""

    def person(self, id_or_email: str) -> Person | None:  # noqa: ARG002
        raise FactUnavailable("people", "does not answer")

    def with_role(self, role: str) -> Sequence[Person]:  # noqa: ARG002
        raise FactUnavailable("people", "does not answer")


def test_nobody_loses_a_grant_without_being_told(grants: KeptGrants, harness: Harness) -> None:
    """Where nobody knows whom to tell, whoever tries it next closes it."""
    first = connected(grants)
    replace(grants, people=Unreadable()).closed(first, "revoked")
    assert grants.of("google", SAM) == first
    grants.closed(first, "revoked")
    assert len(told(harness, "sam")) == 1


def test_the_secret_is_sealed_in_the_row_and_opens_in_no_other(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)
    tom = connected(grants, "tom@ours.example", secret=NEXT)
    sam_row, tom_row = grants.every()
    for row in (sam_row, tom_row):
        assert row.secret is not None
        assert SECRET not in row.secret
        assert row.secret not in repr(row)
    with harness.store.write(now=START) as tx:
        tx.grants.put(replace(sam_row, secret=tom_row.secret))
    with pytest.raises(NotAvailable, match="made for somebody else"):
        grants.of("google", first.account)
    assert grants.of("google", tom.account) == tom


def test_without_a_key_nothing_is_kept_and_nothing_read(grants: KeptGrants) -> None:
    first = connected(grants)
    keyless = replace(grants, vault=Vault(""))
    for use in (
        lambda: keyless.of("google", SAM),
        lambda: keyless.all_of("google"),
        lambda: keyless.renewed(first, NEXT),
        lambda: keyless.connect("google", SAM, scopes=[], secret=NEXT, by=None),
    ):
        with pytest.raises(NotAvailable, match=SETTING):
            use()
    assert grants.of("google", SAM) == first


def test_a_closed_grant_needs_no_key_to_be_seen(grants: KeptGrants) -> None:
    grants.closed(connected(grants), "revoked")
    found = replace(grants, vault=Vault("")).of("google", SAM)
    assert found is not None
    assert found.closed == "revoked"


def test_another_key_takes_over_without_signing_in_anew(grants: KeptGrants, harness: Harness) -> None:
    first = connected(grants)
    grants.closed(connected(grants, "tom@ours.example"), "revoked")
    fresh = new_key()

    assert replace(grants, vault=Vault(f"{fresh},{grants.vault.keys}")).rekey() == 1

    after = replace(grants, vault=Vault(fresh))
    assert after.of("google", SAM) == first
    assert after.renewed(first, NEXT).version == 2
    assert trail(harness)[-1].facts == {"accounts": 1}
    with pytest.raises(NotAvailable, match=r"the key under which the secret of google:sam@ours\.example"):
        grants.of("google", SAM)


def test_rekeying_takes_the_newest_secret_where_another_process_renews_meanwhile(
    grants: KeptGrants, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = connected(grants)
    [old] = grants.every()
    grants.renewed(first, NEXT)
    monkeypatch.setattr(GrantRepository, "every", lambda _: [old])  # what was read before somebody was first
    assert grants.rekey() == 1
    found = grants.of("google", SAM)
    assert found is not None
    assert (found.secret, found.version) == (NEXT, 2)
