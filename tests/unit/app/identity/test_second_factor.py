"""Authenticator apps: enrolled once, each code good once, guessing stopped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.clock import ManualClock
from app.core.errors import (
    Conflict,
    CountersignError,
    NotAvailable,
    NotPermitted,
    StepUpRequired,
    TooManyTries,
    WrongCode,
)
from app.core.proofs import ProofMethod
from app.identity.second_factor import LOCKED_FOR, SecondFactors
from app.identity.vault import Vault, new_key
from tests.support.gates import START, Harness
from tests.unit.app.identity.phones import STEP, Phone, enrolled, kinds, person

# RFC 6238, appendix B, SHA-1: the last six of the eight digits; the secret is "12345678901234567890" in base 32.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("at", "code"), RFC_VECTORS.items())
def test_codes_are_those_of_the_standard(factors: SecondFactors, harness: Harness, at: int, code: str) -> None:
    wall = ManualClock(START.fromtimestamp(at, START.tzinfo))
    at_that_time = replace(factors, wall=wall)
    with harness.store.write(now=START) as tx:
        sealed = factors.vault.seal(RFC_SECRET, owner="ruth")
        tx.identity.save_factor(replace(tx.identity.factor("ruth"), secret=sealed))
    assert at_that_time.prove(person(harness, "ruth"), f"{code[:3]} {code[3:]}").person == "ruth"


def test_an_enrolment_counts_from_its_first_code(factors: SecondFactors, harness: Harness) -> None:
    ruth = person(harness, "ruth")
    uri = factors.begin(ruth)
    asked = parse_qs(urlsplit(uri).query)
    assert uri.startswith("otpauth://totp/Countersign:ruth%40ours.example?")
    assert (asked["issuer"], len(asked["secret"][0])) == (["Countersign"], 32)
    phone = Phone(uri, harness.clock)
    with pytest.raises(StepUpRequired, match="ruth has no authenticator; enrol one with"):
        factors.prove(ruth, phone.code())

    factors.confirm(ruth, phone.code())

    harness.clock.advance(STEP)
    proof = factors.prove(ruth, phone.code())
    assert (proof.person, proof.method, proof.at) == ("ruth", ProofMethod.TOTP, harness.clock.now())
    assert kinds(harness, "identity") == ["identity.enrolling", "identity.enrolled", "identity.proved"]


def test_only_what_was_begun_can_be_confirmed(factors: SecondFactors, harness: Harness) -> None:
    with pytest.raises(Conflict, match="no enrolment of ruth waits"):
        factors.confirm(person(harness, "ruth"), "123456")


def test_the_secret_is_nowhere_to_be_read(factors: SecondFactors, harness: Harness) -> None:
    uri = factors.begin(person(harness, "ruth"))
    [secret] = parse_qs(urlsplit(uri).query)["secret"]
    with harness.store.read() as reader:
        kept = reader.identity.factor("ruth")
        told = [str(event.facts) for event in reader.audit.events()]
    assert secret not in repr(kept)
    assert not any(secret in facts for facts in told)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_phone_may_be_a_step_off(factors: SecondFactors, harness: Harness, steps: int) -> None:
    phone = enrolled(harness, factors)
    harness.clock.advance(2 * STEP)
    assert factors.prove(person(harness, "ruth"), phone.code(steps=steps)).person


@pytest.mark.parametrize("steps", [-2, 2])
def test_further_off_it_proves_nothing(factors: SecondFactors, harness: Harness, steps: int) -> None:
    phone = enrolled(harness, factors)
    harness.clock.advance(4 * STEP)
    with pytest.raises(WrongCode):
        factors.prove(person(harness, "ruth"), phone.code(steps=steps))


def test_a_code_is_accepted_once_and_no_older_one_after_it(factors: SecondFactors, harness: Harness) -> None:
    phone, ruth = enrolled(harness, factors), person(harness, "ruth")
    harness.clock.advance(STEP)
    factors.prove(ruth, phone.code())
    for seen in (phone.code(), phone.code(steps=-1)):
        with pytest.raises(WrongCode, match="used already"):
            factors.prove(ruth, seen)


def test_the_code_that_confirmed_proves_nothing_else(factors: SecondFactors, harness: Harness) -> None:
    ruth = person(harness, "ruth")
    phone = Phone(factors.begin(ruth), harness.clock)
    factors.confirm(ruth, phone.code())
    with pytest.raises(WrongCode):
        factors.prove(ruth, phone.code())


@pytest.mark.parametrize("nonsense", ["", "12345", "abcdef", "１２３４５６", "\ud800" * 6, "0" * 40])
def test_what_is_no_code_is_a_wrong_one(factors: SecondFactors, harness: Harness, nonsense: str) -> None:
    enrolled(harness, factors)
    with pytest.raises(WrongCode):
        factors.prove(person(harness, "ruth"), nonsense)


def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(factors: SecondFactors, harness: Harness) -> None:
    phone, ruth = enrolled(harness, factors), person(harness, "ruth")
    for _ in range(4):
        with pytest.raises(WrongCode):
            factors.prove(ruth, phone.wrong())
    with pytest.raises(
        TooManyTries, match="5 wrong codes in a row locked ruth's authenticator; try again after 2026"
    ):
        factors.prove(ruth, phone.wrong())
    harness.clock.advance(LOCKED_FOR - timedelta(seconds=1))
    with pytest.raises(TooManyTries):
        factors.prove(ruth, phone.code())
    harness.clock.advance(timedelta(seconds=1))
    assert factors.prove(ruth, phone.code()).person
    assert kinds(harness, "identity")[2:] == ["identity.refused"] * 4 + ["identity.locked", "identity.proved"]


def test_a_right_code_forgives_wrong_ones(factors: SecondFactors, harness: Harness) -> None:
    phone, ruth = enrolled(harness, factors), person(harness, "ruth")
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(WrongCode):
                factors.prove(ruth, phone.wrong())
        factors.prove(ruth, phone.code())
        harness.clock.advance(STEP)


def test_one_persons_tries_lock_nobody_else(factors: SecondFactors, harness: Harness) -> None:
    ruths, adas = enrolled(harness, factors, "ruth"), enrolled(harness, factors, "ada")
    for _ in range(5):
        with pytest.raises((WrongCode, TooManyTries)):
            factors.prove(person(harness, "ruth"), ruths.wrong())
    assert factors.prove(person(harness, "ada"), adas.code()).person


def _prove(factors: SecondFactors, harness: Harness, code: str) -> str:
    try:
        factors.prove(person(harness, "ruth"), code)
    except CountersignError as error:
        return type(error).__name__
    return "proved"


def test_of_many_at_once_with_one_code_one_is_let_in(factors: SecondFactors, harness: Harness) -> None:
    phone = enrolled(harness, factors)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda code: _prove(factors, harness, code), [phone.code()] * 8))
    assert found.count("proved") == 1


def test_many_guesses_at_once_are_counted_one_by_one(factors: SecondFactors, harness: Harness) -> None:
    phone = enrolled(harness, factors)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda code: _prove(factors, harness, code), [phone.wrong()] * 12))
    assert (found.count("WrongCode"), found.count("TooManyTries")) == (4, 8)


def test_another_app_needs_a_code_of_the_one_in_use(factors: SecondFactors, harness: Harness) -> None:
    old, ruth = enrolled(harness, factors), person(harness, "ruth")
    with pytest.raises(Conflict, match="ruth has an authenticator already"):
        factors.begin(ruth)
    with pytest.raises(WrongCode):
        factors.begin(ruth, current=old.wrong())
    new = Phone(factors.begin(ruth, current=old.code()), harness.clock)
    harness.clock.advance(STEP)
    assert factors.prove(ruth, old.code()).person, "the old one counts until the new one is confirmed"
    harness.clock.advance(STEP)
    factors.confirm(ruth, new.code())
    harness.clock.advance(STEP)
    with pytest.raises(WrongCode):
        factors.prove(ruth, old.code())
    assert factors.prove(ruth, new.code()).person


def test_a_lost_app_is_forgotten_by_an_admin_and_never_by_oneself(factors: SecondFactors, harness: Harness) -> None:
    enrolled(harness, factors, "ada")
    enrolled(harness, factors, "ruth")
    ruth, ada, sam = (person(harness, each) for each in ("ruth", "ada", "sam"))
    for by, whose in ((sam, ruth), (ruth, ruth), (ada, ada)):
        with pytest.raises(NotPermitted, match=f"{by.id} may not reset"):
            factors.reset(whose, by=by, reason="lost")
    factors.reset(ruth, by=ada, reason="lost")
    with pytest.raises(StepUpRequired):
        factors.prove(ruth, "123456")
    assert factors.begin(ruth)
    assert "identity.reset" in kinds(harness, "identity")


def test_keys_are_changed_without_enrolling_anew(factors: SecondFactors, harness: Harness) -> None:
    phone, ruth = enrolled(harness, factors), person(harness, "ruth")
    factors.begin(person(harness, "ada"))
    fresh = new_key()
    assert replace(factors, vault=Vault(f"{fresh},{factors.vault.keys}")).rekey() == 2
    assert replace(factors, vault=Vault(fresh)).prove(ruth, phone.code()).person
    harness.clock.advance(STEP)
    with pytest.raises(NotAvailable, match="the key under which the secret of ruth"):
        factors.prove(ruth, phone.code())


def test_without_a_key_nothing_is_counted(factors: SecondFactors, harness: Harness) -> None:
    phone, ruth = enrolled(harness, factors), person(harness, "ruth")
    for _ in range(6):
        with pytest.raises(NotAvailable, match="COUNTERSIGN_SECRET_KEY"):
            replace(factors, vault=Vault("")).prove(ruth, phone.code())
    assert factors.prove(ruth, phone.code()).person


def test_phones_go_by_real_time_wherever_the_house_is(factors: SecondFactors, harness: Harness) -> None:
    real = ManualClock(START + timedelta(days=400))
    apart = replace(factors, wall=real)
    ruth = person(harness, "ruth")
    phone = Phone(apart.begin(ruth), real)
    apart.confirm(ruth, phone.code())
    real.advance(STEP)
    assert apart.prove(ruth, phone.code()).at == harness.clock.now()
