"""Conditions: what is accepted, and where and how the rest is refused."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.policy.cel_parser import MAX_LENGTH
from app.policy.cel_syntax import CelError
from app.policy.condition import compile_condition
from app.policy.fact_values import cel_facts
from tests.unit.app.policy.samples import LOW, commitment, deal, draft, facts, findings, result

ACCEPTED = [
    "true",
    "deal.amount >= 100000 && size(commitments) > 0",
    "deal.amount >= 100000.5 || deal.discount_cap == 15",
    "deal.amount * 2.0 > double(size(commitments)) && int(deal.amount) % 2 == 0",
    'commitments.exists(c, c.strength == "firm" && c.due_day != "")',
    'commitments.all(c, c.kind in ["meeting", "follow_up"])',
    'checks.filter(k, k.severity in ["high", "block"]).size() == 0',
    "commitments.map(c, c.recipient).exists(r, r in draft.recipients)",
    'commitments.map(c, c.strength == "firm", c.text).size() < 3',
    'contacts.exists_one(c, c.email == "li@acme.example" && !c.internal)',
    '"strategic" in deal.flags',
    'deal.flags + ["x"] != []',
    "draft.attachments[0].size > 1000 || !draft.has_html",
    'draft.subject.startsWith("Re: ") || draft.subject.matches("^(Fwd|FW):")',
    r'draft.subject.matches(r"\d+") || draft.subject == "a\tb" || draft.subject == """x"y"""',
    'now > timestamp("2026-01-01T00:00:00Z") && now - duration("24h") < now && now.getHours() >= 18',
    'deal.close_date < "2026-12-31" && deal.close_date < string(now)',
    'has(deal.amount) && risk.tier != "low" // a remark',
    "(deal.known ? deal.owner : sender.id) == sender.id",
    "-history.sent_in_thread < 1 && !!deal.known && 0x10 == 16",
    'deal.flags.exists(deal, deal == "x")',
    "commitments.exists(a, commitments.exists(b, a.text == b.text))",
    "risk.reasons.all(r, size(r) > 0)",
]

