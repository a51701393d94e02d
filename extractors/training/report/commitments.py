"""The tables of commitments: how many are found, and what is made of them."""

from collections.abc import Mapping, Sequence
from typing import get_args

from extractors.findings import CommitmentKind, Strength
from extractors.training.measure import Score, overlap
from extractors.training.report import scoring, slots
from extractors.training.report.findings import spans_of
from extractors.training.report.mails import SLOTS
from extractors.training.report.scoring import NOT_FOUND, Judged, Match
from extractors.training.report.tables import NOTHING, score_cells, share_cell, table

JudgedSets = Mapping[str, Sequence[Judged]]
VALUES = {"strength": get_args(Strength), "kind": get_args(CommitmentKind)}


def found_table(sets: JudgedSets) -> str:
    """Precision, recall and F1 of commitments, firm recall, and what is right of those found."""
    head = ("", "documents", "labels", "precision", "recall", "F1", "firm recall", "strength", "kind", "due day")
    return table(head, ([name, *_found_cells(judged)] for name, judged in sets.items()))


def _found_cells(judged: Sequence[Judged]) -> list[str]:
    matched = [scoring.matches(one) for one in judged]
    scores = [scoring.score_commitments(one.mail, spans_of(one.found.commitments)) for one in judged]
    return [
        str(len(judged)),
        *score_cells(scores),
        share_cell(scoring.firm_recall(one.mail, spans_of(one.found.commitments)) for one in judged),
        share_cell(scoring.share_of(matches, scoring.right_strength) for matches in matched),
        share_cell(scoring.share_of(matches, scoring.right_kind) for matches in matched),
        share_cell(scoring.due_days(matches) for matches in matched),
    ]


def sentence_table(sets: JudgedSets) -> str:
    """Lone sentences, each a commitment or not."""
    rows = [[name, str(len(judged)), *score_cells([_score(one) for one in judged])] for name, judged in sets.items()]
    return table(("", "sentences", "labels", "precision", "recall", "F1"), rows)


def _score(judged: Judged) -> Score:
    return scoring.score_commitments(judged.mail, spans_of(judged.found.commitments))


def slot_table(matched: Mapping[str, Sequence[Sequence[Match]]]) -> str:
    """For each slot of the commitments found, how often it is the same, and close."""
    rows = []
    for name, mails in matched.items():
        found = sum(match.found is not None for matches in mails for match in matches)
        labels = sum(map(len, mails))
        for slot in SLOTS:
            cells = (
                share_cell(scoring.share_of_slot(matches, slot, alike) for matches in mails)
                for alike in (slots.same, slots.close)
            )
            rows.append([f"{name}: {slot}", f"{found} of {labels}", *cells])
    return table(("", "found", "same", "close"), rows)


def confusion_table(judged: Sequence[Judged], attribute: str) -> str:
    """Labelled strength or kind by row, found by column."""
    counts = scoring.confusion((match for one in judged for match in scoring.matches(one)), attribute)
    found = (*VALUES[attribute], NOT_FOUND)
    rows = [[label, *(str(counts[label, value]) for value in found)] for label in VALUES[attribute]]
    return table(("labelled \\ found", *found), rows)


def family_table(judged: Sequence[Judged]) -> str:
    """By family of evidence: how many labels it found, their share of all labels, and its precision."""
    families = sorted({family_of(found.rule) for one in judged for found in one.found.commitments})
    labels = sum(len(one.mail.commitments) for one in judged)
    rows = []
    for family in families:
        scores = [score_family(one, family) for one in judged]
        right = sum(score.right for score in scores)
        precision = score_cells(scores)[1]
        rows.append((right, [family, str(right), _percent(right, labels), precision]))
    rows.sort(key=lambda row: -row[0])
    return table(("family", "labels found", "of all", "precision"), (cells for _, cells in rows))


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else NOTHING


def family_of(rule: str) -> str:
    """The family of a rule's id: what stands before its first dot, and one more word where the model was away."""
    first, _, rest = rule.partition(".")
    return f"fallback.{rest.partition('.')[0]}" if first == "fallback" else first


def score_family(judged: Judged, family: str) -> Score:
    """The findings of one family alone; what all families together miss is not counted."""
    mail, found = judged.mail, judged.found.commitments
    paired = {id(match.found) for match in scoring.matches(judged)}
    score = Score()
    for one in found:
        if family_of(one.rule) == family:
            right = id(one) in paired
            debatable = any(overlap((one.start, one.end), stretch) > 0 for stretch in mail.debatable)
            score.add(Score(right=int(right), false=int(not right and not debatable)))
    return score


def recall_table(sets: JudgedSets) -> str:
    """Recall by the label's strength and kind."""
    rows = []
    for attribute, values in VALUES.items():
        for value in values:
            cells = [cell for judged in sets.values() for cell in _recall_cells(judged, attribute, value)]
            rows.append([f"{attribute}: {value}", *cells])
    return table(("", *(title for name in sets for title in (f"{name}: labels", "recall"))), rows)


def _recall_cells(judged: Sequence[Judged], attribute: str, value: str) -> tuple[str, str]:
    shares = [scoring.recall_of(scoring.matches(one), attribute, value) for one in judged]
    return str(sum(share.of for share in shares)), share_cell(shares)
