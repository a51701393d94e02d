"""A world folder: the outside of a company as plain files, for samples, trials and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from app.core.commitments import LedgerEntry
from app.core.errors import InvalidWorld
from app.core.ports import Library, World
from integrations.calendars.ics import IcsCalendars
from integrations.crm.sample import SampleCrm
from integrations.crm.sequences import FileSequences
from integrations.documents.approved import ApprovedFile
from integrations.documents.library import FileLibrary, NoLibrary
from integrations.documents.reader import read_file
from integrations.fields import record
from integrations.files import yaml_of
from integrations.ledger.jsonl import read_ledger
from integrations.mail.conversations import FileConversations
from integrations.people.roster import Roster

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

EVERY_MOMENT = datetime.max.replace(tzinfo=UTC)
"""For when a file vouches that does not say so itself: it is read again for every question, so it is never behind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedWorld:
    """A world folder that has been read and found sound."""

    name: str
    world: World
    ledger: tuple[LedgerEntry, ...]
    """Promises from before Countersign, in the file's order."""
    starts_at: datetime | None
    """Where the world's clock starts; None: it runs with the system's."""
    policy_file: Path
    """May not exist."""
    drafts: Path
    """The folder with sample drafts; may not exist."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Settings:
    name: str
    domains: tuple[str, ...]
    starts_at: datetime | None


def open_world(folder: Path) -> OpenedWorld:
    """Read a world folder. Only people.yaml and crm.json have to be there.

    Without approved.yaml, conversations.json or sequences.yaml the world has no such port. One that appears later is
    found when the folder is opened again.

    A file vouches for whatever moment it is asked about, for it is read again then; one that was exported from
    elsewhere may say from when it is. See docs/decisions/0007-facts-in-time.md. What is a list in one file counts as
    local; calendars and the library do not: a calendar's repetitions or a large document may take their time.

    Raises InvalidWorld, which names the file and the field or line.
    """
    if not folder.is_dir():
        raise InvalidWorld("is no folder; name one with people.yaml and crm.json in it", field=str(folder))
    settings = _settings(folder)
    people = Roster(folder / "people.yaml", local=True)
    crm = SampleCrm(folder / "crm.json", as_of=EVERY_MOMENT, local=True)
    calendars = IcsCalendars(folder / "calendars", as_of=EVERY_MOMENT)
    approved = _found(folder / "approved.yaml", ApprovedFile)
    conversations = _found(folder / "conversations.json", FileConversations)
    sequences = _found(folder / "sequences.yaml", FileSequences)
    for source in (people, crm, calendars, approved, conversations, sequences):
        if source is not None:
            source.load()
    return OpenedWorld(
        name=settings.name,
        world=World(
            people=people,
            crm=crm,
            calendars=calendars,
            library=_library(folder),
            approved=approved,
            conversations=conversations,
            sequences=sequences,
            read_file=read_file,
            own_domains=settings.domains or _domains_of(people),
        ),
        ledger=_ledger(folder, people, settings),
        starts_at=settings.starts_at,
        policy_file=folder / "policy.yaml",
        drafts=folder / "drafts",
    )


def _settings(folder: Path) -> _Settings:
    file = folder / "world.yaml"
    value = yaml_of(_bytes(file), file=file.name) if file.exists() else None
    fields = record(value or {}, file=file.name)
    return _Settings(
        name=fields.text("name", folder.resolve().name),
        domains=tuple(domain.removeprefix("@").lower() for domain in fields.words("domains")),
        starts_at=fields.moment("now"),
    )


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidWorld(f"cannot be read: {error.strerror or error}", field=file.name) from None


class _Opener(Protocol[T_co]):
    def __call__(self, path: Path, *, as_of: datetime | None, local: bool) -> T_co: ...


def _found(file: Path, opener: _Opener[T]) -> T | None:
    return opener(file, as_of=EVERY_MOMENT, local=True) if file.exists() else None


def _library(folder: Path) -> Library:
    for file in (folder / "library" / "library.yaml", folder / "library.yaml"):
        if file.exists():
            library = FileLibrary(file, as_of=EVERY_MOMENT)
            library.load()
            return library
    return NoLibrary(as_of=EVERY_MOMENT)


def _ledger(folder: Path, people: Roster, settings: _Settings) -> tuple[LedgerEntry, ...]:
    file = folder / "ledger.jsonl"
    return read_ledger(file, people, as_of=settings.starts_at) if file.exists() else ()


def _domains_of(people: Roster) -> tuple[str, ...]:
    """Without a word about our domains: those that our people's addresses have."""
    return tuple(dict.fromkeys(person.email.rpartition("@")[2].lower() for person in people.everybody()))
