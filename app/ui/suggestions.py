"""The suggestions that the reader wants to use, and the mail as it would be with them. Nothing is kept until then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from app.core.checks import Suggestion
from app.core.errors import CountersignError
from app.core.lifecycle import EDITABLE
from app.rewriting import Acceptance, Offer, offers
from app.rewriting.service import preview_suggestions
from app.standing import Standing
from app.ui.acts import save_suggestions
from app.ui.highlight import visible
from app.ui.markup import tag
from app.ui.parts import heading, show, show_soft
from app.ui.session import Seat, memory
from app.ui.words import AFTER_CHECKING, left_out_words


def wanted(standing: Standing) -> tuple[Offer, ...]:
    """The suggestions that the reader wants to use in the draft as it stands."""
    if standing.row.state not in EDITABLE:
        return ()
    chosen = memory().wanted.get(_key(standing), frozenset())
    return tuple(offer for offer in offers(standing.assessment) if offer.suggestion in chosen)


def _key(standing: Standing) -> tuple[str, str]:
    return standing.row.id, standing.row.digest


def _want(standing: Standing, offer: Offer) -> None:
    kept = memory().wanted
    kept[_key(standing)] = kept.get(_key(standing), frozenset()) | {offer.suggestion}


def _want_no_more(standing: Standing, offer: Offer) -> None:
    kept = memory().wanted
    kept[_key(standing)] = kept.get(_key(standing), frozenset()) - {offer.suggestion}


def _put_back(standing: Standing) -> None:
    memory().wanted.pop(_key(standing), None)


def _keep(seat: Seat, standing: Standing, numbers: tuple[int, ...]) -> None:
    if save_suggestions(seat, standing, numbers):
        _put_back(standing)


def show_choice(standing: Standing, offer: Offer) -> None:
    """The button by which a suggestion is used, or is used no more."""
    is_wanted = offer in wanted(standing)
    row = standing.row
    st.button(
        "Do not use this wording" if is_wanted else "Use this wording",
        key=f"{'leave' if is_wanted else 'accept'}-{row.id}-{row.digest}-{offer.number}",
        disabled=memory().editing == row.id,
        help="The text is open. Check it again or put it back first." if memory().editing == row.id else None,
        on_click=_want_no_more if is_wanted else _want,
        args=(standing, offer),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What would become of the suggestions that the reader wants."""

    numbers: tuple[int, ...]
    acceptance: Acceptance | None
    refusal: str = ""
    """Why none of them can be used, where there is no acceptance."""

    @property
    def changes(self) -> Sequence[Suggestion]:
        """What would be replaced in the text that was judged."""
        return [offer.suggestion for offer in self.acceptance.applied] if self.acceptance else []


def preview_of(seat: Seat, standing: Standing) -> Preview | None:
    """What keeping the wanted suggestions would change; None where none is wanted."""
    numbers = tuple(offer.number for offer in wanted(standing))
    if not numbers:
        return None
    try:
        acceptance = preview_suggestions(seat.services.gate, standing, numbers)
    except CountersignError as error:
        return Preview(numbers=numbers, acceptance=None, refusal=str(error))
    return Preview(numbers=numbers, acceptance=acceptance)


def show_preview(seat: Seat, standing: Standing, preview: Preview) -> None:
    """What would be left out and why, and the buttons that keep the rest or put everything back."""
    accepted = preview.acceptance
    with st.container(key="suggestions"):
        if accepted is None:
            show(tag("div", visible(f"That cannot be used: {preview.refusal}."), cls="cs-notice cs-notice-bad"))
        else:
            used = ", ".join(str(offer.number) for offer in accepted.applied)
            show(heading(f"With suggestion {used}, not kept yet"))
            for left in accepted.left_out:
                show(tag("div", visible(left_out_words(left)), cls="cs-notice cs-notice-bad"))
            show_soft(AFTER_CHECKING)
        with st.container(horizontal=True):
            st.button(
                "Check again",
                key="keep-suggestions",
                type="primary",
                disabled=accepted is None,
                on_click=_keep,
                args=(seat, standing, preview.numbers),
            )
            st.button("Put it back", key="drop-suggestions", on_click=_put_back, args=(standing,))
