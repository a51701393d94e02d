"""Numbers that stand for a person: payment cards, bank accounts, national ids and passports.

A number that merely passes a checksum is nobody's card: orders and parcels have such numbers too. Its form, or the
words around it, have to say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.content.scanning import holding, stems
from app.checks.content.secret import Secret, last_letters
from app.checks.turns import Turns
from extractors.lazily import compiled

_NEAR = 60
_BUSINESS = compiled(
    r"\b(?:orders?|tracking|track|shipment|parcel|invoices?|inv|ref(?:erence)?|serial|s/n|sku|part|item|article"
    r"|model|ticket"
    r"|case|quote|quotation|contract|po|purchase order|imei|sim|iccid|ean|gtin|isbn|device|asset|batch|lot|booking"
    r"|customer"
    r"|account|policy|licen[cs]e key|product|version|build|vat|duns|registration|docket|rfp|tender)\b"
    r"(?:[ -]?(?:number|no\.?|nr\.?|id|code|key|#))?[\s:.#]*(?:is|was|are)?[\s:#]*$",
    re.IGNORECASE,
)
"""What stands directly before the numbers of things."""

_CARD = compiled(r"(?<![\w.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}|\d{13,19})(?![\w-]|\.\d)")
_CARD_WORDS = compiled(
    r"\b(?:cards?|visa|mastercard|master card|amex|american express|discover|diners|maestro|credit|debit|cvv|cvc"
    r"|expir\w+"
    r"|exp|charge)\b",
    re.IGNORECASE,
)
_ISSUED = compiled(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]\d\d|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))\d{12}|3[47]\d{13}"
    r"|(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|62\d{14,17}"
)
_TEST = compiled(r"\b(?:test(?:ing)?|dummy|sample|fake|sandbox|demo)\b", re.IGNORECASE)

_IBAN = compiled(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_IBAN_LENGTHS = range(15, 35)

_SSN = compiled(r"(?<![\w-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])")
_NINO = compiled(r"(?<![\w-])[A-CEGHJ-PQR-TW-Z][A-CEGHJ-NPQR-TW-Z]( ?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![\w-])")
_PERSONAL_ID_WORDS = compiled(
    r"\b(?:ssn|social(?: security)?|national insurance|ni (?:number|no)|nino|itin|taxpayer|identity|personal)\b",
    re.IGNORECASE,
)
_PERSON = compiled(
    r"\b(?:his|her|born|dob|birth|employees?|drivers?|applicant|signatory|mr|mrs|ms)\b|(?-i:\b[A-Z][a-z]+)['’]s\b",
    re.IGNORECASE,
)
_NAMED = Turns(
    r"""
    \b (?P<name>
        passport | (?:driver['’]?s?|driving)\ licen[cs]e | social\ security | national\ (?:id(?:entity)?|insurance)
      | identity\ card | id\ card | personal\ (?:id|identification|tax\ id) | personnummer | fødselsnummer | cpr
      | personalausweis\w* | reisepass\w* | steuer-?(?:id|identifikationsnummer) | sozialversicherungs\w+
      | codice\ fiscale | (?-i:CPF | PESEL | BSN | D\.?N\.?I\.? | NIE) | burgerservicenummer | rodné\ číslo | curp
        | aadhaar
      | ssn | nino | itin | nhs | medical\ record | patient | mrn | residence\ permit | visa\ permit
    ) \b
    (?: \s+ (?:number|no\b\.?|nr\b\.?|id|card|code|n[o°º]) )* (?: \s* \( [^()\n]{1,30} \) )?
    (?: \s+ (?:of|for) \s+ [\w .'’-]{2,40}? )? \s* (?: \b(?:is|was|reads)\b | : | \# | = | , )? \s*
    (?P<value> (?-i: (?=[A-Z0-9 ./-]{0,20}\d) [A-Z0-9] (?:[A-Z0-9] | [ ./-](?=[A-Z0-9])){5,19} ) ) (?![\w%])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAMED_STEMS = stems(
    """passport|licen|social|national|identity|id card|person|fødsels|cpr|reisepass|steuer|sozial|codice
burgerservice|rodné|curp
aadhaar|ssn|nino|itin|nhs|medical|patient|mrn|permit|CPF|PESEL|BSN|DNI|D.N.I|NIE"""
)
_LONG_NUMBER = compiled(r"\d[\d -]{7}")
_DIGITS_OF_AN_ID = 5
_NO_ID = compiled(
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|.*\b(?:by|before|until|on|and|to|the|for|of|per|in)\b.*", re.I
)


def cards(text: str, start: int, end: int) -> Iterator[Secret]:
    """Numbers of payment cards; those that everybody tests with are nobody's."""
    if not _LONG_NUMBER.search(text, start, end):
        return
    for match in _CARD.finditer(text, start, end):
        digits = re.sub(r"\D", "", match[0])
        before = text[max(start, match.start() - _NEAR) : match.start()]
        near = before + text[match.end() : min(end, match.end() + _NEAR)]
        is_grouped = len(digits) < len(match[0])
        says_so = bool(_CARD_WORDS.search(near))
        if not _ISSUED.fullmatch(digits) or not passes_luhn(digits) or _TEST.search(near):
            continue
        if says_so or (is_grouped and not _BUSINESS.search(before)):
            yield _secret("a payment card number", match, last_letters(digits))


def bank_accounts(text: str, start: int, end: int) -> Iterator[Secret]:
    """IBANs."""
    for match in _IBAN.finditer(text, start, end):
        if (iban := _iban_within(match[0])) is not None:
            stop = match.start() + len(iban)
            mask = last_letters(iban)
            yield Secret(what="a bank account number", start=match.start(), end=stop, mask=mask)


def national_ids(text: str, start: int, end: int) -> Iterator[Secret]:
    """Ids by which a state knows a person, by their form or by what they are called."""
    yield from _by_form(text, start, end)
    for first, last in holding(text, start, end, _NAMED_STEMS, lines=2):
        for match in _NAMED.finditer(text, first, last):
            value = match["value"]
            digits = sum(c.isdigit() for c in value)
            if digits >= _DIGITS_OF_AN_ID and not _NO_ID.fullmatch(value):
                name = " ".join(match["name"].split())
                what = f"{'an' if name[0].lower() in 'aeio' else 'a'} {name} number"
                start_of, stop = match.span("value")
                yield Secret(what=what, start=start_of, end=stop, mask=last_letters(value))


def _by_form(text: str, start: int, end: int) -> Iterator[Secret]:
    for what, pattern in (("a social security number", _SSN), ("a national insurance number", _NINO)):
        for match in pattern.finditer(text, start, end):
            before = text[max(start, match.start() - _NEAR) : match.start()]
            spaced = pattern is _NINO and match[1] == " " and not match[0].startswith("Q")
            if _PERSONAL_ID_WORDS.search(before) or (
                not _BUSINESS.search(before) and (spaced or _PERSON.search(before))
            ):
                yield _secret(what, match, last_letters(match[0]))


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it, as on payment cards."""
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def passes_mod_97(iban: str) -> bool:
    """Whether the two check digits of an IBAN, written without spaces, are right."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _iban_within(written: str) -> str | None:
    """The IBAN with which the words begin: a code that stands behind it may look like its last group."""
    groups = re.split(r"(?<=[A-Z0-9])(?=[ -])", written)
    for count in range(len(groups), 0, -1):
        candidate = "".join(groups[:count])
        plain = re.sub(r"[ -]", "", candidate)
        if len(plain) in _IBAN_LENGTHS and passes_mod_97(plain):
            return candidate
    return None


def _secret(what: str, match: re.Match[str], mask: str) -> Secret:
    return Secret(what=what, start=match.start(), end=match.end(), mask=mask)
