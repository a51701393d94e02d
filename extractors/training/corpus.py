"""The texts that the language pipeline learns undertakings from, each with its labelled stretches.

Four kinds of source: the shared data sets without their frozen test parts, sentences of other shared data sets with
standoff labels of this project's own (`labels/`), mails of a public collection with such labels, and mails and
sentences written for the purpose (`texts/`).
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.lazily import compiled
from extractors.reading import read
from extractors.segments import Sentence, sentences
from extractors.training.measure import SALES, SENTENCES, load
from extractors.training.tokenised_mail import restored

TEXTS = Path(__file__).with_name("texts")
LABELS = Path(__file__).with_name("labels")

_MARK = compiled(
    r"\{(?P<strength>[^{}|]*)\|(?P<kind>[^{}|]*)\|(?P<text>[^{}]*)\}|\[\[(?P<claim>.+?)\]\]|(?P<end>-----8<-----\n?)"
)
_ITEM = compiled(r"[-*•] ")
_BLOCK = 40
"""Neighbouring lines of the sentence files are contrasts of one another, so they are kept on one side of a split."""
_BY_CAREFUL_RATERS = 2  # weight of the sets whose labels define what a commitment is
_PERSONA = 10
"""Mails of one invented author, ten in a row, are kept on one side too."""
_MONTH = 80
"""So are mails of one mailbox from about the same weeks, which answer one another."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """An undertaking as labelled; offsets count in its document's text."""

    start: int
    end: int
    strength: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A mail or sentence; `group` names what must not be split between training and judging."""

    id: str
    source: str
    group: str
    text: str
    sentences: tuple[Sentence, ...]
    labels: tuple[Label, ...]
    debatable: tuple[tuple[int, int], ...] = ()
    seen_by_families: bool = False
    """The phrase families were written with these texts in view, so on them they look better than they are."""
    weight: int = 1
    """How often the network sees it in an epoch."""


def training_documents(data: Path, office_mail: Path) -> list[Document]:
    """Every document to learn from, the frozen test parts left out.

    `office_mail` is the folder `enron1/ham` of the Enron-Spam collection, as its makers publish it. Raises SystemExit
    where a folder or file is missing.
    """
    if not office_mail.is_dir():
        sys.exit(f"{office_mail} is missing; give the folder enron1/ham of the Enron-Spam collection.")
    return [
        *_sales(data),
        *_email_sentences(data),
        *_requests(data),
        *_office_mail(office_mail),
        *_written_mails(),
        *_written_sentences(),
    ]


def _sales(data: Path) -> Iterator[Document]:
    for dataset in SALES:
        for row in load(data, dataset, test=False):
            text = read(row["text"]).text
            yield Document(
                id=row["id"],
                source=Path(dataset).stem,
                group=Path(dataset).stem,
                text=text,
                sentences=tuple(s for start, end in row["authored"] for s in sentences(text, start, end)),
                labels=tuple(_label(c["start"], c["end"], c) for c in row["commitments"]),
                debatable=tuple((start, end) for start, end in row["debatable"]),
                seen_by_families=True,
                weight=_BY_CAREFUL_RATERS,
            )


def _label(start: int, end: int, row: dict[str, Any]) -> Label:
    return Label(start=start, end=end, strength=row["strength"], kind=row["kind"])


def _email_sentences(data: Path) -> Iterator[Document]:
    """The email sentences, those of one mail together in their order."""
    mails: dict[str, list[dict[str, Any]]] = {}
    for row in load(data, SENTENCES, test=False):
        mails.setdefault(row["doc"], []).append(row)
    for mail, rows in mails.items():
        text = ""
        found: list[Sentence] = []
        labels: list[Label] = []
        for row in rows:
            at = len(text)
            found.append(Sentence(text=read(row["text"]).text, start=at, item=False))
            labels += [_label(at + c["start_end"][0], at + c["start_end"][1], c) for c in row["commitments"]]
            text += found[-1].text + "\n"
        yield Document(
            id=mail,
            source="ewt_email",
            group=mail,
            text=text,
            sentences=tuple(found),
            labels=tuple(labels),
            seen_by_families=True,
            weight=_BY_CAREFUL_RATERS,
        )


def _requests(data: Path) -> Iterator[Document]:
    """The sentences of the request data sets that `labels/requests.json` judges, by file and line from 1."""
    for dataset, judged in json.loads((LABELS / "requests.json").read_text(encoding="utf-8")).items():
        lines = (data / "requests" / dataset).read_text(encoding="utf-8").split("\n")
        for line in (line for first, last in judged["judged_lines"] for line in range(first, last + 1)):
            text = read(" ".join(json.loads(lines[line - 1])["text"].split())).text
            yield Document(
                id=f"{dataset}:{line}",
                source="requests",
                group=f"{dataset}:{line}",
                text=text,
                sentences=(Sentence(text=text, start=0, item=False),),
                labels=tuple(
                    Label(start=start, end=end, strength=strength, kind=kind)
                    for start, end, strength, kind in judged["labels"].get(str(line), ())
                ),
            )


def _office_mail(folder: Path) -> Iterator[Document]:
    """The mails of the Enron-Spam collection that `labels/enron_spam.json` judges, by number and day."""
    judged = json.loads((LABELS / "enron_spam.json").read_text(encoding="utf-8"))
    labels = {**dict.fromkeys(judged["none"], ()), **judged["labels"]}
    for place, mail in enumerate(sorted(labels)):
        text = read(restored((folder / f"{mail}.farmer.ham.txt").read_text(encoding="utf-8", errors="replace"))).text
        yield Document(
            id=f"enron_spam:{mail}",
            source="enron_spam",
            group=f"enron_spam:{place // _MONTH}",
            text=text,
            sentences=tuple(sentences(text, 0, len(text))),
            labels=tuple(
                Label(start=s, end=e, strength=strength, kind=kind) for s, e, strength, kind in labels[mail]
            ),
        )


def _written_mails() -> Iterator[Document]:
    for path in sorted(TEXTS.glob("mails_*.txt")):
        mails = path.read_text(encoding="utf-8").removesuffix("=====\n").split("\n=====\n")
        for number, mail in enumerate(mails):
            head, _, body = mail.strip("\n").partition("\n\n")
            identity = next(line.removeprefix("id: ") for line in head.split("\n") if line.startswith("id: "))
            text, labels, _, end = unmarked(body)
            yield Document(
                id=identity,
                source=path.stem,
                group=f"{path.stem}:{number // _PERSONA}",
                text=text,
                sentences=tuple(sentences(text, 0, end)),
                labels=labels,
            )


def _written_sentences() -> Iterator[Document]:
    for path in sorted(TEXTS.glob("sentences_*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
            if not line.strip() or line.startswith("#"):
                continue
            item = _ITEM.match(line)
            text, labels, _, _ = unmarked(line[item.end() :] if item else line)
            yield Document(
                id=f"{path.stem}:{number}",
                source=path.stem,
                group=f"{path.stem}:{number // _BLOCK}",
                text=text,
                sentences=(Sentence(text=text, start=0, item=bool(item)),),
                labels=labels,
            )


def unmarked(marked: str) -> tuple[str, tuple[Label, ...], tuple[tuple[int, int], ...], int]:
    """The text without its marks, its undertakings and attachment claims, and where the authored text ends."""
    text = ""
    at = 0
    labels: list[Label] = []
    claims: list[tuple[int, int]] = []
    end: int | None = None
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        said = mark["text"] or mark["claim"] or ""
        if mark["end"]:
            end = len(text)
        elif mark["claim"]:
            claims.append((len(text), len(text) + len(said)))
        else:
            labels.append(
                Label(start=len(text), end=len(text) + len(said), strength=mark["strength"], kind=mark["kind"])
            )
        text += said
    text = read(text + marked[at:]).text
    return text, tuple(labels), tuple(claims), len(text) if end is None else end
