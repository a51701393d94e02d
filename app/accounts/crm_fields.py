"""Which field of the house's CRM holds what."""

from __future__ import annotations

from pathlib import Path

from integrations.crm.mapping import CrmFields, read_mapping

FILE = "crm-fields.yaml"


def fields_in(world: Path, *, usual: CrmFields) -> CrmFields:
    """What the world folder's file says, on top of the usual. Raises InvalidWorld, which names the entry."""
    file = world / FILE
    return read_mapping(file, usual=usual) if file.exists() else usual
