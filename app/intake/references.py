"""Whether the people and deals that a draft names exist."""

from __future__ import annotations

import contextlib
import difflib
from dataclasses import replace

from app.core.drafts import Draft
from app.core.errors import FactUnavailable, InvalidDraft
from app.core.ports import Crm, People
from app.intake.values import shown


def check_references(draft: Draft, people: People, crm: Crm) -> Draft:
    """The draft with `on_behalf_of` as the person's id, which may have been given as an address.

    Raises InvalidDraft for an unknown person or deal, and FactUnavailable where the directory cannot be read. A CRM
    that cannot be read is no reason to refuse: the facts about the deal will be unknown, and that leads to review.
    """
    person = people.person(draft.on_behalf_of)
    if person is None:
        known = [one.id for one in people.everybody()]
        near = difflib.get_close_matches(draft.on_behalf_of.lower(), known, n=1)
        hint = f"did you mean {near[0]}?" if near else "give the id or address of a colleague"
        raise InvalidDraft(f"nobody here is called {shown(draft.on_behalf_of)}; {hint}", field="on_behalf_of")
    if draft.deal_id is not None:
        with contextlib.suppress(FactUnavailable):
            if crm.deal(draft.deal_id) is None:
                message = f"the CRM has no deal {shown(draft.deal_id)}; give a deal's id or leave it out"
                raise InvalidDraft(message, field="deal_id")
    return replace(draft, on_behalf_of=person.id)
