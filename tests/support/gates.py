"""A gate on a real store, with doubles where the outside would be: clock, ids, verdicts and mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from app.approvals.resolvers import people_for
from app.assess import Assessor
from app.core.approvals import Requirement, Resolver, ResolverKind
from app.core.assessment import Assessment, Risk, Ruling
from app.core.checks import CheckResult, Evidence, Severity
from app.core.clock import ManualClock
from app.core.digest import draft_digest
from app.core.drafts import Draft
from app.core.errors import SendError, SendRefused, SendUnavailable, SendUncertain
from app.core.facts import Account, BusySlot, Contact, Deal, Document, History, Person
from app.core.findings import Commitment, Findings, Kind, Strength
from app.core.ids import CountedIds
from app.core.ports import Calendars, Handle, Manner, OpenPromises, OutgoingMail, Receipt, World
from app.core.routes import Route, Tier
from app.delivery.dispatch import Dispatcher
from app.gate import Gate
from app.policy.live import LivePolicy
from app.policy.model import Policy
from app.store.policies import PublishedPolicy
from app.store.store import NoWakeUps, Store

START = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
PROMISE = "I will send the plan"


class SmallDirectory:
    """A double of the directory: one seller, her manager, an admin, and a stranger to the deal."""

    def __init__(self, *people: Person) -> None:
        self._people = list(people) or [
            Person(id="sam", email="sam@ours.example", name="Sam", manager="ruth", roles=("sales_engineer",)),
            Person(id="ruth", email="ruth@ours.example", name="Ruth", roles=("manager",)),
            Person(id="ada", email="ada@ours.example", name="Ada", roles=("admin",)),
            Person(id="tom", email="tom@ours.example", name="Tom", roles=("sales_engineer",)),
        ]

    def person(self, id_or_email: str) -> Person | None:
        """By id or address."""
        return next((p for p in self._people if id_or_email.lower() in (p.id, p.email)), None)

    def with_role(self, role: str) -> Sequence[Person]:
        """Everybody with the role."""
        return [p for p in self._people if role in p.roles]

    def everybody(self) -> Sequence[Person]:
        """Everybody."""
        return self._people


class EmptyOutside:
    """A double of CRM, calendars and library that know nothing."""

    def deal(self, deal_id: str) -> Deal | None:
        """None."""

    def account(self, account_id: str) -> Account | None:
        """None."""

    def contact(self, email: str) -> Contact | None:
        """None."""

    def accounts(self) -> Sequence[Account]:
        """Nobody."""
        return ()

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:  # noqa: ARG002
        """Nothing."""
        return ()

    def documents(self) -> Sequence[Document]:
        """Nothing."""
        return ()

    def as_of(self, person: Person | None = None) -> datetime:  # noqa: ARG002
        """The start of the test."""
        return START


@dataclass
class ScriptedWorld:
    """What the scripted verdicts depend on, besides the draft."""

    trouble: str = ""
    """A fact that every verdict from now on reports as a result of high severity."""
    route: Route | None = None
    """The route that every verdict from now on has, whatever the draft asks for."""
    needed: int | None = None
    """How many approvals every review from now on demands."""
    requirement: Requirement | None = None
    """What every review from now on demands, whatever the draft asks for."""
    demands: Mapping[str, Requirement] = field(default_factory=dict)
    """What a draft demands whose subject ends with the name."""
    tier: Tier = Tier.LOW
    """The risk that every verdict from now on finds."""
    rule: str | None = None
    """The rule that decides every verdict from now on."""
    broken: bool = False
    """Whether judging fails from now on, in a way nobody foresaw."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptedAssessor(Assessor):
    """A double of the assessor: the draft's subject begins with the route it gets."""

    script: ScriptedWorld = field(default_factory=ScriptedWorld)

    def assess(
        self,
        draft: Draft,
        *,
        policy: Policy,
        promises: OpenPromises,  # noqa: ARG002
        history: History,  # noqa: ARG002
        at: datetime,  # noqa: ARG002
        editors: frozenset[str] = frozenset(),
    ) -> Assessment:
        """The verdict that the subject and the script ask for."""
        if self.script.broken:
            raise RecursionError("scripted")
        route = self.script.route or Route(draft.subject.split()[0])
        needed = self.script.needed or (2 if "two" in draft.subject else 1)
        requirement = Requirement(needed=needed, resolver=Resolver(kind=ResolverKind.USER, argument="ruth"))
        if needed > 1:
            requirement = Requirement(needed=2, resolver=Resolver(kind=ResolverKind.ROLE, argument="sales_engineer"))
        requirement = self.script.demands.get(draft.subject.split()[-1]) or self.script.requirement or requirement
        sender = self.world.people.person(draft.on_behalf_of)
        assert sender is not None
        people = people_for(requirement, sender=sender, deal=None, people=self.world.people, editors=editors)
        return Assessment(
            digest=draft_digest(draft, policy.version),
            findings=_findings(draft),
            checks=_results(self.script.trouble),
            risk=Risk(tier=self.script.tier),
            ruling=Ruling(
                route=route,
                rule=self.script.rule or f"scripted-{route}",
                why="the test says so",
                policy_version=policy.version,
                approvals=requirement if route is Route.REVIEW else None,
            ),
            sender=sender,
            approvers=people if route is Route.REVIEW else (),
        )


