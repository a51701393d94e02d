"""Taking in what agents leave in a mailbox: each draft once, and anew, as other words, when it was edited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from app.core.digest import submission_digest
from app.core.drafts import Draft
from app.core.errors import InvalidDraft, ReusedKey
from app.core.left_drafts import LeftDraft, LeftDrafts
from app.core.lifecycle import EDITABLE, State
from app.edits import DraftEdit
from app.gate import Gate
from app.inbox.contents import addresses
from app.intake import draft_from_eml
from app.standing import Standing, read_standing
from app.store.left_drafts import Left
from app.trail import happened

REFUSED, EDITED, REPLACED = "refused", "edited", "replaced"
_SHOWN_TO_PEOPLE = frozenset(
    {
        *("from", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references"),
        *("mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-language"),
    }
)
"""Headers that the draft, as people see it, holds or that say nothing. With any other the mail might do what nobody
has approved, such as send its answers elsewhere."""
_ADDED = (
    *("received", "x-received", "x-google-", "x-gm-", "x-countersign-", "x-mailer", "user-agent"),
    *("accept-language", "keywords", "thread-index", "thread-topic", "x-ms-has-attach", "x-ms-tnef-correlator"),
    "x-ms-exchange-organization-recordreviewcfmtype",
)
"""What begins the names of headers that mail programs and servers write, Gmail and Exchange among them."""
_LONGEST_NAME = 160
"""Characters of a client id, which has 200: how often the draft was edited has room behind it."""
_DEFAULTS = {"X-Countersign-Agent": "mailbox", "X-Countersign-Action": "mail"}


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftTaking:
    """Looks for drafts that were left in mailboxes at one provider, and has them judged."""

    provider: str
    gate: Gate
    left: LeftDrafts

    def look(self, account: str) -> int:
        """Take in what is new or edited, and show in the mailbox what became of it. Returns how many there are.

        What is wrong with a draft is shown at that draft. Raises InboxClosed or InboxUnavailable, and what the gate
        raises where it can judge nothing now, or somebody was first: then it is looked at again next time. Where one
        draft could not be read, that is raised once the others are taken in.
        """
        waiting = self.left.waiting(account)
        for each in waiting.drafts:
            self._look_at(account, each)
        if waiting.unread is not None:
            raise waiting.unread
        return len(waiting.drafts)

    def _look_at(self, account: str, lying: LeftDraft) -> None:
        with self.gate.store.read() as reader:
            known = reader.left_drafts.newest(self.provider, account, lying.key)
        if known is None or not self.left.is_same(known.raw, lying.raw):
            known = self._taken_in(account, lying, known)
        word = self._word(known)
        if word != known.mark:
            self.left.mark(account, lying.key, word)
            with self.gate.store.write(now=self.gate.clock.now()) as tx:
                tx.left_drafts.mark(known, word)

    def _taken_in(self, account: str, lying: LeftDraft, before: Left | None) -> Left:
        sha256 = hashlib.sha256(lying.raw).hexdigest()
        number = before.number + 1 if before else 1
        refused, standing = "", None
        try:
            draft = self._draft(account, lying)
            standing = self._judged(draft, _name(self.provider, account, lying.key), before, number)
        except InvalidDraft as error:
            refused = str(error)
        fresh = Left(
            provider=self.provider,
            account=account,
            key=lying.key,
            number=number,
            raw=lying.raw,
            raw_sha256=sha256,
            draft_id=standing.row.id if standing else None,
            digest=submission_digest(standing.draft) if standing else None,
            mark="",
            refused=refused,
            taken_at=self.gate.clock.now(),
        )
        with self.gate.store.write(now=fresh.taken_at) as tx:
            tx.left_drafts.hold(self.provider, account, lying.key)
            rival = tx.left_drafts.newest(self.provider, account, lying.key)
            if rival is not None and rival.number >= number:
                return rival  # another worker was first; what it saw is looked at again next time
            tx.left_drafts.add(fresh)
            facts = {"mailbox": account, "key": lying.key, "raw_sha256": sha256}
            why = {"reason": refused} if refused else {}
            tx.record(
                happened(
                    "left.refused" if refused else "left.taken_in", "gate", draft_id=fresh.draft_id, **facts, **why
                )
            )
        return fresh

    def _draft(self, account: str, lying: LeftDraft) -> Draft:
        """What the mail says, in its owner's name. Raises InvalidDraft where it says more than people would see."""
        _require_nothing_unseen(lying.raw, account)
        draft = draft_from_eml(_with_defaults(lying.raw))
        person = self.gate.assessor.world.people.person(account)
        if person is None or draft.on_behalf_of.lower() not in (person.id.lower(), account):
            raise InvalidDraft(f"is not {account}; a draft leaves in the name of its mailbox alone", field="From")
        return replace(draft, on_behalf_of=person.id, client_id=None)

    def _judged(self, draft: Draft, name: str, before: Left | None, number: int) -> Standing:
        """As a revision of what it was before, where that may still be edited; else as a new draft in its place."""
        person = draft.on_behalf_of
        if before is not None and before.draft_id is not None:
            with self.gate.store.read() as reader:
                earlier = read_standing(reader, before.draft_id)
            if earlier.row.state in EDITABLE and _differs_in_words_alone(earlier.draft, draft):
                return self.gate.edit(earlier.row.id, _edit(draft), person=person, digest=earlier.row.digest)
            if earlier.row.state is State.SCHEDULED:
                self.gate.undo(earlier.row.id, person=person)
        client_id = name if before is None else f"{name}:{number}"
        try:
            return self.gate.submit(replace(draft, client_id=client_id))
        except ReusedKey:  # handed in by a worker that died before it wrote that down, and edited since
            return self.gate.submit(replace(draft, client_id=f"{client_id}:{submission_digest(draft)[-16:]}"))

    def _word(self, left: Left) -> str:
        if left.draft_id is None:
            return REFUSED
        with self.gate.store.read() as reader:
            standing = read_standing(reader, left.draft_id)
        if standing.row.state is State.SENT:
            return REPLACED  # it has left, and this draft lies there still: it left in other words
        return standing.row.route.value if submission_digest(standing.draft) == left.digest else EDITED


