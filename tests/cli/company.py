"""A company of four with one customer, whose policy goes by the first word of the subject. No undo window."""

from __future__ import annotations

import json
from pathlib import Path

PEOPLE = """\
- {id: sam, email: sam@ours.example, name: Sam Reyes, roles: [seller], manager: ruth, timezone: America/Chicago}
- {id: ruth, email: ruth@ours.example, name: Ruth Adler, roles: [manager], manager: ada}
- {id: ada, email: ada@ours.example, name: Ada Olsen, roles: [admin]}
- {id: tom, email: tom@ours.example, name: Tom Bright, roles: [sales_engineer], manager: ruth}
"""

CRM: dict[str, object] = {
    "as_of": "2026-11-18T09:45:00-05:00",
    "accounts": [{"id": "acme", "name": "Acme", "domains": ["acme.example"]}],
    "contacts": [{"id": "c-1", "email": "lee@acme.example", "name": "Lee Chan", "account": "acme"}],
    "deals": [
        {
            "id": "D-1",
            "name": "Acme pilot",
            "account": "acme",
            "stage": "proposal",
            "amount": 50000,
            "currency": "USD",
            "close_date": "2027-01-31",
            "owner": "sam",
        }
    ],
}

POLICY = """\
version: {version}
undo_window: 0s
rules:
  - {{id: go, when: draft.subject.startsWith("Send"), route: auto_send, why: "It may go."}}
  - {{id: look, when: draft.subject.startsWith("Review"), route: review, why: "The manager looks."}}
  - {{id: stop, when: draft.subject.startsWith("Block"), route: block, why: "It must not go."}}
"""

PROMISE = {
    "id": "L-1",
    "deal_id": "D-1",
    "account": "acme",
    "person": "sam",
    "recipient": "lee@acme.example",
    "text": "I'll send the price list by Friday",
    "action": "send",
    "object": "the price list",
    "kind": "deliverable",
    "strength": "firm",
    "due_day": "2026-11-20",
    "state": "open",
    "made_at": "2026-11-16T10:00:00-05:00",
}


def found_company(folder: Path) -> Path:
    """Write the world folder and return it."""
    (folder / "drafts").mkdir(parents=True)
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (folder / "crm.json").write_text(json.dumps(CRM), encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY.format(version=1), encoding="utf-8")
    (folder / "ledger.jsonl").write_text(json.dumps(PROMISE) + "\n", encoding="utf-8")
    (folder / "world.yaml").write_text(
        "name: Ours\ndomains: [ours.example]\nnow: 2026-11-18T10:00:00-05:00\n", encoding="utf-8"
    )
    return folder


def draft(subject: str, client_id: str | None = None, **changes: object) -> dict[str, object]:
    """A draft as an agent hands it in."""
    record: dict[str, object] = {
        "action": "reply",
        "agent": "bot",
        "on_behalf_of": "sam",
        "to": ["lee@acme.example"],
        "subject": subject,
        "text": "Hello Lee, thank you for the list.\n",
    }
    return {**record, **({"client_id": client_id} if client_id else {}), **changes}


def write_draft(folder: Path, subject: str, client_id: str, **changes: object) -> Path:
    """The draft in a file of its own."""
    file = folder / f"{client_id}.json"
    file.write_text(json.dumps(draft(subject, client_id, **changes)), encoding="utf-8")
    return file
