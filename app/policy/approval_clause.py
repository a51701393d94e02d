"""The `approvals` of a rule → what the draft needs before it may leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import yaml

from app.core.approvals import Requirement, Stage
from app.core.routes import Route
from app.policy.resolver_clause import read_fallback, read_person, read_resolver
from app.policy.yaml_nodes import Entry, duration_of, fail, items_of, mapping_of, whole_of, yes_no_of

MOST_APPROVERS = 20
MOST_STAGES = 10
MOST_CONSULTED = 20

_STAGE_KEYS = ("needed", "resolver", "fallback")
_KEYS = (
    *_STAGE_KEYS,
    "then",
    "consulted",
    "accountable",
    "separate_duties",
    "step_up",
    "by_phone",
    "justify",
    "remind_after",
    "escalate_after",
    "expires_after",
)
_DEFAULT = Requirement()
_A_MOMENT = timedelta(seconds=1)


def read_approvals(entry: Entry, route: Route) -> tuple[Requirement, tuple[str, ...]]:
    """What the entry of a rule with this route demands, and a line for each part of it that comes to nothing.

    Raises InvalidPolicy with line and column.
    """
    if route is not Route.REVIEW:
        fail(entry.key, f"approvals belong to a rule with route: review, and this one has route: {route}")
    entries = mapping_of(entry.value, "approvals", _KEYS)
    requirement = Requirement(
        needed=_needed(entries),
        resolver=read_resolver(entries["resolver"].value) if "resolver" in entries else _DEFAULT.resolver,
        fallback=read_fallback(entries["fallback"].value) if "fallback" in entries else _DEFAULT.fallback,
        then=_stages(entries.get("then")),
        consulted=tuple(read_person(node, "consulted") for node in _listed(entries, "consulted", MOST_CONSULTED)),
        accountable=read_person(entries["accountable"].value, "accountable") if "accountable" in entries else None,
        separate_duties=_yes_no(entries, "separate_duties"),
        step_up=_yes_no(entries, "step_up"),
        by_phone=_yes_no(entries, "by_phone"),
        justify=_yes_no(entries, "justify"),
        remind_after=_stretch(entries, "remind_after"),
        escalate_after=_stretch(entries, "escalate_after", least=timedelta(0)),
        expires_after=_stretch(entries, "expires_after") or _DEFAULT.expires_after,
    )
    _require_answerable(requirement, entries)
    return requirement, tuple(_warnings(requirement))


def _needed(entries: Mapping[str, Entry]) -> int:
    entry = entries.get("needed")
    return whole_of(entry.value, "needed", least=1, most=MOST_APPROVERS) if entry else 1


def _yes_no(entries: Mapping[str, Entry], key: str) -> bool:
    return key in entries and yes_no_of(entries[key].value, key)


def _stretch(entries: Mapping[str, Entry], key: str, least: timedelta = _A_MOMENT) -> timedelta | None:
    if key not in entries:
        return None
    stretch = duration_of(entries[key].value, key)
    if stretch < least:
        fail(entries[key].value, f"{key} has to be longer than nothing")
    return stretch


def _listed(entries: Mapping[str, Entry], key: str, most: int) -> list[yaml.Node]:
    nodes = items_of(entries[key].value, key) if key in entries else []
    if len(nodes) > most:
        fail(nodes[most], f"{key} has {most} entries at most")
    return nodes


def _stages(entry: Entry | None) -> tuple[Stage, ...]:
    nodes = _listed({"then": entry}, "then", MOST_STAGES) if entry else []
    return tuple(_stage(node) for node in nodes)


def _stage(node: yaml.Node) -> Stage:
    entries = mapping_of(node, "a stage of then", _STAGE_KEYS)
    if "resolver" not in entries:
        fail(node, "this stage has no 'resolver'; every stage says who is asked, such as {resolver: {role: legal}}")
    stage = Stage(
        needed=_needed(entries),
        resolver=read_resolver(entries["resolver"].value),
        fallback=read_fallback(entries["fallback"].value) if "fallback" in entries else None,
    )
    _require_one_machine(stage, entries)
    return stage


def _warnings(requirement: Requirement) -> Iterator[str]:
    # Working time never runs faster than the clock, so what is due after the request lapses never comes about.
    for key, stretch in (("remind_after", requirement.remind_after), ("escalate_after", requirement.escalate_after)):
        if stretch is not None and stretch >= requirement.expires_after:
            yield f"approvals.{key}: never comes about, the request lapses before; lengthen expires_after"


def _require_answerable(requirement: Requirement, entries: Mapping[str, Entry]) -> None:
    """Refuse demands that the resolver could never meet."""
    _require_one_machine(requirement, entries)
    if requirement.by_phone and requirement.step_up:
        fail(entries["by_phone"].value, "by_phone is never enough where step_up is demanded; drop one of them")
    after = requirement.resolver.after
    if after is not None and after >= requirement.expires_after:
        fail(
            entries["resolver"].value,
            "auto_approve comes too late: the request lapses before; lengthen expires_after",
        )
    if not requirement.resolver.is_person:
        for key, demanded in (("step_up", requirement.step_up), ("justify", requirement.justify)):
            if demanded:
                fail(entries[key].value, f"{key} needs a person, and {requirement.resolver.kind} is none; drop one")


def _require_one_machine(stage: Requirement | Stage, entries: Mapping[str, Entry]) -> None:
    if stage.needed > 1 and not stage.resolver.is_person:
        fail(entries["needed"].value, f"{stage.resolver.kind} gives one approval; write needed: 1, or ask people")
