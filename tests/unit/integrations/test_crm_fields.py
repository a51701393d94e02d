"""Which fields of a CRM hold what, as a file says it; and what is made of their values."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import InvalidWorld
from app.core.facts import Deal
from integrations.crm.mapping import HUBSPOT, SALESFORCE, CrmFields, read_mapping
from integrations.crm.records import Flawed, Row, account_of, contact_of, deal_of, domain_in


def mapping(folder: Path, text: str, usual: CrmFields = SALESFORCE) -> CrmFields:
    file = folder / "crm-fields.yaml"
    file.write_text(text, encoding="utf-8")
    return read_mapping(file, usual=usual)


def deal(fields: CrmFields, **values: object) -> Deal | Flawed:
    row = Row(system="Salesforce", type="Opportunity", id="006-1", values=values)
    return deal_of(row, fields, name="Planner", account="001-1", owner="priya@ours.example")


def sound(found: Deal | Flawed) -> Deal:
    assert isinstance(found, Deal), found
    return found


def test_a_file_adds_to_what_is_usual(tmp_path: Path) -> None:
    fields = mapping(
        tmp_path,
        """
deal: {on_hold: On_Hold__c, discount_cap: Cap__c, amount: null}
account: {aliases: Also_Known_As__c}
contact: {timezone: Zone__c}
activity: {key: Countersign_Id__c}
stages: {"1 - Discovery": discovery, Negotiation/Review: legal}
currency: eur
percent: fraction
""",
    )
    assert fields.deal == {
        "stage": "StageName",
        "close_date": "CloseDate",
        "next_step": "NextStep",
        "on_hold": "On_Hold__c",
        "discount_cap": "Cap__c",
    }
    assert fields.account == {"domains": "Website", "aliases": "Also_Known_As__c"}
    assert (fields.contact["timezone"], fields.activity) == ("Zone__c", {"key": "Countersign_Id__c"})
    assert (fields.currency, fields.fractions) == ("EUR", True)
    assert [fields.stage(each) for each in ("1 - discovery", "Negotiation/Review", "Proposal/Price Quote")] == [
        "discovery",
        "legal",
        "proposal",
    ]
    assert mapping(tmp_path, "") == SALESFORCE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("deals: {}", r"crm-fields\.yaml: 'deals' is unknown; known are deal, account"),
        ("deal: {hold: On_Hold__c}", r"crm-fields\.yaml deal: 'hold' is unknown; known are stage, amount"),
        ("deal: {on_hold: [a]}", r"crm-fields\.yaml deal\.on_hold: must be the name of a field"),
        ("deal: {on_hold: 'x FROM User'}", r"deal\.on_hold: must be the name of a field .* such as On_Hold__c"),
        ("deal: [a]", r"crm-fields\.yaml deal"),
        ("stages: {Won: }", r"stages\.Won: is missing"),
        ("currency: euros", r"currency: must be a currency's code such as EUR"),
        ("percent: half", r"percent: must be number \(15\) or fraction \(0\.15\)"),
        ("deal: {", r"crm-fields\.yaml line 1"),
    ],
)
def test_a_refusal_names_the_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidWorld, match=said):
        mapping(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidWorld, match=r"crm-fields\.yaml: cannot be read"):
        read_mapping(tmp_path / "crm-fields.yaml", usual=SALESFORCE)


@pytest.mark.parametrize(
    ("fields", "theirs", "ours"),
    [
        (SALESFORCE, "Closed Won", "closed_won"),
        (SALESFORCE, "Id. Decision Makers", "qualification"),
        (SALESFORCE, "Prospecting", "prospecting"),
        (SALESFORCE, "Säule 3 / Prüfung", "säule_3_prüfung"),
        (HUBSPOT, "closedlost", "closed_lost"),
        (HUBSPOT, "appointmentscheduled", "prospecting"),
        (HUBSPOT, "98765", "98765"),
    ],
)
def test_stages(fields: CrmFields, theirs: str, ours: str) -> None:
    assert fields.stage(theirs) == ours


@pytest.mark.parametrize(
    ("fractions", "value", "percent"),
    [(False, 15.0, 15.0), (False, 0.5, 0.5), (True, "0.15", 15.0), (True, 1, 100.0)],
)
def test_percentages_are_as_the_house_says(tmp_path: Path, fractions: bool, value: object, percent: float) -> None:
    text = f"deal: {{discount_cap: Cap__c}}\npercent: {'fraction' if fractions else 'number'}"
    assert sound(deal(mapping(tmp_path, text), Cap__c=value)).discount_cap == percent


def test_a_fraction_over_one_is_a_flaw(tmp_path: Path) -> None:
    fields = mapping(tmp_path, "deal: {discount_cap: Cap__c}\npercent: fraction")
    found = deal(fields, Cap__c=15)
    assert isinstance(found, Flawed)
    assert found.reason == (
        "Salesforce Opportunity 006-1.discount_cap: must be a fraction such as 0.15, not 15; mend it there"
    )


def test_a_field_for_legals_word_counts_from_the_moment_it_is_named(tmp_path: Path) -> None:
    named = mapping(tmp_path, "deal: {legal_approved: Legal__c}")
    assert sound(deal(SALESFORCE)).legal_approved
    assert [sound(deal(named, Legal__c=value)).legal_approved for value in (None, "", False, True, "true")] == [
        False,
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.Halden.example/en?x=1", "halden.example"),
        ("halden.example", "halden.example"),
        ("www.halden.example.", "halden.example"),
        ("http://münchen.example:8080", "xn--mnchen-3ya.example"),
        ("n/a", ""),
        ("none", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_the_domain_in_what_people_write_as_a_website(text: str, domain: str) -> None:
    assert domain_in(text) == domain


def test_an_account_with_more_domains_and_names(tmp_path: Path) -> None:
    fields = mapping(tmp_path, "account: {aliases: Aka__c}")
    row = Row(
        system="x", type="Account", id="1", values={"Website": "a.example; www.b.example", "Aka__c": "Halden, HPM"}
    )
    account = account_of(row, fields, name="", domains=["b.example", "c.example"])
    assert (account.name, account.domains) == ("1", ("a.example", "b.example", "c.example"))
    assert account.aliases == ("Halden", "HPM")


def test_a_contact_with_a_time_zone_that_is_none_is_a_flaw_under_its_addresses(tmp_path: Path) -> None:
    fields = mapping(tmp_path, "contact: {timezone: Zone__c}")
    row = Row(system="Salesforce", type="Contact", id="003-1", values={"Zone__c": "Mars/Base"})
    found = contact_of(
        row, fields, name="Joan", account=None, addresses=["Joan@Halden.example", "", "j@halden.example"]
    )
    assert found is not None
    assert found.addresses == ("joan@halden.example", "j@halden.example")
    assert isinstance(found.contact, Flawed)
    assert "003-1.timezone: must be an IANA time zone" in found.contact.reason


def test_the_file_that_the_documentation_shows_works_as_it_stands_there(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "connect-crm.md").read_text(encoding="utf-8")
    fields = mapping(tmp_path, page.partition("```yaml\n")[2].partition("```")[0])
    assert fields.deal["on_hold"] == "On_Hold__c"
    assert (fields.stage("1 - Discovery"), fields.stage("98765")) == ("qualification", "negotiation")