def _name(provider: str, account: str, key: str) -> str:
    """Under which the draft is handed in: always the same, and short enough for a client id."""
    name = f"{provider}:{account}:{key}"
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"{name[: _LONGEST_NAME - len(digest) - 1]}:{digest}"


def _differs_in_words_alone(one: Draft, other: Draft) -> bool:
    """Whether an edit makes the one of the other."""
    same = {"client_id": None, "subject": "", "text": "", "html": None, "to": (), "cc": (), "bcc": ()}
    return replace(one, **same) == replace(other, **same)  # type: ignore[arg-type]


def _edit(draft: Draft) -> DraftEdit:
    return DraftEdit(
        subject=draft.subject, text=draft.text, html=draft.html or "", to=draft.to, cc=draft.cc, bcc=draft.bcc
    )


def _require_nothing_unseen(raw: bytes, account: str) -> None:
    """Raise InvalidDraft for headers that would act without anybody's having seen them."""
    head = BytesParser(policy=compat32).parsebytes(raw, headersonly=True)
    for name in _names(head):
        if name not in _SHOWN_TO_PEOPLE and not name.startswith(_ADDED):
            raise InvalidDraft("is a header that nobody would see who approves it; take it out", field=name)
    if addresses(str(head.get("From", ""))) != (account,):
        raise InvalidDraft(f"is not {account} alone; a draft leaves in the name of its mailbox", field="From")
    if not str(head.get("Message-ID", "")).strip():
        raise InvalidDraft("is missing, and the draft could not be found again once it was sent", field="Message-ID")


def _names(head: Message) -> Iterator[str]:
    return (name.lower() for name, _ in head.raw_items())


def _with_defaults(raw: bytes) -> bytes:
    """With the facts that the gate wants, where the agent names none."""
    head = BytesParser(policy=compat32).parsebytes(raw, headersonly=True)
    lines = [f"{name}: {value}\r\n" for name, value in _DEFAULTS.items() if name not in head]
    return "".join(lines).encode() + raw
