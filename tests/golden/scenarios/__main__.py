"""`python -m tests.golden.scenarios FOLDER_OR_FILE`: precision and recall of every check over its scenarios."""

from __future__ import annotations

import sys
from pathlib import Path

from app.core.errors import CountersignError
from tests.golden.scenarios.run import Outcome, run
from tests.golden.scenarios.scenario import Scenario, read_scenarios
from tests.golden.scenarios.table import lines, scores


def main() -> int:
    """Exit 0 where every scenario comes out as it says, 1 where one does not, 2 for wrong use."""
    if len(sys.argv) != 2:
        print("name one file or folder with scenarios, such as tests/golden/scenarios", file=sys.stderr)
        return 2
    try:
        scenarios = read_scenarios(Path(sys.argv[1]))
    except (CountersignError, ValueError, OSError) as error:
        print(f"that cannot be read: {error}", file=sys.stderr)
        return 2
    outcomes, broken = [], []
    for scenario in scenarios:
        try:
            outcomes.append(run(scenario))
        except (CountersignError, ValueError, KeyError) as error:
            broken.append(f"broken  {scenario}: {error}")
    print("\n".join([*lines(scores(outcomes)), *_others(outcomes), *broken]))
    return 1 if broken or any(outcome.complaint() for outcome in outcomes) else 0


def _others(outcomes: list[Outcome]) -> list[str]:
    """What is wrong beside a word too much or too few: a severity, a suggestion, a gap that was not named."""
    said: list[tuple[Scenario, str]] = [
        (outcome.scenario, complaint)
        for outcome in outcomes
        if (complaint := outcome.complaint()) and not complaint.startswith(outcome.scenario.check)
    ]
    wrong = sum(outcome.complaint() is not None for outcome in outcomes)
    return [
        *(f"other   {scenario}: {complaint}" for scenario, complaint in said),
        f"{len(outcomes)} scenarios, {wrong} not as they should be",
    ]


if __name__ == "__main__":
    raise SystemExit(main())
