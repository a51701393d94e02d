"""Rights, authenticators and one-time codes as real processes. In this process: tests/unit/app/identity."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.identity.vault import new_key
from tests.cli.company import write_draft
from tests.cli.process import Countersign

pytestmark = pytest.mark.processes


def test_a_draft_is_not_there_for_colleagues_whom_it_does_not_concern(
    countersign: Countersign, tmp_path: Path
) -> None:
    countersign.here("submit", write_draft(tmp_path, "Review", "foreign-1"))
    assert countersign("show", "foreign-1", "--as", "tom").refusal(2) == "there is no draft 'foreign-1'"
    assert countersign("approve", "foreign-1", "--as", "tom").refusal(2) == "there is no draft 'foreign-1'"
    assert "for sam" in countersign("show", "foreign-1").out


def test_an_authenticator_needs_a_key_that_is_in_the_settings(countersign: Countersign) -> None:
    assert "COUNTERSIGN_SECRET_KEY" in countersign("people", "totp", "--as", "ruth").refusal(1)
    keyed = replace(countersign, secret_key=new_key())
    assert "otpauth://totp/Countersign:ruth%40ours.example?secret=" in keyed("people", "totp", "--as", "ruth").out
    wrong = replace(countersign, secret_key="secret")
    assert "holds something that is no key" in wrong("people", "totp", "--as", "sam").refusal(2)


def test_a_code_for_a_phone_decides_once(countersign: Countersign, tmp_path: Path) -> None:
    [record] = countersign.here("submit", write_draft(tmp_path, "Review", "phone-1"), "--json").records
    request = record["requests"][0]["id"]
    code = countersign("code", request, "--as", "ruth", "--json").records[0]["code"]
    assert "said approve" in countersign("code", request, code, "--approve").out
    assert "ask for another one" in countersign("code", request, code, "--approve").refusal(1)
