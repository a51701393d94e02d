"""Commitments by phrase families alone: each clause against the patterns, the first that fits is the evidence."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.commitments import vetoes
from extractors.commitments.clauses import CONDITION, Clause, clauses
from extractors.commitments.cues import MEETINGS, QUESTIONS, SPOKEN, THINGS, Cues
from extractors.commitments.doings import find_doing
from extractors.commitments.grammar import LEAD_IN
from extractors.commitments.items import Item, find_item
from extractors.commitments.kinds import kind_of
from extractors.commitments.people import People
from extractors.commitments.slots import slots_of
from extractors.commitments.words import base_form, is_action
from extractors.findings import Commitment, CommitmentKind, DateMention, Strength
from extractors.lazily import compiled
from extractors.segments import Sentence

_LEAD_IN = compiled(LEAD_IN, re.IGNORECASE)
_CONDITION = compiled(
    rf"(?:^|[ ,(]){CONDITION}|\b(?:only )?if\b|\bprovided\b|\bsubject to\b|\bin case\b"
    rf"|\bweather permitting\b|\bassuming\b",
    re.IGNORECASE,
)
_LATER_DATE_CONDITION = compiled(
    r"\b(?:if|unless|should you)\b[^,]*$"
    r"|\b(?:orders?|signatures?|requests?|payments?|forms?|anything)\b[^,]*"
    r"\b(?:received|placed|signed|returned|made|reach\w*|arriv\w*)\b[^,]*$",
    re.IGNORECASE,
)
_HEDGE = compiled(
    r"\b(?:hopefully|tentatively|most likely|probably|likely|eta|all being well|with luck|if all goes well"
    r"|fingers crossed)\b",
    re.IGNORECASE,
)
_PLACED_BY_EVENT = compiled(
    r"\b(?:once|as soon as|the (?:minute|moment|second|same day)|upon|right (?:away|after)|immediately"
    r"|straight away|in any case|either way|until|till)\b",
    re.IGNORECASE,
)
_SPEAKS = compiled(r"(?:i|we|you)\b", re.IGNORECASE)
_NOT_AVAILABLE = compiled(r"(?:your|their|the office|it|that|this|he|his)\b", re.IGNORECASE)
_NEAR = 3  # characters: "on" before a date
_NO_SUBJECT = compiled(r"(?:i|we|you|what|who|whose|where|how|why|when|whether|which)\b", re.IGNORECASE)
_TRAILING = " \t\n,;:.!?…-–—)\"'"


@dataclass(frozen=True, kw_only=True)
class _Evidence:
    """Why a clause is a commitment; places count in the clause."""

    rule: str
    strength: Strength
    kind: CommitmentKind | None
    actor: str
    verb: str | None
    verb_end: int
    start: int


def by_families(sentences: Sequence[Sentence], mentions: Sequence[DateMention], people: People) -> list[Commitment]:
    """What the phrase families find in sentences of a mail, in order; `mentions` are the dates in it, in order."""
    starts = [mention.start for mention in mentions]
    near: str | None = None
    found: list[Commitment] = []
    for sentence in sentences:
        inside = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        item = find_item(
            sentence.text,
            people,
            dates=[
                (m.start - sentence.start, m.end - sentence.start) for m in inside if m.due_day or m.from_ is None
            ],
            is_item=sentence.item,
        )
        if item:
            found.append(_item_commitment(sentence, item, inside))
            continue
        for clause in clauses(sentence):
            within = [mention for mention in inside if clause.start <= mention.start and mention.end <= clause.end]
            evidence = _evidence(clause, within, people, near)
            near = own_person(clause.main_text, people) or near
            if evidence:
                found.append(_commitment(clause, evidence, within))
    return found


def own_person(text: str, people: People) -> str | None:
    """The last colleague whom a clause names, for the "she" of the next."""
    names = re.findall(r"[A-ZÀ-ÞŁŚŻ][\w'’-]+", text)
    return next((name for name in reversed(names) if people.side(name) == "ours"), None)


def _start_of_clause(clause: Clause, dates: list[DateMention]) -> int:
    """Where the clause proper begins: past its condition, lead-in words and a day put first ("On Monday I …")."""
    at = clause.main
    for _ in range(4):
        while at < len(clause.text) and clause.text[at] in " ,":
            at += 1
        match = _LEAD_IN.match(clause.text, at)
        if match and match.end() < len(clause.text):
            at = match.end()
            continue
        day_first = next((m for m in dates if 0 <= m.start - clause.start - at <= 5), None)
        if day_first and re.match(
            r"[ ,]+(?=i\b|we\b|you\b|my\b|our\b|he\b|she\b|(?-i:[A-Z]))",
            clause.text[day_first.end - clause.start :],
            re.IGNORECASE,
        ):
            at = day_first.end - clause.start
            continue
        break
    return at


def _evidence(clause: Clause, dates: list[DateMention], people: People, near: str | None) -> _Evidence | None:
    at = _start_of_clause(clause, dates)
    proper = clause.text[at:]
    if not proper.strip() or (clause.relative and not _SPEAKS.match(proper)):
        return None
    dated = any(mention.due_day or mention.from_ is None or mention.kind == "duration" for mention in dates)
    dated = dated or bool(_PLACED_BY_EVENT.search(clause.text))
    if clause.question:
        return _by_cue(QUESTIONS, clause, at, dated=dated)
    if vetoes.NOT_ANYWHERE.search(clause.text):
        return None
    conditional = clause.ordered or bool(_CONDITION.search(clause.text))
    date_first = any(mention.start - clause.start - at <= _NEAR for mention in dates)
    vetoed = vetoes.NOT_AT_START.match(proper)
    evidence = None
    if not vetoed:
        evidence = _by_cue(SPOKEN, clause, at, dated=dated, conditional=conditional)
    if not evidence and not _NOT_AVAILABLE.match(proper):
        evidence = _by_cue(MEETINGS, clause, at, dated=dated, date_first=date_first)
    if not evidence and not vetoed and not _NO_SUBJECT.match(proper):
        evidence = _unspoken(clause, at, people, near, dated=dated, conditional=conditional)
    return _hedged(evidence, clause, conditional=conditional) if evidence else None


def _unspoken(
    clause: Clause, at: int, people: People, near: str | None, *, dated: bool, conditional: bool
) -> _Evidence | None:
    """The evidence of a clause in which neither the sender nor the recipient is the subject."""
    proper = clause.text[at:]
    doing = find_doing(proper, people, dated=dated, item=clause.opens_item, near=near, conditional=conditional)
    if doing:
        return _Evidence(
            rule=doing.rule,
            strength=doing.strength,
            kind=doing.kind,
            actor=doing.actor,
            verb=doing.verb,
            verb_end=at + doing.verb_at + len(doing.verb),
            start=0 if clause.main else at,
        )
    return None if vetoes.THIRD_PARTY.match(proper) else _by_cue(THINGS, clause, at, dated=dated)


def _by_cue(
    cues: Cues, clause: Clause, at: int, *, dated: bool, date_first: bool = False, conditional: bool = False
) -> _Evidence | None:
    if not cues.any_of.match(clause.text, at):
        return None
    for cue in cues.each:
        if (cue.dated and not dated) or (cue.date_first and not date_first) or (cue.conditional and not conditional):
            continue
        match = cue.pattern.match(clause.text, at)
        if not match:
            continue
        groups = match.groupdict()
        verb = groups.get("verb") or groups.get("done") or groups.get("offered")
        if cue.action and not (verb and is_action(verb.split()[0])):
            continue
        who = (groups.get("who") or "").lower()
        actor = cue.actor or ("sender" if who.startswith("i") or who == "myself" or not who else "organisation")
        # An adjunct before the clause proper stays out, a condition stays in.
        start = 0 if clause.main else at
        verb_end = match.start() + match[0].rfind(verb) + len(verb) if verb else match.end()
        return _Evidence(
            rule=cue.id, strength=cue.strength, kind=cue.kind, actor=actor, verb=verb, verb_end=verb_end, start=start
        )
    return None


def _hedged(evidence: _Evidence, clause: Clause, *, conditional: bool) -> _Evidence:
    """The strength with the clause's condition or hedge counted in."""
    strength = evidence.strength
    if strength == "firm" and conditional:
        strength = "conditional"
    elif strength == "firm" and _HEDGE.search(clause.text):
        strength = "tentative"
    return replace(evidence, strength=strength)


