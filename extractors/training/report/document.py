"""The whole report as Markdown: what was measured on what, section by section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from extractors.commitments.find import FALLBACK
from extractors.training.baselines.chrono import ChronoNode
from extractors.training.baselines.dates import DateFinder, Dateparser, RecognizersText
from extractors.training.baselines.product_dates import Product
from extractors.training.measure_dates import read_cases
from extractors.training.report import commitments, dates, mails, others, rivals, scoring
from extractors.training.report.findings import found_by_product
from extractors.training.report.golden import golden_mails
from extractors.training.report.scoring import Judged

SALES = "sales mails"
EMAIL = "email sentences"
OWN = "own mails"
RIVALS: tuple[DateFinder, ...] = (Dateparser(), RecognizersText(), ChronoNode())

HOW_TO_READ = """\
Written by `make extraction-report` on {day}. Every figure but those marked otherwise is for texts that were set aside
before the first rule was written; `extractors/training/split.json` holds their places and hashes, and the command
refuses texts that are not those.

**How to read it.** `.912 (.881–.940)` is the figure and its 95 % interval: documents are drawn again a thousand
times, whole, since what one mail holds hangs together. Where intervals overlap widely, the difference may be luck.

- *Sales mails* are whole emails in four voices, each by one writer and written for the purpose. A finding is right
  where it overlaps a label, one to one; stretches that careful readers disagree on count neither way.
- *Never shown* are the sales mails that nobody has seen who wrote training texts. Those writers had the first twenty
  mails of each voice before them, for the taste of the labels, and a third of the frozen mails is among these; they
  copied nothing, but this row is the one to trust for a stranger's mail.
- *Email sentences* are all the sentences of unselected business mail (UD English EWT), judged sentence by sentence in
  the company of their neighbours.
- *Firm recall* is the share of firm commitments that were found: what is missed there goes out unseen. Strength,
  kind, due day and slots are counted over the commitments that were found.
- A slot is the *same* where it is equal but for case, determiners, possessives and punctuation, and *close* where it
  shares at least half the words of the shorter wording. An empty slot equals an empty one only.
