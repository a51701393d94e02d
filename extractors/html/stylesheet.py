"""What the `style` elements of a page say about visibility, by the element it applies to."""

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from extractors.lazily import compiled
from extractors.styles import declarations

_MOST_RULES = 400
_MOST_MATCHES = 100_000
_COMMENT = compiled(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|$)")
# What holds for some screens only hides nothing from everybody.
_SOME_SCREENS = compiled(
    r"@media(?=[^{}]*(?:\(|\bprint\b|\bnot\b))[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}", re.IGNORECASE
)
_EVERY_SCREEN = compiled(r"@media[^{}(]*+\{(?=[^{}]*+\{)", re.IGNORECASE)
_RULE = compiled(r"(?P<selectors>[^{}@;]{1,500}+)\{(?P<body>[^{}]{0,5000}+)\}")
_TELLING = compiled(
    r"display|visibility|opacity|font|color|background|height|width|left|right|top|text-indent|clip|transform|filter"
    r"|margin|white-space",
    re.IGNORECASE,
)
_PSEUDO = compiled(r"::?[\w-]+")


def rules_by_element(tree: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """The declarations for each element, by its `mem_id`; selectors that are not understood are passed over."""
    bodies: dict[str, dict[str, str]] = {}
    for sheet in tree.css("style"):
        css = _SOME_SCREENS.sub("", _COMMENT.sub("", sheet.text(deep=True) or ""))
        css = _EVERY_SCREEN.sub("", css)
        for rule in _RULE.finditer(css):
            if len(bodies) >= _MOST_RULES:
                break
            if _TELLING.search(rule["body"]) and not _PSEUDO.search(rule["selectors"]):
                bodies.setdefault(rule["selectors"].strip(), {}).update(declarations(rule["body"]))
    found: dict[int, dict[str, str]] = {}
    matches = 0
    for selectors, body in bodies.items():
        if matches > _MOST_MATCHES:
            break
        try:
            nodes = tree.css(selectors)
        except SelectolaxError:
            continue
        matches += len(nodes)
        for node in nodes:
            found.setdefault(node.mem_id, {}).update(body)
    return found
