"""The table of attachment claims and the table of authored text."""

from collections.abc import Sequence

from extractors.authored_text import authored_spans
from extractors.reading import read
from extractors.training.measure import Score, Share
from extractors.training.report import scoring
from extractors.training.report.commitments import JudgedSets
from extractors.training.report.findings import spans_of
from extractors.training.report.scoring import Judged
from extractors.training.report.tables import score_cells, share_cell, table


def attachment_table(sets: JudgedSets) -> str:
    """Claims by overlap, or by sentence where the mail was labelled so."""
    rows = (
        [name, str(len(judged)), *score_cells([_attachments(one) for one in judged])] for name, judged in sets.items()
    )
    return table(("", "documents", "labels", "precision", "recall", "F1"), rows)


def _attachments(judged: Judged) -> Score:
    score = scoring.score_sentences if judged.mail.sentences else scoring.score_spans
    return score(judged.mail, spans_of(judged.found.attachments), judged.mail.attachments)


def raw_table(raw: Sequence[tuple[str, str]]) -> str:
    """Raw mails with what their sender newly wrote: by word, and how many are exactly right."""
    own = [(own_words(text), " ".join(wanted.split())) for text, wanted in raw]
    exact = share_cell(Share(right=int(found == wanted), of=1) for found, wanted in own)
    words = score_cells([scoring.score_words(found, wanted) for found, wanted in own])
    head = ("", "mails", "words", "precision", "recall", "F1", "mails exactly right")
    return table(head, [["raw mails", str(len(raw)), *words, exact]])


def authored_table(sets: JudgedSets) -> str:
    """Labelled mails by character, white space aside."""
    rows = (
        [name, str(len(judged)), *score_cells([_authored(one) for one in judged])] for name, judged in sets.items()
    )
    return table(("", "mails", "characters", "precision", "recall", "F1"), rows)


def own_words(text: str) -> str:
    """The authored text of a raw mail, its white space flattened."""
    reading = read(text)
    spans = (reading.original(start, end) for start, end in authored_spans(reading.text))
    return " ".join(word for start, end in spans for word in text[start:end].split())


def _authored(judged: Judged) -> Score:
    return scoring.score_authored(judged.mail, judged.found.authored)
