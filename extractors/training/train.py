"""Teach the whole language pipeline again: parser, network and weights.

Usage: python -m extractors.training.train DATA_FOLDER [--only parser|undertakings] [--processes N] [--keep FOLDER]

Reads the shared data (never its frozen test parts), `labels/` and `texts/` beside this file, and writes
`extractors/model/`. Takes about half an hour on two cores; with `--keep`, the networks are kept in a folder as they
come, and those that lie there are not taught again. The figures that it prints are cross-validated: each
text is judged by a network and weights that have not seen its author.
"""

import argparse
import pickle
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import spacy

from extractors.language.network import Network
from extractors.language.pipeline import MODEL_FOLDER, PARSER_FOLDER
from extractors.training.corpus import training_documents
from extractors.training.network_training import trained_network
from extractors.training.parser_training import train_parser, treebank
from extractors.training.weights_training import FOLDS, cross_validated, fit, judged_candidates, others, write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=["parser", "undertakings"])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    MODEL_FOLDER.mkdir(exist_ok=True)
    if arguments.only != "undertakings":
        train_parser(arguments.data, MODEL_FOLDER / PARSER_FOLDER)
    if arguments.only != "parser":
        train_undertakings(arguments.data, MODEL_FOLDER, processes=arguments.processes, keep=arguments.keep)


def train_undertakings(data: Path, folder: Path, *, processes: int, keep: Path | None) -> None:
    """The network for use, and the weights on candidates as networks see them that have not seen the text."""
    documents = training_documents(data)
    sys.stdout.write(f"{len(documents)} documents, {sum(len(d.labels) for d in documents)} undertakings\n")
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        runs = FOLDS + 1
        taught = pool.map(_taught, [data] * runs, [folder] * runs, [*range(FOLDS), None], [keep] * runs)
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


def _taught(data: Path, folder: Path, left_out: int | None, keep: Path | None) -> dict[str, bytes]:
    """A network taught on every fold but one, or on all."""
    kept = keep / f"network-{'whole' if left_out is None else left_out}.pickle" if keep else None
    if kept and kept.exists():
        return cast("dict[str, bytes]", pickle.loads(kept.read_bytes()))  # noqa: S301 - written below
    documents = training_documents(data)
    weights = trained_network(
        spacy.load(folder / PARSER_FOLDER),
        documents if left_out is None else others(documents, left_out),
        treebank(data, "train"),
        seed=left_out or 0,
    ).weights()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(weights))
    return weights


if __name__ == "__main__":
    main()
