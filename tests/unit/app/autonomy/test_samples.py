"""Which mails are drawn can be worked out by anybody; what people see in them counts."""

from __future__ import annotations

import pytest

from app.autonomy import samples
from app.autonomy.sampling import is_drawn, sample_number
from app.core.autonomy import Look, Outcome, Sample
from app.core.errors import Conflict, InvalidInput, NotFound, NotPermitted
from app.core.routes import Route
from app.standing import Standing
from tests.support.trails import told
from tests.unit.app.autonomy.scenes import (
    GO,
    GRANTING,
    LOOK,
    events,
    in_force,
    incident,
    outcome,
    promoted,
    sent,
)
from tests.unit.app.policy.house import House

ALL = "sampling: {auto_send: 1, monitor: 1}\n"


def look(house: House, shown: Standing, *, by: str = "ruth", seen: Look = Look.FINE, reason: str = "") -> Sample:
    people, now = house.gate.assessor.world.people, house.clock.now()
    return samples.look(
        house.store,
        house.gate.ids,
        people,
        shown.row.id,
        seen=seen,
        reason=reason,
        person=house.person(by),
        now=now,
    )


def listed(house: House, by: str | None = None, *, looked_at: bool = False) -> list[str]:
    with house.store.read() as reader:
        person = house.person(by) if by else None
        return [each.draft_id for each in samples.listed(reader, person=person, looked_at=looked_at)]


# ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_has_one_number_in_each_policy_version() -> None:
    # printf 'sample:1:dr_1' | sha256sum, of which the first 53 bits
    assert sample_number("dr_1", policy_version=1) == 0.43928018872153807
    assert sample_number("dr_1", policy_version=1) != sample_number("dr_1", policy_version=2)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0])
def test_the_share_that_is_drawn_is_the_share_that_was_asked_for(share: float) -> None:
    drawn = sum(is_drawn(f"dr_{n}", policy_version=3, share=share) for n in range(20_000)) / 20_000
    assert drawn == pytest.approx(share, abs=0.01 if 0 < share < 1 else 0)


def test_what_left_unattended_is_drawn_and_the_trail_proves_it(house: House) -> None:
    house.publish(3, LOOK, GO, more=ALL)
    shown = sent(house, "Send it")
    (event,) = events(house, "sample.drawn")
    assert (event.actor, event.draft_id) == ("gate", shown.row.id)
    number = sample_number(shown.row.id, policy_version=3)
    assert told(event) == {"route": "auto_send", "policy_version": 3, "share": 1.0, "number": number}
    assert listed(house) == [shown.row.id]


def test_what_was_let_through_as_earned_is_drawn_as_monitored(house: House) -> None:
    house.publish(3, LOOK, more=GRANTING + "sampling: {monitor: 1}\n")
    promoted(house)
    sent(house)
    (event,) = events(house, "sample.drawn")
    assert event.facts["route"] == "monitor"


def test_what_people_approved_or_the_share_leaves_out_is_not_drawn(house: House) -> None:
    house.publish(3, LOOK, GO, more="sampling: {auto_send: 0, monitor: 1}\n")
    sent(house, "Review it")
    sent(house, "Send it")
    assert listed(house) == []


# ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def drawn(house: House) -> Standing:
    """A mail that left unattended and was drawn."""
    house.publish(3, LOOK, GO, more=GRANTING + ALL)
    return sent(house, "Send it")


def test_a_look_is_kept_once_with_its_person(house: House, drawn: Standing) -> None:
    seen = look(house, drawn)
    assert (seen.look, seen.looked_by, seen.route) == (Look.FINE, "ruth", Route.AUTO_SEND)
    assert look(house, drawn) == seen
    (event,) = events(house, "sample.looked_at")
    assert (event.actor, told(event)) == ("person:ruth", {"look": "fine", "reason": ""})
    assert (listed(house), listed(house, looked_at=True)) == ([], [drawn.row.id])
    assert outcome(house, drawn) is Outcome.UNATTENDED
    with pytest.raises(Conflict, match=r"ruth looked at draft .* already and said fine"):
        look(house, drawn, by="ada")


def test_an_incident_seen_in_a_sample_counts_like_any_other(house: House, drawn: Standing) -> None:
    promoted(house)
    with pytest.raises(InvalidInput, match="reason: is missing"):
        look(house, drawn, seen=Look.INCIDENT)
    assert listed(house) == [drawn.row.id]
    assert look(house, drawn, seen=Look.INCIDENT, reason="wrong price").reason == "wrong price"
    assert outcome(house, drawn) is Outcome.INCIDENT
    assert in_force(house) == []
    assert [event.facts["reason"] for event in events(house, "incident.recorded")] == ["wrong price"]


def test_what_went_wrong_later_is_an_incident_in_spite_of_the_look(house: House, drawn: Standing) -> None:
    look(house, drawn)
    incident(house, drawn, reason="the customer complains")
    assert outcome(house, drawn) is Outcome.INCIDENT


def test_what_was_not_drawn_cannot_be_looked_at(house: House) -> None:
    with pytest.raises(NotFound, match="there is no sample of draft"):
        look(house, sent(house))


def test_colleagues_see_and_look_at_their_own_mail_only(house: House, drawn: Standing) -> None:
    assert (listed(house, "sam"), listed(house, "tom"), listed(house, "ada")) == ([drawn.row.id], [], [drawn.row.id])
    with pytest.raises(NotFound, match="there is no draft"):
        look(house, drawn, by="tom")
    assert look(house, drawn, by="sam").looked_by == "sam"


def test_whoever_was_only_asked_about_a_mail_may_read_it_and_not_look(house: House) -> None:
    rule = "{id: tom, when: 'draft.subject == \"Review\"', route: review, approvals: {resolver: {user: {id: tom}}}}"
    house.publish(3, rule, more=ALL)
    shown = house.submit("Review")
    house.publish(4, "{id: all, route: auto_send}", more=ALL)
    house.gate.judge_again(shown.row.id, reason="test")
    house.wait(minutes=2)
    with pytest.raises(NotPermitted, match="tom may not look at draft"):
        look(house, shown, by="tom")
