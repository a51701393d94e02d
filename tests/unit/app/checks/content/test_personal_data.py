"""Personal data, and the numbers that only look like it."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from tests.unit.app.checks.builders import draft, facts, found, results, rewritten


@pytest.mark.parametrize(
    "text",
    [
        "Please charge my card 4111 1111 1111 1111, exp 04/27",
        "The card number is 5500005555555559.",
        "amex 3782 822463 10005",
        "IBAN DE89 3704 0044 0532 0130 00",
        "Ingrid's account is NO93 8601 1117 947",
        "GB29NWBK60161331926819",
        "Marcus's SSN is 123-45-6789",
        "SSN 123456789",
        "His National Insurance number is QQ123456C",
        "NI number AB 12 34 56 C",
        "passport number C01X00T47",
        "Elena Voss, date of birth 12/03/1984",
        "DOB: 1984-03-12",
        "Marcus was born on 12 March 1984",
        "Marcus was diagnosed with cancer in May.",
        "He is on leave because of burnout.",
        "Elena's depression is worse",
        "My colleague is undergoing chemotherapy",
        "Piotr has diabetes, so no cake.",
        "His private mobile is +48 601 222 333",
        "Elena's home address is 12 Elm Street, Chicago",
        "Marcus lives at 44 Maple Avenue",
        "passport no: X1234567",
        "her personal phone number: 917-555-0142",
        "Joanna is pregnant and will leave",
        "Samuel had a heart attack last month",
        "Driver's licence number: D123-4567-8901",
        "personnummer 19840312-1234",
        "Steuer-ID 12 345 678 901",
        "Patient ID: 88412377",
        "Our driver was hospitalised with a stroke",
        "Visa 4242 4242 4242 4242 CVV 123",
        "Wen's birthday is 3 May 1991",
        "IBAN: FR14 2004 1010 0505 0001 3M02 606",
        "Codice fiscale RSSMRA85T10A562S",
        "his social is 123-45-6789",
        "Marcus is recovering from back surgery",
        "Ingrid is off with burnout until March",
        "You can get Marcus on his private number, 917-555-0142",
        "CPF 529.982.247-25",
    ],
)
def test_personal_data_is_found(text: str) -> None:
    assert results("content.personal_data", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Order number 4111 1111 1111 1111",
        "Tracking 4111111111111111 left",
        "invoice 378282246310005",
        "test card 4242 4242 4242 4242",
        "Please transfer invoice 2041 to our account, IBAN DE89 3704 0044 0532 0130 00",
        "part 123-45-6789",
        "We need your passport number for the badge.",
        "the passport is valid until 2027-03-12",
        "Larkspur was born in 2015",
        "the card ending in 1111",
        "Get well soon!",
        "I was off sick yesterday",
        "Tamarind supports patients with diabetes.",
        "health check of the system: 123456",
        "my mobile is +1 917 555 0142",
        "Call Jonas on +49 171 1234567",
        "your home address: 12 Elm Street",
        "Our office is at 12 Elm Street",
        "the system was diagnosed with a fault",
        "He is on leave until May",
        "a stroke of luck",
        "VAT ID DE123456789",
        "EIN 12-3456789",
        "PO 4500001234567890",
        "IMEI 490154203237518",
        "serial 4556737586899855",
        "Her cancer research is impressive",
        "the cancer center's data",
        "The heart of the plan",
        "pain points: dispatch",
        "date of birth is a field in the form",
        "Marcus is out today",
        "order 378282246310005 placed",
        "Happy birthday, Marcus!",
        "The contract was born on 3 May",
        "Meeting ID 987 6543 2100",
        "SKU 4000-0012-3456-7899",
        "+1 (917) 555-0142",
        "You are not alone with depression in the market",
        "The freight market is in depression",
        "the economy had a stroke",
        "Order ID 123-45-6789",
        "passport control takes 10 minutes",
        "The patient portal 2026 is live",
        "Our driver app is in beta; visa permit: none",
        "She had surgery scheduling questions",
        "the visa application 2026-11-18",
        "AB123456C",
        "The driver license module v1.20.300",
        "Our patient scheduling: 12345678 rows",
        "Nie 123456789 zł",
    ],
)
def test_what_is_not_personal_is_not(text: str) -> None:
    assert results("content.personal_data", found(text), facts()) == []


@pytest.mark.parametrize("number", ["4111 1111 1111 1111", "123-45-6789", "DE89 3704 0044 0532 0130 00"])
def test_no_result_repeats_a_number(number: str) -> None:
    (result,) = results("content.personal_data", found(f"His card, SSN or account: {number}"), facts())

    assert number not in result.message + "".join(e.value for e in result.evidence)


def test_what_is_told_in_words_is_not_kept_in_the_evidence() -> None:
    (result,) = results("content.personal_data", found("Hank was diagnosed with cancer."), facts())

    assert result.severity is Severity.HIGH
    assert "cancer" not in result.message + "".join(e.value for e in result.evidence)


def test_the_last_digits_are_enough() -> None:
    text = "Please use card 4111 1111 1111 1111 again."

    (result,) = results("content.personal_data", found(text), facts())

    assert rewritten(found(text), result) == "Please use card ending in 1111 again."
    assert results("content.personal_data", found(rewritten(found(text), result)), facts()) == []


def test_an_invoice_names_the_account_to_pay_to() -> None:
    text = "Please pay to IBAN DE89 3704 0044 0532 0130 00."

    assert results("content.personal_data", found(text), facts(), draft(action="invoice_reminder")) == []
    (result,) = results("content.personal_data", found(text), facts())
    assert result.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        "Marcus' date of birth is 14 July 1987.",
        "Please book the flight for Marcus Bell, passport 533380006.",
        "Her SSN (078-05-1120) is needed for the badge.",
        "You can reach Marcus at home: his private number is +1 312 555 0147.",
        "Ingrid has been on sick leave with depression since June.",
        "Marcus lives at 1420 Oak Street, Evanston.",
        "My card is 5555 5555 5555 4444, exp 09/28, CVC 123.",
        "Use IBAN GB82 WEST 1234 5698 7654 32 for Marcus's refund.",
        "Marcus is in hospital after a heart attack, so Joanna takes over.",
        "Joanna's NI number: AB 12 34 56 C.",
        "Marcus is being treated for cancer.",
        "DOB 03/05/1979, Marcus Bell",
        "Marcus Bell, born 12 March 1984, joins as the admin.",
        "The card is 4012-8888-8888-1881.",
        "Marcus' home address is 88 Birch Lane, Evanston, IL.",
        "Passport number: N1234567 (Samuel Adeyemi).",
        "Ingrid is pregnant, so she hands over in March.",
        "Piotr has been diagnosed with MS.",
        "SSN: 219-09-9999",
        "His national insurance no. is AB123456C.",
        "Marcus suffers from epilepsy and can't drive.",
        "Please refund Marcus to DE89370400440532013000.",
    ],
)
def test_other_ways_to_say_so_are_found(text: str) -> None:
    assert results("content.personal_data", found(text), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Invoice 4539 1488 0343 6467 is open.",
        "The depot at 1420 Oak Street takes no pallets on Fridays.",
        "Jonas is on sick leave, so I answer for him.",
        "You can call Jonas on +49 30 5550 1822.",
        "The system has had a stroke of bad luck.",
        "The order 4012888888881881 was delivered.",
        "The company was founded on 12 March 1984.",
        "Our address is 88 Birch Lane, Evanston, IL.",
        "The passport check at the port takes an hour.",
        "My direct line is +1 312 555 0147.",
        "I hope you feel better soon.",
    ],
)
def test_other_harmless_words_are_not(text: str) -> None:
    assert results("content.personal_data", found(text), facts()) == []
