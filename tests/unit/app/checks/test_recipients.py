"""The checks on who the recipients are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import Severity
from app.core.drafts import Attachment
from app.core.facts import Conversation, Facts, FileText, Message, Recipient
from app.core.findings import Findings
from tests.unit.app.checks.builders import (
    ACME,
    DANA,
    DEAL,
    GLOBEX,
    HANK,
    SAM,
    draft,
    facts,
    failed,
    found,
    ny,
    results,
)

NOTHING = Findings(text="Hi")
STRANGER = Recipient(email="who@acme.example")
COLLEAGUE = Recipient(email=SAM.email, colleague=SAM)
RUTH = Recipient(email="ruth@ours.example")
OFF = replace(DANA, id="c-tara", email="tara@acme.example", name="Tara Oneil")
TO_DANA = Recipient(email=DANA.email, contact=DANA)


def to(*recipients: Recipient, **changes: object) -> Facts:
    return facts(recipients=recipients, **changes)


def wrote(sender: str, *readers: str) -> Conversation:
    return Conversation(id="t-1", messages=(Message(sender=sender, recipients=readers, at=ny(17, 9)),))


@pytest.mark.parametrize(
    ("action", "severity"),
    [("reply", Severity.MEDIUM), ("follow_up", Severity.MEDIUM), ("cold_outreach", Severity.LOW)],
)
def test_an_address_that_nobody_knows(action: str, severity: Severity) -> None:
    (result,) = results("recipient.unknown", NOTHING, to(STRANGER), draft(action=action))

    assert result.severity is severity
    assert "who@acme.example" in result.message


@pytest.mark.parametrize("recipient", [TO_DANA, COLLEAGUE, Recipient(email="team@OURS.example")])
def test_contacts_colleagues_and_our_own_lists_are_known(recipient: Recipient) -> None:
    assert results("recipient.unknown", NOTHING, to(recipient)) == []


@pytest.mark.parametrize("source", ["crm", "people"])
@pytest.mark.parametrize("check", ["unknown", "lookalike", "list", "role", "free_mail", "greeting"])
def test_nothing_is_said_of_strangers_while_a_directory_is_silent(check: str, source: str) -> None:
    strangers = [Recipient(email=e) for e in ("info@acne.example", "all-staff@acme.example", "dana@gmail.com")]
    world = failed(source, recipients=tuple(strangers))

    assert results(f"recipient.{check}", found("Hi Hank,\n\nThanks."), world) == []


def test_a_contact_of_another_customer_is_stopped() -> None:
    hank = Recipient(email=HANK.email, contact=HANK)
    ghost = Recipient(email="g@x.example", contact=replace(HANK, id="c-g", account="unlisted"))

    first, second = results("recipient.wrong_account", NOTHING, to(hank, ghost))

    assert first.severity is Severity.BLOCK
    assert first.message == "Hank Scorpio works for Globex Foods, but Acme - Planner is a deal with Acme Mills"
    assert "unlisted" in second.message


def test_a_stranger_with_another_customers_domain_is_stopped() -> None:
    world = to(TO_DANA, Recipient(email="new@globex.example"), customers=(ACME, GLOBEX))

    (result,) = results("recipient.wrong_account", NOTHING, world)

    assert result.severity is Severity.BLOCK
    assert "new@globex.example has the domain of Globex Foods" in result.message


@pytest.mark.parametrize(
    "world",
    [
        to(TO_DANA),
        to(Recipient(email=HANK.email, contact=replace(HANK, account=None))),
        to(Recipient(email=HANK.email, contact=HANK), deal=replace(DEAL, contacts=("c-hank",))),
        to(Recipient(email=HANK.email, contact=HANK), deal=None),
        to(COLLEAGUE, STRANGER),
        to(STRANGER, customers=(ACME, replace(GLOBEX, domains=("acme.example",)))),
        to(Recipient(email="x@gmail.com"), customers=(ACME, replace(GLOBEX, domains=("gmail.com",)))),
    ],
    ids=["same account", "no account", "partner", "no deal", "no contact", "shared domain", "free mail"],
)
def test_others_may_read_along(world: Facts) -> None:
    assert results("recipient.wrong_account", NOTHING, world) == []


@pytest.mark.parametrize(
    ("check", "mark", "severity"),
    [
        ("recipient.sensitive", "sensitive", Severity.HIGH),
        ("recipient.opted_out", "opted_out", Severity.BLOCK),
    ],
)
def test_marked_contacts(check: str, mark: str, severity: Severity) -> None:
    marked = replace(DANA, **{mark: True})  # type: ignore[arg-type]
    world = to(Recipient(email=DANA.email, contact=marked), Recipient(email="d@x.example", contact=marked))

    first, second = results(check, NOTHING, world)

    assert first.severity is second.severity is severity
    assert results(check, NOTHING, facts()) == []
    assert results(check, NOTHING, to(STRANGER)) == []
    assert results(check, NOTHING, to(COLLEAGUE)) == []
    assert results(check, NOTHING, failed("crm", recipients=(STRANGER,))) == []


def test_the_customers_people_who_are_not_on_the_deal() -> None:
    tara = Recipient(email=OFF.email, contact=OFF)

    (alone,) = results("recipient.off_deal", NOTHING, to(tara), draft(to=(OFF.email,)))
    (beside,) = results("recipient.off_deal", NOTHING, to(TO_DANA, tara), draft(to=(DANA.email, OFF.email)))

    assert (alone.severity, beside.severity) == (Severity.MEDIUM, Severity.LOW)
    assert alone.message == "Tara Oneil is not among the contacts of Acme - Planner"


@pytest.mark.parametrize(
    "world",
    [
        to(TO_DANA),
        to(Recipient(email=OFF.email, contact=OFF), deal=replace(DEAL, contacts=())),
        to(Recipient(email=OFF.email, contact=OFF), deal=replace(DEAL, contacts=(OFF.email,))),
        to(Recipient(email=OFF.email, contact=OFF), conversation=wrote(OFF.email, SAM.email)),
        to(Recipient(email=OFF.email, contact=OFF), conversation=wrote(DANA.email, SAM.email, OFF.email)),
        to(Recipient(email=OFF.email, contact=OFF), deal=None),
        to(Recipient(email=HANK.email, contact=HANK)),
        to(COLLEAGUE, STRANGER),
    ],
    ids=["on it", "none listed", "by address", "wrote", "was copied", "no deal", "other account", "no contact"],
)
def test_who_belongs_to_the_deal_or_to_the_thread(world: Facts) -> None:
    assert results("recipient.off_deal", NOTHING, world, draft(to=(OFF.email,))) == []


@pytest.mark.parametrize(
    "address",
    ["dana@gmail.com", "dana@gmx.de", "d@yahoo.co.uk", "dana@proton.me", "d@outlook.com", "d@gmail.example"],
)
def test_a_private_address_where_the_customer_has_a_domain(address: str) -> None:
    (stranger,) = results("recipient.free_mail", NOTHING, to(Recipient(email=address)))
    (known,) = results("recipient.free_mail", NOTHING, to(Recipient(email=address, contact=DANA)))

    assert (stranger.severity, known.severity) == (Severity.MEDIUM, Severity.LOW)


@pytest.mark.parametrize("domains", [(), ("gmail.com",)])
def test_a_customer_without_a_domain_has_no_other_address(domains: tuple[str, ...]) -> None:
    world = to(Recipient(email="dana@gmail.com", contact=DANA), account=replace(ACME, domains=domains))

    assert results("recipient.free_mail", NOTHING, world) == []
    assert results("recipient.free_mail", NOTHING, to(Recipient(email="d@gmailers.example"))) == []
    assert results("recipient.free_mail", NOTHING, to(Recipient(email="d@gmail.com"), account=None)) == []


@pytest.mark.parametrize(
    "address",
    [
        *("sales-all@ours.example", "team@acme.example", "everyone@acme.example", "all.sales@acme.example"),
        *("dl-planning@acme.example", "salesteam@ours.example", "allstaff@acme.example", "x@googlegroups.com"),
        *("finance-team@acme.example", "project_list@acme.example", "who@lists.acme.example"),
    ],
)
def test_addresses_of_many(address: str) -> None:
    (result,) = results("recipient.list", NOTHING, to(TO_DANA, Recipient(email=address)))

    assert result.severity is Severity.MEDIUM
    assert results("recipient.role", NOTHING, to(TO_DANA, Recipient(email=address))) == []


@pytest.mark.parametrize(
    "address",
    [
        *("franz.list@acme.example", "a.staff@acme.example", "hallman@acme.example", "groupe.dana@acme.example"),
        *("steam@acme.example", "sales@acme.example", "dana@acme.example", "kristall@acme.example"),
    ],
)
def test_addresses_that_only_look_like_lists(address: str) -> None:
    assert results("recipient.list", NOTHING, to(TO_DANA, Recipient(email=address))) == []


def test_lists_that_are_expected_or_stay_in_the_house() -> None:
    listed = Recipient(email="dispatch-team@acme.example", contact=replace(DANA, id="c-team"))
    (known,) = results("recipient.list", NOTHING, to(TO_DANA, listed))

    assert known.severity is Severity.LOW
    assert results("recipient.list", NOTHING, to(listed, deal=replace(DEAL, contacts=("c-team",)))) == []
    assert results("recipient.list", NOTHING, to(RUTH, Recipient(email="sales-all@ours.example"))) == []
    copied = wrote(DANA.email, SAM.email, "dispatch-team@acme.example")
    assert results("recipient.list", NOTHING, to(TO_DANA, listed, conversation=copied)) == []


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("info@acme.example", Severity.MEDIUM),
        ("billing@acme.example", Severity.MEDIUM),
        ("sales-emea@acme.example", Severity.MEDIUM),
        ("support2@acme.example", Severity.MEDIUM),
        ("it-support@acme.example", Severity.MEDIUM),
        ("no-reply@acme.example", Severity.MEDIUM),
    ],
)
def test_mailboxes_of_an_office(address: str, severity: Severity) -> None:
    (result,) = results("recipient.role", NOTHING, to(Recipient(email=address)), draft(to=(address,)))
    (copied,) = results("recipient.role", NOTHING, to(Recipient(email=address)), draft(to=(DANA.email,)))

    assert result.severity is severity
    assert copied.severity is (Severity.MEDIUM if "reply" in address else Severity.LOW)


@pytest.mark.parametrize(
    ("address", "action", "text"),
    [
        ("billing@acme.example", "invoice_reminder", "This is still open."),
        ("ap@acme.example", "reply", "The bank details on invoice 4711 are right."),
        ("purchasing@acme.example", "proposal", "Our quote for the order form."),
        ("legal@acme.example", "reply", "Two clauses of the agreement are open."),
        ("security@acme.example", "reply", "The SOC 2 questionnaire is filled in."),
        ("support@acme.example", "reply", "Your ticket is solved."),
        ("helen.info@acme.example", "reply", "Thanks."),
        ("peter.sales@acme.example", "reply", "Thanks."),
        ("support@ours.example", "reply", "Thanks."),
    ],
)
def test_an_office_may_do_its_business(address: str, action: str, text: str) -> None:
    world, mail = to(Recipient(email=address)), draft(to=(address,), action=action)

    assert results("recipient.role", found(text), world, mail) == []


def test_the_front_desk_that_the_deal_names_is_meant() -> None:
    for name, spoken in (("info", 0), ("billing", 1)):
        desk = Recipient(email=f"{name}@acme.example", contact=replace(DANA, id="c-desk"))
        world = to(desk, deal=replace(DEAL, contacts=("c-desk",)))
        assert len(results("recipient.role", NOTHING, world, draft(to=(desk.email,)))) == spoken


def test_an_office_that_wrote_gets_its_answer() -> None:
    world = to(Recipient(email="info@acme.example"), conversation=wrote("info@acme.example", SAM.email))

    assert results("recipient.role", NOTHING, world, draft(to=("info@acme.example",))) == []


INTERNAL = [
    "Internal only: they will sign anyway.",
    "Please do not share this with the customer.",
    "Don't forward it to Acme Mills before Friday.",
    "This is not for the client.",
    "Our walk-away is 38,000.",
    "The customer doesn't know about the delay.",
    "Let's agree on a number before we reply to the customer.",
    "[INTERNAL] Notes from the call.",
    "Please keep this in-house.",
    "Don't mention this to Dana.",
    "Ruth, can you approve 20% here?",
    "Ruth - are we okay to go to 38,000?",
    "Internal note: they have no other bidder.",
    "We can go down to 38,000.",
]


@pytest.mark.parametrize("text", INTERNAL)
def test_internal_words_before_customers_and_colleagues(text: str) -> None:
    (result,) = results("recipient.mixed", found(text), to(TO_DANA, RUTH))

    assert result.severity is Severity.HIGH
    assert result.spans
    assert results("recipient.mixed", found(text), to(TO_DANA, COLLEAGUE)) == []
    assert results("recipient.mixed", found(text), to(RUTH)) == []


@pytest.mark.parametrize(
    "text",
    [
        "It is for your internal use only.",
        "The internal review on your side can wait.",
        "Please do not share this with anyone outside your company.",
        "Internally, we call this the north plan.",
        "Your margins improve by two points.",
        "The customer portal is open.",
        "Ruth is in copy.",
        "Ruth, our head of sales, has approved the discount.",
        "Ruth, in copy, can tell you more about the second plant.",
        "Dana, can you approve the minutes?",
        "Good luck with the internal discussion, and thanks for the internal memo.",
    ],
)
def test_words_that_customers_may_read(text: str) -> None:
    assert results("recipient.mixed", found(text), to(TO_DANA, RUTH)) == []


def test_internal_files_before_customers_and_colleagues() -> None:
    card = Attachment(filename="Battlecard-2026.pdf", content_type="application/pdf", content=b"x")
    plain = Attachment(filename="plan.pdf", content_type="application/pdf", content=b"x")
    read = FileText(filename="plan.pdf", sha256="0", text="Company Confidential. Not for customers.")

    by_name = results("recipient.mixed", NOTHING, to(TO_DANA, RUTH), draft(attachments=(card,)))
    by_text = results("recipient.mixed", NOTHING, to(TO_DANA, RUTH, files=(read,)), draft(attachments=(plain,)))

    assert [r.message.partition(" looks")[0] for r in (*by_name, *by_text)] == ["Battlecard-2026.pdf", "plan.pdf"]
    assert results("recipient.mixed", NOTHING, to(TO_DANA, RUTH), draft(attachments=(plain,))) == []


def test_a_customer_in_an_internal_thread() -> None:
    inner = wrote("ruth@ours.example", SAM.email)
    (result,) = results("recipient.mixed", NOTHING, to(TO_DANA, conversation=inner))

    assert "stayed among us" in result.message
    assert results("recipient.mixed", NOTHING, to(RUTH, conversation=inner)) == []
    shared = wrote("ruth@ours.example", SAM.email, DANA.email)
    assert results("recipient.mixed", NOTHING, to(TO_DANA, conversation=shared)) == []


def quoting(*headers: str) -> Findings:
    text = "\n".join(
        ["See below.", "", "-----Original Message-----", *headers, "Subject: Acme", "", "They will sign."]
    )
    return Findings(text=text, authored=((0, 10),))


def test_an_internal_mail_quoted_to_a_customer() -> None:
    inner = quoting("From: Ruth <ruth@ours.example>", "To: Sam Ito <sam@ours.example>")
    shared = quoting("From: Ruth <ruth@ours.example>", "To: Sam Ito <sam@ours.example>", "Cc: dana@acme.example")

    (result,) = results("recipient.mixed", inner, to(TO_DANA))

    assert result.evidence[0].source == "draft"
    assert results("recipient.mixed", shared, to(TO_DANA)) == []
    assert results("recipient.mixed", inner, to(RUTH)) == []
