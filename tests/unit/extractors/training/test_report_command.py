from pathlib import Path

import pytest

from extractors.training import measure
from extractors.training.report import document
from extractors.training.report.__main__ import main
from extractors.training.report.golden import golden_mails
from tests.unit.extractors.training.tiny_data import PROMISE, write_tiny_data


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(measure, "SPLIT_FILE", write_tiny_data(tmp_path))
    few = golden_mails()[:2]
    monkeypatch.setattr(document, "golden_mails", lambda: few)
    return tmp_path


def test_the_report_is_printed_and_written_without_any_text(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = data / "extraction.md"
    main([str(data), "--date", "2026-03-04", "--output", str(output)])
    written = output.read_text(encoding="utf-8")
    assert capsys.readouterr().out == written
    assert "`make extraction-report` on 2026-03-04" in written
    assert PROMISE not in written
    assert str(data) not in written
    for heading in ("## Commitments", "## Dates", "## Attachment claims", "## Authored text", "## Beside other ways"):
        assert f"\n{heading}\n" in written
    for row in ("| email sentences: words alone | 2 |", "| sales mails: Countersign | 8 |", "| own mails | 2 |"):
        assert row in written


def test_a_folder_without_data_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="make extraction-report DATA="):
        main([str(tmp_path / "nowhere")])


def test_a_day_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--date", "yesterday"])
    assert "--date" in capsys.readouterr().err
