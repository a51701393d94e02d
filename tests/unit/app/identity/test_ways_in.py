"""Authenticators and one-time codes on the command line and through the API; and drafts that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core.proofs import ProofMethod
from app.identity.vault import Vault
from app.standing import Standing
from tests.cli.process import Answer
from tests.unit.app.identity.phones import STEP, Phone
from tests.unit.app.permissions.company import ACTORS, open_house
from tests.unit.app.permissions.surfaces import Surfaces, surfaces_of

LOST = "there is no draft '{}'"


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surfaces]:
    """One house, by command and by API."""
    house = open_house(tmp_path_factory.mktemp("ways"))
    with surfaces_of(house, tuple(ACTORS.values())) as surfaces:
        yield surfaces
    house.services.close()


def request_of(shown: Standing) -> str:
    assert shown.pending is not None
    return shown.pending.id


def phone_of(ways: Surfaces, actor: str) -> Phone:
    """The actor's phone, enrolled on the command line where it was not yet; its next code is good."""
    house = ways.house
    ways.run("people", "reset", actor, "--as", "olga" if actor != "olga" else "adam", "--reason", "test")
    begun = ways.run("people", "totp", "--as", actor)
    [uri] = [line for line in begun.out.splitlines() if line.startswith("otpauth://")]
    phone = Phone(uri, house.clock)
    assert "is in use" in ways.run("people", "totp", "--as", actor, "--code", phone.code()).out
    house.clock.advance(STEP)
    return phone


def decided(ways: Surfaces, shown: Standing, actor: str, **more: object) -> tuple[int, dict[str, Any]]:
    body = {"digest": shown.row.digest, "decision": "approve", **more}
    answer = ways.ask("POST", f"/drafts/{shown.row.id}/decision", body, actor=actor)
    return answer.status_code, answer.json()


# ── step-up ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_line_approves_with_a_code(ways: Surfaces) -> None:
    phone, shown = phone_of(ways, "mona"), ways.house.about("prove:mona")
    approve = ("approve", shown.row.id, "--as", "mona")
    assert "the rule demands a fresh proof" in ways.run(*approve).refusal(1)
    assert "this code proves nothing" in ways.run(*approve, "--code", phone.wrong()).refusal(1)
    assert "is scheduled" in ways.run(*approve, "--code", phone.code()).out
    [word] = ways.house.standing(shown.row.id).approvals[0].decisions
    assert word.verified_by is ProofMethod.TOTP


def test_the_api_approves_with_a_code(ways: Surfaces) -> None:
    phone, shown = phone_of(ways, "adam"), ways.house.about("prove:adam")
    status, problem = decided(ways, shown, "adam")
    assert (status, problem["title"]) == (403, "Step up required")
    status, problem = decided(ways, shown, "adam", code=phone.wrong())
    assert (status, problem["title"]) == (403, "Wrong code")
    status, record = decided(ways, shown, "adam", code=phone.code())
    assert (status, record["state"]) == (200, "scheduled")
    assert record["requests"][0]["decisions"][0]["verified_by"] == "totp"


def test_too_many_wrong_codes_are_429(ways: Surfaces) -> None:
    phone, shown = phone_of(ways, "cole"), ways.house.about("prove:cole")
    statuses = [decided(ways, shown, "cole", code=phone.wrong())[0] for _ in range(5)]
    status, problem = decided(ways, shown, "cole", code=phone.code())
    assert statuses == [403, 403, 403, 403, 429]
    assert (status, problem["title"]) == (429, "Too many tries")
    assert "try again after" in problem["detail"]


def test_a_code_that_is_too_long_is_refused_by_name(ways: Surfaces) -> None:
    status, problem = decided(ways, ways.house.about("prove:mona"), "mona", code="1" * 41)
    assert (status, problem["field"]) == (422, "code")


