"""Every command that answers, once, as a real process. What each does in detail is tested in its own file."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.company import POLICY, draft, write_draft
from tests.cli.process import Answer, Countersign

pytestmark = pytest.mark.processes

LATER = "2027-01-04T10:00:00Z"
WAITING = [draft("Review", f"real-{name}", send_after=LATER) for name in ("show", "approve", "edit", "reject")]
DRAFTS = [*WAITING, draft("Send later", "real-undo", send_after=LATER)]

COMMANDS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "help": (("--help",), 0, "submit"),
    "typo": (("sumbit",), 2, "Did you mean 'submit'?"),
    "extract": (("extract", "-"), 0, '"commitments"'),
    "assess": (("assess", "later.json"), 0, '"route": "review"'),
    "submit": (("submit", "later.json"), 0, "in_review"),
    "submit garbage": (("submit", "garbage.json"), 2, "garbage.json: is not UTF-8"),
    "submit missing": (("submit", "missing.json"), 2, "missing.json: cannot be read"),
    "queue": (("queue", "--json"), 0, '"client_id": "real-show"'),
    "show": (("show", "real-show"), 0, "Approval pending: 1 of ruth"),
    "show nothing": (("show", "dr_none"), 2, "there is no draft 'dr_none'"),
    "approve": (("approve", "real-approve", "--as", "ruth"), 0, "ruth said approve to sha256:"),
    "approve without the right": (("approve", "real-show", "--as", "sam"), 1, "sam may not approve"),
    "edit": (("edit", "real-edit", "--as", "sam", "--subject", "Block"), 0, "It must not go."),
    "reject": (("reject", "real-reject", "--as", "ruth", "--reason", "no"), 0, "is rejected"),
    "undo": (("undo", "real-undo", "--as", "sam"), 0, "is undone"),
    "ledger": (("ledger",), 0, "I'll send the price list by Friday"),
    "ledger set": (("ledger", "set", "L-1", "kept", "--as", "sam"), 0, "L-1 is kept"),
    "policy": (("policy", "check", "policy.yaml"), 0, "is sound: version 2"),
    "audit": (("audit",), 0, "draft.submitted"),
    "audit verify": (("audit", "verify"), 0, "the trail is whole"),
    "audit export": (("audit", "export"), 0, '"seq":1,'),
    "tokens": (("tokens", "issue", "--as", "sam", "--scope", "drafts:read"), 0, "cs_"),
    "people": (("people",), 0, "Ruth Adler"),
    "accounts": (("accounts", "list"), 0, "no account is connected"),
    "accounts connect": (("accounts", "connect", "google", "--account", "sam@ours.example"), 1, "a key for secrets"),
    "doctor": (("doctor",), 0, "version 1 is in force"),
}


@pytest.fixture(scope="module")
def answers(countersign: Countersign, place: Path) -> dict[str, Answer]:
    """What each command said; a few run at the same time, as they may in life."""
    write_draft(place, "Review", "later")
    (place / "garbage.json").write_bytes(bytes(range(256)))
    (place / "policy.yaml").write_text(POLICY.format(version=2), encoding="utf-8")
    countersign.here("submit", "--jsonl", "-", stdin="\n".join(map(json.dumps, DRAFTS)))
    with ThreadPoolExecutor(3) as pool:
        running = {name: pool.submit(countersign, *arguments) for name, (arguments, _, _) in COMMANDS.items()}
        return {name: answer.result() for name, answer in running.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_runs_as_a_process(answers: dict[str, Answer], name: str) -> None:
    _, code, says = COMMANDS[name]
    answer = answers[name]
    if code == 0:
        assert (answer.code, answer.err) == (0, "")
        assert says in answer.out
    else:
        assert says in answer.refusal(code)
