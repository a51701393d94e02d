"""What lies ready to be read about a draft: documents, its own files, what was approved, its thread, its sequence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.drafts import Draft
from app.core.facts import ApprovedStatement, Conversation, Document, FileText, PriceFloor, SequencePlan
from app.core.findings import Findings
from app.core.ports import Approved, FileReader, World
from app.facts.asker import Asked, Asker


@dataclass(frozen=True, kw_only=True, slots=True)
class Permitted:
    """What may be said, and what may be charged."""

    statements: tuple[ApprovedStatement, ...] = ()
    price_floors: tuple[PriceFloor, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """Questions under way; None where a source is not there, or has nothing to do with this draft."""

    library: Asked[tuple[Document, ...]] | None
    files: Asked[tuple[FileText, ...]] | None
    permitted: Asked[Permitted] | None
    conversation: Asked[Conversation | None] | None
    sequence: Asked[SequencePlan | None] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What they say; empty where nobody was asked."""

    library: tuple[Document, ...] = ()
    files: tuple[FileText, ...] = ()
    permitted: Permitted = field(default_factory=Permitted)
    conversation: Conversation | None = None
    sequence: SequencePlan | None = None


def put_papers(draft: Draft, findings: Findings, world: World, ask: Asker) -> Papers:
    """Ask all of them at the same time."""
    return Papers(
        library=_library(draft, findings, world, ask),
        files=_files(draft, world, ask),
        permitted=_permitted(world, ask),
        conversation=_conversation(draft, world, ask),
        sequence=_sequence(draft, world, ask),
    )


def take_papers(papers: Papers, ask: Asker) -> Read:
    """What came."""
    return Read(
        library=(ask.take(papers.library) if papers.library else None) or (),
        files=(ask.take(papers.files) if papers.files else None) or (),
        permitted=(ask.take(papers.permitted) if papers.permitted else None) or Permitted(),
        conversation=ask.take(papers.conversation) if papers.conversation else None,
        sequence=ask.take(papers.sequence) if papers.sequence else None,
    )


def _library(draft: Draft, findings: Findings, world: World, ask: Asker) -> Asked[tuple[Document, ...]] | None:
    """A mail that neither promises nor carries anything does not wait for the library."""
    if not (findings.commitments or findings.attachments or draft.attachments):
        return None
    library = world.library

    def question() -> Iterator[tuple[Document, ...]]:
        yield tuple(library.documents())

    return ask.put("library", question, port=library, as_of=library.as_of)


def _files(draft: Draft, world: World, ask: Asker) -> Asked[tuple[FileText, ...]] | None:
    read = world.read_file
    if read is None or not draft.attachments:
        return None
    return ask.put("files", lambda: _texts(draft, read), port=read)


def _texts(draft: Draft, read: FileReader) -> Iterator[tuple[FileText, ...]]:
    """One file more with every answer, in the draft's order."""
    texts: tuple[FileText, ...] = ()
    for attachment in draft.attachments:
        texts += (read(attachment),)
        yield texts


def _permitted(world: World, ask: Asker) -> Asked[Permitted] | None:
    approved = world.approved
    if approved is None:
        return None
    return ask.put("approved", lambda: _both(approved), port=approved, as_of=approved.as_of)


def _both(approved: Approved) -> Iterator[Permitted]:
    known = Permitted(statements=tuple(approved.statements()))
    yield known
    yield Permitted(statements=known.statements, price_floors=tuple(approved.price_floors()))


def _conversation(draft: Draft, world: World, ask: Asker) -> Asked[Conversation | None] | None:
    mailbox, thread = world.conversations, draft.thread
    if mailbox is None or thread is None:
        return None

    def question() -> Iterator[Conversation | None]:
        yield mailbox.conversation(thread.id)

    return ask.put("mailbox", question, port=mailbox, as_of=mailbox.as_of)


def _sequence(draft: Draft, world: World, ask: Asker) -> Asked[SequencePlan | None] | None:
    sequences, step = world.sequences, draft.sequence
    if sequences is None or step is None:
        return None

    def question() -> Iterator[SequencePlan | None]:
        yield sequences.sequence(step.id)

    return ask.put("sequences", question, port=sequences, as_of=sequences.as_of)
