"""Opening a world folder: what has to be there, what may be, and how refusals read."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.core.commitments import CommitmentState
from app.core.drafts import Attachment
from app.core.errors import FactUnavailable, InvalidWorld
from app.core.findings import Kind, Strength
from integrations.world import EVERY_MOMENT, open_world
from tests.unit.integrations.worlds import CRM, calendar, event, small_world, write

SAMPLE = Path(__file__).parents[3] / "sample_data"


def test_two_files_are_enough(tmp_path: Path) -> None:
    opened = open_world(small_world(tmp_path / "tiny"))
    assert (opened.name, opened.starts_at, opened.ledger) == ("tiny", None, ())
    assert opened.world.own_domains == ("ours.example",)
    assert opened.world.library.documents() == ()
    assert opened.world.library.as_of().tzinfo is UTC
    assert (opened.world.approved, opened.world.conversations, opened.world.sequences) == (None, None, None)
    assert opened.world.read_file is not None
    assert (opened.policy_file, opened.drafts) == (tmp_path / "tiny/policy.yaml", tmp_path / "tiny/drafts")
    maya = opened.world.people.person("maya")
    assert maya is not None
    with pytest.raises(FactUnavailable, match=r"calendar: maya\.ics"):
        opened.world.calendars.busy(maya, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))


def test_a_world_may_say_its_name_its_domains_and_what_time_it_is(tmp_path: Path) -> None:
    world_yaml = "name: Ours\ndomains: [ours.example, ours.test]\nnow: 2026-11-18T10:00:00-05:00\n"
    opened = open_world(small_world(tmp_path, world_yaml=world_yaml))
    assert (opened.name, opened.starts_at) == ("Ours", datetime(2026, 11, 18, 15, tzinfo=UTC))
    assert opened.world.own_domains == ("ours.example", "ours.test")


@pytest.mark.parametrize("clock", ["", "now: 2026-11-18T10:00:00-05:00\n"], ids=["system's clock", "its own clock"])
def test_files_are_never_behind_however_old_they_are_and_however_long_the_world_has_run(
    tmp_path: Path, clock: str
) -> None:
    folder = small_world(
        tmp_path,
        world_yaml=f"name: Ours\n{clock}",
        calendars__maya_ics=calendar(event("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z")),
        library__library_yaml="- {file: a.pdf}\n",
        approved_yaml="",
        conversations_json="{}",
        sequences_yaml="",
    )
    write(folder / "crm.json", json.dumps({**CRM, "as_of": None}))
    for file in folder.rglob("*.*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    world = open_world(folder).world
    maya = world.people.person("maya")
    assert maya is not None
    assert world.approved is not None
    assert world.conversations is not None
    assert world.sequences is not None
    dated = (world.crm, world.library, world.approved, world.conversations, world.sequences)
    assert {source.as_of() for source in dated} | {world.calendars.as_of(maya)} == {EVERY_MOMENT}


def test_the_customers_are_listed_once_for_as_long_as_the_file_stays_the_same(tmp_path: Path) -> None:
    folder = small_world(tmp_path)
    crm = open_world(folder).world.crm
    before = crm.accounts()
    assert [account.id for account in before] == ["acme"]
    assert crm.accounts() is before
    write(folder / "crm.json", json.dumps({**CRM, "accounts": []}))
    assert crm.accounts() == ()


def test_a_file_that_says_from_when_it_is_ages(tmp_path: Path) -> None:
    crm = open_world(small_world(tmp_path)).world.crm
    assert crm.as_of() == datetime(2026, 11, 18, 14, 45, tzinfo=UTC)


def test_what_is_approved_conversations_and_sequences_are_opened_where_they_are(tmp_path: Path) -> None:
    message = {"from": "lee@acme.example", "to": ["maya.stern@ours.example"], "at": "2026-11-17T09:00:00-05:00"}
    folder = small_world(
        tmp_path,
        conversations_json=json.dumps({"t-1": {"messages": [message]}}),
        sequences_yaml="warm-up: {steps: 4}\n",
        approved_yaml="price_floors: [{product: Planner, floor: 900, currency: USD}]\n",
    )
    world = open_world(folder).world
    assert world.approved is not None
    assert [floor.product for floor in world.approved.price_floors()] == ["Planner"]
    assert world.conversations is not None
    assert world.sequences is not None
    conversation, plan = world.conversations.conversation("t-1"), world.sequences.sequence("warm-up")
    assert conversation is not None
    assert plan is not None
    assert ([m.sender for m in conversation.messages], plan.steps) == (["lee@acme.example"], 4)


def test_attachments_are_read(tmp_path: Path) -> None:
    read = open_world(small_world(tmp_path)).world.read_file
    assert read is not None
    note = Attachment(filename="note.txt", content_type="text/plain", content=b"The plan in words")
    assert read(note).text.strip() == "The plan in words"


def test_changes_are_seen_and_damage_makes_facts_unavailable(tmp_path: Path) -> None:
    folder = small_world(tmp_path)
    crm = open_world(folder).world.crm
    before = (folder / "crm.json").stat()
    deals = [{"id": "D-1", "name": "Acme pilot", "account": "acme", "stage": "on_holds", "amount": 50000}]
    write(folder / "crm.json", json.dumps({**CRM, "deals": deals}))
    os.utime(folder / "crm.json", ns=(before.st_atime_ns, before.st_mtime_ns))
    deal = crm.deal("D-1")
    assert deal is not None
    assert deal.stage == "on_holds"
    write(folder / "crm.json", "{")
    with pytest.raises(FactUnavailable, match=r"crm: crm.json line 1, column 2"):
        crm.deal("D-1")
    (folder / "crm.json").unlink()
    with pytest.raises(FactUnavailable, match="No such file"):
        crm.contact("lee@acme.example")
    with pytest.raises(FactUnavailable):
        crm.as_of()


BROKEN = [
    ("people.yaml", "- {id: x", "people.yaml line 1"),
    ("people.yaml", "", "people.yaml: has nobody"),
    ("people.yaml", "just words", "people.yaml: must be a list"),
    ("people.yaml", "- just words", r"people.yaml \[0\]: must be a record"),
    ("people.yaml", "- {id: x}", r"people.yaml \[0\].email: is missing"),
    ("people.yaml", "- {id: x, email: nobody}", r"people.yaml \[0\].email: must be one address"),
    ("people.yaml", "- {id: x, email: a@b.c, timezone: Mars}", r"people.yaml \[0\].timezone: must be an IANA"),
    ("people.yaml", "- {id: x, email: a@b.c, timezone: ../x}", r"people.yaml \[0\].timezone: must be an IANA"),
    ("people.yaml", "- {id: x, email: a@b.c, holidays: QQ}", r"people.yaml \[0\].holidays: must be an ISO country"),
    ("people.yaml", "- {id: x, email: a@b.c, fiscal_year_start: 13}", "fiscal_year_start: must be the month"),
    ("people.yaml", "- {id: x, email: a@b.c, roles: {a: b}}", r"people.yaml \[0\].roles: must be a list of words"),
    (
        "people.yaml",
        "- {id: x, email: a@b.c, capacity_hours_per_week: lots}",
        "capacity_hours_per_week: must be a number",
    ),
    ("people.yaml", "- {id: x, email: a@b.c, working_hours: late}", "working_hours: must be a span"),
    ("people.yaml", "- {id: x, email: a@b.c}\n- {id: x, email: d@b.c}", r"people.yaml \[1\].id: 'x' belongs to two"),
    ("people.yaml", "- {id: x, email: a@b.c}\n- {id: y, email: A@b.c}", r"people.yaml \[1\].email: 'a@b.c' belongs"),
    ("people.yaml", "a: &a [*a]\n? [b]\n: !!python/object:x y", "people.yaml"),
    ("crm.json", "{", "crm.json line 1, column 2"),
    ("crm.json", "[]", "crm.json: must be a record"),
    ("crm.json", "[" * 100_000, "crm.json: cannot be read as JSON"),
    ("crm.json", '{"deals": 5}', "crm.json deals: must be a list"),
    ("crm.json", '{"deals": [5]}', r"crm.json deals\[0\]: must be a record"),
    ("crm.json", '{"deals": [{"name": "x"}]}', r"crm.json deals\[0\].id: is missing"),
    ("crm.json", '{"deals": [{"id": "x"}, {"id": "x"}]}', r"crm.json deals\[1\].id: 'x' is there twice"),
    ("crm.json", '{"deals": [{"id": "x", "amount": "a lot"}]}', r"crm.json deals\[0\].amount: must be a number"),
    ("crm.json", '{"deals": [{"id": "x", "amount": NaN}]}', r"crm.json deals\[0\].amount: must be a number"),
    ("crm.json", '{"deals": [{"id": "x", "amount": true}]}', r"crm.json deals\[0\].amount: must be a number"),
    ("crm.json", '{"deals": [{"id": "x", "discount_cap": 120}]}', r"deals\[0\].discount_cap: must be a percentage"),
    ("crm.json", '{"deals": [{"id": "x", "close_date": "soon"}]}', r"deals\[0\].close_date: must be a day"),
    ("crm.json", '{"deals": [{"id": "x", "on_hold": "perhaps"}]}', r"deals\[0\].on_hold: must be true or false"),
    ("crm.json", '{"deals": [{"id": ["x"]}]}', r"deals\[0\].id: must be text"),
    ("crm.json", '{"as_of": "0001-01-01T00:00:00+14:00"}', "crm.json as_of: must be a moment"),
    ("crm.json", '{"contacts": [{"email": "a@b.c"}, {"email": "A@b.c"}]}', r"contacts\[1\]: is the second contact"),
    ("world.yaml", "now: yesterday", "world.yaml now: must be a moment"),
    ("world.yaml", "- a", "world.yaml: must be a record"),
    ("library/library.yaml", "- {title: x}", r"library.yaml \[0\].file: is missing"),
    ("library/library.yaml", "- {file: x, expires: never}", r"library.yaml \[0\].expires: must be a day"),
    ("library/library.yaml", "- {file: x}\n- {file: x}", r"library.yaml \[1\].file: 'x' is there twice"),
    ("approved.yaml", "price_floors: [{product: Planner, floor: low}]", "approved.yaml .*floor: must be a number"),
    ("conversations.json", '{"t": {"messages": [{"to": ["a@b.c"]}]}}', "conversations.json .*at: is missing"),
    ("sequences.yaml", "warm-up: {steps: none}", "sequences.yaml .*steps: must be"),
    ("ledger.jsonl", '\n{"id": 1}', "ledger.jsonl line 2 person: is missing"),
    ("ledger.jsonl", '{"person": "maya"}\nnope', "ledger.jsonl line 2, column 1: is not JSON"),
    ("ledger.jsonl", '{"person": "maya", "kind": "gift"}', "ledger.jsonl line 1 kind: must be one of deliverable"),
    ("ledger.jsonl", '{"person": "maya", "due": {"due_day": "x"}}', "ledger.jsonl line 1 due.due_day: must be a day"),
    ("ledger.jsonl", '{"id": "a", "person": "m"}\n{"id": "a", "person": "m"}', "line 2 id: 'a' is there twice"),
    ("calendars/maya.ics", "nonsense", r"calendars/maya.ics: is not an iCalendar file"),
    ("calendars/maya.ics", "", r"calendars/maya.ics: has no VCALENDAR"),
    ("calendars/maya.ics", calendar(event("SUMMARY:x")), r"calendars/maya.ics: event 'x' has no valid DTSTART"),
    ("calendars/maya.ics", calendar(event("DTSTART:soon")), "calendars/maya.ics: event .* has no valid DTSTART"),
    (
        "calendars/maya.ics",
        calendar(event("DTSTART:20261118T150000Z", "RRULE:FREQ=SOMETIMES")),
        "calendars/maya.ics: ",
    ),
]


@pytest.mark.parametrize(("file", "content", "message"), BROKEN, ids=[f"{b[0]}-{i}" for i, b in enumerate(BROKEN)])
def test_a_refusal_names_the_file_and_the_field_on_one_line(
    tmp_path: Path, file: str, content: str, message: str
) -> None:
    folder = small_world(tmp_path)
    write(folder / file, content)
    with pytest.raises(InvalidWorld, match=message) as caught:
        open_world(folder)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    folder = small_world(tmp_path)
    (folder / "people.yaml").write_bytes(b"- {id: x,\n  name: \xff}")
    with pytest.raises(InvalidWorld, match=r"people\.yaml line 2: is not UTF-8"):
        open_world(folder)


@pytest.mark.parametrize("missing", ["people.yaml", "crm.json"])
def test_the_two_files_have_to_be_there(tmp_path: Path, missing: str) -> None:
    folder = small_world(tmp_path)
    (folder / missing).unlink()
    with pytest.raises(InvalidWorld, match=f"{missing}: cannot be read: No such file"):
        open_world(folder)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidWorld, match="is no folder"):
        open_world(tmp_path / "nowhere")


def test_promises_from_before(tmp_path: Path) -> None:
    full = {
        "id": "L-1",
        "deal_id": "D-1",
        "account": "acme",
        "person": "Maya.Stern@ours.example",
        "recipient": "lee@acme.example",
        "text": "I'll send the plan by Friday",
        "action": "send",
        "object": "the plan",
        "kind": "deliverable",
        "strength": "tentative",
        "due_day": "2026-11-20",
        "state": "disputed",
        "made_at": "2026-11-12T11:20:00-05:00",
        "remark": "ignored",
    }
    lines = [json.dumps(full), "", '{"person": "somebody else", "due": "2026-11-23"}']
    world = small_world(tmp_path, ledger_jsonl="\n".join(lines), world_yaml="now: 2026-11-18T10:00:00Z")
    first, second = open_world(world).ledger
    assert (first.person, first.kind, first.strength) == ("maya", Kind.DELIVERABLE, Strength.TENTATIVE)
    assert first.state is CommitmentState.DISPUTED
    assert first.due_day == date(2026, 11, 20)
    assert first.due_at == datetime(2026, 11, 21, 5, tzinfo=UTC)
    assert first.made_at == datetime(2026, 11, 12, 16, 20, tzinfo=UTC)
    assert (second.id, second.person, second.kind, second.strength, second.state) == (
        "ledger-3",
        "somebody else",
        Kind.OTHER,
        Strength.FIRM,
        CommitmentState.OPEN,
    )
    assert second.due_day == date(2026, 11, 23)
    assert second.made_at == datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.mark.skipif(not (SAMPLE / "people.yaml").exists(), reason="there is no sample world beside the tests")
def test_the_sample_world_opens() -> None:
    opened = open_world(SAMPLE)
    assert opened.starts_at is not None
    assert opened.policy_file.exists()
    assert opened.drafts.is_dir()
    assert opened.ledger
    assert opened.world.library.documents()
    for person in opened.world.people.everybody():
        opened.world.calendars.busy(person, opened.starts_at, opened.starts_at.replace(day=28))
