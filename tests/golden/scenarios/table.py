"""How often each check speaks where it should, and only there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.golden.scenarios.run import Outcome
from tests.golden.scenarios.scenario import Expectation


@dataclass(kw_only=True, slots=True)
class Score:
    """One check over a table of scenarios."""

    check: str
    hits: list[Outcome] = field(default_factory=list)
    """Spoke where it should."""
    missed: list[Outcome] = field(default_factory=list)
    stray: list[Outcome] = field(default_factory=list)
    """Spoke where it should not, in its own scenarios or in those of others."""
    silent: int = 0
    """Its own near misses, passed over or not."""
    unknown: int = 0
    unknown_right: int = 0

    @property
    def precision(self) -> float:
        """The share of its words that were called for; 1 where it never spoke."""
        spoken = len(self.hits) + len(self.stray)
        return len(self.hits) / spoken if spoken else 1.0

    @property
    def recall(self) -> float:
        """The share of its hits that it saw; 1 where there are none."""
        expected = len(self.hits) + len(self.missed)
        return len(self.hits) / expected if expected else 1.0


def scores(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """The score of every check that a scenario is about or that spoke in one."""
    table: dict[str, Score] = {}

    def of(check: str) -> Score:
        return table.setdefault(check, Score(check=check))

    for outcome in outcomes:
        scenario, own = outcome.scenario, of(outcome.scenario.check)
        if scenario.expect is Expectation.HIT:
            (own.hits if scenario.check in outcome.spoke else own.missed).append(outcome)
        elif scenario.check in outcome.spoke:
            own.stray.append(outcome)
        if scenario.expect is Expectation.SILENT:
            own.silent += 1
        if scenario.expect is Expectation.UNKNOWN:
            own.unknown += 1
            own.unknown_right += outcome.complaint() is None
        for check in outcome.spoke - scenario.also - {scenario.check}:
            of(check).stray.append(outcome)
    return dict(sorted(table.items()))


def lines(table: dict[str, Score]) -> Iterator[str]:
    """The table as text, and below it every word too much or too few."""
    yield f"{'check':32} {'hits':>7} {'silent':>6} {'unknown':>7} {'precision':>9} {'recall':>6}"
    for score in table.values():
        expected = len(score.hits) + len(score.missed)
        yield (
            f"{score.check:32} {len(score.hits):>3}/{expected:<3} {score.silent:>6} "
            f"{score.unknown_right:>3}/{score.unknown:<3} {score.precision:>9.3f} {score.recall:>6.3f}"
        )
    for score in table.values():
        for outcome in score.missed:
            yield f"missed  {outcome.scenario}: {outcome.complaint()}"
        for outcome in score.stray:
            said = "; ".join(r.message for r in outcome.assessment.checks if r.check == score.check)
            yield f"stray   {score.check} in {outcome.scenario}: {said}"
