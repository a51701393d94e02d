from datetime import UTC, date, datetime

from extractors import Commitment, CommitmentKind, Due, Strength
from extractors.training.baselines.dates import DateAnswer
from extractors.training.measure import Score, Share, Span
from extractors.training.report import commitments, scoring, slots
from extractors.training.report.findings import Found
from extractors.training.report.mails import LabelledCommitment, LabelledDate, LabelledMail
from extractors.training.report.scoring import Judged, Match

DAY = date(2026, 3, 6)


def label(
    span: Span, strength: str = "firm", kind: str = "deliverable", due_day: date | None = None
) -> LabelledCommitment:
    words = {"action": "send", "object": "the offer", "recipient": None, "due": "Friday"}
    return LabelledCommitment(span=span, strength=strength, kind=kind, slots=words, due_day=due_day)


def finding(
    span: Span,
    *,
    strength: Strength = "firm",
    kind: CommitmentKind = "deliverable",
    action: str = "send",
    due_day: date | None = None,
    rule: str = "will.do",
) -> Commitment:
    due = Due(text="by Friday", start=span[0], end=span[1], from_=None, to=None, grain="day", due_day=due_day)
    return Commitment(
        text="",
        start=span[0],
        end=span[1],
        strength=strength,
        kind=kind,
        actor="sender",
        action=action,
        object="offer",
        recipient=None,
        due=due if due_day else None,
        rule=rule,
    )


def judged(mail: LabelledMail, *found: Commitment) -> Judged:
    return Judged(mail=mail, found=Found(commitments=found))


MAIL = LabelledMail(
    id="m",
    text="x" * 100,
    sent_at=datetime(2026, 3, 4, tzinfo=UTC),
    commitments=(label((0, 10), due_day=DAY), label((20, 30), "tentative", "meeting"), label((40, 50))),
    debatable=((60, 70),),
)
RUN = LabelledMail(
    id="r",
    text="x" * 30,
    sentences=((0, 9), (10, 19), (20, 29)),
    commitments=(label((0, 4)), label((5, 9), "tentative")),
)


def test_overlap_is_one_to_one_and_debatable_stretches_count_neither_way() -> None:
    spans = [(1, 5), (6, 9), (25, 28), (65, 66), (80, 90)]
    assert scoring.score_commitments(MAIL, spans) == Score(right=2, false=2, missed=1)


def test_sentences_count_once_however_much_is_in_them() -> None:
    assert scoring.score_commitments(RUN, [(0, 2), (2, 9), (12, 13)]) == Score(right=1, false=1, missed=0)


def test_firm_recall_leaves_the_other_strengths_out() -> None:
    assert scoring.firm_recall(MAIL, [(0, 10), (20, 30)]) == Share(right=1, of=2)
    assert scoring.firm_recall(RUN, [(6, 8)]) == Share(right=1, of=1)
    assert scoring.firm_recall(RUN, [(12, 15)]) == Share(right=0, of=1)


def test_what_is_made_of_those_found() -> None:
    matched = scoring.matches(
        judged(MAIL, finding((0, 10), due_day=DAY), finding((20, 30), strength="tentative", action="meet"))
    )
    assert [match.found is not None for match in matched] == [True, True, False]
    assert scoring.share_of(matched, scoring.right_strength) == Share(right=2, of=2)
    assert scoring.share_of(matched, scoring.right_kind) == Share(right=1, of=2)
    assert scoring.due_days(matched) == Share(right=1, of=1)
    assert scoring.share_of_slot(matched, "action", slots.same) == Share(right=1, of=2)
    assert scoring.share_of_slot(matched, "object", slots.same) == Share(right=2, of=2)
    assert scoring.share_of_slot(matched, "recipient", slots.same) == Share(right=2, of=2)
    assert scoring.share_of_slot(matched, "due", slots.same) == Share(right=0, of=2)
    assert scoring.share_of_slot(matched, "due", slots.close) == Share(right=1, of=2)


def test_a_missing_or_other_due_day_is_wrong() -> None:
    wanted = label((0, 1), due_day=DAY)
    matched = [
        Match(label=wanted, found=finding((0, 1))),
        Match(label=wanted, found=finding((0, 1), due_day=date(2026, 3, 7))),
        Match(label=wanted, found=None),
    ]
    assert scoring.due_days(matched) == Share(right=0, of=2)


