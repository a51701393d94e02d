"""The threads of a mailbox, as listed in `conversations.json`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.core.errors import InvalidWorld
from app.core.facts import Conversation, Message
from integrations.addresses import address_key
from integrations.fields import Fields, record, records
from integrations.files import FactFile, json_of

_FILE = "conversations.json"
_ALIASES = {"sender": "from", "recipients": "to", "sent_at": "at", "date": "at"}


class FileConversations:
    """Threads from a JSON file: `{thread id: {"messages": [{"from", "to": […], "at", "automatic"}]}}`."""

    def __init__(self, path: Path, *, as_of: datetime | None = None, local: bool = False) -> None:
        """`as_of` is the moment the threads are vouched for; None: the file's own time.

        `local`: whether it lies on this machine, so that nobody waits for it (`app.core.ports.is_local`).
        """
        self.local = local
        self._file = FactFile(path, source="mailbox", parse=_conversations, as_of=as_of)

    def load(self) -> None:
        """Read the file now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def conversation(self, thread_id: str) -> Conversation | None:
        """The thread with this id, or None. Raises FactUnavailable where the file cannot be read."""
        return self._file.fact().get(thread_id)

    def as_of(self) -> datetime:
        """The moment for which the threads are vouched. Raises FactUnavailable where there is no file."""
        return self._file.as_of()


def _conversations(data: bytes) -> Mapping[str, Conversation]:
    threads: dict[str, Conversation] = {}
    for fields in records(json_of(data, file=_FILE), file=_FILE):
        thread = _conversation(fields)
        if thread.id in threads:
            raise InvalidWorld(f"{thread.id!a} is there twice", field=fields.place("id"))
        threads[thread.id] = thread
    return threads


def _conversation(fields: Fields) -> Conversation:
    listed = fields.values.get("messages")
    if listed is not None and not isinstance(listed, list):
        raise fields.refusal("messages", "a list of messages")
    rows = records(listed, file=_FILE, path=f"{fields.path}.messages", aliases=_ALIASES)
    messages = sorted((_message(row) for row in rows), key=lambda message: message.at)
    return Conversation(id=fields.text("id"), messages=tuple(messages))


def _message(fields: Fields) -> Message:
    at = fields.moment("at")
    if at is None:
        raise InvalidWorld("is missing; add when the message was sent", field=fields.place("at"))
    return Message(
        sender=address_key(fields.email("from")),
        recipients=_addresses(fields),
        at=at,
        automatic=fields.flag("automatic"),
    )


def _addresses(fields: Fields) -> tuple[str, ...]:
    """Each of the addresses, checked as one; a message to nobody is none."""
    given = fields.words("to")
    if not given:
        raise InvalidWorld("is missing; list the addresses that the message went to", field=fields.place("to"))
    each = (record({"to": address}, file=_FILE, path=fields.path) for address in given)
    return tuple(address_key(one.email("to")) for one in each)
