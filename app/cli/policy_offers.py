"""What a policy can be written from: the catalogue of actions, and a starter to change."""

from __future__ import annotations

from app.cli.house import AsJson
from app.cli.output import print_json, print_table, say, styled
from app.policy.catalogue import ACTIONS
from app.policy.starter import starter_text


def actions(as_json: AsJson = False) -> None:
    """List everything an agent can want to do, with what is at stake each time."""
    if as_json:
        for action in ACTIONS.values():
            print_json(
                {
                    "name": action.name,
                    "impact": action.impact.value,
                    "data_sensitivity": action.data_sensitivity.value,
                    "reversibility": action.reversibility.value,
                    "why": action.why,
                }
            )
        return
    rows = [
        [
            action.name,
            styled(action.impact.value),
            styled(action.data_sensitivity.value),
            action.reversibility.value,
            action.why,
        ]
        for action in ACTIONS.values()
    ]
    print_table(["action*", "impact", "data", "can be undone", "why"], rows, nothing="no actions")
    say("In conditions: operation.name, operation.impact, operation.data_sensitivity, operation.reversibility.")


def starter() -> None:
    """Print a policy to start from: `countersign policy starter > policy.yaml`."""
    print(starter_text(), end="")