def test_a_slot_case_is_matched_by_its_action() -> None:
    mail = LabelledMail(id="s", text="x" * 20, commitments=(label((0, 20)),))
    review, send = finding((0, 5), action="review"), finding((6, 10))
    assert [match.found for match in scoring.match_by_action(judged(mail, review, send))] == [send]
    assert [match.found for match in scoring.match_by_action(judged(mail, review))] == [review]
    assert [match.found for match in scoring.match_by_action(judged(mail))] == [None]


def test_confusion_counts_what_was_not_found_too() -> None:
    matched = scoring.matches(judged(MAIL, finding((0, 10), strength="conditional")))
    assert scoring.confusion(matched, "strength") == {
        ("firm", "conditional"): 1,
        ("firm", "not found"): 1,
        ("tentative", "not found"): 1,
    }
    table = commitments.confusion_table([judged(MAIL, finding((0, 10), strength="conditional"))], "strength")
    assert table.splitlines()[2] == "| firm | 0 | 0 | 1 | 1 |"


def test_recall_by_what_was_labelled() -> None:
    matched = scoring.matches(judged(MAIL, finding((0, 10))))
    assert scoring.recall_of(matched, "strength", "firm") == Share(right=1, of=2)
    assert scoring.recall_of(matched, "kind", "meeting") == Share(right=0, of=1)


def test_the_family_of_a_rule() -> None:
    assert commitments.family_of("will.do") == "will"
    assert commitments.family_of("learned.firm") == "learned"
    assert commitments.family_of("fallback.will.do") == "fallback.will"


def test_every_family_is_charged_with_its_own_false_findings() -> None:
    one = judged(MAIL, finding((0, 10)), finding((80, 90), rule="offer.can"), finding((65, 66), rule="offer.can"))
    assert commitments.score_family(one, "will") == Score(right=1)
    assert commitments.score_family(one, "offer") == Score(false=1)
    assert commitments.family_table([one]).splitlines()[2:] == [
        "| will | 1 | 33.3% | 1.000 (1.000–1.000) |",
        "| offer | 0 | 0.0% | .000 (.000–.000) |",
    ]


def answer(span: Span, day: date | None) -> DateAnswer:
    return DateAnswer(span=span, first_day=day, due_day=day)


DATED = LabelledMail(
    id="d",
    text="x" * 40,
    sent_at=datetime(2026, 3, 4, tzinfo=UTC),
    dates=(LabelledDate(span=(0, 6), due_day=DAY, first_day="2026-03"), LabelledDate(span=(10, 16))),
)


def test_dates_by_overlap_and_by_the_very_span() -> None:
    spans = [(0, 6), (11, 14), (20, 22)]
    assert scoring.score_dates(DATED, spans) == Score(right=2, false=1, missed=0)
    assert scoring.score_exact_dates(DATED, spans) == Score(right=1, false=2, missed=1)


def test_due_days_and_the_lack_of_them() -> None:
    found = [answer((0, 6), DAY), answer((10, 16), DAY)]
    assert scoring.due_days_of_dates(DATED, found, future=True) == Share(right=1, of=1)
    assert scoring.due_days_of_dates(DATED, found, future=False) == Share(right=0, of=1)


def test_without_a_moment_of_sending_no_day_is_judged() -> None:
    unsent = LabelledMail(id="u", text=DATED.text, dates=DATED.dates)
    assert scoring.due_days_of_dates(unsent, [answer((10, 16), None)], future=False) == Share()


def test_the_first_day_may_be_labelled_as_a_month() -> None:
    assert scoring.first_days(DATED, [answer((0, 6), DAY)]) == Share(right=1, of=1)
    assert scoring.first_days(DATED, [answer((0, 6), date(2026, 4, 1))]) == Share(right=0, of=1)
    assert scoring.first_days(DATED, [answer((0, 6), None)]) == Share(right=0, of=1)


def test_a_phrase_with_a_wrong_day_is_both_false_and_missed() -> None:
    phrase = LabelledMail(id="p", text="x" * 6, dates=(LabelledDate(span=(0, 6), first_day="2026-03-06"),))
    assert scoring.score_phrase(phrase, [answer((0, 6), DAY)]) == Score(right=1)
    assert scoring.score_phrase(phrase, [answer((0, 6), date(2026, 3, 7))]) == Score(false=1, missed=1)
    assert scoring.score_phrase(phrase, [answer((0, 6), None)]) == Score(missed=1)


def test_authored_text_by_letter_and_by_word() -> None:
    mail = LabelledMail(id="a", text="ab cd\nef", authored=((0, 5),))
    assert scoring.score_authored(mail, [(3, 8)]) == Score(right=2, false=2, missed=2)
    assert scoring.score_words("thanks a a", "a thanks you") == Score(right=2, false=1, missed=1)
