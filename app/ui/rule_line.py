"""One line of the rule form: a field, a comparison and a value, each in a box that fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import streamlit as st

from app.checks import CHECKS
from app.policy.form import FieldTest, Items, Line, Value
from app.policy.form_fields import Comparison, FormField, Kind, offered_fields, offered_items
from app.policy.form_words import comparison_words, field_words, item_words
from app.ui.session import Sketch
from app.ui.words import worded

_SEVERAL = (Comparison.ONE_OF, Comparison.NONE_OF)
_MOSTLY_AT_LEAST = (Kind.NUMBER, Kind.WHOLE)
_FIRST = ("deal.amount", "draft.action", "risk.tier", "commitments", "checks", "contacts")
"""What most rules are about: offered first."""
_SAME_AS_ANOTHER = frozenset({"agent", "draft.client_id"})
_KNOWN: Mapping[str, Sequence[str]] = {
    "check": [check.id for check in CHECKS],
    "draft.action": ["cold_outreach", "reply", "follow_up", "meeting_confirmation", "invoice_reminder", "proposal"],
    "deal.stage": ["prospecting", "qualification", "proposal", "negotiation", "closed_won", "closed_lost"],
    "deal.legal_terms": ["standard", "renegotiation", "custom"],
}
"""Values that a field usually has; others can be typed."""


@cache
def subjects() -> Sequence[str]:
    """What a line can be about: fields, and lists that are asked for an item."""
    every = [*offered_items(), *(path for path in offered_fields() if path not in _SAME_AS_ANOTHER)]
    return [*_FIRST, *(path for path in every if path not in _FIRST)]


def subject_words(path: str) -> str:
    """What the reader chooses from: `the deal's amount`, `a promise …`."""
    if path not in offered_items():
        return field_words(path)
    noun = item_words(path)
    return f"a{'n' if noun[0] in 'aeiou' else ''} {noun} …"


def show_line(sketch: Sketch, line: int) -> Line:
    """The boxes of a line, and what stands in them."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        subject = st.selectbox(
            "About", subjects(), key=f"rule-about-{line}", format_func=subject_words, label_visibility="collapsed"
        )
        if subject not in offered_items():
            test = _show_test(f"{line}-{subject}", offered_fields()[subject])
            _show_remove(sketch, line)
            return test
        found = st.selectbox(
            "Whether there is one",
            [True, False],
            key=f"rule-found-{line}",
            format_func=lambda there_is: "there is one" if there_is else "there is none",
            label_visibility="collapsed",
            width=150,
        )
        _show_remove(sketch, line)
    tests = tuple(_show_item_test(line, subject, number) for number in range(sketch.said.get(line, 1)))
    st.button("and that also …", key=f"also-{line}", type="tertiary", on_click=_say_more, args=(sketch, line))
    return Items(list=subject, found=bool(found), tests=tests)


def _show_remove(sketch: Sketch, line: int) -> None:
    if len(sketch.lines) > 1:
        st.button("✕", key=f"drop-{line}", help="Take this line out", on_click=sketch.lines.remove, args=(line,))


def _say_more(sketch: Sketch, line: int) -> None:
    sketch.said[line] = sketch.said.get(line, 1) + 1


def _show_item_test(line: int, subject: str, number: int) -> FieldTest:
    fields = offered_items()[subject]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key=f"said-{line}-{number}"):
        path = st.selectbox(
            "of which",
            list(fields),
            key=f"rule-of-{line}-{subject}-{number}",
            format_func=lambda each: item_words(subject, each),
            label_visibility="collapsed",
        )
        return _show_test(f"{line}-{subject}-{number}-{path}", fields[path])


def _show_test(name: str, field: FormField) -> FieldTest:
    comparison = Comparison.IS
    if len(field.comparisons) > 1:
        comparison = st.selectbox(
            "is",
            field.comparisons,
            index=field.comparisons.index(Comparison.AT_LEAST) if field.kind in _MOSTLY_AT_LEAST else 0,
            key=f"rule-is-{name}",
            format_func=lambda each: comparison_words(each, field.kind),
            label_visibility="collapsed",
            width=150,
        )
    key = f"rule-value-{name}-{comparison in _SEVERAL}"
    value = _several(field, key) if comparison in _SEVERAL else _BOXES[field.kind](field, key)
    return FieldTest(field=field.path, comparison=comparison, value=value)


def _several(field: FormField, key: str) -> Value:
    known = [*field.choices, *_KNOWN.get(field.path, ())]
    chosen = st.multiselect(
        "values",
        known,
        key=key,
        accept_new_options=not field.choices,
        placeholder="one or more",
        label_visibility="collapsed",
    )
    return tuple(map(str, chosen))


def _text(field: FormField, key: str) -> Value:
    if field.path in _KNOWN:
        known = st.selectbox(
            "value", _KNOWN[field.path], key=key, accept_new_options=True, label_visibility="collapsed"
        )
        return str(known or "")
    return st.text_input("value", key=key, placeholder="text", label_visibility="collapsed")


def _choice(field: FormField, key: str) -> Value:
    chosen = st.selectbox(
        "value", field.choices, key=key, format_func=worded, label_visibility="collapsed", width=170
    )
    return str(chosen)


def _day(_field: FormField, key: str) -> Value:
    chosen = st.date_input("value", "today", key=key, label_visibility="collapsed", width=170)
    return chosen.isoformat()


def _number(_field: FormField, key: str) -> Value:
    value = float(st.number_input("value", value=0.0, step=1000.0, key=key, label_visibility="collapsed", width=170))
    return int(value) if value.is_integer() else value


def _whole(_field: FormField, key: str) -> Value:
    return int(st.number_input("value", value=0, step=1, key=key, label_visibility="collapsed", width=150))


def _yes_no(_field: FormField, key: str) -> Value:
    chosen = st.selectbox("value", ["yes", "no"], key=key, label_visibility="collapsed", width=110)
    return chosen == "yes"


_BOXES: Mapping[Kind, Callable[[FormField, str], Value]] = {
    Kind.TEXT: _text,
    Kind.TEXTS: _text,
    Kind.CHOICE: _choice,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.YES_NO: _yes_no,
}
