"""Accepting suggestions as an edit: the same rights, the same digest, judged again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.checks import Suggestion
from app.core.errors import Conflict, InvalidInput, StaleDigest
from app.edits import DraftEdit
from app.gate import Gate
from app.permissions import require_person, require_stopper
from app.rewriting.acceptance import Acceptance, accept
from app.rewriting.offers import Chosen, Offer, offers
from app.standing import Standing, read_standing

NOTHING_ELSE = DraftEdit()


def preview_suggestions(gate: Gate, standing: Standing, chosen: Chosen) -> Acceptance:
    """What accepting the chosen suggestions would change and leave out; keeps nothing. Raises as `accept` does."""
    return accept(
        standing.draft,
        standing.assessment,
        chosen,
        extractor=gate.assessor.extractor,
        at=gate.clock.now(),
    )


def accept_suggestions(
    gate: Gate,
    draft_id: str,
    chosen: Chosen,
    *,
    person: str,
    digest: str,
    besides: DraftEdit = NOTHING_ELSE,
    offered: Sequence[Offer] | None = None,
) -> tuple[Standing, Acceptance]:
    """Put the chosen suggestions into the draft, and other changes of subject or recipients with them.

    `offered` are the suggestions from which the person chose: the same bytes judged at another moment may get others
    under the same numbers. Raises what `Gate.edit` and `accept` raise, InvalidInput where the other changes give a
    body as well, and Conflict where the suggestions are no longer those that were offered.
    """
    if besides.text is not None or besides.html is not None:
        raise InvalidInput("cannot be accepted together with a new text or HTML; choose one", field="suggestions")
    with gate.store.read() as reader:
        standing = read_standing(reader, draft_id)
    people = gate.assessor.world.people
    require_stopper(require_person(person, people), standing, people, "edit")
    if digest != standing.row.digest:
        raise StaleDigest(draft_id, standing.row.digest)
    if offered is not None and _changes(offered) != _changes(offers(standing.assessment)):
        raise Conflict(f"draft {draft_id} was judged again, and its suggestions are others now; choose from these")
    acceptance = preview_suggestions(gate, standing, chosen)
    edit = replace(besides, text=acceptance.edit.text, html=acceptance.edit.html)
    return gate.edit(draft_id, edit, person=person, digest=digest), acceptance


def _changes(offered: Sequence[Offer]) -> list[Suggestion]:
    return [offer.suggestion for offer in offered]
