"""The automated sequences, as listed in `sequences.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from app.core.errors import InvalidWorld
from app.core.facts import SequencePlan
from integrations.fields import Fields, records
from integrations.files import FactFile, yaml_of

_FILE = "sequences.yaml"


class FileSequences:
    """Sequences from a YAML file: a list of records or a mapping by id, or the same under `sequences:`."""

    def __init__(self, path: Path, *, as_of: datetime | None = None, local: bool = False) -> None:
        """`as_of` is the moment the plans are vouched for; None: the file's own time.

        `local`: whether it lies on this machine, so that nobody waits for it (`app.core.ports.is_local`).
        """
        self.local = local
        self._file = FactFile(path, source="sequences", parse=_sequences, as_of=as_of)

    def load(self) -> None:
        """Read the file now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def sequence(self, sequence_id: str) -> SequencePlan | None:
        """The sequence with this id, or None. Raises FactUnavailable where the file cannot be read."""
        return self._file.fact().get(sequence_id)

    def as_of(self) -> datetime:
        """The moment for which the plans are vouched. Raises FactUnavailable where there is no file."""
        return self._file.as_of()


def _sequences(data: bytes) -> Mapping[str, SequencePlan]:
    value = yaml_of(data, file=_FILE)
    if isinstance(value, dict) and "sequences" in value:
        value = value["sequences"]
    plans: dict[str, SequencePlan] = {}
    for fields in records(value, file=_FILE):
        plan = _plan(fields)
        if plan.id in plans:
            raise InvalidWorld(f"{plan.id!a} is there twice", field=fields.place("id"))
        plans[plan.id] = plan
    return plans


def _plan(fields: Fields) -> SequencePlan:
    steps = _whole(fields, "steps")
    if not steps:
        raise fields.refusal("steps", "the number of its steps, 1 or more")
    return SequencePlan(
        id=fields.text("id"), steps=steps, days_between=_whole(fields, "days_between"), ended=fields.flag("ended")
    )


def _whole(fields: Fields, name: str) -> int:
    number = fields.number(name) or 0.0
    if number != int(number):
        raise fields.refusal(name, "a whole number")
    return int(number)
