"""A small world folder to change and break."""

from __future__ import annotations

import json
from pathlib import Path

PEOPLE = """\
- {id: maya, email: Maya.Stern@ours.example, name: Maya Stern, roles: [account_executive], manager: omar,
   timezone: America/New_York, holidays: US, capacity_hours_per_week: 30}
- {id: omar, email: omar@ours.example, name: Omar Reid, roles: [manager, admin]}
"""

CRM: dict[str, object] = {
    "as_of": "2026-11-18T09:45:00-05:00",
    "accounts": [{"id": "acme", "name": "Acme", "domains": ["acme.example"]}],
    "contacts": [{"id": "c-1", "email": "Lee@acme.example", "name": "Lee Chan", "account": "acme"}],
    "deals": [{"id": "D-1", "name": "Acme pilot", "account": "acme", "stage": "proposal", "amount": 50000}],
}


def small_world(folder: Path, **files: str) -> Path:
    """Write people.yaml and crm.json and the files given, named like `library__library_yaml`."""
    write(folder / "people.yaml", PEOPLE)
    write(folder / "crm.json", json.dumps(CRM))
    for name, content in files.items():
        write(folder / ".".join(name.replace("__", "/").rsplit("_", 1)), content)
    return folder


def write(file: Path, content: str) -> Path:
    """Write a file and its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def event(*lines: str, uid: str = "1") -> str:
    """One VEVENT."""
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"))


def calendar(*events: str) -> str:
    """A whole iCalendar file."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN")
    return "\r\n".join((*head, *events, "END:VCALENDAR", ""))
