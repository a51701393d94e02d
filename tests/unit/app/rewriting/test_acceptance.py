"""Chosen suggestions are put into the draft, and only where nothing speaks against it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.checks import Severity
from app.core.errors import Conflict, InvalidInput
from app.edits import apply_edit
from app.extraction import extract_findings
from app.rewriting import accept
from tests.unit.app.rewriting.verdicts import NOW, a_draft, accepted, judged, suggests

TEXT = "Hi Lee,\n\nlet's talk on Thursday at 2 pm. I'll send the report by Friday.\n\nSam\n"


def test_all_are_applied_where_they_do_not_meet() -> None:
    results = [suggests(TEXT, "2 pm", "3 pm"), suggests(TEXT, "by Friday", "by Monday")]

    acceptance = accepted(a_draft(TEXT), results)

    assert acceptance.edit.text == TEXT.replace("2 pm", "3 pm").replace("by Friday", "by Monday")
    assert [offer.number for offer in acceptance.applied] == [1, 2]
    assert acceptance.left_out == ()


def test_only_those_chosen_are_applied() -> None:
    results = [suggests(TEXT, "2 pm", "3 pm"), suggests(TEXT, "by Friday", "by Monday")]

    acceptance = accepted(a_draft(TEXT), results, (2,))

    assert acceptance.edit.text == TEXT.replace("by Friday", "by Monday")


def test_of_those_that_overlap_the_gravest_is_applied_and_the_others_are_told() -> None:
    results = [
        suggests(TEXT, "Thursday at 2 pm", "Friday at 2 pm", severity=Severity.LOW),
        suggests(TEXT, "2 pm", "3 pm", severity=Severity.HIGH, check="calendar.night"),
    ]

    acceptance = accepted(a_draft(TEXT), results)

    assert acceptance.edit.text == TEXT.replace("2 pm", "3 pm")
    assert [offer.number for offer in acceptance.applied] == [2]
    (left,) = acceptance.left_out
    assert (left.offer.number, left.why) == (1, "would change the same words as number 2 (calendar.night)")


def test_two_that_say_the_same_are_both_applied() -> None:
    results = [suggests(TEXT, "2 pm", "3 pm"), suggests(TEXT, "2 pm", "3 pm", check="calendar.notice")]

    acceptance = accepted(a_draft(TEXT), results)

    assert acceptance.edit.text == TEXT.replace("2 pm", "3 pm")
    assert [offer.number for offer in acceptance.applied] == [1, 2]


def test_a_rewrite_that_would_add_a_promise_is_left_out() -> None:
    results = [
        suggests(TEXT, "by Friday", "by Monday"),
        suggests(TEXT, "2 pm.", "2 pm. I'll send you the contract by Tuesday."),
    ]

    acceptance = accepted(a_draft(TEXT), results)

    assert acceptance.edit.text == TEXT.replace("by Friday", "by Monday")
    (left,) = acceptance.left_out
    assert left.why == "would add a promise: “I'll send you the contract by Tuesday”"


def test_a_rewrite_that_would_make_an_offer_firm_is_left_out() -> None:
    text = "Hi Lee,\n\nI might be able to send the report by Friday.\n\nSam\n"

    with pytest.raises(Conflict, match="no suggestion was applied: 1 would add a promise"):
        accepted(a_draft(text), [suggests(text, "might be able to send", "will send")])


def test_all_leaves_out_what_a_check_that_is_only_observed_would_change() -> None:
    results = [
        suggests(TEXT, "2 pm", "3 pm"),
        suggests(TEXT, "by Friday", "by Monday", severity=Severity.INFO, observed=Severity.HIGH),
    ]

    assert accepted(a_draft(TEXT), results).edit.text == TEXT.replace("2 pm", "3 pm")
    assert "by Monday" in str(accepted(a_draft(TEXT), results, (2,)).edit.text)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [((3,), "there is no number 3; choose from 1 to 1, or all"), ((), "no number is given; choose from 1 to 1")],
)
def test_a_number_that_there_is_not_is_refused(chosen: tuple[int, ...], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        accepted(a_draft(TEXT), [suggests(TEXT, "2 pm", "3 pm")], chosen)


def test_a_draft_without_suggestions_is_refused() -> None:
    with pytest.raises(InvalidInput, match="this draft has none; change its text instead"):
        accepted(a_draft(TEXT), [])


def test_a_draft_that_reads_otherwise_than_when_it_was_judged_is_refused() -> None:
    draft = a_draft(TEXT)
    verdict = judged(draft, suggests(TEXT, "2 pm", "3 pm"))
    older = replace(verdict, findings=replace(verdict.findings, text=TEXT + " "))

    with pytest.raises(Conflict, match="read differently today"):
        accept(draft, older, "all", extractor=extract_findings, at=NOW)


def test_html_and_text_say_the_same_afterwards() -> None:
    html = "<p>Hi Lee,</p><p>let&rsquo;s talk on <b>Thursday</b> at <b>2&nbsp;pm</b>, if <i>2 pm</i> suits.</p>"
    draft = a_draft("Hi Lee,\n\nlet’s talk on Thursday at 2 pm, if 2 pm suits.\n", html)
    shown = judged(draft).findings.text

    acceptance = accepted(draft, [suggests(shown, "Thursday at 2", "Thursday at 3")])

    assert acceptance.edit.html == html.replace("2&nbsp;pm", "3&nbsp;pm")
    assert acceptance.edit.text == draft.text.replace("at 2 pm", "at 3 pm")
    edited = apply_edit(draft, acceptance.edit)
    assert "at 3\xa0pm, if 2 pm suits" in judged(edited).findings.text


def test_words_that_markup_parts_are_left_out_with_a_way_out() -> None:
    html = "<p>Hi Lee,</p><p>let us talk on <b>Thurs</b>day at 2 pm.</p>"
    draft = a_draft("", html)
    shown = judged(draft).findings.text

    with pytest.raises(Conflict, match=r"“Thursday at 2 pm” stands in pieces .* give the whole HTML"):
        accepted(draft, [suggests(shown, "Thursday at 2 pm", "Friday at 2 pm")])