def test_enrolment_says_what_to_do(ways: Surfaces) -> None:
    phone = phone_of(ways, "olga")
    assert "has an authenticator already" in ways.run("people", "totp", "--as", "olga").refusal(1)
    assert "no enrolment of olga waits" in ways.run("people", "totp", "--as", "olga", "--code", "1").refusal(1)
    both = ways.run("people", "totp", "--as", "olga", "--code", "1", "--renew", "2")
    assert "cannot both be given" in both.refusal(2)
    renewed = ways.run("people", "totp", "--as", "olga", "--renew", phone.code(), "--json").records[0]
    assert renewed["uri"].startswith("otpauth://")
    assert "mona may not reset" in ways.run("people", "reset", "olga", "--as", "mona", "--reason", "x").refusal(1)


def test_keys_are_made_and_changed(ways: Surfaces) -> None:
    key = ways.run("people", "key").out.strip()
    assert Vault(key).unseal(Vault(key).seal("x", owner="o"), owner="o") == "x"
    phone_of(ways, "mona")
    assert "under the first key of COUNTERSIGN_SECRET_KEY" in ways.run("people", "rekey").out


def test_people_are_still_listed(ways: Surfaces) -> None:
    assert "mona" in ways.run("people").out
    assert "cole" in [person["id"] for person in ways.run("people", "--json").records]


# ── one-time codes ────────────────────────────────────────────────────────────────────────────────────────────


def by_code(ways: Surfaces, request_id: str, code: str, decision: str = "approve", **more: object) -> Any:
    body = {"request_id": request_id, "code": code, "decision": decision, **more}
    return ways.ask("POST", "/decisions/by-code", body)


def test_a_code_that_the_api_gives_decides_without_a_token(ways: Surfaces) -> None:
    shown = ways.house.about("ask:mona")
    given = ways.ask("POST", f"/approvals/{request_of(shown)}/code", actor="mona")
    assert given.status_code == 201
    assert "code" not in given.json()
    code = given.json()["text"].split()[0]

    wrong = by_code(ways, request_of(shown), "AAAA-AAAA")
    right = by_code(ways, request_of(shown), code)
    again = by_code(ways, request_of(shown), code)

    assert (wrong.status_code, wrong.json()["title"]) == (403, "Wrong code")
    assert (right.status_code, right.json()["state"], right.json()["id"]) == (200, "scheduled", shown.row.id)
    assert "text" not in right.json()
    assert again.status_code == 403
    assert again.json()["detail"] == wrong.json()["detail"]


def test_a_code_that_the_command_line_gives(ways: Surfaces) -> None:
    one, two = (request_of(ways.house.about("ask:olga")) for _ in range(2))
    approving, rejecting = (
        ways.run("code", each, "--as", "olga", "--json").records[0]["code"] for each in (one, two)
    )

    assert "is missing; say why" in ways.run("code", two, rejecting, "--reject").refusal(2)
    assert "said approve" in ways.run("code", one, approving, "--approve").out
    record = ways.run("code", two, rejecting, "--reject", "--reason", "no", "--json").records[0]
    assert record["state"] == "rejected"
    assert "ask for another one" in ways.run("code", one, approving, "--approve").refusal(1)


def test_asked_for_in_words_a_code_comes_with_what_to_do(ways: Surfaces) -> None:
    asked = request_of(ways.house.about("ask:adam"))
    assert f"countersign code {asked}" in ways.run("code", asked, "--as", "adam").out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("ap_x",), "or ask for one with --as PERSON"),
        (("ap_x", "K7QM-2XHD"), "say --approve or --reject"),
        (("ap_x", "K7QM-2XHD", "--approve", "--as", "mona"), "the code says who decides"),
        (("ap_x", "--as", "mona"), "there is no request 'ap_x'"),
    ],
)
def test_the_command_says_what_is_missing(ways: Surfaces, arguments: tuple[str, ...], complaint: str) -> None:
    assert complaint in ways.run("code", *arguments).refusal(2)


