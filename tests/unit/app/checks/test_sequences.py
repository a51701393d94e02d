"""The check on paused sequences."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.core.drafts import SequenceStep
from app.core.findings import Findings
from tests.unit.app.checks.builders import deal, draft, facts, results

NOTHING = Findings(text="Hi")


@pytest.mark.parametrize("paused", [("seq-a",), ("seq-b", "seq-a")])
def test_a_step_of_a_paused_sequence_is_stopped(paused: tuple[str, ...]) -> None:
    mail = draft(sequence=SequenceStep(id="seq-a", step=3))

    (result,) = results("sequence.paused", NOTHING, deal(paused_sequences=paused), mail)

    assert result.severity is Severity.HIGH
    assert "seq-a" in result.message


def test_other_sequences_go_on() -> None:
    step = SequenceStep(id="seq-a", step=3)

    assert results("sequence.paused", NOTHING, deal(paused_sequences=("seq-b",)), draft(sequence=step)) == []
    assert results("sequence.paused", NOTHING, deal(paused_sequences=("seq-a",)), draft()) == []
    assert results("sequence.paused", NOTHING, facts(deal=None), draft(sequence=step)) == []