def _commitment(clause: Clause, evidence: _Evidence, dates: list[DateMention]) -> Commitment:
    start = evidence.start
    day_first = next((m.start - clause.start for m in dates if m.start - clause.start < start and m.due_day), None)
    if day_first is not None:
        before = re.search(r"(?:\b(?:on|by|in|at)[ ]+)?$", clause.text[:day_first], re.IGNORECASE)
        start = before.start() if before else day_first
    while start < len(clause.text) and clause.text[start] in " ,;:-–—":
        start += 1
    end = len(clause.text.rstrip(_TRAILING))
    if clause.text[start:end].count("(") > clause.text[start:end].count(")") and clause.text[end : end + 1] == ")":
        end += 1
    bound = binding(clause, dates)
    due = next((m for m in bound if start <= m.start - clause.start < max(end, start + 1)), None)
    slots = slots_of(
        clause.text,
        evidence.verb,
        evidence.verb_end if evidence.verb else 0,
        dates=[(m.start - clause.start, m.end - clause.start) for m in dates],
    )
    return Commitment(
        text=clause.text[start:end],
        start=clause.start + start,
        end=clause.start + max(end, start + 1),
        strength=evidence.strength,
        kind=evidence.kind
        or kind_of(base_form(evidence.verb.split()[0]) if evidence.verb else None, clause.text, dated=bool(due)),
        actor=evidence.actor,
        action=slots.action,
        object=slots.object,
        recipient=slots.recipient,
        due=due.as_due() if due else None,
        rule=evidence.rule,
    )


def binding(clause: Clause, dates: list[DateMention]) -> list[DateMention]:
    """The dates that bind the sender, not only the recipient's condition ("if you sign by June 30")."""
    return [
        mention
        for mention in dates
        if (mention.due_day is not None or mention.kind == "duration" or mention.from_ is None)
        and not (clause.main and mention.start - clause.start < clause.main)
        and not _LATER_DATE_CONDITION.search(clause.text[clause.main : mention.start - clause.start])
    ]


def _item_commitment(sentence: Sentence, item: Item, dates: Sequence[DateMention]) -> Commitment:
    end = len(sentence.text.rstrip(_TRAILING))
    due = next((mention for mention in dates if mention.due_day or mention.from_ is None), None)
    slots = slots_of(item.task, None, 0, dates=[])
    actor = item.actor
    if re.match(r"(?:me|self|myself|i)\b", actor, re.IGNORECASE):
        actor = "sender" if " " not in actor else "organisation"
    return Commitment(
        text=sentence.text[item.start : end],
        start=sentence.start + item.start,
        end=sentence.start + max(end, item.start + 1),
        strength="tentative" if _HEDGE.search(sentence.text) else "firm",
        kind=item.kind or kind_of(None, item.task),
        actor=actor,
        action=slots.action,
        object=slots.object,
        recipient=slots.recipient,
        due=due.as_due() if due else None,
        rule=item.rule,
    )
