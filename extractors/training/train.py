"""Teach the whole language pipeline again: parser, network, weights and kinds.

Usage: python -m extractors.training.train DATA_FOLDER OFFICE_MAIL_FOLDER [--only parser|undertakings|kinds]
       [--processes N] [--keep FOLDER] [--look]

Reads the shared data (never its frozen test parts), the mails of `enron1/ham` of the Enron-Spam collection, and
`labels/` and `texts/` beside this file; writes `extractors/model/`. Takes about half an hour on two cores. With
`--keep`, the networks are kept in a folder as they come, and those that lie there are not taught again. With
`--look`, kinds are only looked at: how many are right, by models that have not seen the source in question.

The figures printed on the way are cross-validated: each text is judged by models that have not seen its author.
"""

import argparse
import pickle
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import spacy

from extractors.language.network import Network
from extractors.language.pipeline import MODEL_FOLDER, PARSER_FOLDER
from extractors.training import kinds_training
from extractors.training.corpus import Document, training_documents
from extractors.training.network_training import trained_network
from extractors.training.parser_training import train_parser, treebank
from extractors.training.weights_training import FOLDS, cross_validated, fit, judged_candidates, others, write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("office_mail", type=Path)
    parser.add_argument("--only", choices=["parser", "undertakings", "kinds"])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--look", action="store_true")
    arguments = parser.parse_args()
    sources = Sources(data=arguments.data, office_mail=arguments.office_mail)
    MODEL_FOLDER.mkdir(exist_ok=True)
    if arguments.only in {None, "parser"}:
        train_parser(arguments.data, MODEL_FOLDER / PARSER_FOLDER)
    if arguments.only in {None, "undertakings"}:
        train_undertakings(sources, MODEL_FOLDER, processes=arguments.processes, keep=arguments.keep)
    if arguments.only in {None, "kinds"}:
        train_kinds(sources, MODEL_FOLDER, look=arguments.look)


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The folders that hold what this project does not: the shared data, and the Enron-Spam mails."""

    data: Path
    office_mail: Path

    def documents(self) -> list[Document]:
        return training_documents(self.data, self.office_mail)


def train_undertakings(sources: Sources, folder: Path, *, processes: int, keep: Path | None) -> None:
    """The network for use, and the weights on candidates as networks see them that have not seen the text."""
    documents = sources.documents()
    sys.stdout.write(f"{len(documents)} documents, {sum(len(d.labels) for d in documents)} undertakings\n")
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        runs = FOLDS + 1
        taught = pool.map(_taught, [sources] * runs, [folder] * runs, [*range(FOLDS), None], [keep] * runs)
        *blind, whole = taught
    parser = spacy.load(folder / PARSER_FOLDER)
    judged = [
        candidate
        for number, weights in enumerate(blind)
        for candidate in judged_candidates(parser, documents, number, Network.untaught().with_weights(weights))
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for line in cross_validated(judged, documents, Path(scratch)):
            sys.stdout.write(f"{line}\n")
    write(fit(judged), folder)
    for part, weights in whole.items():
        (folder / f"{part}.bin").write_bytes(weights)


def train_kinds(sources: Sources, folder: Path, *, look: bool) -> None:
    """The weights that tell kinds, on the slots that the parser in the folder finds."""
    examples = list(kinds_training.examples(sources.documents(), spacy.load(folder / PARSER_FOLDER)))
    for line in kinds_training.unseen_sources(examples):
        sys.stdout.write(f"{line}\n")
    if not look:
        kinds_training.write(kinds_training.fit(examples), folder)


def _taught(sources: Sources, folder: Path, left_out: int | None, keep: Path | None) -> dict[str, bytes]:
    """A network taught on every fold but one, or on all."""
    kept = keep / f"network-{'whole' if left_out is None else left_out}.pickle" if keep else None
    if kept and kept.exists():
        return cast("dict[str, bytes]", pickle.loads(kept.read_bytes()))  # noqa: S301 - written below
    documents = sources.documents()
    weights = trained_network(
        spacy.load(folder / PARSER_FOLDER),
        documents if left_out is None else others(documents, left_out),
        treebank(sources.data, "train"),
        seed=left_out or 0,
    ).weights()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(weights))
    return weights


if __name__ == "__main__":
    main()
