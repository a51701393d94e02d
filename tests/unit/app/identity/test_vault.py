"""Secrets at rest."""

from __future__ import annotations

import pytest

from app.core.errors import InvalidInput, NotAvailable
from app.identity.vault import Vault, new_key


def test_a_sealed_secret_is_read_by_whoever_has_the_key_and_says_nothing_to_others() -> None:
    vault = Vault(new_key())
    sealed = vault.seal("JBSWY3DP", owner="ruth")
    assert "JBSWY3DP" not in sealed
    assert vault.unseal(sealed, owner="ruth") == "JBSWY3DP"
    with pytest.raises(NotAvailable, match="the key under which the secret of ruth was encrypted"):
        Vault(new_key()).unseal(sealed, owner="ruth")


def test_a_secret_that_was_put_into_another_row_is_refused() -> None:
    vault = Vault(new_key())
    with pytest.raises(NotAvailable, match="made for somebody else"):
        vault.unseal(vault.seal("JBSWY3DP", owner="sam"), owner="ruth")


def test_a_new_key_in_front_encrypts_and_the_old_one_still_decrypts() -> None:
    old, new = new_key(), new_key()
    sealed = Vault(old).seal("JBSWY3DP", owner="ruth")
    anew = Vault(f"{new}, {old}").reseal(sealed, owner="ruth")
    assert Vault(new).unseal(anew, owner="ruth") == "JBSWY3DP"
    with pytest.raises(NotAvailable):
        Vault(new).unseal(sealed, owner="ruth")


@pytest.mark.parametrize("nothing", ["", " , "])
def test_without_a_key_it_says_how_to_get_one(nothing: str) -> None:
    with pytest.raises(NotAvailable, match=r"countersign people key.*COUNTERSIGN_SECRET_KEY"):
        Vault(nothing).seal("x", owner="ruth")


@pytest.mark.parametrize("wrong", ["secret", f"{'A' * 43}=,x", "ä" * 44])
def test_what_is_no_key_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="COUNTERSIGN_SECRET_KEY: holds something that is no key") as refused:
        Vault(wrong).seal("x", owner="ruth")
    assert wrong not in str(refused.value)


def test_a_vault_does_not_show_its_keys() -> None:
    key = new_key()
    assert key not in repr(Vault(key))
