"""Measure the extractors and other ways on the frozen test parts, and write down the tables.

Usage: python -m extractors.training.report DATA_FOLDER [--date YYYY-MM-DD] [--output FILE]

Run from the project's folder, since the project's own labelled mails are measured too. Prints the tables as Markdown
and writes them to `--output`, docs/extraction.md by default. Texts are measured, never printed. Recognizers-Text and
chrono-node, which the project does not depend on, are measured where Python and node find them (PYTHONPATH,
NODE_PATH); otherwise the report says that they are not there.
"""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

OUTPUT = Path("docs/extraction.md")


def main(given: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--date", type=date.fromisoformat, help="the day of the report, YYYY-MM-DD; today by default")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args(given)
    check_folder(arguments.data)
    # Imported late: a missing folder should be told at once, not after spaCy and scikit-learn have loaded.
    from extractors.training.report.document import report  # noqa: PLC0415

    written = report(arguments.data, arguments.date or datetime.now().astimezone().date())
    arguments.output.write_text(written, encoding="utf-8")
    sys.stdout.write(written)


def check_folder(data: Path) -> None:
    """Raises SystemExit, saying what to do, where the labelled data is not there."""
    if not (data / "commitments").is_dir() or not (data / "dates").is_dir():
        sys.exit(
            f"{data} does not hold the labelled data (commitments/, dates/, authored_text/). Say where it is:"
            " make extraction-report DATA=path/to/data"
        )


if __name__ == "__main__":
    main()
