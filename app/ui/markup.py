"""HTML in which every string from outside is escaped. The page shows nothing dynamic any other way."""

from __future__ import annotations

from html import escape


class Html(str):
    """Markup that was built here and is safe to show. Any other string is text."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # Streamlit takes this as it is; plain strings it dedents, which would change a draft's white space.
        return str(self)


_VOID = frozenset({"br", "hr"})


def tag(name: str, *children: str, cls: str = "", **attributes: str) -> Html:
    """An element. Children that are not `Html` are escaped, and so are attributes; `data_n` becomes `data-n`."""
    named = {"class": cls, **attributes} if cls else attributes
    head = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in named.items())
    if name in _VOID:
        return Html(f"<{name}{head}>")
    return Html(f"<{name}{head}>{joined(*children)}</{name}>")


def joined(*parts: str) -> Html:
    """The parts one after the other; those that are not `Html` are escaped."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))
