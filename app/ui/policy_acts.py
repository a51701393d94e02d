"""What can be done with policies: try one, propose it, review it, put it in force."""

from __future__ import annotations

from datetime import timedelta

from app.core.approvals import Verdict
from app.policy import proposals, service
from app.policy.document import load_policy
from app.policy.form_rule import made_to_count
from app.policy.trying import simulate
from app.ui.attempt import attempt, done, missing
from app.ui.session import Seat, Sketch, Trial, memory
from app.ui.words import name_of


def try_out(seat: Seat, text: str, days: int, counting: str | None) -> None:
    """Route the drafts of the past days by this policy, where asked with a rule on trial as if it counted.

    Nothing is stored or sent.
    """
    services = seat.services
    tried = made_to_count(text, counting, version=load_policy(text).version) if counting else text
    with services.store.read() as reader:
        since = services.clock.now() - timedelta(days=days)
        found = attempt(
            lambda: simulate(reader, services.gate.policy, tried, since=since, until=None, person=seat.person)
        )
    if found is not None:
        memory().trial = Trial(text=text, days=days, found=found)


def propose(seat: Seat, text: str, note: str) -> None:
    """Hand in a policy for review by somebody else."""
    services = seat.services
    made = attempt(
        lambda: proposals.propose(
            services.store, text, person=seat.person, note=note, ids=services.ids, now=services.clock.now()
        )
    )
    if made is not None:
        memory().sketch, memory().trial, memory().proposal = Sketch(), None, made.id
        done(f"Proposed as version {made.version}. It changes nothing until somebody else has approved it.")


def propose_to_count(seat: Seat, text: str, rule_id: str, *, version: int) -> None:
    """Hand in the policy with a rule on trial made to count."""
    changed = attempt(lambda: made_to_count(text, rule_id, version=version))
    if changed is not None:
        propose(seat, changed, f"{rule_id} has been on trial; from now on it counts.")


def review(seat: Seat, proposal_id: str, verdict: Verdict, reason: str) -> None:
    """Say what one thinks of a policy that somebody else wrote."""
    if not reason.strip():
        missing("Say what you looked at, or what has to change: the author and the trail keep it.")
        return
    services = seat.services
    after = attempt(
        lambda: proposals.review(
            services.store, proposal_id, person=seat.person, verdict=verdict, reason=reason, now=services.clock.now()
        )
    )
    if after is not None:
        author = name_of(after.author, seat.people)
        approved = "Approved. It changes nothing until it is published."
        done(approved if verdict is Verdict.APPROVE else f"Rejected. {author} finds your reason beside it.")


def publish(seat: Seat, proposal_id: str) -> None:
    """Put an approved policy in force."""
    services = seat.services
    made = attempt(
        lambda: service.publish_proposal(services.store, proposal_id, person=seat.person, now=services.clock.now())
    )
    if made is not None:
        done(f"Version {made.version} is in force from now on, for every draft that has not left yet.")
