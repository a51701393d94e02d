"""What is different between two policies: rule by rule, setting by setting, and as text."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta

from app.policy.model import Policy, Rule

_NOT_SETTINGS = frozenset({"version", "rules", "text", "warnings"})
_NOT_RULE_PARTS = frozenset({"id", "condition", "line", "shadow"})
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A part that is different. `path` is where it stands, such as `approvals.needed`; None for what is not there."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleDifference:
    """A rule that both policies have, and that is not the same."""

    id: str
    parts: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """All that is different, but for what only looks different: comments, spaces, the order of keys."""

    before: int
    after: int
    """The two versions."""
    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    changed: tuple[RuleDifference, ...]
    moved: tuple[str, ...]
    """Rules that stand elsewhere among the others: of the rules with one route, the first that matches decides."""
    settings: tuple[Difference, ...]
    """Everything beside the rules: the undo window, limits, sampling, checks, thresholds."""

    @property
    def nothing(self) -> bool:
        """Whether the two do the same in every case."""
        return not (self.added or self.removed or self.changed or self.moved or self.settings)


def differences(before: Policy, after: Policy) -> Differences:
    """What somebody has to know who goes from one policy to the other."""
    old, new = ({rule.id: rule for rule in policy.rules} for policy in (before, after))
    changed = (
        RuleDifference(id=rule.id, parts=tuple(_rule_parts(rule, new[rule.id])))
        for rule in old.values()
        if rule.id in new
    )
    return Differences(
        before=before.version,
        after=after.version,
        added=tuple(rule for rule in new.values() if rule.id not in old),
        removed=tuple(rule for rule in old.values() if rule.id not in new),
        changed=tuple(rule for rule in changed if rule.parts),
        moved=tuple(_moved([name for name in old if name in new], [name for name in new if name in old])),
        settings=tuple(_parts("", before, after, leave_out=_NOT_SETTINGS)),
    )


def text_difference(before: str, after: str, *, names: tuple[str, str]) -> Iterator[str]:
    """The lines of a unified diff."""
    return difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="")


def _rule_parts(before: Rule, after: Rule) -> Iterator[Difference]:
    for path, old, new in (("when", before.when, after.when), ("mode", _mode(before), _mode(after))):
        if old != new:
            yield Difference(path=path, before=old, after=new)
    yield from _parts("", before, after, leave_out=_NOT_RULE_PARTS)


def _mode(rule: Rule) -> str:
    return "shadow" if rule.shadow else "live"


def _moved(before: list[str], after: list[str]) -> Iterator[str]:
    """The fewest ids whose move turns one order into the other."""
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    stayed = {name for block in matcher.get_matching_blocks() for name in before[block.a : block.a + block.size]}
    return (name for name in after if name not in stayed)


def _parts(
    path: str, before: object, after: object, *, leave_out: frozenset[str] = frozenset()
) -> Iterator[Difference]:
    """The parts that are different, down to where a part is there on one side only, or cannot be taken apart."""
    if before == after:
        return
    old, new = _inside(before), _inside(after)
    if old is None or new is None:
        yield Difference(path=path, before=_shown(before), after=_shown(after))
        return
    for name in [*old, *(name for name in new if name not in old)]:
        if name not in leave_out:
            yield from _parts(f"{path}.{name}".lstrip("."), old.get(name), new.get(name))


def _inside(value: object) -> Mapping[str, object] | None:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): part for name, part in value.items()}
    return None


def _shown(value: object) -> str | None:
    """A value as the policy writes it, more or less; None for what is not there."""
    inside = _inside(value)
    if inside is not None:
        shown = {name: _shown(part) for name, part in inside.items()}
        return "{" + ", ".join(f"{name}: {part}" for name, part in shown.items() if part not in (None, "")) + "}"
    match value:
        case timedelta():
            return _duration(value)
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case tuple() | list():
            return ", ".join(str(_shown(item)) for item in value)
        case _:
            return None if value is None else str(value)


def _duration(stretch: timedelta) -> str:
    seconds = int(stretch.total_seconds())
    for size, unit in _UNITS:
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
