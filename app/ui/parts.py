"""Small pieces that several views are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

import streamlit as st

from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.session import Notice, Seat, memory


def show(html: Html, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Put escaped markup on the page."""
    st.html(html, width=width)


def show_notice(notice: Notice | None) -> None:
    """One line about what was just done."""
    if notice is not None:
        show(tag("div", visible(notice.text), cls=f"cs-notice cs-notice-{notice.look}", role="status"))


def show_pending_notice(_seat: Seat) -> None:
    """The line that the last action left, once."""
    notice, memory().notice = memory().notice, None
    show_notice(notice)


def card_button(
    key: str, card: Html, *, label: str, on_click: Callable[..., None], args: tuple[object, ...], chosen: bool = False
) -> None:
    """A card of escaped markup that is one large button. A button's own label is Markdown: `label` is fixed text."""
    name = f"card-on-{key}" if chosen else f"card-{key}"
    with st.container(key=name, gap=None):
        show(card)
        st.button(label, key=key, on_click=on_click, args=args, width="stretch")


def badge(text: str, look: str = "") -> Html:
    """A small word in a frame, coloured by what it says."""
    return tag("span", text, cls=f"cs-badge cs-badge-{look or text}")


def fact(name: str, value: str) -> Html:
    """A name and its value on a line."""
    return tag("div", tag("span", name, cls="cs-name"), tag("span", value), cls="cs-fact")


def heading(text: str) -> Html:
    """A quiet heading of a section."""
    return tag("div", text, cls="cs-heading")


def show_soft(lines: Iterable[str]) -> None:
    """Small print, each line by itself."""
    for line in lines:
        show(tag("div", line, cls="cs-soft cs-small"))


def show_parts(
    seat: Seat, parts: Mapping[str, Callable[[Seat], None]], *, labels: Mapping[str, str], key: str
) -> None:
    """A view of several parts: the choice, and the part that is chosen. `labels` stand for names that tell less."""
    st.session_state.setdefault(key, next(iter(parts)))
    chosen = st.segmented_control(
        "Part",
        list(parts),
        required=True,
        key=key,
        format_func=lambda name: labels.get(name, name),
        label_visibility="collapsed",
    )
    with st.container(key=f"{key}-shown"):
        parts[chosen or next(iter(parts))](seat)
