"""Domains that are made to be taken for others."""

from __future__ import annotations

import pytest

from app.checks.recipients.resemblance import resemblance
from app.core.checks import CheckResult, Severity
from app.core.facts import Account, Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import DANA, draft, facts, results

MILLS = Account(id="mills", name="Acme Mills", domains=("acmemills.com",))
LOGISTICS = Account(id="logistics", name="Halcyon Logistics", domains=("halcyon-logistics.co.uk",))


def looked_at(address: str, *customers: Account) -> list[CheckResult]:
    world = facts(
        recipients=(Recipient(email=address),),
        customers=customers or (MILLS, LOGISTICS),
        own_domains=("fernbrook.com",),
        account=None,
        accounts={},
        deal=None,
    )
    return results("recipient.lookalike", Findings(text="Hi"), world, draft(to=(address,), deal_id=None))


@pytest.mark.parametrize(
    ("domain", "severity"),
    [
        ("acmemlils.com", Severity.HIGH),
        ("acmemils.com", Severity.HIGH),
        ("acmemiills.com", Severity.HIGH),
        ("acrnemills.com", Severity.HIGH),
        ("acme-mills.com", Severity.HIGH),
        ("acmemills.co", Severity.HIGH),
        ("acmemills.com.ru", Severity.BLOCK),
        ("acmemills-billing.com", Severity.HIGH),
        ("securefernbrook.com", Severity.HIGH),
        ("halcyon-logistics.com", Severity.HIGH),
        ("halcyonlogistcs.co.uk", Severity.HIGH),
        ("ácmemills.com", Severity.HIGH),
        ("acm3mills.com", Severity.BLOCK),
        ("acmemi11s.com", Severity.BLOCK),
        ("аcmemills.com", Severity.BLOCK),
        ("fеrnbrook.com", Severity.BLOCK),
        ("acmemills.com.login.net", Severity.BLOCK),
        ("acmemills-com.net", Severity.BLOCK),
        ("fernbrok.com", Severity.HIGH),
    ],
)
def test_domains_that_look_like_a_customers_or_ours(domain: str, severity: Severity) -> None:
    (result,) = looked_at(f"dana@{domain}")

    assert result.severity is severity
    assert "acmemills.com" in result.message or "fernbrook.com" in result.message or "halcyon" in result.message


def test_punycode_is_read_as_it_is_shown() -> None:
    ascii_form = "аcmemills".encode("idna").decode()

    (result,) = looked_at(f"dana@{ascii_form}.com")

    assert result.severity is Severity.BLOCK
    assert "letters of another script" in result.message


@pytest.mark.parametrize(
    "domain",
    [
        *("acmemills.com", "mail.acmemills.com", "fernbrook.com", "eu.fernbrook.com"),
        *("ridgewell.com", "mills.com", "acme.com", "logistics.co.uk", "gmail.com", "xn--.com", "localhost", ""),
        *("millsacme-partners.com", "acmemillsupply.com", "brookfern.com"),
    ],
)
def test_domains_that_are_themselves_or_like_nobody(domain: str) -> None:
    assert looked_at(f"dana@{domain}") == []


@pytest.mark.parametrize(
    ("theirs", "known"),
    [
        *(("hp.com", "hpe.com"), ("sap.com", "gap.com"), ("ups.com", "usps.com"), ("aon.com", "eon.com")),
        *(("ford.com", "lord.com"), ("kone.com", "cone.com"), ("delta.com", "delt.com"), ("arm.com", "am.com")),
        *(("target.com", "garget.com"), ("market.com", "parket.com"), ("mars.com", "mara.com"), ("bp.com", "bp.org")),
        *(("norwich.com", "norvik.com"), ("sandvik.com", "landvik.com"), ("united.de", "unitel.com")),
    ],
)
def test_short_names_of_honest_companies_do_not_collide(theirs: str, known: str) -> None:
    assert resemblance(theirs, known, expected=False) is None
    assert resemblance(known, theirs, expected=False) is None


def test_the_same_short_name_tells_where_the_company_is_meant() -> None:
    assert resemblance("bp.org", "bp.com", expected=True) is not None


def test_known_addresses_and_known_domains_imitate_nobody() -> None:
    twin = Account(id="twin", name="Acme Mill", domains=("acmemill.com",))
    known = facts(recipients=(Recipient(email="dana@acmemils.com", contact=DANA),), customers=(MILLS,))

    assert looked_at("x@acmemill.com", MILLS, twin) == []
    assert results("recipient.lookalike", Findings(text="Hi"), known) == []


def test_a_free_mail_service_as_a_customers_domain_has_no_doubles() -> None:
    assert looked_at("x@gmial.com", Account(id="one", name="One", domains=("gmail.com",))) == []
