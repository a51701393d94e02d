"""The door: in the sample world anybody may sit down as anybody; elsewhere nobody may."""

from __future__ import annotations

import streamlit as st

from app.services import Services
from app.ui.markup import tag
from app.ui.parts import card_button, show
from app.ui.session import refusal, sit_down
from app.ui.words import worded


def show_sign_in(services: Services) -> None:
    """The people of the sample world to choose from, or what is missing."""
    with st.container(key="door"):
        show(tag("div", "Countersign", cls="cs-mark cs-mark-large"))
        closed = refusal(services.settings)
        if closed is not None:
            needs = "Signing in needs an OpenID Connect provider, and this version cannot be connected to one yet."
            show(tag("div", f"{closed} {needs}", cls="cs-notice cs-notice-bad"))
            return
        intro = "Sample world: anybody may sit down as anybody here. Real sign-in needs an OpenID Connect provider."
        show(tag("p", intro, cls="cs-soft"))
        for person in services.opened.world.people.everybody():
            roles = ", ".join(worded(role) for role in person.roles)
            card = tag(
                "div",
                tag("strong", person.name),
                tag("span", f"{person.title} · {roles}", cls="cs-soft"),
                cls="cs-card cs-person",
            )
            card_button(f"sit-{person.id}", card, label="Sit down", on_click=sit_down, args=(person.id,))
