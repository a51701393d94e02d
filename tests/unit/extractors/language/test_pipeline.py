"""The trained pipeline as it is shipped."""

from pathlib import Path

import pytest

from extractors.language import Language, language
from extractors.language.labels import LABELS
from extractors.language.pipeline import MODEL_FOLDER

LARGEST = 8 * 1024 * 1024  # bytes on disk


def trained() -> Language:
    found = language()
    assert found is not None
    return found


def test_it_is_loaded_once() -> None:
    assert trained() is trained()


def test_every_word_has_a_row_of_label_probabilities_and_a_tag() -> None:
    (tagged,) = trained().tag(["I will send it."])
    assert [token.text for token in tagged.doc] == ["I", "will", "send", "it", "."]
    assert tagged.probabilities.shape == (5, len(LABELS))
    assert tagged.probabilities.sum(axis=1).tolist() == pytest.approx([1.0] * 5, abs=1e-4)
    assert tagged.tags[1:3] == ["MD", "VB"]


def test_no_sentence_gives_nothing() -> None:
    assert trained().tag([]) == []
    trained().parse([])


@pytest.mark.parametrize("text", ["", " ", "\u200b", "👩‍💻", "e\u0301", "שלום", "a" * 5000])
def test_odd_sentences_are_read(text: str) -> None:
    (tagged,) = trained().tag([text])
    assert len(tagged.doc) == len(tagged.probabilities) == len(tagged.tags)


def test_a_parsed_sentence_has_heads() -> None:
    (tagged,) = trained().tag(["We will send the report."])
    trained().parse([tagged.doc])
    assert [token.dep_ for token in tagged.doc][:3] == ["nsubj", "aux", "ROOT"]


def test_the_model_is_small_and_carries_its_licence() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.rglob("*") if path.is_file()) <= LARGEST
    assert "Attribution-ShareAlike 4.0" in (MODEL_FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "UD_English-EWT" in (MODEL_FOLDER / "README.md").read_text(encoding="utf-8")


def test_a_folder_without_a_model_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="parser"):
        Language.load(tmp_path)


def test_where_the_model_cannot_be_had_there_is_no_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Language:
        raise OSError("no model here")

    monkeypatch.setattr(Language, "load", missing)
    language.cache_clear()
    try:
        assert language() is None
    finally:
        language.cache_clear()
