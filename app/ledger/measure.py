"""How well new promises are matched to open ones: `python -m app.ledger.measure DATA`.

DATA is `pairs.jsonl`, or the folder that has it: first a line `{"ledger": [promise, …]}`, then one a line
`{"text": …, "matches": index or null}`. Each new text is judged twice: as the extractor reads it, and as one promise
whose words are all there is. The figures are printed as JSON lines.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.checks.topics import Topic, may_be_same_thing, same_thing, topic_of
from app.core.drafts import Draft
from app.core.facts import Person
from app.extraction import extract_findings

_FILE = "pairs.jsonl"
_WHEN = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
_SENDER = Person(id="sender", email="sender@example.com", name="Sender", timezone="America/New_York")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pairs:
    """Open promises, and new texts with the index of the one that each is about."""

    ledger: tuple[str, ...]
    new: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """What came of the new texts. `asked` counts those where the match was left open, `right` those where it is."""

    read_as: str
    texts: int
    matching: int
    """Texts that are about an open promise."""
    matched: int
    """Texts that were matched to exactly one, for sure."""
    right: int
    asked: int

    def record(self) -> dict[str, object]:
        """The figures, ready for JSON; None where there is nothing to divide by."""
        return {
            "read_as": self.read_as,
            "texts": self.texts,
            "precision": round(self.right / self.matched, 3) if self.matched else None,
            "recall": round(self.right / self.matching, 3) if self.matching else None,
            "matched": self.matched,
            "right": self.right,
            "asked": self.asked,
        }


def read_pairs(place: Path) -> Pairs:
    """The pairs. Raises ValueError where the file is not what the module's description says, OSError without one."""
    file = place / _FILE if place.is_dir() else place
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        head, *rest = lines
        return Pairs(ledger=tuple(head["ledger"]), new=tuple((row["text"], row["matches"]) for row in rest))
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file} is no file of pairs: {error!r}; its first line has a ledger") from error


def measure(pairs: Pairs) -> Iterator[Score]:
    """The score of the texts as the extractor reads them, and as one promise each."""
    ledger = [_entered(text) for text in pairs.ledger]
    yield _score("extracted", ((list(_extracted(text)), truth) for text, truth in pairs.new), ledger)
    yield _score("one promise", (([topic_of(None, None, text)], truth) for text, truth in pairs.new), ledger)


def _entered(text: str) -> Topic:
    """An open promise is noted as a deed and its object: `Send the revised MSA`."""
    action, _, thing = text.partition(" ")
    return topic_of(action, thing, text)


def _extracted(text: str) -> Iterator[Topic]:
    draft = Draft(action="reply", agent="measure", on_behalf_of=_SENDER.id, to=("reader@example.com",), text=text)
    for promise in extract_findings(draft, sender=_SENDER, at=_WHEN).commitments:
        words = promise.text.replace(promise.due.text, " ") if promise.due else promise.text
        yield topic_of(promise.action, promise.object, words)


def _score(read_as: str, new: Iterable[tuple[Sequence[Topic], int | None]], ledger: Sequence[Topic]) -> Score:
    texts = matching = matched = right = asked = 0
    for topics, truth in new:
        sure = {n for n, old in enumerate(ledger) if any(same_thing(topic, old) for topic in topics)}
        maybe = {n for n, old in enumerate(ledger) if any(may_be_same_thing(topic, old) for topic in topics)}
        texts += 1
        matching += truth is not None
        matched += len(sure) == 1
        right += sure == {truth}
        asked += len(sure) > 1 or (not sure and len(maybe) == 1)
    return Score(read_as=read_as, texts=texts, matching=matching, matched=matched, right=right, asked=asked)


def main(arguments: Sequence[str]) -> int:
    """Print the scores; 2 for wrong use, 1 where the file cannot be read."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m app.ledger.measure DATA (pairs.jsonl or its folder)\n")
        return 2
    try:
        scores = list(measure(read_pairs(Path(arguments[0]))))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for score in scores:
        sys.stdout.write(json.dumps(score.record()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
