"""Whoever rewrites what the trail vouches for is found out, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.audit import vouched
from app.audit.service import verify_store
from app.core.approvals import Verdict
from app.core.codec import to_json
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.digest import draft_digest, sha256_of
from app.core.errors import AuditBroken
from app.core.findings import Kind, Strength
from app.core.ids import CountedIds
from app.core.lifecycle import State
from app.edits import DraftEdit
from app.ledger.service import settle
from app.policy.proposals import propose
from app.services import open_services
from app.settings import Settings
from app.store.store import NoWakeUps, Reader, Store
from app.store.tables import commitments, drafts, policies, policy_proposals, revisions, sends, sent_recipients
from app.trail import happened
from tests.support.gates import START, Harness, a_draft, make_harness
from tests.support.policies import publish_reviewed

SECOND_POLICY = "version: 2\nundo_window: 30s\nrules: []\n"
THIRD_POLICY = "version: 3\nundo_window: 10s\nrules: []\n"


def imported(id: str, state: CommitmentState) -> LedgerEntry:
    return LedgerEntry(
        id=id,
        person="sam",
        recipient="dana@theirs.example",
        text="I will call",
        action="call",
        object=None,
        kind=Kind.DELIVERABLE,
        strength=Strength.FIRM,
        due_day=None,
        state=state,
        made_at=START,
    )


def begin_house(harness: Harness) -> None:
    """Two policies and a ledger from before, all of them in the trail."""
    old = [imported("cm_old", CommitmentState.OPEN), imported("cm_older", CommitmentState.KEPT)]
    with harness.store.write(now=START) as tx:
        first = tx.policies.get(1)
        assert first is not None
        tx.record(happened("policy.published", "gate", policy_version=1, sha256=sha256_of(first.text.encode())))
        tx.ledger.add([*old, imported("cm_settled", CommitmentState.OPEN)])
        tx.record(happened("ledger.imported", "gate", commitments=["cm_old", "cm_older", "cm_settled"]))
    people = harness.gate.assessor.world.people
    ada, sam = people.person("ada"), people.person("sam")
    assert ada is not None
    assert sam is not None
    ruth = people.person("ruth")
    assert ruth is not None
    publish_reviewed(harness.store, SECOND_POLICY, author=ruth, reviewer=ada, now=START)
    propose(harness.store, THIRD_POLICY, person=ruth, note="to be read", ids=CountedIds(), now=START)
    settle(harness.store, "cm_settled", CommitmentState.KEPT, person=sam, reason="called", now=START)


@pytest.fixture
def trail(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    """Sent, blocked, edited, and unconfirmed drafts, in more than one page."""
    monkeypatch.setattr(vouched, "_PAGE", 2)
    harness = make_harness(engine)
    begin_house(harness)
    harness.gate.submit(a_draft())
    shown = harness.gate.submit(a_draft("review two words"))
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="Shorter."), person="sam", digest=shown.row.digest)
    harness.gate.submit(a_draft("block ünïcode — “quoted”", cc=("Dan@Theirs.example",)))
    harness.wait(minutes=1)
    harness.gate.decide(shown.row.id, person="tom", verdict=Verdict.REJECT, digest=edited.row.digest)
    harness.mail.failures.append("unavailable")
    harness.gate.submit(a_draft("monitor", cc=("Dan@Theirs.example",)))
    harness.clock.advance(timedelta(seconds=31))
    harness.wake_due()
    with harness.store.read() as reader:
        (promise,) = (entry for entry in reader.ledger.entries() if entry.draft_id is not None)
    sam = harness.gate.assessor.world.people.person("sam")
    assert sam is not None
    settle(harness.store, promise.id, CommitmentState.BROKEN, person=sam, reason="late", now=harness.clock.now())
    return engine


@contextmanager
def tampering(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose changes are forgotten afterwards."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def test_an_untouched_house_verifies(trail: sa.Engine) -> None:
    with trail.connect() as connection:
        assert verify_store(Reader(connection)).drafts == 4
        kinds = {event.kind for event in Reader(connection).audit.events()}
    assert {"draft.edited", "draft.sent", "send.unavailable", "commitment.broken", "policy.published"} <= kinds


def every(connection: sa.Connection, table: sa.Table) -> list[Mapping[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(sa.select(table))]


def same(table: sa.Table, row: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == row[column.name] for column in table.primary_key.columns))


CHANGES: list[tuple[sa.Table, dict[str, Any]]] = [
    (drafts, {"state": "expired"}),
    (drafts, {"state": "no such state"}),
    (drafts, {"version": 99}),
    (drafts, {"digest": "sha256:other"}),
    (drafts, {"revision": 7}),
    (revisions, {"digest": "sha256:other"}),
    (revisions, {"author": "person:eve"}),
    (revisions, {"number": 7}),
    (revisions, {"content": '{"no": "draft"}'}),
    (revisions, {"facts": "{}"}),
    (revisions, {"content": sa.literal("no json", sa.Text)}),
    (sends, {"raw": b"something else"}),
    (sends, {"raw_sha256": "other"}),
    (sends, {"raw": b"", "raw_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}),
    (sends, {"recipients": ["eve@theirs.example"]}),
    (sends, {"recipients": []}),
    (sends, {"digest": "sha256:other"}),
    (sends, {"provider_id": "other"}),
    (sends, {"provider": "other"}),
    (sent_recipients, {"email": "eve@theirs.example"}),
    (sends, {"recipients": 7}),
    (drafts, {"permit": "forged"}),
    (commitments, {"entry": "7", "state": "open"}),
    (policies, {"text": "version: 2\nrules: []\n"}),
    (policies, {"version": 9}),
    (policies, {"basis": "unreviewed"}),
    (policies, {"reason": "because"}),
    (policy_proposals, {"text": "version: 2\nrules: []\n"}),
    (policy_proposals, {"state": "rejected"}),
    (policy_proposals, {"author": "eve"}),
    (policy_proposals, {"reviewer": "eve"}),
    (policy_proposals, {"reason": "looks fine"}),
    (commitments, {"state": "withdrawn"}),
    (commitments, {"draft_id": "(another draft)"}),
]


@pytest.mark.parametrize(
    ("table", "changes"), CHANGES, ids=[f"{table.name}-{'-'.join(changes)}" for table, changes in CHANGES]
)
def test_changing_any_row_is_found_out(trail: sa.Engine, table: sa.Table, changes: dict[str, Any]) -> None:
    with tampering(trail) as connection:
        rows = every(connection, table)
        blocked = connection.execute(sa.select(drafts.c.id).where(drafts.c.state == "blocked")).scalar_one()
    changes = {name: blocked if value == "(another draft)" else value for name, value in changes.items()}
    assert rows
    for row in rows:
        with tampering(trail) as connection:
            connection.execute(sa.update(table).where(same(table, row)).values(changes))
            with pytest.raises(AuditBroken):
                verify_store(Reader(connection))


@pytest.mark.parametrize(
    "table", [revisions, sends, sent_recipients, policies, policy_proposals, commitments], ids=str
)
def test_taking_out_any_row_is_found_out(trail: sa.Engine, table: sa.Table) -> None:
    with tampering(trail) as connection:
        rows = every(connection, table)
    for row in rows:
        with tampering(trail) as connection:
            if table is sends:
                connection.execute(sa.delete(sent_recipients).where(sent_recipients.c.send_id == row["send_id"]))
            connection.execute(sa.delete(table).where(same(table, row)))
            with pytest.raises(AuditBroken):
                verify_store(Reader(connection))


def test_taking_out_a_whole_draft_is_found_out(trail: sa.Engine) -> None:
    with tampering(trail) as connection:
        blocked = connection.execute(sa.select(drafts.c.id).where(drafts.c.state == "blocked")).scalar_one()
        connection.execute(sa.delete(revisions).where(revisions.c.draft_id == blocked))
        connection.execute(sa.delete(drafts).where(drafts.c.id == blocked))
        with pytest.raises(AuditBroken, match=f"draft {blocked} is in the trail but its row is gone"):
            verify_store(Reader(connection))


NEW_IDS: dict[sa.Table, dict[str, Any]] = {
    drafts: {"id": "dr_zzz", "client_id": None},
    revisions: {"number": 3},
    sends: {"send_id": "sn_zzz"},
    sent_recipients: {"email": "eve@theirs.example"},
    policies: {"version": 9},
    policy_proposals: {"id": "pp_zzz"},
    commitments: {"id": "cm_zzz"},
}


@pytest.mark.parametrize("table", NEW_IDS, ids=str)
def test_putting_in_a_copy_of_any_row_is_found_out(trail: sa.Engine, table: sa.Table) -> None:
    with tampering(trail) as connection:
        rows = every(connection, table)
    for row in rows:
        with tampering(trail) as connection:
            connection.execute(sa.insert(table).values({**row, **NEW_IDS[table]}))
            with pytest.raises(AuditBroken):
                verify_store(Reader(connection))


def _content(record: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    return {**record, name: value}


def _ruling(record: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    return {**record, "ruling": {**record["ruling"], name: value}}


FORGERIES: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "text": ("content", lambda record: _content(record, "text", "We give 90% off.")),
    "subject": ("content", lambda record: _content(record, "subject", "auto_send now")),
    "bcc": ("content", lambda record: _content(record, "bcc", ["eve@theirs.example"])),
    "action": ("content", lambda record: _content(record, "action", "cold_outreach")),
    "on_behalf_of": ("content", lambda record: _content(record, "on_behalf_of", "ruth")),
    "digest": ("verdict", lambda record: _content(record, "digest", "sha256:other")),
    "tier": ("verdict", lambda record: _content(record, "risk", {"tier": "critical", "reasons": []})),
    "approvers": ("verdict", lambda record: _content(record, "approvers", ["eve"])),
    "rule": ("verdict", lambda record: _ruling(record, "rule", "another")),
    "why": ("verdict", lambda record: _ruling(record, "why", "because")),
    "policy_version": ("verdict", lambda record: _ruling(record, "policy_version", 1)),
    "nothing": ("verdict", lambda _: {}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forging_content_or_verdict_of_any_revision_is_found_out(trail: sa.Engine, forgery: str) -> None:
    column, forge = FORGERIES[forgery]
    with tampering(trail) as connection:
        rows = every(connection, revisions)
    assert len(rows) == 5
    for row in rows:
        with tampering(trail) as connection:
            forged = {column: json.dumps(forge(json.loads(row[column])))}
            connection.execute(sa.update(revisions).where(same(revisions, row)).values(forged))
            with pytest.raises(AuditBroken, match=f"revision {row['number']} of draft {row['draft_id']}"):
                verify_store(Reader(connection))


def test_a_forgery_whose_digests_all_agree_is_found_out_by_the_trail(trail: sa.Engine) -> None:
    with tampering(trail) as connection:
        reader = Reader(connection)
        blocked = connection.execute(sa.select(drafts.c.id).where(drafts.c.state == "blocked")).scalar_one()
        row, draft, verdict = reader.drafts.whole(blocked)
        forged = replace(draft, text="We give 90% off.")
        digest = draft_digest(forged, verdict.ruling.policy_version)
        connection.execute(sa.delete(revisions).where(revisions.c.draft_id == blocked))
        reader.drafts.add_revision(
            replace(row, digest=digest),
            forged,
            to_json(replace(verdict, digest=digest)),
            author="agent:bot",
            at=row.created_at,
        )
        with pytest.raises(AuditBroken, match="its content, digest, verdict, verdict_sha256 changed"):
            verify_store(reader)


def test_a_digest_that_came_without_a_verdict_is_found_out(trail: sa.Engine) -> None:
    store = Store(trail, NoWakeUps())
    with store.write(now=START) as tx:
        (row,) = tx.drafts.in_states([State.BLOCKED])
        moved = replace(row, version=row.version + 1, digest="sha256:other")
        tx.move(row, moved, happened("draft.moved", "gate"))
    with store.snapshot() as reader, pytest.raises(AuditBroken, match="is not its revision 1"):
        verify_store(reader)


def test_a_policy_whose_event_named_no_digest_is_taken_as_it_is(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    with harness.store.write(now=START) as tx:
        tx.record(happened("policy.published", "gate", policy_version=1))
    with harness.store.snapshot() as reader:
        verify_store(reader)


def test_a_row_that_cannot_be_read_any_more_is_a_broken_trail(trail: sa.Engine) -> None:
    with tampering(trail) as connection:
        connection.execute(sa.text("UPDATE audit SET facts = '{' WHERE seq = 2"))
        with pytest.raises(AuditBroken, match="cannot be read any more"):
            verify_store(Reader(connection))


def test_the_policy_that_a_house_begins_with_is_vouched_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERSIGN_HOME", str(tmp_path))
    services = open_services(Settings())
    try:
        with services.store.snapshot() as reader:
            verify_store(reader)
        with tampering(services.engine) as connection:
            connection.execute(sa.update(policies).values(text=policies.c.text + "# rewritten\n"))
            with pytest.raises(AuditBroken, match="its text was changed"):
                verify_store(Reader(connection))
    finally:
        services.close()
