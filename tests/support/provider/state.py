"""What the mailbox server knows, in SQLite, so that it survives the server."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.provider.faults import Fault

_TABLES = """
CREATE TABLE IF NOT EXISTS mailboxes (name TEXT PRIMARY KEY, token INTEGER NOT NULL, open INTEGER NOT NULL,
                                      lag INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS drafts (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, send_id TEXT NOT NULL,
                                   raw BLOB NOT NULL, accepted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL,
                                       send_id TEXT NOT NULL, raw BLOB NOT NULL, unseen INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY AUTOINCREMENT, mailbox TEXT NOT NULL, step TEXT NOT NULL,
                                   fault TEXT NOT NULL, left INTEGER NOT NULL);
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """A draft in a mailbox. `accepted`: told to leave, where that does not take it out of the drafts at once."""

    id: int
    send_id: str
    raw: bytes
    accepted: bool


class Mailboxes:
    """Every mailbox of the server. Each method is one transaction."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA synchronous=OFF")  # it has to survive its own death, not the machine's
        self._connection.executescript(_TABLES)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    # ── who may come in ───────────────────────────────────────────────────────────────────────────────────

    def open(self, mailbox: str) -> None:
        """Make the mailbox, or let the gate into it again."""
        with self._transaction() as db:
            made = "INSERT INTO mailboxes VALUES (?, 1, 1, 0) ON CONFLICT (name) DO UPDATE SET open = 1"
            db.execute(made, (mailbox,))

    def token(self, mailbox: str) -> str | None:
        """A token that is good now; None where nobody has let the gate in."""
        with self._transaction() as db:
            row = db.execute("SELECT token FROM mailboxes WHERE name = ? AND open", (mailbox,)).fetchone()
        return f"{mailbox}:{row[0]}" if row else None

    def void_tokens(self, mailbox: str, *, close: bool) -> None:
        """The tokens that were given out are good no more; with `close`, none is given out either."""
        with self._transaction() as db:
            voided = "UPDATE mailboxes SET token = token + 1, open = open AND NOT ? WHERE name = ?"
            db.execute(voided, (close, mailbox))

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────────────

    def create(self, mailbox: str, send_id: str, raw: bytes) -> int:
        """Lay a draft into the mailbox; there may be many with one send id."""
        with self._transaction() as db:
            made = "INSERT INTO drafts (mailbox, send_id, raw) VALUES (?, ?, ?) RETURNING id"
            return int(db.execute(made, (mailbox, send_id, raw)).fetchone()[0])

    def drafts(self, mailbox: str) -> list[Ready]:
        """The drafts that can be seen, oldest first. One that was accepted can be, until the sent mail is."""
        with self._transaction() as db:
            rows = db.execute(
                "SELECT id, send_id, raw, accepted FROM drafts WHERE mailbox = ? AND (NOT accepted OR EXISTS"
                " (SELECT 1 FROM deliveries d WHERE d.send_id = drafts.send_id AND d.unseen > 0)) ORDER BY id",
                (mailbox,),
            ).fetchall()
        return [Ready(id=row[0], send_id=row[1], raw=row[2], accepted=bool(row[3])) for row in rows]

    def touch(self, mailbox: str, how: Fault) -> None:
        """The owner of the mailbox edits, deletes or sends every draft in it."""
        with self._transaction() as db:
            if how is Fault.EDITED:
                db.execute(
                    "UPDATE drafts SET raw = CAST(raw || ? AS BLOB) WHERE mailbox = ?",
                    (b"PS: 20 % off!\r\n", mailbox),
                )
                return
            if how is Fault.SENT_BY_HAND:
                left = "INSERT INTO deliveries SELECT NULL, mailbox, send_id, raw, 0 FROM drafts WHERE mailbox = ?"
                db.execute(left, (mailbox,))
            db.execute("DELETE FROM drafts WHERE mailbox = ?", (mailbox,))

    # ── mail that leaves ──────────────────────────────────────────────────────────────────────────────────

    def send_once(self, mailbox: str, draft_id: int) -> int | None:
        """Send the draft and take it out of the drafts; None where there is none, so that it leaves once."""
        with self._transaction() as db:
            gone = "DELETE FROM drafts WHERE mailbox = ? AND id = ? RETURNING send_id, raw"
            row = db.execute(gone, (mailbox, draft_id)).fetchone()
            return self._deliver(db, mailbox, *row) if row else None

    def accept(self, mailbox: str, draft_id: int) -> int | None:
        """Accept the draft for sending; each acceptance is a delivery. None where there is no draft."""
        with self._transaction() as db:
            marked = "UPDATE drafts SET accepted = 1 WHERE mailbox = ? AND id = ? RETURNING send_id, raw"
            row = db.execute(marked, (mailbox, draft_id)).fetchone()
            return self._deliver(db, mailbox, *row) if row else None

    def submit(self, mailbox: str, send_id: str, raw: bytes) -> int:
        """Send these bytes; each call is a delivery."""
        with self._transaction() as db:
            return self._deliver(db, mailbox, send_id, raw)

    def _deliver(self, db: sqlite3.Connection, mailbox: str, send_id: str, raw: bytes) -> int:
        lag = "(SELECT lag FROM mailboxes WHERE name = ?)"
        made = f"INSERT INTO deliveries VALUES (NULL, ?, ?, ?, {lag}) RETURNING id"  # noqa: S608 - a constant
        return int(db.execute(made, (mailbox, send_id, raw, mailbox)).fetchone()[0])

    def sent(self, mailbox: str, send_id: str) -> list[int]:
        """The ids of sent mails as a search shows them: one that is new to it is not among them yet."""
        with self._transaction() as db:
            mine = (mailbox, send_id)
            seen = "SELECT id FROM deliveries WHERE mailbox = ? AND send_id = ? AND unseen = 0 ORDER BY id"
            found = [int(row[0]) for row in db.execute(seen, mine)]
            later = "UPDATE deliveries SET unseen = unseen - 1 WHERE mailbox = ? AND send_id = ? AND unseen > 0"
            db.execute(later, mine)
        return found

    def deliveries(self, mailbox: str) -> list[tuple[int, str, bytes]]:
        """Every delivery: its id, its send id, its bytes."""
        with self._transaction() as db:
            query = "SELECT id, send_id, raw FROM deliveries WHERE mailbox = ? ORDER BY id"
            return [(row[0], row[1], row[2]) for row in db.execute(query, (mailbox,))]

    # ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────

    def lag(self, mailbox: str, searches: int) -> None:
        """Mail that leaves from now on is found only after so many searches in vain."""
        with self._transaction() as db:
            db.execute("UPDATE mailboxes SET lag = ? WHERE name = ?", (searches, mailbox))

    def hurt(self, mailbox: str, step: str, fault: Fault, times: int) -> None:
        """Have the next so many calls of the step go wrong, after those that are to go wrong already."""
        with self._transaction() as db:
            new = "INSERT INTO faults (mailbox, step, fault, left) VALUES (?, ?, ?, ?)"
            db.execute(new, (mailbox, step, fault.value, times))

    def next_fault(self, mailbox: str, step: str) -> Fault | None:
        """What goes wrong with this call, counted down."""
        with self._transaction() as db:
            pending = "SELECT id, fault FROM faults WHERE mailbox = ? AND step = ? AND left > 0 ORDER BY id LIMIT 1"
            row = db.execute(pending, (mailbox, step)).fetchone()
            if row is None:
                return None
            db.execute("UPDATE faults SET left = left - 1 WHERE id = ?", (row[0],))
        return Fault(row[1])
