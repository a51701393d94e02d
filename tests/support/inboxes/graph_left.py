"""A double of our own of Outlook's folder of drafts: left by an agent, watched by delta, shown as Exchange shows it.

Where Microsoft documents two possibilities it is the less kind one: of what has changed it tells no more than the
change, a deleted draft lies on in another folder, and no two readings of a draft have the same bytes.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.message import Message as Written
from email.parser import BytesParser
from email.policy import SMTP, compat32
from typing import Any

from app.core.left_drafts import SUBMIT
from tests.support.graph.answers import Answer, Call, etag, failed
from tests.support.graph.server import GraphDouble
from tests.support.graph.state import DELETED, DRAFTS, Exchange, Message
from tests.support.inboxes.graph import MailWithChanges

OF_ITS_OWNER = "Important to Sam"
_MOST = re.compile(r"odata\.maxpagesize=(\d+)")
_TOKEN = re.compile(r"(\d+)_(\d+)")

Where = Callable[[Call], bool]
_Folder = dict[str, tuple[int, tuple[str, ...]]]
"""Version and categories of each draft, by its id."""


@dataclass(frozen=True, kw_only=True)
class _Round:
    """What has changed between two looks, and how the folder is then."""

    told: Sequence[dict[str, Any]]
    folder: _Folder


@dataclass
class _Hurt:
    where: Where
    answer: Answer
    times: int


@dataclass
class LeftInOutlook(MailWithChanges):
    """One mailbox, in whose drafts an agent leaves what is to be judged."""

    exchange: Exchange
    mailbox: str
    forgets_drafts: bool = False
    """Whether links into the folder of drafts are good no more."""
    shows_blind: bool = False
    """Whether a draft's bytes tell who gets a blind copy."""
    calls: list[str] = field(default_factory=list)
    before_send: Callable[[], object] = lambda: None
    says_of_sending: Answer | None = None
    """Instead of what it would say once it has sent something."""

    def __post_init__(self) -> None:
        super().__init__(self.exchange)
        self._rounds: list[_Round] = []
        self._hurts: list[_Hurt] = []
        self._readings = itertools.count(1)

    # ── what its owner and the agent do ───────────────────────────────────────────────────────────────────

    def leave(self, raw: bytes, *categories: str) -> str:
        """An agent lays a draft, in the category where it is judged unless it is told another."""
        with self.exchange.lock:
            message = self.exchange.lay(self.mailbox, raw)
            message.categories = list(categories or (SUBMIT, OF_ITS_OWNER))
            message.blind = _blind(raw)
            return message.id

    def edit(self, key: str, raw: bytes) -> None:
        """Somebody saves other words in the draft."""
        message = self.exchange.messages[key]
        message.raw, message.blind = raw, _blind(raw)
        message.touched()

    def categorize(self, key: str, *categories: str) -> None:
        """Its owner puts it into these categories alone."""
        self.exchange.messages[key].categories = list(categories)
        self.exchange.messages[key].touched()

    def delete(self, key: str) -> None:
        """Its owner deletes it."""
        self.exchange.messages[key].folder = DELETED
        self.exchange.messages[key].touched()

    def lies(self, key: str) -> bool:
        """Whether the draft is there."""
        message = self.exchange.messages[key]
        return message.draft and message.folder == DRAFTS

    def shown(self, key: str) -> set[str]:
        """Its categories."""
        return set(self.exchange.messages[key].categories)

    @property
    def delivered(self) -> list[bytes]:
        """What has left."""
        return [raw for _, raw in self.exchange.left]

    def hurt(self, where: Where, answer: Answer, *, times: int = 1) -> None:
        """Have the next so many of these calls go wrong."""
        self._hurts.append(_Hurt(where, answer, times))

    # ── what Graph says ───────────────────────────────────────────────────────────────────────────────────

    def answer(self, call: Call) -> Answer:
        """What Graph would say."""
        self.calls.append(f"{call.method} {'/'.join(call.path)}")
        for each in self._hurts:
            if each.times and each.where(call):
                each.times -= 1
                return each.answer
        with self.exchange.lock:
            match call.method, *call.path:
                case "GET", "mailFolders", "drafts":
                    return Answer(status=200, body={"id": DRAFTS})
                case "GET", "mailFolders", "drafts", "messages", "delta":
                    return self._drafts_changed(call)
                case "GET", "messages", key, "$value" if key in self.exchange.messages:
                    return Answer(status=200, body=self._as_exchange_writes(self.exchange.messages[key]))
                case "POST", "messages", _, "send":
                    self.before_send()
                    sent = super().answer(call)
                    return self.says_of_sending or sent
        return super().answer(call)

    def _drafts_changed(self, call: Call) -> Answer:
        """Page after page of a round; a link at its end tells from which state the next one begins."""
        token = call.query.get("$deltatoken", call.query.get("$skiptoken", ""))
        if token and self.forgets_drafts:
            return failed(410, "SyncStateNotFound")
        found = _TOKEN.fullmatch(token)
        if found is None or "$deltatoken" in call.query:
            self._rounds.append(self._round(self._rounds[int(found[1])].folder if found else None))
            found = _TOKEN.fullmatch(f"{len(self._rounds) - 1}_0")
            assert found is not None
        number, begin = int(found[1]), int(found[2])
        most = _MOST.search(call.headers.get("Prefer", ""))
        end = begin + (int(most[1]) if most else 10)
        told = self._rounds[number].told
        more = end < len(told)
        link = f"{call.address}/v1.0/me/mailFolders/drafts/messages/delta"
        onward = (
            {"@odata.nextLink": f"{link}?$skiptoken={number}_{end}"}
            if more
            else {"@odata.deltaLink": f"{link}?$deltatoken={number}_0"}
        )
        return Answer(status=200, body={"value": list(told[begin:end]), **onward})

    def _round(self, before: _Folder | None) -> _Round:
        mine = [each.seen() for each in self.exchange.of(self.mailbox)]
        lying = {each.id: each for each in mine if each.folder == DRAFTS}
        now = {key: (each.version, tuple(each.categories)) for key, each in lying.items()}
        known = before or {}
        gone = [{"id": key, "@removed": {"reason": "deleted"}} for key in known if key not in now]
        changed = [_told(each, known.get(key)) for key, each in lying.items() if known.get(key) != now[key]]
        return _Round(told=(*gone, *changed), folder=now)

    def _as_exchange_writes(self, message: Message) -> bytes:
        """Taken apart and written anew: other boundaries, its own headers, and blind copies nowhere."""
        number = next(self._readings)
        mail: Written = BytesParser(policy=compat32).parsebytes(message.whole)
        for name in ("Date", "MIME-Version") if self.shows_blind else ("Date", "MIME-Version", "Bcc"):
            del mail[name]
        own = {
            "Date": f"Wed, 18 Nov 2026 09:{number // 60 % 60:02}:{number % 60:02} +0000",
            "Thread-Topic": "t",
            "Thread-Index": f"AdX{number:06}",
            "Accept-Language": "en-US",
            "Keywords": ", ".join(message.categories),
            "X-MS-Has-Attach": "",
            "X-MS-TNEF-Correlator": "",
            "X-MS-Exchange-Organization-RecordReviewCfmType": "0",
            "MIME-Version": "1.0",
        }
        for name, value in own.items():
            mail[name] = value
        for depth, part in enumerate(mail.walk()):
            if part.get_content_maintype() == "multipart":
                part.set_boundary(f"_{depth:03}_{number:06}_")
        return mail.as_bytes(policy=SMTP.clone(refold_source="none"))


def _told(message: Message, before: tuple[int, tuple[str, ...]] | None) -> dict[str, Any]:
    """What is new of it. A change that is none of its categories' says nothing about them."""
    told = {"@odata.etag": etag(message), "id": message.id, "changeKey": f"CQAAABYAAA{message.version:04}"}
    if before is None:
        return {**told, "isDraft": message.draft, "categories": list(message.categories)}
    same = before[1] == tuple(message.categories)
    return told if same else {**told, "categories": list(message.categories)}


def _blind(raw: bytes) -> list[str]:
    header = BytesParser(policy=SMTP).parsebytes(raw, headersonly=True)["Bcc"]
    return [each.addr_spec for each in header.addresses] if header is not None else []


def left_in_outlook(double: GraphDouble, mailbox: str) -> LeftInOutlook:
    """Have a running double know of drafts that are left in a mailbox, and of no mail from before."""
    double.exchange.messages.clear()
    double.exchange.left.clear()
    mail = LeftInOutlook(double.exchange, mailbox)
    double.mail = mail
    return mail
