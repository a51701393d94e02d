"""What a sent mail must show for itself, written down apart from the code that decides it.

It reads what was stored and the directory, and knows nothing of seats, circles or timers. It says who could have had
a right by the rule's own words, an absence that was in force, a place passed on, or the ladder; and counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from app.core.absences import Absence
from app.core.approvals import ApprovalRequest, ApprovalState, Decision, Requirement, Resolver, ResolverKind, Verdict
from app.core.facts import Person
from app.core.routes import Tier
from app.standing import Standing
from tests.support.gates import SmallDirectory

RISKY = (Tier.HIGH, Tier.CRITICAL)


@dataclass
class Oracle:
    """Follows what was said about absences and places, and judges what leaves."""

    directory: SmallDirectory
    absences: list[Absence] = field(default_factory=list)
    passed_on: set[tuple[str, str]] = field(default_factory=set)
    """(request, newcomer)"""

    def must_be_approved(self, standing: Standing, demand: Requirement) -> None:
        """Fail unless the draft's permit rests on all that the demand asks for, for exactly this digest."""
        row = standing.row
        assert row.permit is not None
        assert row.permit.digest == row.digest
        request = next(r for r in standing.approvals if r.id == row.permit.granted_by.split(":")[1])
        assert request.state is ApprovalState.APPROVED
        assert request.digest == row.digest
        assert request.requirement == demand, "another demand than the policy's at this digest"
        said = request.decisions
        assert all(word.verdict is Verdict.APPROVE and word.digest == row.digest for word in said)
        assert all(request.opened_at <= word.at < request.expires_at for word in said)
        self.each_counts_once(request)
        for number, stage in enumerate(demand.stages):
            words = [word for word in said if word.stage == number]
            if not any(word.person == "auto_approve" for word in words):
                assert len(words) >= stage.needed
                assert {word.person for word in words} - standing.editors, "only its editors approved it"
        self.silence_was_consent(request)
        for word in said:
            self.had_the_right(standing, request, word)

    def each_counts_once(self, request: ApprovalRequest) -> None:
        """Fail where somebody approved twice: by themselves, for somebody else, or through a delegate."""
        said = [word for word in request.decisions if word.verdict is Verdict.APPROVE]
        voices = [name for word in said for name in {word.person, word.principal} if name != "auto_approve"]
        assert len(voices) == len(set(voices)), "somebody counted twice, by themselves or through a delegate"

    def had_the_right(self, standing: Standing, request: ApprovalRequest, word: Decision) -> None:
        """Fail unless this word could count: by the rule's own words, or in somebody's name, or passed on."""
        row, demand = standing.row, request.requirement
        stage = demand.stages[word.stage]
        if word.person == "auto_approve":
            return
        if word.person.startswith("agent:"):
            resolver = stage.resolver
            assert resolver.kind is ResolverKind.AGENT
            assert word.person == f"agent:{resolver.argument}" != f"agent:{row.agent}"
            assert resolver.below is not None
            assert request.tier is not None
            assert list(Tier).index(request.tier) < list(Tier).index(resolver.below)
            assert word.reason.strip()
            return
        if demand.justify:
            assert word.reason.strip()
        for who in {word.person, word.principal}:
            if demand.separate_duties:
                assert who != row.on_behalf_of, "the sender approved"
                assert who not in standing.editors, "an editor approved"
            if stage.needed < 2:
                assert who not in standing.editors
        if word.in_name_of is not None:
            assert word.person != row.on_behalf_of
            assert word.person not in standing.editors
            assert self._stood_in(word.in_name_of, word.person, word.at)
        assert self._could_be_asked(standing, request, stage.resolver, stage.fallback, word.principal)

    def _could_be_asked(
        self,
        standing: Standing,
        request: ApprovalRequest,
        resolver: Resolver,
        fallback: Resolver | None,
        who: str,
    ) -> bool:
        sender = self.directory.person(standing.row.on_behalf_of)
        assert sender is not None
        named = {p.id for r in (resolver, fallback) if r for p in self._found(r, sender)}
        last = {p.id for p in (*self._above(sender), *self.directory.with_role("admin"))}
        handed = {newcomer for asked, newcomer in self.passed_on if asked == request.id}
        climbed: set[str] = set()
        if request.requirement.escalate_after is not None:
            below = [self.directory.person(each) for each in named | last | handed]
            climbed = {p.id for person in below if person for p in self._above(person)} - {sender.id}
        return who in named | last | handed | climbed

    def _found(self, resolver: Resolver, sender: Person) -> Iterable[Person]:
        match resolver.kind:
            case ResolverKind.USER:
                found = sender if resolver.argument == "sender" else self.directory.person(resolver.argument or "")
                return [found] if found else []
            case ResolverKind.MANAGER:
                return self._above(sender)[:1]
            case ResolverKind.ROLE:
                return self.directory.with_role(resolver.argument or "")
            case _:
                return []

    def _above(self, person: Person) -> list[Person]:
        line: list[Person] = []
        while person.manager and (above := self.directory.person(person.manager)) and above not in line:
            line.append(above)
            person = above
        return line

    def _stood_in(self, who: str, delegate: str, at: datetime) -> bool:
        """Whether a line of absences led from one to the other at the moment."""
        reached, seen = {who}, set[str]()
        while reached - seen:
            at_person = (reached - seen).pop()
            seen.add(at_person)
            mine = (a for a in self.absences if a.person == at_person and a.delegate)
            reached |= {a.delegate for a in mine if a.delegate and a.start <= at <= a.until}  # it may end this moment
        return delegate in reached

    def silence_was_consent(self, request: ApprovalRequest) -> None:
        """Fail where silence was taken for consent though the rule, the time or the risk did not allow it."""
        for word in request.decisions:
            if word.person == "auto_approve":
                resolver = request.requirement.stages[word.stage].resolver
                assert resolver.kind is ResolverKind.AUTO_APPROVE
                assert resolver.after is not None
                assert request.tier not in RISKY
                assert word.at >= request.opened_at + resolver.after
