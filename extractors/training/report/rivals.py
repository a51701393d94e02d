"""Other finders of commitments on the same mails, each a function from a mail to spans in its text."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extractors.training.baselines.plain_regex import find_promises
from extractors.training.baselines.product_dates import Product
from extractors.training.baselines.tfidf import TfidfFinder
from extractors.training.measure import ADVERSARIAL, ENRON, SALES, Span, overlap
from extractors.training.report import scoring
from extractors.training.report.commitments import JudgedSets
from extractors.training.report.findings import ReadMail, spans_of
from extractors.training.report.mails import (
    LabelledMail,
    Mails,
    judged_sentences,
    sales_mails,
    sentence_mails,
)
from extractors.training.report.tables import score_cells, share_cell, table

Finder = Callable[[ReadMail], Sequence[Span]]


def by_regex(read_mail: ReadMail) -> list[Span]:
    return [read_mail.place(start, end) for start, end in find_promises(read_mail.sentences)]


def by_families(read_mail: ReadMail) -> list[Span]:
    """The product's own phrase families, without the trained model."""
    return spans_of(read_mail.commitments(model=False))


def tfidf_finder(data: Path) -> Finder:
    """A linear model of words, taught on the train parts of the data sets that it is judged on."""
    mails: Mails = (
        *sentence_mails(data, test=False),
        *(mail for dataset in SALES for mail in sales_mails(data, dataset, test=False)),
        *judged_sentences(data, ENRON, test=False),
        *judged_sentences(data, ADVERSARIAL, test=False),
    )
    texts, labels = [], []
    for mail in mails:
        for text, label in taught_sentences(mail):
            texts.append(text)
            labels.append(label)
    finder = TfidfFinder(texts, labels)

    def find(read_mail: ReadMail) -> list[Span]:
        return [read_mail.place(start, end) for start, end in finder.find(read_mail.sentences)]

    return find


def taught_sentences(mail: LabelledMail) -> list[tuple[str, bool]]:
    """The judged sentences of a mail, each with whether it holds an undertaking; debatable ones are left out."""
    read_mail = ReadMail(mail)
    taught = []
    for sentence in read_mail.sentences:
        place = read_mail.place(sentence.start, sentence.end)
        holds = any(overlap(place, label.span) > 0 for label in mail.commitments)
        if holds or not any(overlap(place, stretch) > 0 for stretch in mail.debatable):
            taught.append((sentence.text, holds))
    return taught


def rival_table(finders: Mapping[str, Finder], sets: JudgedSets) -> str:
    """The product and every other finder on every set of mails."""
    rows = []
    for name, judged in sets.items():
        product = [(one.mail, spans_of(one.found.commitments)) for one in judged]
        rows.append([f"{name}: {Product.name}", *_cells(product)])
        read = [ReadMail(one.mail) for one in judged]
        for other, find in finders.items():
            rows.append([f"{name}: {other}", *_cells([(one.mail, find(one)) for one in read])])
    return table(("", "labels", "precision", "recall", "F1", "firm recall"), rows)


def _cells(found: Sequence[tuple[LabelledMail, Sequence[Span]]]) -> list[str]:
    scores = [scoring.score_commitments(mail, spans) for mail, spans in found]
    return [*score_cells(scores), share_cell(scoring.firm_recall(mail, spans) for mail, spans in found)]