- `1.000 (1.000–1.000)` over few labels says that none of them was wrong, not that none will be."""

WITHOUT_MODEL = """\
**The trained model was not there** when these figures were taken: the phrase families alone found the commitments."""


SHOWN = 20
"""The numbers, in their ids, of the mails of each voice that the writers of the training texts have seen."""


@dataclass(frozen=True)
class Evidence:
    """Everything that is measured on, each mail read once."""

    data: Path

    @cached_property
    def voices(self) -> dict[str, list[Judged]]:
        return {voice: _judged(mails.sales_mails(self.data, dataset)) for voice, dataset in mails.VOICES.items()}

    @cached_property
    def sales(self) -> list[Judged]:
        return [judged for voice in self.voices.values() for judged in voice]

    @cached_property
    def email(self) -> list[Judged]:
        return _judged(mails.sentence_mails(self.data))

    @cached_property
    def own(self) -> list[Judged]:
        return _judged(golden_mails())

    @cached_property
    def lone(self) -> dict[str, list[Judged]]:
        return {
            "adversarial sales sentences": _judged(mails.adversarial_sentences(self.data)),
            "older email sentences": _judged(mails.older_sentences(self.data)),
        }

    @property
    def all_sales(self) -> dict[str, list[Judged]]:
        unseen = [judged for judged in self.sales if not _was_shown(judged.mail.id)]
        by_voice = {f"{SALES}, {voice}": judged for voice, judged in self.voices.items()}
        return {SALES: self.sales, f"{SALES}, never shown": unseen, **by_voice}


def _was_shown(mail: str) -> bool:
    number = mail.lstrip("SEBCD")
    return number.isdigit() and int(number) <= SHOWN


def _judged(labelled: mails.Mails) -> list[Judged]:
    return [Judged(mail=mail, found=found_by_product(mail)) for mail in labelled]


def report(data: Path, day: date) -> str:
    """The report on a data folder, dated. Raises SystemExit where a frozen text has changed."""
    evidence = Evidence(data)
    sections = (
        _opening(evidence, day),
        _commitments(evidence),
        _what_found_them(evidence),
        _dates(evidence),
        _other_findings(evidence),
        _compared(evidence),
        _date_finders_compared(evidence),
        _own_mails(evidence),
    )
    return "\n\n".join(part for section in sections for part in section) + "\n"


def _opening(evidence: Evidence, day: date) -> Iterator[str]:
    yield "# How well extraction does"
    yield HOW_TO_READ.format(day=day.isoformat())
    if any(found.rule.startswith(FALLBACK) for one in evidence.sales for found in one.found.commitments):
        yield WITHOUT_MODEL


def _commitments(evidence: Evidence) -> Iterator[str]:
    yield "## Commitments"
    yield commitments.found_table({EMAIL: evidence.email, **evidence.all_sales})
    yield "Lone sentences that are a commitment or not; the adversarial ones are made to mislead."
    yield commitments.sentence_table(evidence.lone)
    yield "### Slots"
    slot_cases = _judged(mails.slot_cases(evidence.data))
    yield commitments.slot_table(
        {
            SALES: [scoring.matches(one) for one in evidence.sales],
            EMAIL: [scoring.matches(one) for one in evidence.email],
            "slot cases": [scoring.match_by_action(one) for one in slot_cases],
        }
    )
    yield "### Taken for what"
    for attribute in commitments.VALUES:
        for name, judged in ((SALES, evidence.sales), (EMAIL, evidence.email)):
            yield f"{attribute.capitalize()}, {name}:"
            yield commitments.confusion_table(judged, attribute)


def _what_found_them(evidence: Evidence) -> Iterator[str]:
    yield "### By what they were found"
    yield (
        "The family is the beginning of the evidence's id; `learned` are those that no phrase family names, and"
        " `fallback` those found without the model."
    )
    for name, judged in ((SALES, evidence.sales), (EMAIL, evidence.email)):
        yield f"{name.capitalize()}:"
        yield commitments.family_table(judged)
    yield "Recall by what was labelled:"
    yield commitments.recall_table({SALES: evidence.sales, EMAIL: evidence.email})


def _dates(evidence: Evidence) -> Iterator[str]:
    yield "## Dates"
    yield (
        "The due day is counted over the dates found: right where one is labelled, and rightly left out where none"
        " is. The email sentences have no labelled days."
    )
    sets = {EMAIL: evidence.email, **evidence.all_sales}
    yield dates.due_table({name: dates.answered_by_product(judged) for name, judged in sets.items()})
    yield "Dates in lone sentences:"
    yield dates.sentence_table({"date sentences": _answered(mails.date_sentences(evidence.data))})
    yield "Phrases that each stand for one day, the day written before the month; some are labelled wrongly."
    yield dates.phrase_table({"time phrases": _answered(mails.time_phrases(evidence.data))})


def _answered(labelled: mails.Mails) -> list[dates.Answered]:
    return dates.answered_by_product(_judged(labelled))


def _other_findings(evidence: Evidence) -> Iterator[str]:
    yield "## Attachment claims"
    yield others.attachment_table({EMAIL: evidence.email, SALES: evidence.sales})
    yield "## Authored text"
    yield others.raw_table(mails.raw_mails(evidence.data))
    yield others.authored_table(evidence.all_sales)


def _compared(evidence: Evidence) -> Iterator[str]:
    yield "## Beside other ways"
    yield "### Commitments"
    yield (
        "The others get the same authored sentences. *Phrase families*: this product without its trained model."
        " *Words alone*: tf-idf and logistic regression over sentences, taught on the train parts. *Regular"
        " expression*: one pattern of promising words."
    )
    finders = {
        "phrase families": rivals.by_families,
        "words alone": rivals.tfidf_finder(evidence.data),
        "regular expression": rivals.by_regex,
    }
    sets = {EMAIL: evidence.email, SALES: evidence.sales, **evidence.lone, OWN: evidence.own}
    yield rivals.rival_table(finders, sets)


def _date_finders_compared(evidence: Evidence) -> Iterator[str]:
    yield "### Dates"
    missing = {rival.name: reason for rival in RIVALS if (reason := rival.missing())}
    present = [rival for rival in RIVALS if rival.name not in missing]
    yield (
        "The libraries get the same sentences, the moment of sending and the order of day and month. They know no due"
        " days: the first day of what they find stands for it, so that deadlines such as “end of next week” count"
        " against them."
    )
    if missing:
        yield "Not measured: " + "; ".join(f"{name} ({reason})" for name, reason in missing.items()) + "."
    yield dates.libraries_table(
        _by_everyone({EMAIL: evidence.email, SALES: evidence.sales, OWN: evidence.own}, present)
    )
    yield dates.sentence_table(
        _by_everyone({"date sentences": _judged(mails.date_sentences(evidence.data))}, present)
    )
    yield dates.phrase_table(_by_everyone({"time phrases": _judged(mails.time_phrases(evidence.data))}, present))
    yield "### The Recognizers-Text cases"
    yield (
        "**Development figures**: the rules were developed on these cases. A third of them, drawn by hash, was only"
        " measured, and its misses never read. False alarms are cases without any label in which something was found:"
        " fewer is better."
    )
    cases = read_cases(evidence.data / "dates" / "recognizers")
    parts = (("developed on", False), ("only measured", True))
    yield dates.case_table(
        [
            dates.case_row(f"{part}: {finder.name}", finder, [case for case in cases if case.held_out == held_out])
            for part, held_out in parts
            for finder in (Product(), *present)
        ]
    )


def _by_everyone(sets: dict[str, list[Judged]], present: Sequence[DateFinder]) -> dict[str, list[dates.Answered]]:
    answered = {}
    for name, judged in sets.items():
        answered[f"{name}: {Product.name}"] = dates.answered_by_product(judged)
        for rival in present:
            answered[f"{name}: {rival.name}"] = dates.answered_by(rival, [one.mail for one in judged])
    return answered


def _own_mails(evidence: Evidence) -> Iterator[str]:
    sets = {OWN: evidence.own}
    yield "## The project's own mails"
    yield (
        "`tests/golden/emails`, half of them adversarial: the regression set that `make test` holds to floors. Rules"
        " may be mended on them, so these are not figures for unseen text."
    )
    yield commitments.found_table(sets)
    yield commitments.slot_table({OWN: [scoring.matches(one) for one in evidence.own]})
    yield dates.due_table({OWN: dates.answered_by_product(evidence.own)})
    yield others.attachment_table(sets)
    yield others.authored_table(sets)
