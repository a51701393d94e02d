"""chrono-node, asked in one run of `node`; the package is looked for where node looks (node_modules, NODE_PATH)."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta

from extractors.training.baselines.dates import DateAnswer, DateQuestion, answer

_TIMEOUT = 120  # seconds
# Its offsets count UTF-16 units; ours count characters.
_SCRIPT = """
const chrono = require("chrono-node");
const questions = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = questions.map(({text, sent_at, offset, day_first}) =>
  (day_first ? chrono.en.GB : chrono.en).parse(text, {instant: new Date(sent_at), timezone: offset},
    {forwardDate: true}).map(found => ({
      start: Array.from(text.slice(0, found.index)).length,
      end: Array.from(text.slice(0, found.index + found.text.length)).length,
      day: [found.start.get("year"), found.start.get("month"), found.start.get("day")],
    })));
process.stdout.write(JSON.stringify(answers));
"""


class ChronoNode:
    """chrono-node with its English parsers, the future preferred."""

    name = "chrono-node"

    def missing(self) -> str | None:
        node = shutil.which("node")
        if node is None:
            return "node is not installed"
        found = subprocess.run(  # noqa: S603 - a fixed command
            [node, "-e", 'require.resolve("chrono-node")'], capture_output=True, check=False, timeout=_TIMEOUT
        )
        return None if found.returncode == 0 else "chrono-node is not installed"

    def find(self, questions: Sequence[DateQuestion]) -> list[list[DateAnswer]]:
        asked = [
            {
                "text": question.text,
                "sent_at": question.sent_at.isoformat(),
                "offset": (question.sent_at.utcoffset() or timedelta()) // timedelta(minutes=1),
                "day_first": question.day_first,
            }
            for question in questions
        ]
        node = shutil.which("node") or "node"
        done = subprocess.run(  # noqa: S603 - a fixed command
            [node, "-e", _SCRIPT],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
            timeout=_TIMEOUT,
        )
        return [
            [answer(found["start"], found["end"], date(*found["day"])) for found in answers]
            for answers in json.loads(done.stdout)
        ]
