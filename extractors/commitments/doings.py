"""Undertakings that do not say "I" or "we": a colleague's, or a thing's ("the report will reach you")."""

import re
from dataclasses import dataclass, replace

from extractors.commitments import doing_patterns as patterns
from extractors.commitments.lexicon import VERB_KINDS
from extractors.commitments.people import People
from extractors.commitments.subjects import is_known, person_named
from extractors.commitments.vetoes import NO_UNDERTAKING, THIRD_PARTY
from extractors.commitments.words import base_form, is_action
from extractors.findings import CommitmentKind, Strength


@dataclass(frozen=True, kw_only=True)
class Doing:
    """An undertaking of somebody or something other than "I" and "we"."""

    rule: str
    strength: Strength
    kind: CommitmentKind | None
    actor: str
    verb: str
    verb_at: int


def find_doing(
    text: str, people: People, *, dated: bool, item: bool, near: str | None, conditional: bool
) -> Doing | None:
    """The undertaking in a clause whose subject is not the sender's pronoun; `dated` says that it names a time
    to come, `near` is the colleague named last.
    """
    modal = patterns.MODAL.match(text)
    if modal:
        return _with_modal(modal, people, near, dated=dated, conditional=conditional)
    to_verb = patterns.TO_VERB.match(text)
    if to_verb and (dated or item):
        actor = person_named(to_verb["subject"].strip(), people, near)
        if actor and is_action(to_verb["verb"]):
            return Doing(
                rule="person.to",
                strength="firm",
                kind=None,
                actor=actor,
                verb=to_verb["verb"],
                verb_at=to_verb.start("verb"),
            )
    for present in patterns.PRESENT.finditer(text, 2, patterns.LONGEST_SUBJECT):
        doing = _with_present(text, present, people, near, dated=dated, conditional=conditional)
        if doing:
            return doing
    return None


def _with_modal(
    match: re.Match[str], people: People, near: str | None, *, dated: bool, conditional: bool
) -> Doing | None:
    subject = match["subject"].strip()
    verb = base_form(match["verb"])
    negated = bool(match["not"] or match["wont"])
    strength: Strength = "tentative" if match["tentative"] else "conditional" if match["can"] else "firm"
    if patterns.REPORTING.search(subject):
        return None
    actor = person_named(subject, people, near)
    known = is_known(subject, people)
    if actor and (known or not match["passive"]):
        return _by_person(match, actor, verb, strength, known=known, negated=negated, dated=dated)
    others = THIRD_PARTY.search(subject) and not patterns.HELD_FOR_RECIPIENT.match(subject)
    if match["progressive"] or others:
        return None
    nobody = patterns.NOBODY.match(subject)
    if nobody or patterns.REFRAIN_SUBJECT.match(subject) or (negated and not match["can"]):
        refrained = nobody or (match["passive"] and verb in VERB_KINDS) or verb in patterns.REFRAINED
        return _doing(match, "thing.refrain", strength, "guarantee") if refrained else None
    unlikely = match["tentative"] and (match["passive"] or not patterns.LIKELY.search(match["tentative"]))
    return None if unlikely else _by_thing(match, verb, strength, dated=dated, conditional=conditional)


def _doing(match: re.Match[str], rule: str, strength: Strength, kind: CommitmentKind | None = None) -> Doing:
    verb, at = match["verb"], match.start("verb")
    if match.groupdict().get("passive") and base_form(verb) == verb.lower():
        verb, at = "be", match.start("passive")  # "will be in your inbox" is no passive
    if kind is None and rule.startswith("thing.") and base_form(verb) in patterns.DELIVERING:
        kind = "deliverable"
    return Doing(rule=rule, strength=strength, kind=kind, actor="organisation", verb=verb, verb_at=at)


def _by_person(
    match: re.Match[str], actor: str, verb: str, strength: Strength, *, known: bool, negated: bool, dated: bool
) -> Doing | None:
    if verb in NO_UNDERTAKING or (negated and verb not in ("raise", "charge", "touch", "share", "reassign")):
        return None
    if match["progressive"] and not (verb in VERB_KINDS and (dated or known or verb in patterns.STRONG)):
        return None
    if verb not in VERB_KINDS and (match["can"] or not (verb == "be" or match["passive"] or dated)):
        return None
    return replace(_doing(match, "person.modal", strength), actor=actor)


def _by_thing(match: re.Match[str], verb: str, strength: Strength, *, dated: bool, conditional: bool) -> Doing | None:
    """What is done to things ("will be shipped"), and what they do by the sender's doing ("will reach you")."""
    if match["passive"] and verb in patterns.PASSIVE_ACTIONS and match["verb"].lower() != verb:
        offered_loosely = match["can"] and not conditional and not dated
        return None if offered_loosely else _doing(match, "thing.passive", strength)
    delivered = bool(match["passive"]) and patterns.DELIVERED.match(f" {match['verb']}{match['rest']}")
    vague = patterns.VAGUE_SUBJECT.match(match["subject"].strip()) and not dated and verb not in patterns.DELIVERING
    loose = match["can"] and not patterns.DELIVERED.match(match["rest"])
    opinion = match["tentative"] and verb in patterns.STATES and not dated
    if vague or loose or opinion or not (delivered or verb in patterns.THING_VERBS):
        return None
    return _doing(match, "thing.will", strength, "guarantee" if verb in patterns.LASTING else None)


def _with_present(
    text: str, match: re.Match[str], people: People, near: str | None, *, dated: bool, conditional: bool
) -> Doing | None:
    subject, verb, rest = text[: match.start()].strip(), base_form(match["verb"]), text[match.end() :]
    if patterns.REPORTING.search(subject):
        return None
    actor = person_named(subject, people, near)
    if actor:
        named = people.side(subject) == "ours" or verb in patterns.STRONG or patterns.TITLED.match(subject)
        promised = verb in VERB_KINDS and verb not in NO_UNDERTAKING and (dated or named or conditional)
        return replace(_doing(match, "person.present", "firm"), actor=actor) if promised else None
    if not THIRD_PARTY.search(subject):
        if match["verb"] in ("is", "are"):
            state_to_come = (conditional and patterns.FREE.match(rest)) or (
                dated and patterns.STATE_TO_COME.match(rest)
            )
            strength: Strength = "tentative" if patterns.PLANNED.match(rest) else "firm"
            return _doing(match, "thing.present-state", strength) if state_to_come else None
        if dated and verb in patterns.MOVING and not patterns.MOVES_ELSEWHERE.match(rest):
            return _doing(match, "thing.present", "firm")
    return None
