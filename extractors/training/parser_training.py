"""Teach tagger and parser on UD_English-EWT."""

import tempfile
from pathlib import Path

from spacy.cli.train import train
from spacy.tokens import Doc, DocBin
from spacy.training.converters.conllu_to_docs import conllu_to_docs

CONFIG = Path(__file__).with_name("parser.cfg")
_PARTS = ("train", "dev")


def treebank(data: Path, part: str) -> list[Doc]:
    """The sentences of a part of the treebank, with tags and dependencies."""
    text = (data / "ud_ewt" / f"{part}.conllu").read_text(encoding="utf-8")
    return list(conllu_to_docs(text, n_sents=1, no_print=True))  # type: ignore[no-untyped-call]


def train_parser(data: Path, target: Path) -> None:
    """Teach the parser on the treebank in `data` and save its best epoch on the development part in `target`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for part in _PARTS:
            DocBin(docs=treebank(data, part)).to_disk(folder / f"{part}.spacy")
        train(
            CONFIG,
            folder / "trained",
            overrides={f"paths.{part}": str(folder / f"{part}.spacy") for part in _PARTS},
        )
        (folder / "trained" / "model-best").rename(target)
