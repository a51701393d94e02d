"""Drafts that carry files, and what those files hold, made by hand."""

from __future__ import annotations

from dataclasses import replace

from app.core.drafts import Attachment, Draft
from app.core.facts import Account, Document, Facts, FileText
from tests.unit.app.checks.builders import ACME, GLOBEX, draft, facts

INITECH = Account(id="initech", name="Initech Inc.", domains=("initech.example",), aliases=("TPS Works",))
HALDEN = Account(id="A-7", name="Halden Paper Mills", domains=("haldenpaper.example",))
SUMMIT = Account(id="summit", name="Summit Partners", domains=("summit.example",))
CUSTOMERS = (ACME, GLOBEX, INITECH, HALDEN, SUMMIT)


def holding(
    name: str, text: str = "", *, unreadable: str | None = None, **properties: str
) -> tuple[Attachment, FileText]:
    """A file, and what was read in it; `_` in a property's name stands for a space."""
    content = f"{name} {text} {sorted(properties.items())}".encode()
    file = Attachment(filename=name, content_type="application/octet-stream", content=content)
    said = {key.replace("_", " "): value for key, value in properties.items()}
    return file, FileText(filename=name, sha256=file.sha256, text=text, properties=said, unreadable=unreadable)


def world(*read: FileText, library: tuple[Document, ...] = (), **changes: object) -> Facts:
    """The quiet world in which every customer is known and these files were read."""
    return facts(customers=CUSTOMERS, files=read, library=library, **changes)


def sent(*files: Attachment, **changes: object) -> Draft:
    """A mail to Dana of Acme that carries these."""
    return replace(draft(attachments=files), **changes)  # type: ignore[arg-type]
