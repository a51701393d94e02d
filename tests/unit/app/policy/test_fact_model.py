"""The facts: always in the shape of the model."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.assessment import Risk
from app.core.checks import CheckResult, Severity
from app.core.drafts import Attachment, Draft, SequenceStep, Thread
from app.core.facts import Account, Contact, Deal, Facts, History, Person, Recipient
from app.core.findings import AttachmentClaim, Commitment, DateMention, Due, Findings, HiddenText, Kind, Strength
from app.core.routes import Tier
from app.policy.cel_types import CelType, Field, ListOf, Record, Scalar
from app.policy.condition import compile_condition
from app.policy.fact_model import FACTS
from app.policy.fact_values import cel_facts
from tests.unit.app.policy.samples import LOW, commitment, deal, draft, facts, findings

TEXTS = st.text(st.characters(), max_size=8)
MAYBE = st.none() | TEXTS
DAYS = st.none() | st.dates()
MOMENTS = st.datetimes(timezones=st.timezones(), min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1))  # noqa: DTZ001 (the zone is drawn)
MANY = {"max_size": 2}
DUES = st.none() | st.builds(Due, text=TEXTS, start=st.just(0), end=st.just(1), grain=TEXTS, due_day=DAYS)
AMOUNTS = st.floats(allow_nan=True, allow_infinity=True)
PEOPLE = st.builds(
    Person,
    id=TEXTS,
    email=TEXTS,
    name=TEXTS,
    roles=st.lists(TEXTS, max_size=2).map(tuple),
    manager=MAYBE,
    timezone=TEXTS,
)


def tuples(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """A few items, as a tuple."""
    return st.lists(items, max_size=2).map(tuple)


def conforms(value: object, type_: CelType) -> bool:
    """Whether the value has exactly the type: no parts missing, none beside those of the model."""
    match type_:
        case Record(fields=fields):
            return _conforms_to_all(value, fields)
        case ListOf(item=item):
            return isinstance(value, list) and all(conforms(one, item) for one in value)
        case Scalar(name="text", choices=choices, is_day=is_day):
            return (
                type(value) is str
                and (not choices or value in choices)
                and (not is_day or value == "" or len(value) == len("2026-11-18"))
            )
        case Scalar(name=name):
            return type(value) is {"number": float, "whole number": int, "yes or no": bool, "moment": datetime}[name]


def _conforms_to_all(value: object, fields: Mapping[str, Field]) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == fields.keys()
        and all(conforms(value[name], field.type) for name, field in fields.items())
    )


DRAFTS = st.builds(
    Draft,
    action=TEXTS,
    agent=TEXTS,
    on_behalf_of=TEXTS,
    to=tuples(TEXTS),
    cc=tuples(TEXTS),
    bcc=tuples(TEXTS),
    subject=TEXTS,
    text=TEXTS,
    html=MAYBE,
    client_id=MAYBE,
    deal_id=MAYBE,
    attachments=tuples(st.builds(Attachment, filename=TEXTS, content_type=TEXTS, content=st.binary(max_size=3))),
    thread=st.none() | st.builds(Thread, id=TEXTS),
    sequence=st.none() | st.builds(SequenceStep, id=TEXTS, step=st.integers()),
    send_after=st.none(),
)
FINDINGS = st.builds(
    Findings,
    text=TEXTS,
    authored=st.just(()) | st.just(((0, 3),)),
    commitments=tuples(
        st.builds(
            Commitment,
            text=TEXTS,
            start=st.just(0),
            end=st.just(1),
            strength=st.sampled_from(Strength),
            kind=st.sampled_from(Kind),
            actor=TEXTS,
            action=MAYBE,
            object=MAYBE,
            recipient=MAYBE,
            due=DUES,
            rule=TEXTS,
        )
    ),
    dates=tuples(
        st.builds(
            DateMention,
            text=TEXTS,
            start=st.just(0),
            end=st.just(1),
            kind=TEXTS,
            grain=TEXTS,
            due_day=DAYS,
            ambiguous=st.booleans(),
            alternatives=st.just(()),
            from_=st.none(),
            to=st.none(),
        )
    ),
    attachments=tuples(st.builds(AttachmentClaim, text=TEXTS, start=st.just(0), end=st.just(1), document=MAYBE)),
    hidden=tuples(st.builds(HiddenText, text=TEXTS, start=st.just(0), end=st.just(1), how=TEXTS)),
)
CONTACTS = st.builds(
    Contact,
    id=TEXTS,
    email=TEXTS,
    name=TEXTS,
    account=MAYBE,
    sensitive=st.booleans(),
    opted_out=st.booleans(),
)
DEALS = st.builds(
    Deal,
    id=TEXTS,
    name=TEXTS,
    account=TEXTS,
    stage=TEXTS,
    amount=AMOUNTS,
    currency=TEXTS,
    owner=MAYBE,
    close_date=DAYS,
    on_hold=st.booleans(),
    next_step=TEXTS,
    discount_cap=st.none() | AMOUNTS | st.integers(),
    legal_terms=TEXTS,
    paused_sequences=tuples(TEXTS),
    flags=tuples(TEXTS),
)
WORLDS = st.builds(
    Facts,
    now=MOMENTS,
    sender=PEOPLE,
    recipients=tuples(st.builds(Recipient, email=TEXTS, contact=st.none() | CONTACTS, colleague=st.none() | PEOPLE)),
    deal=st.none() | DEALS,
    account=st.none() | st.builds(Account, id=TEXTS, name=TEXTS, domains=tuples(TEXTS)),
    own_domains=tuples(TEXTS),
    history=st.builds(History, sent_to_recipients=st.integers(0), sent_in_thread=st.integers(0)),
    accounts=st.just({}),
    as_of=st.just({}),
)
RESULTS = tuples(
    st.builds(
        CheckResult,
        check=TEXTS,
        severity=st.sampled_from(Severity),
        message=TEXTS,
        spans=st.just(()),
        evidence=st.just(()),
        suggestion=st.none(),
    )
)
RISKS = st.builds(Risk, tier=st.sampled_from(Tier), reasons=tuples(TEXTS))

READS_EVERYTHING = compile_condition(
    "deal.amount >= 1 || deal.discount_cap > 2.0 || now < now || thread.step > 1 || sequence.step > 1 || "
    'history.sent_to_recipients > 1 || commitments.exists(c, c.due_day > "2026-01-01") || draft.has_html || '
    'contacts.exists(c, c.internal && c.name == "x") || "x" in sender.roles || draft.words > 3 || agent == ""'
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(draft=DRAFTS, findings=FINDINGS, results=RESULTS, risk=RISKS, facts=WORLDS)
def test_facts_always_have_the_shape_of_the_model(
    draft: Draft, findings: Findings, results: tuple[CheckResult, ...], risk: Risk, facts: Facts
) -> None:
    values = cel_facts(draft, findings, results, risk, facts)
    assert _conforms_to_all(values, FACTS)
    assert READS_EVERYTHING.execute(values) in (True, False)


def test_a_missing_deal_is_empty() -> None:
    values = cel_facts(draft(), findings(), (), LOW, facts())
    assert compile_condition(
        'deal.known == false && deal.id == "" && deal.amount == 0 && deal.close_date == "" && size(deal.flags) == 0'
        " && !account.known && !thread.known && thread.step == 1 && !sequence.known && sequence.step == 0"
    ).execute(values)


def test_an_amount_that_is_no_number_passes_every_threshold() -> None:
    values = cel_facts(draft(), findings(), (), LOW, facts(of_deal=deal(amount=math.nan)))
    assert compile_condition("deal.amount >= 1000000000000").execute(values)


def test_days_and_words() -> None:
    quoted = replace(findings(commitment()), text="One two three\n> four five", authored=((0, 13),))
    values = cel_facts(draft(), quoted, (), LOW, facts(of_deal=deal()))
    assert compile_condition(
        'draft.words == 3 && deal.close_date == "2026-12-01" && commitments[0].due_day == ""'
    ).execute(values)


def test_who_is_outside() -> None:
    """A colleague is inside whatever the address; so is anybody in our domains, whatever its case."""
    rosa = Person(id="rosa", email="rosa@private.example", name="Rosa")
    li = Contact(id="c1", email="li@acme.example", name="Li", account="acme", sensitive=True)
    mail = replace(draft(), to=("Rosa@private.example", "li@acme.example"), cc=("desk@NORTHWIND.example",))
    world = replace(
        facts(),
        own_domains=("northwind.example",),
        recipients=(
            Recipient(email="Rosa@private.example", colleague=rosa),
            Recipient(email="li@acme.example", contact=li),
            Recipient(email="desk@NORTHWIND.example"),
        ),
    )
    values = cel_facts(mail, findings(), (), LOW, world)
    assert compile_condition(
        'draft.external_recipients == ["li@acme.example"] && contacts.map(c, c.internal) == [true, false, true]'
        " && contacts.map(c, c.known) == [true, true, false]"
        ' && contacts[1].sensitive && contacts[1].account == "acme"'
        ' && contacts.map(c, c.name) == ["Rosa", "Li", ""]'
    ).execute(values)


def test_thread_and_sequence() -> None:
    mail = replace(draft(), thread=Thread(id="t1"), sequence=SequenceStep(id="s1", step=2))
    paused = replace(deal(), paused_sequences=("s1",))
    world = replace(facts(of_deal=paused), history=History(sent_in_thread=1))
    values = cel_facts(mail, findings(), (), LOW, world)
    assert compile_condition(
        'thread.known && thread.id == "t1" && thread.step == 2 && sequence.step == 2 && sequence.paused'
    ).execute(values)


def test_half_a_character_does_not_stop_a_rule() -> None:
    values = cel_facts(replace(draft(), subject="a\ud800"), findings(), (), LOW, facts())
    assert compile_condition('draft.subject == "a?"').execute(values)
