"""Judges a scenario's draft with the real extractor, the real gathering of facts and all checks."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from app.assess import Assessor
from app.checks import CHECKS
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.core.routes import Route
from app.extraction import extract_findings
from app.intake import check_references, draft_from_json
from app.policy import Policy
from app.policy.document import load_policy
from integrations.fields import Fields, record
from tests.golden.scenarios.files import content_type, file_bytes
from tests.golden.scenarios.history import history_of
from tests.golden.scenarios.overlay import BASE
from tests.golden.scenarios.scenario import DEFAULT_SENDER, DEFAULT_TO, Expectation, Scenario
from tests.golden.scenarios.surroundings import Surroundings, build

read_draft = lru_cache(maxsize=256)(extract_findings)
"""The real extractor, which reads a mail once where several questions are asked about it."""

_NEEDS: Mapping[str, frozenset[str]] = {check.id: frozenset(check.needs) for check in CHECKS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of a scenario."""

    scenario: Scenario
    draft: Draft
    surroundings: Surroundings
    assessment: Assessment

    @property
    def spoke(self) -> frozenset[str]:
        """The checks that had something to say."""
        return frozenset(result.check for result in self.assessment.checks)

    def complaint(self) -> str | None:
        """What is not as the scenario says, in one line; None where all is."""
        scenario, spoke = self.scenario, self.scenario.check in self.spoke
        if scenario.expect is Expectation.UNKNOWN:
            return self._not_unknown()
        if scenario.expect is Expectation.SILENT:
            return f"{scenario.check} spoke: {self._said()}" if spoke else None
        if not spoke:
            return f"{scenario.check} said nothing; found: {self._found()}; others: {', '.join(self.spoke) or 'none'}"
        return self._otherwise()

    def _otherwise(self) -> str | None:
        results = [result for result in self.assessment.checks if result.check == self.scenario.check]
        severity, suggested = self.scenario.severity, self.scenario.suggests
        if severity is not None and severity not in {result.severity for result in results}:
            return f"rated {results[0].severity.value}, not {severity.value}: {results[0].message}"
        replacements = [result.suggestion.replacement for result in results if result.suggestion]
        if suggested is not None and suggested not in replacements:
            return f"suggests {replacements or 'nothing'}, not '{suggested}'"
        return None

    def _not_unknown(self) -> str | None:
        scenario = self.scenario
        if scenario.check in self.spoke:
            return f"{scenario.check} spoke although it cannot know: {self._said()}"
        if self.assessment.route not in (Route.REVIEW, Route.BLOCK):
            return f"the draft goes to {self.assessment.route.value}, not to review"
        named = {fact.source for fact in self.assessment.unknown}
        wanted = (scenario.missing,) if scenario.missing else (*scenario.failing, *scenario.stale)
        wanted = wanted or tuple(_NEEDS.get(scenario.check, ()))
        if not any(source.startswith(word) for source in named for word in wanted):
            return f"missing is {', '.join(sorted(named)) or 'nothing'}, not {', '.join(wanted)}"
        return None

    def _said(self) -> str:
        return "; ".join(result.message for result in self.assessment.checks if result.check == self.scenario.check)

    def _found(self) -> str:
        findings = self.assessment.findings
        promises = [f"{c.kind.value} '{c.text}'" for c in findings.commitments]
        return ", ".join([*promises, *(f"date '{mention.text}'" for mention in findings.dates)]) or "nothing"


def run(scenario: Scenario) -> Outcome:
    """The verdict on the scenario's draft. Raises ValueError, InvalidWorld or InvalidDraft where it is not sound."""
    with tempfile.TemporaryDirectory() as name:
        surroundings = build(scenario, Path(name))
        return judge(scenario, draft_of(scenario, surroundings), surroundings)


def judge(scenario: Scenario, draft: Draft, surroundings: Surroundings) -> Outcome:
    """The verdict on any draft in the scenario's world, while the world's folder is there."""
    world = surroundings.world
    draft = check_references(draft, world.people, world.crm)
    assessment = Assessor(extractor=read_draft, world=world).assess(
        draft,
        policy=_policy(),
        promises=surroundings.promises,
        history=history_of(draft, surroundings.outbox, at=scenario.now, own_domains=world.own_domains),
        at=scenario.now,
    )
    return Outcome(scenario=scenario, draft=draft, surroundings=surroundings, assessment=assessment)


@cache
def _policy() -> Policy:
    return load_policy((BASE / "policy.yaml").read_text(encoding="utf-8"))


def draft_of(scenario: Scenario, surroundings: Surroundings) -> Draft:
    """The draft, with what the scenario leaves out filled in."""
    written = dict(scenario.draft)
    attachments = cast("list[Mapping[str, object]]", written.pop("attachments", None) or [])
    for name in ("to", "cc", "bcc"):
        if isinstance(address := written.get(name), str):
            written[name] = [address]
    sequence = written.get("sequence")
    if isinstance(sequence, Mapping):
        written["sequence"] = {**sequence, "step": int(str(sequence["step"]))}
    return draft_from_json(
        {
            "on_behalf_of": DEFAULT_SENDER,
            "agent": "scenario",
            "action": "reply",
            "to": [DEFAULT_TO],
            **written,
            "attachments": [_attachment(row, surroundings.library) for row in attachments],
        }
    )


def _attachment(row: Mapping[str, object] | str, library: Path) -> dict[str, str]:
    fields = record({"filename": row} if isinstance(row, str) else row, file="draft", path="attachments")
    filename = fields.text("filename")
    return {
        "filename": filename,
        "content_type": fields.text("content_type", content_type(filename)),
        "content": fields.optional_text("content") or base64.b64encode(_content(filename, fields, library)).decode(),
    }


def _content(filename: str, fields: Fields, library: Path) -> bytes:
    """The words given, else the library's file of this name, else a file that holds its own name."""
    on_the_shelf = library / fields.text("file", filename)
    password, damaged = fields.flag("password"), fields.flag("damaged")
    if not (fields.has("text") or fields.has("properties") or password or damaged) and on_the_shelf.exists():
        return on_the_shelf.read_bytes()
    properties = fields.values.get("properties")
    return file_bytes(
        filename,
        str(fields.values.get("text") or Path(filename).stem.replace("-", " ")),
        {str(key): str(value) for key, value in properties.items()} if isinstance(properties, Mapping) else {},
        password=password,
        damaged=damaged,
    )
