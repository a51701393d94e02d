"""Nothing is said to Microsoft Graph, and nothing answered by its double, that Microsoft's own models do not know.

Every suite that talks to the double is run, with all that is said written down. The models are those of msgraph-sdk,
which is no dependency of the product: they read what was written down in the second environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.emulators.node import DOUBLES
from tests.support.processes import ROOT

pytestmark = pytest.mark.emulators

SUITES = (
    "tests/contract/test_mail_outlook.py",
    "tests/contract/test_delivery_outlook.py",
    "tests/unit/integrations/test_outlook.py",
    "tests/unit/integrations/test_outlook_calendars.py",
)
CALLS = {
    "GET calendarView",
    "GET calendarView/delta",
    "GET mailFolders/drafts/messages",
    "GET messages",
    "GET messages/{id}",
    "GET messages/{id}/$value",
    "GET messages/{id}/attachments",
    "PATCH messages/{id}",
    "POST calendar/getSchedule",
    "POST messages",
    "POST messages/{id}/attachments",
    "POST messages/{id}/attachments/createUploadSession",
    "POST messages/{id}/createReply",
    "POST messages/{id}/send",
}
_PATIENCE = 600.0


def judged(folder: Path) -> Mapping[str, Mapping[str, int]]:
    """What the models say of the calls that were written down there."""
    reader = [str(DOUBLES / "bin" / "python"), str(Path(__file__).with_name("graph_models.py")), str(folder)]
    run = subprocess.run(reader, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    assert run.returncode == 0, run.stderr
    found: Mapping[str, Mapping[str, int]] = json.loads(run.stdout)
    return found


def test_every_call_is_one_that_microsofts_models_know(tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.mkdir()
    suites = [sys.executable, "-m", "pytest", "-q", f"--basetemp={tmp_path / 'suites'}", *SUITES]
    environment = {**os.environ, "GRAPH_RECORDS": str(said)}
    run = subprocess.run(
        suites, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    assert run.returncode == 0, run.stdout[-4000:]
    found = judged(said)
    assert found["wrong"] == {}
    assert {call.rpartition(" ")[0] for call in found["calls"]} == CALLS


@pytest.mark.parametrize(
    ("call", "request_body", "response_body", "words"),
    [
        ("PATCH messages/{id}", {"labels": []}, None, "request Message.labels"),
        ("PATCH messages/{id}", {"bccRecipients": [{"email": {"address": "a@b"}}]}, None, "request Recipient.email"),
        ("GET messages/{id}", None, {"isDraft": "yes"}, "response cannot be read at Message.isDraft"),
        ("POST messages/{id}/send", None, {"id": "1"}, "a response that Graph does not have"),
        ("POST messages/{id}/forward", None, None, "nobody says which models read it"),
    ],
)
def test_what_the_models_do_not_know_is_found(
    tmp_path: Path, call: str, request_body: object, response_body: object, words: str
) -> None:
    line = {"call": call, "request": request_body, "status": 200, "response": response_body}
    (tmp_path / "one.jsonl").write_text(json.dumps(line) + "\n")
    [wrong] = judged(tmp_path)["wrong"]
    assert words in wrong
