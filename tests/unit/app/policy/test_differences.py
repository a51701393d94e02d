"""What is different between two policies, and what only looks different."""

from __future__ import annotations

from app.policy.differences import differences, text_difference
from app.policy.document import load_policy

OLD = """\
version: 1
undo_window: 30s
rules:
  - {id: a, route: block, when: deal.on_hold}
  - {id: b, route: review, when: deal.amount >= 1000.0, approvals: {needed: 2, expires_after: 2h}}
  - {id: c, route: auto_send, why: "It may go"}
limits: {per_sender_per_hour: 60}
checks: {deal.hold: {severity: block}}
thresholds: {large_deal: 250000, effort: {meeting: 2}}
"""


def parts(old: str, new: str) -> set[tuple[str, str | None, str | None]]:
    found = differences(load_policy(old), load_policy(new))
    inside = [*found.settings, *(part for rule in found.changed for part in rule.parts)]
    return {(part.path, part.before, part.after) for part in inside}


def test_what_only_looks_different_is_no_difference() -> None:
    new = OLD.replace("version: 1", "version: 2  # now").replace(
        "route: block, when: deal.on_hold", "when: deal.on_hold, route: block"
    )
    found = differences(load_policy(OLD), load_policy(new))
    assert found.nothing
    assert (found.before, found.after) == (1, 2)


def test_rules_that_come_and_go_are_named() -> None:
    new = OLD.replace("{id: a, route: block, when: deal.on_hold}", "{id: d, route: block, mode: shadow}")
    found = differences(load_policy(OLD), load_policy(new))
    assert ([rule.id for rule in found.added], [rule.id for rule in found.removed]) == (["d"], ["a"])
    assert (found.changed, found.moved, found.settings, found.nothing) == ((), (), (), False)


def test_changed_parts_of_a_rule_are_named_with_what_they_were() -> None:
    new = (
        OLD.replace("deal.on_hold", "deal.on_hold && deal.known")
        .replace("needed: 2, expires_after: 2h", "needed: 3, resolver: {role: legal}")
        .replace('route: auto_send, why: "It may go"', "route: monitor, mode: shadow, why: On trial")
    )
    assert parts(OLD, new) == {
        ("when", "deal.on_hold", "deal.on_hold && deal.known"),
        ("approvals.needed", "2", "3"),
        ("approvals.expires_after", "2h", "1d"),
        ("approvals.resolver.kind", "manager", "role"),
        ("approvals.resolver.argument", None, "legal"),
        ("route", "auto_send", "monitor"),
        ("mode", "live", "shadow"),
        ("why", "It may go", "On trial"),
    }


def test_approvals_that_come_whole_are_shown_whole() -> None:
    (part,) = (
        differences(
            load_policy("version: 1\nrules: [{id: a, route: review}]\n"),
            load_policy("version: 2\nrules: [{id: a, route: review, approvals: {needed: 2}}]\n"),
        )
        .changed[0]
        .parts
    )
    assert (part.path, part.before) == ("approvals", None)
    assert part.after is not None
    assert part.after.startswith("{needed: 2, resolver: {kind: manager}")


def test_limits_checks_thresholds_and_the_undo_window_are_compared() -> None:
    new = (
        OLD.replace("undo_window: 30s", "undo_window: 2m")
        .replace("per_sender_per_hour: 60", "per_sender_per_hour: 30")
        .replace("{deal.hold: {severity: block}}", "{workload.week: {observe: true}}")
        .replace("large_deal: 250000, effort: {meeting: 2}", "effort: {meeting: 3}")
    )
    assert parts(OLD, new) == {
        ("undo_window", "30s", "2m"),
        ("limits.per_sender_per_hour", "60", "30"),
        ("checks.deal.hold", "{severity: block, observe: false}", None),
        ("checks.workload.week", None, "{observe: true}"),
        ("thresholds.large_deal", "250000", "100000"),
        ("thresholds.effort.meeting", "2", "3"),
    }


def test_a_rule_that_moved_is_named_because_the_first_of_equals_decides() -> None:
    lines = OLD.splitlines(keepends=True)
    lines[3], lines[4], lines[5] = lines[4], lines[5], lines[3]
    found = differences(load_policy(OLD), load_policy("".join(lines)))
    assert found.moved == ("a",)
    assert not found.changed


def test_the_texts_are_compared_line_by_line() -> None:
    lines = list(text_difference(OLD, OLD.replace("30s", "1m"), names=("one", "two")))
    assert lines[:2] == ["--- one", "+++ two"]
    assert "-undo_window: 30s" in lines
    assert "+undo_window: 1m" in lines