REFUSED = [
    ("deal.amont > 1", "amont", "unknown name 'deal.amont'; did you mean 'deal.amount'?"),
    ("deel.known", "deel", "unknown name 'deel'; did you mean 'deal'?"),
    ('commitments.exists(c, c.stength == "firm")', "stength", "did you mean 'c.strength'?"),
    ("commitments.all(c, d.text == c.text)", "d.text", "unknown name 'd'"),
    ("commitments.exists(c, true) && c.text == ''", "c.text ==", "unknown name 'c'"),
    ('draft.attachments[0].nam == ""', "nam", "possible are: filename, content_type, size"),
    ("has(deal.amont)", "amont", "did you mean 'deal.amount'?"),
    ('checks.severity == "high"', "severity", "'checks' is a list and has no 'severity'; write checks.exists"),
    ("deal.name.first == ''", "first", "'deal.name' is a text and has no parts such as 'first'"),
    ('deal.amount == "100000"', "deal.amount", 'deal.amount is a number, "100000" a text: they cannot be compared'),
    ('"100000" <= deal.amount', "deal.amount", "they cannot be compared"),
    ("deal.name > 3", "deal.name", "they cannot be compared"),
    ("deal == account", "deal", "they cannot be compared"),
    ("deal.known < deal.on_hold && deal < deal", "<", "'<' does not go between yes or no and yes or no"),
    ("1 < 2 < 3", "1", "they cannot be compared"),
    ("deal.amount", "deal", "a condition has to say yes or no, and this is a number"),
    ("size(commitments)", "size", "has to say yes or no, and this is a whole number"),
    ("deal.known && deal.amount", "deal.amount", "deal.amount is a number; here a yes or no is needed"),
    ("!deal.amount", "deal", "here a yes or no is needed"),
    ("-deal.name == ''", "-", "'-' needs a number"),
    ("deal.amount * 2 > 1.0", "*", "'*' does not go between number and whole number; write 2.0 instead of 2"),
    ("deal.name + 1 == ''", "+", "'+' does not go between text and whole number"),
    ("deal.amount ? true : false", "deal", "here a yes or no is needed"),
    ('(deal.known ? 1 : "a") == 1', "?", "the two outcomes have to be alike: whole number, text"),
    ('[1, "a"] == []', '"a"', "a list of whole numbers cannot hold a text"),
    ("deal.known[0]", "[", "only a list can be indexed"),
    ('deal.flags["a"] == ""', '"a"', "indexed by a whole number, not by a text"),
    ("1 in deal.flags", "1", "a whole number is never in a list of texts"),
    ('"a" in deal.name', "deal.name", "write text.contains(part)"),
    ('risk.tier == "hgih"', '"hgih"', "risk.tier is never \"hgih\"; did you mean 'high'?"),
    ('"hgih" == risk.tier', '"hgih"', "did you mean 'high'?"),
    ('checks.exists(c, c.severity in ["high", "blok"])', '"blok"', "did you mean 'block'?"),
    ('risk.tier >= "high"', ">=", 'would go by the alphabet; name the values: risk.tier in ["low", "medium"'),
    ('deal.close_date < "2026-1-5"', '"2026-1-5"', 'is a day; write it as "2026-11-20"'),
    ('deal.close_date < "2026-02-30"', '"2026-02-30"', "is a day"),
    ("sze(commitments) > 0", "sze", "unknown function 'sze'; did you mean 'size'?"),
    ('deal.name.lower() == "a"', "lower", "unknown function 'lower'"),
    ("commitments.exist(c, true)", "exist(", "did you mean 'exists'?"),
    ("size(deal) > 0", "size", "'size' takes list of anything or text, and was given deal"),
    ("size() > 0", "size", "was given nothing"),
    ("deal.name.startsWith(1)", "startsWith", "'startsWith' takes text and text, and was given text, whole number"),
    ("deal.exists(d, true)", "exists", "'exists' needs a list, and deal is a deal"),
    ("commitments.exists(1, true)", "exists", "write commitments.exists(x, …)"),
    ("commitments.exists(c)", "exists", "write commitments.exists(x, …)"),
    ("commitments.all(c, true, true)", "all", "write commitments.all(x, …)"),
    ("commitments.all()", "all", "write commitments.all(x, …)"),
    ("commitments.exists(c, c.text)", "c.text", "'exists' needs a yes or no here, not a text"),
    ("commitments.map(c, c.text, c.text) == []", "c.text, c", "'map' needs a yes or no here"),
    ("has(deal)", "has", "'has' takes one part of a record"),
    ('deal.name.matches("[a")', '"[a"', "'matches' cannot read"),
    ('now > timestamp("noon")', '"noon"', "'timestamp' cannot read"),
    ('now - duration("a while") < now', '"a while"', "'duration' cannot read"),
    ('int("x") == 1', '"x"', "'int' cannot read"),
    ("deal.amount >=", "", "expected a fact, a value or '(', found the end"),
    ("(deal.known", "", "expected ')', found the end"),
    ("deal.known)", ")", "or the end, found ')'"),
    ("deal.known deal.on_hold", "deal.on_hold", "expected an operator such as && or =="),
    ("deal.1", ".1", "expected an operator"),
    ("deal.in", "in", "expected a name, found 'in'"),
    ("deal.known and deal.on_hold", "and", "expected an operator"),
    ("deal.amount = 3", "=", "unexpected '='; write == to compare"),
    ("deal.known & deal.on_hold", "&", "write && for 'and'"),
    ("deal.known | deal.on_hold", "|", "write || for 'or'"),
    ('deal.name == "abc', '"abc', "this text has no closing quote"),
    (r'deal.name == "\q"', r'"\q"', "a bad escape in this text"),
    ("deal.amount > 99999999999999999999", "99999999999999999999", "a number this large does not fit"),
    ("deal.amount > 10u", "10u", "write the number without the u"),
    ('deal.name == b"x"', 'b"x"', "write the text without the b"),
    ("deal.owner == null", "null", 'a missing fact is empty (""), 0 or false'),
    ('{"a": 1} == {"a": 1}', "{", "null and maps have no use here"),
    ("!-1 == 1", "-", "! and - do not go together"),
    ("deal.known ⇒ true", "⇒", "unexpected '⇒'"),
    ("commitments.exists(for, true)", "for", "reserved"),
    ("", "", "found the end"),
    ("(" * 40 + "true" + ")" * 40, "(" * 10 + "true", "more than 30 brackets"),
    ("!" * 70 + "true", "!", "more than 60 steps"),
    ("1" + " + 1" * 70 + " > 0", "1", "more than 60 steps"),
    (
        "commitments.all(a, commitments.all(b, commitments.all(d, true)))",
        "d, true",
        "more than 2 macros inside each other",
    ),
    ("true" + " " * MAX_LENGTH, "", "longer than 4000 characters"),
]


@pytest.mark.parametrize("source", ACCEPTED)
def test_a_sound_condition_runs_and_says_yes_or_no(source: str) -> None:
    context = cel_facts(draft(), findings(commitment()), [result(Severity.HIGH)], LOW, facts(of_deal=deal()))
    attached = {**context["draft"], "attachments": [{"filename": "a", "content_type": "b", "size": 1}]}  # type: ignore[dict-item]
    assert compile_condition(source).execute({**context, "draft": attached}) in (True, False)


@pytest.mark.parametrize(("source", "offending", "message"), REFUSED, ids=[case[0][:50] for case in REFUSED])
def test_an_unsound_condition_is_refused_where_it_is_wrong(source: str, offending: str, message: str) -> None:
    with pytest.raises(CelError) as caught:
        compile_condition(source)
    assert message in caught.value.message
    if offending:
        assert caught.value.offset == source.index(offending)
    else:
        assert caught.value.offset >= len(source.rstrip())
