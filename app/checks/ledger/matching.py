"""Which open promise a statement of the draft is about.

Likeness only finds the pair; what is compared afterwards are days and amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.checks.ledger.kin import akin, only_for_the_same
from app.checks.ledger.naming import Naming, naming
from app.checks.ledger.objects import topic_in
from app.checks.ledger.quantities import Quantity, differing, quantities
from app.checks.ledger.statements import Statement, statements
from app.checks.ledger.taken_up import takes_up
from app.checks.once import once
from app.checks.topics import Topic, may_be_same_thing, mentions, same_thing, topic_of, verbs_agree
from app.checks.words import content_words
from app.checks.worktime import today
from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_TALKS = compiled(
    r"discuss|talk|speak|go (?:through|over)|walk|meet|chat|cover|review|call|demo|present", re.IGNORECASE
)
_BEHIND = compiled(r"\b(?P<what>[\w-]+) (?:for|of|on|about) (?:the|your|our) (?P<which>[\w-]+)", re.IGNORECASE)
_DAY_GRAINS = frozenset({"minute", "hour", "day"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A statement and the promise that it is about, or (not `sure`) that it may be about."""

    statement: Statement
    entry: LedgerEntry
    sure: bool = True

    @property
    def other_day(self) -> bool:
        """Whether both name a day and the days disagree; "this week" agrees with the Wednesday in it."""
        due, day = self.statement.due, self.entry.due_day
        if due is None or due.due_day is None or day is None or due.due_day == day:
            return False
        within = due.from_ is not None and due.to is not None and due.from_.date() <= day <= due.due_day
        return due.grain in _DAY_GRAINS or not within

    @property
    def later(self) -> bool:
        """Whether the new day is the later one."""
        new, old = self.statement.due_day, self.entry.due_day
        return new is not None and old is not None and new > old

    @property
    def amounts(self) -> tuple[tuple[Quantity, ...], tuple[Quantity, ...]]:
        """What is promised now, and what was."""
        return quantities(self.statement.text), quantities(f"{self.entry.object or ''} · {self.entry.text}")

    @property
    def other_amount(self) -> str | None:
        """The unit in which both name an amount and the amounts disagree."""
        return differing(*self.amounts)

    @property
    def repeats(self) -> bool:
        """Whether nothing new is said: the same day, or none in either."""
        return self.statement.due_day == self.entry.due_day and self.other_amount is None


@once
def matches(
    draft: Draft, findings: Findings, facts: Facts, *, among: Sequence[LedgerEntry] | None = None
) -> Iterator[Match]:
    """For each statement the promise about the same thing, among the open ones or those given.

    Where several could be meant and none of them is for that day, or where the words leave it open, the match is not
    sure. What the mail carries is a promise kept, and no new one.
    """
    entries = facts.ledger if among is None else among
    known = [(entry, topic_of_entry(entry)) for entry in entries if concerns(entry, draft, facts)]
    if known:
        for statement in statements(findings, today(facts)):
            match = _match(statement, known)
            if match is not None:
                yield match


def already_promised(draft: Draft, findings: Findings, facts: Facts) -> tuple[Match, ...]:
    """The promises of the draft that repeat, move or change an open one."""
    return tuple(match for match in matches(draft, findings, facts) if match.sure)


def topic_of_entry(entry: LedgerEntry) -> Topic:
    """What a ledger entry is about."""
    return topic_in(entry.action, entry.object, entry.text)


def concerns(entry: LedgerEntry, draft: Draft, facts: Facts) -> bool:
    """Whether a promise was made to whom this mail goes: the deal's, a recipient's, or the account's."""
    if draft.deal_id is not None and entry.deal_id == draft.deal_id:
        return True
    if entry.recipient.casefold() in {recipient.email.casefold() for recipient in facts.recipients}:
        return True
    same_account = facts.account is not None and entry.account == facts.account.id
    return same_account and (entry.deal_id is None or draft.deal_id is None)


def _deeds_agree(statement: Statement, old: Topic) -> bool:
    """Whether the deeds can be the same. To push something is no deed of its own."""
    return statement.commitment is None or verbs_agree(statement.topic, old)


def _match(statement: Statement, known: Sequence[tuple[LedgerEntry, Topic]]) -> Match | None:
    similar = _similar(statement, known)
    alike = [(entry, old) for entry, old in similar if old.rest == statement.topic.rest] or similar
    same_day = [entry for entry, _ in alike if entry.due_day == statement.due_day]
    if same_day:
        return Match(statement=statement, entry=same_day[-1])
    if alike:
        return Match(statement=statement, entry=alike[-1][0], sure=len({entry.due_day for entry, _ in alike}) == 1)
    unsure = [entry for entry, old in known if _may_be_meant(statement, old)]
    return Match(statement=statement, entry=_nearest(unsure, statement.due_day), sure=False) if unsure else None


def _may_be_meant(statement: Statement, old: Topic) -> bool:
    if may_be_same_thing(statement.topic, old):
        return True
    deed = statement.commitment
    if deed is not None and takes_up(deed.action, statement.text, statement.start, statement.read, old):
        return True
    named = deed is not None and not statement.points_back and not _only_talks(statement, old)
    return named and akin(statement.topic, old)


def _nearest(entries: Sequence[LedgerEntry], day: date | None) -> LedgerEntry:
    """The promise for the day that is nearest; of those without a day the last."""
    dated = [(abs((entry.due_day - day).days), entry.id, entry) for entry in entries if day and entry.due_day]
    return min(dated)[2] if dated else entries[-1]


def _similar(statement: Statement, known: Sequence[tuple[LedgerEntry, Topic]]) -> list[tuple[LedgerEntry, Topic]]:
    known = [(e, old) for e, old in known if not _only_talks(statement, old) and not _differs(statement, old)]
    if statement.points_back:
        return next((named for text in statement.said_before if (named := _named(text, statement, known))), [])
    alike = [(entry, old) for entry, old in known if same_thing(statement.topic, old)]
    if alike:
        return alike
    if statement.topic.head is None:
        return _named(statement.text, statement, known)
    turned = _turned(statement.topic)
    return [(entry, old) for entry, old in known if same_thing(turned, old)] if turned else []


def _named(
    text: str, statement: Statement, known: Sequence[tuple[LedgerEntry, Topic]]
) -> list[tuple[LedgerEntry, Topic]]:
    """The promises whose thing the words name, and whose deed agrees; in short where it can be no other."""
    words = content_words(text)
    found = [(naming(text, old), entry, old) for entry, old in known if _deeds_agree(statement, old)]
    full = [(entry, old) for named, entry, old in found if named is Naming.FULL or mentions(words, old)]
    return full or [(entry, old) for named, entry, old in found if named is Naming.SHORT]


def _only_talks(statement: Statement, old: Topic) -> bool:
    """Whether the one is to speak of what the other is to bring."""
    action = statement.commitment.action if statement.commitment else None
    return action is not None and old.verb == "deliver" and _TALKS.match(action) is not None


def _differs(statement: Statement, old: Topic) -> bool:
    return statement.commitment is not None and only_for_the_same(statement.topic, old)


def _turned(topic: Topic) -> Topic | None:
    """`The plan for the rollout` as `the rollout plan`."""
    found = _BEHIND.search(topic.object or "")
    if found is None:
        return None
    turned = f"{found['which']} {found['what']}"
    return topic_of(topic.action, turned, topic.text.replace(found[0], turned))
