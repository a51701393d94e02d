"""What was made for one customer goes to no other: by its words and by its name. The library's word: test_library."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import CheckResult, Severity
from app.core.facts import Account, Facts, Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import DANA, DEAL, HANK, SAM, claim, document, found, promise, results
from tests.unit.app.checks.documents.carrying import CUSTOMERS, HALDEN, holding, sent, world

CHECK = "document.other_customer"
DANA_READS = Recipient(email=DANA.email, contact=DANA)
HANK_READS = Recipient(email=HANK.email, contact=HANK)


def judged(text: str, name: str = "offer.pdf", title: str = "", **changes: object) -> list[CheckResult]:
    file, read = holding(name, text, title=title)
    return results(CHECK, found("Hi"), replace(world(read), **changes), sent(file))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Prepared for Globex Foods",
        "PREPARED FOR: GLOBEX FOODS",
        "Prepared exclusively for\nGlobex Foods\n12 March 2026",
        "Offer\nPrepared by Sam Ito for Globex Foods",
        "This proposal has been prepared for the use of Globex.",
        "Pricing below is valid for Globex only.",
        "Rollout\n\nBill to:\nGlobex Foods\n1 Main Street",
        "Bill To | Globex",
        "Ship to: Hank Scorpio, Globex Foods",
        "Order\nCustomer: Globex Foods\nSeats: 40",
        "Customer\tGlobex Foods\nSeats\t40",
        "Account,Globex\nSeats,40",
        "Quote 1182 - Globex Foods",
        "GLOBEX FOODS - PRICING SCHEDULE\nPlanner 11,900",
        "Statement of Work for Globex",
        "Globex rollout plan\nWeek one: kick-off",
        "Dear Globex team,\nthank you for your time",
        "Internal notes\nProperty of Globex Foods",
        "Figures\nGlobex Foods confidential",
        "Agenda\nGlobex - internal use only",
        "Plan\nContact: hank@globex.example\nPrepared for hank@globex.example",
        "Prepared for TPS Works",
        "Route planning for Globex",
        "Kick-off\nGlobex Foods x Ours",
        "Invoice 118\nGlobex Foods AS\n1 Main Street",
        "Prepared for Halden",
        "Prepared for Halden Paper Mills, Oslo",
        "Prepared for HaldenPaper",
        "Agreement\nThis agreement is made between Ours Ltd and Globex Foods.",
        'Agreement between Ours and Initech Inc. ("Customer")',
    ],
)
def test_a_text_that_says_whom_it_is_for_is_stopped(text: str) -> None:
    (result,) = judged(text)

    assert result.severity in {Severity.BLOCK, Severity.HIGH}
    assert "Acme Mills" in result.message
    assert result.evidence[0].source == "files"


@pytest.mark.parametrize(
    "text",
    [
        "Service agreement\nGlobex shall pay within thirty days. Globex may end it at any time.",
        "Agreement\n1\n2\n3\n4\n5\n6\nThis paper is made between Ours Ltd and Globex Foods.",
        "Customer,Price,Discount\nAcme Mills,100,5\nGlobex Foods,80,22",
        "Rollout plan\nweek one\nweek two\nweek three\nweek four\nweek five\nGlobex opens the site. At Globex"
        " the planners are trained. Globex goes live.",
    ],
)
def test_a_text_that_is_another_customers_by_its_whole_tenor_needs_a_look(text: str) -> None:
    assert [result.severity for result in judged(text)] == [Severity.HIGH]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Prepared for Acme Mills",
        "Proposal for Acme Mills\nOur customers include Globex Foods, Initech and Halden.",
        "Proposal for Acme Mills\nGlobex Foods cut its downtime by 14 %.",
        "Proposal for Acme Mills\nIn 2024 we wrote the rollout plan for Globex Foods as well.",
        "Proposal for Acme Mills\nThis follows the plan that we\nprepared for Globex Foods in 2024.",
        "Trusted by Globex Foods, Initech, Halden Paper Mills",
        "Case study\nCustomer: Globex Foods\nIndustry: food\nResults: 14 % less downtime",
        "How Globex Foods cut its downtime\nGlobex had a rollout plan. Globex was happy. Globex again.",
        "Price list\nPlanner 100\nInspect 80",
        "Summary of the summit in Oslo\nPrepared for summit visitors",
        "The Globexpress arrives",
        "Joint plan of Acme Mills and Globex Foods\nQuote for both",
        "Reference customers\nGlobex Foods, Initech, Halden",
        "Press release\nGlobex Foods chooses our planning",
        "Customer,Industry\nGlobex Foods,food\nInitech,software",
    ],
)
def test_who_is_only_spoken_of_is_no_matter(text: str) -> None:
    assert judged(text) == []


def test_the_title_counts_as_the_first_line() -> None:
    (result,) = judged("Week one: kick-off", title="Globex Foods rollout plan")

    assert result.severity is Severity.BLOCK


@pytest.mark.parametrize(
    ("recipients", "hits"),
    [
        ((DANA_READS,), 1),
        ((HANK_READS,), 0),
        ((DANA_READS, HANK_READS), 1),
        ((Recipient(email=SAM.email, colleague=SAM),), 0),
        ((Recipient(email="x@elsewhere.example"),), 1),
        ((Recipient(email="new@globex.example"),), 0),
    ],
)
def test_it_depends_on_who_reads_it(recipients: tuple[Recipient, ...], hits: int) -> None:
    text = "Prepared for Globex Foods"

    assert len(judged(text, recipients=recipients, deal=None, account=None, accounts={})) == hits


def test_a_partner_on_the_deal_reads_for_the_deal() -> None:
    deal = replace(DEAL, account="globex", contacts=("c-dana",))

    assert judged("Prepared for Globex Foods", deal=deal, account=CUSTOMERS[1]) == []


def test_a_name_that_the_readers_company_goes_by_too_accuses_nobody() -> None:
    twin = Account(id="acme-us", name="Acme Mills", domains=("acme-us.example",))

    assert judged("Prepared for Acme Mills", accounts={"acme": CUSTOMERS[0], "acme-us": twin}) == []


@pytest.mark.parametrize(
    ("name", "stranger"),
    [
        ("Globex_quote.pdf", "Globex Foods"),
        ("quote-GlobexFoods-v2.pdf", "Globex Foods"),
        ("Initech proposal.docx", "Initech Inc."),
        ("halden-paper-rollout.xlsx", "Halden Paper Mills"),
        ("Halden_MSA.docx", "Halden Paper Mills"),
        ("Umbra rollout plan.docx", "umbra"),
    ],
)
def test_a_file_that_bears_another_customers_name(name: str, stranger: str) -> None:
    file, read = holding(name, "week one")
    library = (document("Umbra Pricing", customer="umbra"),)

    (result,) = results(CHECK, found("Hi"), world(read, library=library), sent(file))

    assert (result.severity, stranger in result.message) == (Severity.HIGH, True)
    assert name in result.evidence[0].value


@pytest.mark.parametrize(
    "name",
    [
        "acme-quote.pdf",
        "food-safety.pdf",
        "globex-logo.png",
        "globex-case-study.pdf",
        "acme-globex-introduction.pdf",
        "summit-agenda.pdf",
        "paper.pdf",
    ],
)
def test_a_file_that_bears_no_strangers_name_or_only_speaks_of_one(name: str) -> None:
    file, read = holding(name, "week one")

    assert results(CHECK, found("Hi"), world(read), sent(file)) == []


def test_what_the_library_lets_everybody_have_is_not_searched() -> None:
    file, read = holding("globex-story.pdf", "Prepared for Globex Foods")
    shelf = (document("Globex Story", sha256=file.sha256),)

    assert results(CHECK, found("Hi"), world(read, library=shelf), sent(file)) == []
    other = (replace(shelf[0], sha256="0" * 64),)
    assert len(results(CHECK, found("Hi"), world(read, library=other), sent(file))) == 1


def test_a_renamed_file_of_the_library_is_known_by_its_bytes_and_told_once() -> None:
    file, read = holding("overview.pdf", "Prepared for Globex Foods")
    shelf = (document("Globex Rollout Plan", customer="globex", sha256=file.sha256),)

    (result,) = results(CHECK, found("Hi"), world(read, library=shelf), sent(file))

    assert result.severity is Severity.BLOCK
    assert result.evidence[0].source == "library"


def test_words_and_file_of_the_librarys_document_are_one_matter() -> None:
    file, read = holding("globex-rollout-plan.pdf", "Prepared for Globex Foods")
    shelf = (document("Globex Rollout Plan", customer="globex"),)
    text = "Attached is the Globex Rollout Plan."
    findings = found(text, claim("Attached is the Globex Rollout Plan", "the Globex Rollout Plan"))

    assert len(results(CHECK, findings, world(read, library=shelf), sent(file))) == 1


def phrase(thing: str) -> Findings:
    text = f"I'll send you {thing} soon"
    return found(text, promise(text, thing=thing))


@pytest.mark.parametrize("thing", ["the Globex quote", "Initech's rollout plan", "our agreement with Halden"])
def test_what_the_mail_itself_calls_another_customers(thing: str) -> None:
    (result,) = results(CHECK, phrase(thing), world())

    assert (result.severity, bool(result.spans)) == (Severity.HIGH, True)


@pytest.mark.parametrize("thing", ["the Globex case study", "our quote", "the Acme quote", "a reference at Globex"])
def test_what_it_may_speak_of(thing: str) -> None:
    assert results(CHECK, phrase(thing), world()) == []


def test_files_that_nobody_read_are_judged_by_their_names_alone() -> None:
    file, _ = holding("offer.pdf", "Prepared for Globex Foods")

    assert results(CHECK, found("see attached", claim("see attached")), world(), sent(file)) == []


def test_many_customers_are_no_burden() -> None:
    crowd = tuple(Account(id=f"A-{n}", name=f"Customer{n} Works", domains=(f"c{n}.example",)) for n in range(3000))
    file, read = holding("list.txt", "Prepared for Customer2999 Works\n" + "word " * 50_000)
    facts: Facts = replace(world(read), customers=(*crowd, HALDEN))

    assert len(results(CHECK, found("Hi"), facts, sent(file))) == 1
