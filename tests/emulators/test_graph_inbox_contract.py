"""Nothing that is asked of Graph about inboxes and what is left there, or answered by its double, is unknown to
Microsoft's own models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.emulators.node import DOUBLES
from tests.support.processes import ROOT

pytestmark = pytest.mark.emulators

SUITES = (
    "tests/unit/integrations/test_outlook_inbox.py",
    "tests/unit/integrations/test_outlook_left.py",
    "tests/unit/app/inbox/test_left.py",
)
AT_OUTLOOK = "outlook and not postgres and not moment"
"""Without the test whose answers are meant to be none of Graph's."""
_DELTA = "users.item.mail_folders.item.messages.delta.delta_get_response"
_READER = """
import sys
from pathlib import Path
import graph_models
from msgraph.generated.models.message import Message
setattr(Message, "from", property(lambda message: message.from_))  # a word of Python's, so the models have another
for folder in ("drafts", "inbox", "sentitems"):
    graph_models._MODELS[f"GET mailFolders/{folder}/messages/delta"] = (None, sys.argv[2])
graph_models._MODELS["GET mailFolders/drafts"] = (None, "models.mail_folder")
graph_models.main(Path(sys.argv[1]))
"""
_PATIENCE = 300.0


def test_every_call_is_one_that_microsofts_models_know(tmp_path: Path) -> None:
    said = tmp_path / "said"
    said.mkdir()
    suite = [sys.executable, "-m", "pytest", "-q", "-k", AT_OUTLOOK, f"--basetemp={tmp_path / 'suite'}", *SUITES]
    environment = {**os.environ, "GRAPH_RECORDS": str(said)}
    run = subprocess.run(
        suite, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    assert run.returncode == 0, run.stdout[-4000:]
    reader = [str(DOUBLES / "bin" / "python"), "-c", _READER, str(said), _DELTA]
    judged = subprocess.run(
        reader, cwd=Path(__file__).parent, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    assert judged.returncode == 0, judged.stderr
    found = json.loads(judged.stdout)
    assert found["wrong"] == {}
    assert {call.rpartition(" ")[0] for call in found["calls"]} == {
        "GET mailFolders/drafts",
        "GET mailFolders/drafts/messages",
        "GET mailFolders/drafts/messages/delta",
        "GET mailFolders/inbox/messages/delta",
        "GET mailFolders/sentitems/messages/delta",
        "GET messages",
        "GET messages/{id}",
        "GET messages/{id}/$value",
        "PATCH messages/{id}",
        "POST messages",
        "POST messages/{id}/send",
    }
