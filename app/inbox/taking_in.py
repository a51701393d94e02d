"""Taking in what came, in one transaction with the cursor: kept once, told in the draft's history once.

Of mail that has nothing to do with any draft, who wrote to whom and when is kept, and nothing of what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from app.core.inbox import Incoming
from app.inbox.contents import NOTHING, Content, readable
from app.inbox.kinds import Classified, Kind, classify, is_worth_reading
from app.inbox.matching import Matching, root_of
from app.store.columns import moment_text
from app.store.incoming import TakenIn
from app.store.store import Reader, Transaction
from app.trail import happened

_EVENTS = {Kind.REPLY: "mail.replied", Kind.BOUNCE: "mail.bounced", Kind.AUTO_REPLY: "mail.auto_replied"}
_LONGEST_SUBJECT = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """Something that came in answer to a draft."""

    draft_id: str
    what: Classified
    mail: TakenIn


Listener = Callable[[Transaction, Heard], None]
"""Hears of each answer once, in the transaction that keeps it, after it is in the trail."""


def nobody(tx: Transaction, heard: Heard) -> None:
    """Does nothing with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """Takes in what comes into mailboxes."""

    listener: Listener = nobody

    def worth_reading(self, reader: Reader, provider: str, account: str, mails: Sequence[Incoming]) -> list[str]:
        """The keys of those new mails whose content matters: answers to drafts, and reports of mail systems."""
        fresh = _fresh(reader, provider, account, mails)
        matching, keys = Matching(reader, provider, account), []
        for mail in fresh:
            match = matching.of(mail, NOTHING)
            if (match is not None and not match.is_itself) or is_worth_reading(mail):
                keys.append(mail.key)
        return keys

    def take_in(
        self, tx: Transaction, provider: str, account: str, mails: Sequence[Incoming], contents: Mapping[str, Content]
    ) -> int:
        """Keep those that are new, and tell of them. Returns how many were. `tx.incoming.hold` comes before."""
        fresh = _fresh(tx, provider, account, mails)
        matching = Matching(tx, provider, account)
        for mail in fresh:
            content = contents.get(mail.key, NOTHING)
            match = matching.of(mail, content)
            what = classify(mail, content)
            if match is None:
                tx.incoming.add(_row(tx, provider, account, mail, what.kind))
            elif match.is_itself:
                tx.incoming.add(_row(tx, provider, account, mail, Kind.OWN, draft_id=match.draft_id))
            else:
                row = _row(
                    tx, provider, account, mail, what.kind, draft_id=match.draft_id, content=content, what=what
                )
                is_copy = mail.message_id != "" and tx.incoming.has_heard(match.draft_id, row.message_id)
                tx.incoming.add(row)
                if not is_copy:
                    self._tell(tx, Heard(draft_id=match.draft_id, what=what, mail=row))
        return len(fresh)

    def _tell(self, tx: Transaction, heard: Heard) -> None:
        facts = {
            "from": heard.mail.sender,
            "message_id": heard.mail.message_id,
            "mailbox": heard.mail.account,
            "received_at": moment_text(heard.mail.received_at),
        }
        if heard.what.mark:
            facts["mark"] = heard.what.mark
        failures = [
            {
                "recipient": each.recipient,
                "status": each.status,
                "permanent": each.is_permanent,
                "final": each.is_final,
            }
            for each in heard.what.failures
        ]
        more = {"failures": failures} if failures else {}
        tx.record(happened(_EVENTS[heard.what.kind], "gate", draft_id=heard.draft_id, **facts, **more))
        self.listener(tx, heard)


def _fresh(reader: Reader, provider: str, account: str, mails: Sequence[Incoming]) -> list[Incoming]:
    """Those not taken in yet, each once; the owner's own first of those that came at once, for others answer them."""
    known = reader.incoming.known(provider, account, [_cut(mail.key, 400) for mail in mails])
    each = {mail.key: mail for mail in mails if _cut(mail.key, 400) not in known}
    return sorted(each.values(), key=lambda mail: (mail.received_at, not mail.is_own))


def _row(
    tx: Transaction,
    provider: str,
    account: str,
    mail: Incoming,
    kind: Kind,
    *,
    draft_id: str | None = None,
    content: Content | None = None,
    what: Classified | None = None,
) -> TakenIn:
    """As it is kept. What is too long for its place is cut: such mail is nobody's honest answer."""
    return TakenIn(
        provider=provider,
        account=account,
        key=_cut(mail.key, 400),
        thread_id=_cut(mail.thread_id, 400),
        message_id=_cut(mail.message_id, 998),
        root_id=_cut(root_of(mail), 998),
        kind=kind,
        sender=_cut(mail.sender, 320),
        recipients=tuple(_cut(each, 320) for each in mail.recipients),
        received_at=mail.received_at,
        taken_at=tx.now,
        draft_id=draft_id,
        subject=_cut(readable(mail.subject), _LONGEST_SUBJECT) if content is not None else None,
        text=content.text if content is not None else None,
        failures=[asdict(each) for each in what.failures] if what is not None and what.failures else None,
    )


def _cut(value: str, longest: int) -> str:
    return "".join(character for character in value[:longest] if character.isprintable())