def _findings(draft: Draft) -> Findings:
    at = draft.text.find(PROMISE)
    if at < 0:
        return Findings(text=draft.text)
    promise = Commitment(
        text=PROMISE,
        start=at,
        end=at + len(PROMISE),
        strength=Strength.FIRM,
        kind=Kind.DELIVERABLE,
        actor="sender",
        action="send",
        object="the plan",
        recipient=None,
        due=None,
        rule="scripted",
    )
    return Findings(text=draft.text, commitments=(promise,))


def _results(trouble: str) -> tuple[CheckResult, ...]:
    if not trouble:
        return ()
    evidence = Evidence(source="crm", field="deal", value=trouble, as_of=START)
    return (CheckResult(check="scripted", severity=Severity.HIGH, message=trouble, evidence=(evidence,)),)


class RecordingMail:
    """A double of a mail provider that counts deliveries, and fails the way it is told to, once each."""

    name = "recording"
    manner = Manner(lays_ready=False, sends_once=True, remembers=True)

    def __init__(self) -> None:
        self.delivered: list[OutgoingMail] = []
        self.failures: list[str] = []

    def prepare(self, mail: OutgoingMail) -> Handle:  # noqa: ARG002
        """Nothing lies ready."""
        return {}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Nobody changes anything."""

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Deliver, or fail as told: `refused`, `unavailable`, `lost` (not delivered), `unanswered` (delivered)."""
        failure = self.failures.pop(0) if self.failures else ""
        if failure in ("", "unanswered") and mail not in self.delivered:
            self.delivered.append(mail)
        if failure == "crash":
            raise ConnectionResetError("scripted")
        if failure:
            raise _failure(failure)
        return handle

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:  # noqa: ARG002
        """It has left."""
        return Receipt(send_id=mail.send_id, provider=self.name, provider_id=mail.send_id)

    def find(self, send_id: str, handle: Handle) -> Receipt | None:  # noqa: ARG002
        """The receipt of what was delivered."""
        if any(mail.send_id == send_id for mail in self.delivered):
            return Receipt(send_id=send_id, provider=self.name, provider_id=send_id)
        return None


def _failure(kind: str) -> SendError:
    errors: dict[str, type[SendError]] = {
        "refused": SendRefused,
        "unavailable": SendUnavailable,
        "lost": SendUncertain,
        "unanswered": SendUncertain,
    }
    return errors[kind](kind)


@dataclass
class Harness:
    """A gate and everything a test may turn."""

    store: Store
    gate: Gate
    clock: ManualClock
    mail: RecordingMail
    script: ScriptedWorld

    def wake_due(self) -> int:
        """Wake every draft whose timer has rung, until none is left. Returns how many were woken."""
        woken = 0
        while True:
            with self.store.read() as reader:
                due = reader.drafts.overdue(now=self.clock.now(), grace=timedelta(0), limit=100)
            if not due:
                return woken
            for draft_id, version in due:
                self.gate.wake(draft_id, version)
            woken += len(due)

    def wait(self, **stretch: float) -> None:
        """Let time pass, then wake what is due."""
        self.clock.advance(timedelta(**stretch))
        self.wake_due()

    def publish(self, version: int, *, undo_window: str = "30s") -> None:
        """Put a policy in force that has a version and an undo window."""
        text = f"version: {version}\nundo_window: {undo_window}\nrules: []\n"
        now = self.clock.now()
        with self.store.write(now=now) as tx:
            tx.policies.publish(PublishedPolicy(version=version, text=text, published_by="test", published_at=now))


def make_harness(
    engine: sa.Engine, *, people: Sequence[Person] = (), calendars: Calendars | None = None, publish: bool = True
) -> Harness:
    """A gate on an empty, migrated database, under policy version 1 with an undo window of 30 s.

    Without `publish`, on a database that another harness has prepared.
    """
    outside = EmptyOutside()
    script = ScriptedWorld()
    clock, mail = ManualClock(START), RecordingMail()
    world = World(people=SmallDirectory(*people), crm=outside, calendars=calendars or outside, library=outside)
    gate = Gate(
        store=Store(engine, NoWakeUps()),
        assessor=ScriptedAssessor(extractor=_no_extractor, world=world, script=script),
        dispatcher=Dispatcher(provider=mail, worker="test"),
        policy=LivePolicy(),
        clock=clock,
        ids=CountedIds(),
    )
    harness = Harness(store=gate.store, gate=gate, clock=clock, mail=mail, script=script)
    if publish:
        harness.publish(1)
    return harness


def _no_extractor(draft: Draft, *, sender: Person, at: datetime) -> Findings:
    raise AssertionError("the scripted assessor extracts nothing")


def a_draft(subject: str = "auto_send", **changes: object) -> Draft:
    """A draft whose subject begins with the route that it gets."""
    values: dict[str, object] = {
        "action": "reply",
        "agent": "bot",
        "on_behalf_of": "sam",
        "to": ("dana@theirs.example",),
        "subject": subject,
        "text": f"Hello. {PROMISE}.",
    }
    return Draft(**{**values, **changes})  # type: ignore[arg-type]