def test_no_code_for_step_up_on_either_way(ways: Surfaces) -> None:
    asked = request_of(ways.house.about("prove:mona"))
    refused = ways.ask("POST", f"/approvals/{asked}/code", actor="mona")
    assert (refused.status_code, refused.json()["title"]) == (403, "Step up required")
    assert "a one-time code is none" in ways.run("code", asked, "--as", "mona").refusal(1)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"code": "x", "decision": "approve"}, "request_id"),
        ({"request_id": "ap_x", "decision": "approve"}, "code"),
        ({"request_id": "ap_x", "code": "x", "decision": "maybe"}, "decision"),
        ({"request_id": "ap_x", "code": "x", "decision": "approve", "person": "mona"}, "person"),
    ],
)
def test_bodies_that_do_not_fit_name_the_field(ways: Surfaces, body: object, field: str) -> None:
    answer = ways.ask("POST", "/decisions/by-code", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


# ── drafts that are not there ─────────────────────────────────────────────────────────────────────────────────


def test_a_foreign_draft_and_none_are_answered_in_the_same_words(ways: Surfaces) -> None:
    real = ways.house.about("Hello").row.id
    for name in (real, "dr_none", real[:-1]):
        commands = (("show", name), ("undo", name), ("audit", "--draft", name), ("approve", name))
        said = {answer.refusal(2) for answer in (ways.run(*each, "--as", "cole") for each in commands)}
        assert said == {LOST.format(name)}
        for path in (f"/drafts/{name}", f"/audit?draft={name}"):
            answer = ways.ask("GET", path, actor="cole")
            assert (answer.status_code, answer.json()["detail"]) == (404, LOST.format(name))


def test_drafts_that_begin_alike_are_told_apart_only_among_those_one_may_read(ways: Surfaces) -> None:
    house = ways.house
    house.about("Hello")
    own = house.asking("rep-olga").row.id
    assert own in ways.run("show", "dr_", "--as", "rep-olga").out
    assert "drafts begin so" in ways.run("show", "dr_", "--as", "mona").refusal(2)


def test_a_rejected_draft_is_not_shown_to_whoever_rejects_it_again(ways: Surfaces) -> None:
    shown = ways.house.about("Hello")
    ways.run("reject", shown.row.id, "--as", "nina", "--reason", "no")
    body = {"digest": shown.row.digest, "decision": "reject", "reason": "me too"}
    answer = ways.ask("POST", f"/drafts/{shown.row.id}/decision", body, actor="cole")
    assert answer.status_code == 404


def test_the_whole_trail_and_everybodys_queue_are_for_managers_and_up(ways: Surfaces) -> None:
    for path in ("/audit", "/approvals?all=true"):
        found = {actor: ways.ask("GET", path, actor=actor).status_code for actor in ACTORS.values()}
        assert found == {"cole": 403, "mona": 200, "olga": 200, "adam": 200}
    assert "cole may not read the whole trail" in ways.run("audit", "--as", "cole").refusal(1)


def test_the_machines_operator_sees_all(ways: Surfaces) -> None:
    shown = ways.house.about("Hello")
    assert shown.row.id in ways.run("show", shown.row.id).out
    assert shown.row.id in ways.run("queue", "--json").out
    assert ways.run("audit", "verify").code == ways.run("audit", "export").code == 0


def test_tokens_are_listed_and_revoked_by_those_whose_they_are_and_by_admins(ways: Surfaces) -> None:
    def listed(*who: str) -> set[str]:
        return {token["person"] for token in ways.run("tokens", "list", "--json", *who).records}

    assert listed("--as", "cole") == {"cole"}
    assert listed("--as", "adam") == listed() >= set(ACTORS.values())


def test_without_a_key_it_says_how_to_make_one(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    keyless = replace(house.services, second_factors=replace(house.services.second_factors, vault=Vault("")))
    with surfaces_of(replace(house, services=keyless), ("mona",)) as ways:
        refused: Answer = ways.run("people", "totp", "--as", "mona")
    house.services.close()
    assert "make one with `countersign people key`, and set COUNTERSIGN_SECRET_KEY to it" in refused.refusal(1)
