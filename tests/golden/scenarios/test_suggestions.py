"""Suggestions that are accepted mend what they were made for, and never add a promise."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.core.errors import Conflict
from app.core.findings import Findings
from app.edits import apply_edit
from app.intake import read_drafts
from app.rewriting import Offer, accept, offers
from app.trial import Trial, open_trial
from tests.golden.scenarios.run import draft_of, judge, read_draft
from tests.golden.scenarios.scenario import Expectation, Scenario, read_scenarios
from tests.golden.scenarios.surroundings import Surroundings, build
from tests.golden.scenarios.variations import variations
from tests.support.golden_emails import GoldenEmail, load_golden_emails

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "sample_data"
LEAST = 200
OTHERS_LIKE_IT = 4
_SEED = 20261118
_GREETING = re.compile(r"\s*(?:(?:Hi|Hello|Hey|Dear|Good \w+)\s+)?(?:(?:Mr|Ms|Mrs|Dr)\.? )?(?P<name>[A-Z]\w+)")


@dataclass(kw_only=True)
class Tally:
    """What became of all suggestions."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    """Promises after a rewrite that were not there before."""
    remaining: list[str] = field(default_factory=list)
    """What a check still said after all that it had suggested was accepted."""
    lost: list[str] = field(default_factory=list)
    """Rewrites that changed more than the words that they name."""


class Judge:
    """Judges any draft in one world, and accepts what each check suggests for it."""

    def assess(self, draft: Draft) -> Assessment:
        """The verdict."""
        raise NotImplementedError

    def now(self) -> datetime:
        """The moment of judging."""
        raise NotImplementedError

    def tell_all_like(self, draft: Draft, tally: Tally) -> None:
        """Do so for the draft, and where there is something to accept, for others like it."""
        for other in variations(draft, count=OTHERS_LIKE_IT, seed=_SEED):
            if not self.tell(other, tally) and other == draft:
                return

    def tell(self, draft: Draft, tally: Tally) -> bool:
        """Accept the suggestions for the draft, check by check, and note what comes of it. Whether there are any."""
        before = self.assess(draft)
        by_check: dict[str, list[Offer]] = {}
        for offer in offers(before):
            by_check.setdefault(offer.result.check, []).append(offer)
        for check, offered in by_check.items():
            self._accept(draft, before, check, offered, tally)
        return bool(by_check)

    def _accept(self, draft: Draft, before: Assessment, check: str, offered: list[Offer], tally: Tally) -> None:
        numbers = tuple(offer.number for offer in offered)
        try:
            acceptance = accept(draft, before, numbers, extractor=read_draft, at=self.now())
        except Conflict as error:
            tally.refused.append(f"{check}: {error}")
            return
        tally.refused += [f"{check}: {left.why}" for left in acceptance.left_out]
        tally.accepted[check] += len(acceptance.applied)
        after = self.assess(apply_edit(draft, acceptance.edit))
        told = _told(before, acceptance.applied)
        if len(after.findings.commitments) > len(before.findings.commitments):
            tally.added.append(f"{told} in: {_promises(after.findings)}")
        left = [result for result in after.checks if result.check == check]
        unmended = sum(result.check == check for result in before.checks) - len(acceptance.applied)
        if len(left) > unmended:
            tally.remaining.append(f"{told}: {left[0].message}")
        if after.findings.text != _expected(before.findings.text, acceptance.applied):
            tally.lost.append(told)


def _told(before: Assessment, applied: tuple[Offer, ...]) -> str:
    text = before.findings.text
    changes = (f"“{text[o.suggestion.start : o.suggestion.end]}” → “{o.suggestion.replacement}”" for o in applied)
    return f"{applied[0].result.check} ({applied[0].result.message}): {', '.join(changes)}"


def _promises(findings: Findings) -> str:
    return "; ".join(commitment.text for commitment in findings.commitments)


def _expected(text: str, applied: tuple[Offer, ...]) -> str:
    changes = {(o.suggestion.start, o.suggestion.end, o.suggestion.replacement) for o in applied}
    for start, end, replacement in sorted(changes, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


class SampleJudge(Judge):
    """The sample company."""

    def __init__(self) -> None:
        trial = open_trial(SAMPLES)
        self._trial: Trial = replace(trial, assessor=replace(trial.assessor, extractor=read_draft))

    def assess(self, draft: Draft) -> Assessment:
        return self._trial.assess(draft)

    def now(self) -> datetime:
        return self._trial.clock.now()


class ScenarioJudge(Judge):
    """The world of a scenario, while its folder is there."""

    def __init__(self, scenario: Scenario, surroundings: Surroundings) -> None:
        self._scenario = scenario
        self._surroundings = surroundings

    def assess(self, draft: Draft) -> Assessment:
        return judge(self._scenario, draft, self._surroundings).assessment

    def now(self) -> datetime:
        return self._scenario.now


def _sample_drafts() -> Iterator[Draft]:
    for file in sorted((SAMPLES / "drafts").iterdir()):
        if file.suffix in {".json", ".eml"}:
            yield from (draft for draft in read_drafts(file) if isinstance(draft, Draft))


def _busy_world(mail: GoldenEmail) -> Scenario:
    """A golden mail sent by Maya, whose days are nearly full, on a deal that allows a small discount."""
    days = (mail.sent_at + timedelta(days=number) for number in range(1, 30))
    taken = [
        {"start": f"{day:%Y-%m-%d} {start}", "end": f"{day:%Y-%m-%d} {end}", "summary": "Taken"}
        for day in days
        for start, end in (("08:00", "12:00"), ("13:00", "16:00"))
    ]
    return Scenario(
        name=mail.id,
        file="emails",
        check="calendar.busy",
        expect=Expectation.HIT,
        why=mail.why,
        draft={"deal_id": "D-1", "subject": mail.subject, "text": mail.text},
        now=mail.sent_at,
        timezone=mail.timezone,
        world={
            "contacts": {"c-elena": {"name": _greeted(mail.text)}},
            "deals": {"D-1": {"discount_cap": "3", "close_date": None}},
            "people": {"maya": {"capacity_hours_per_week": "10"}},
            "calendars": {"maya": taken},
        },
    )


def _greeted(text: str) -> str:
    """Who the mail is written to, so that its greeting is right."""
    greeting = _GREETING.match(text)
    return greeting["name"] if greeting else "Elena Voss"


@cache
def everything_accepted() -> Tally:
    """All suggestions for all drafts and their variations, accepted one check at a time."""
    tally = Tally()
    sample = SampleJudge()
    for draft in _sample_drafts():
        sample.tell_all_like(draft, tally)
    hits = [scenario for scenario in read_scenarios(HERE) if scenario.expect is Expectation.HIT]
    for scenario in (*hits, *map(_busy_world, load_golden_emails())):
        with tempfile.TemporaryDirectory() as folder:
            surroundings = build(scenario, Path(folder))
            ScenarioJudge(scenario, surroundings).tell_all_like(draft_of(scenario, surroundings), tally)
    return tally


def test_enough_suggestions_are_accepted() -> None:
    tally = everything_accepted()
    print(sum(tally.accepted.values()), dict(tally.accepted), len(tally.refused), *tally.refused, sep="\n")
    assert sum(tally.accepted.values()) >= LEAST


def test_none_adds_a_promise() -> None:
    assert everything_accepted().added == []


def test_what_a_check_suggested_leaves_it_nothing_to_say() -> None:
    assert everything_accepted().remaining == []


def test_none_changes_more_than_its_words() -> None:
    assert everything_accepted().lost == []
