"""Html that can be parsed in linear time: a mail nests a few dozen elements, an attack thousands."""

import re

from extractors.lazily import compiled

_DEEPEST = 800
_LONGEST_TAG = 20_000
_MOST_ATTRIBUTES = 1_000
# Elements without content or with an implied end do not nest.
_TAG = compiled(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|col|area|base|wbr|source|track|embed|param|p|li|dd|dt|td|th|tr|option)\b)"
    r"[a-z][^<>]*>?",
    re.IGNORECASE,
)
_ANY_TAG = compiled(r"<([a-z][a-z0-9]{0,20})[^<>]{20000,}>", re.IGNORECASE)


def flattened(html: str) -> str:
    """The html, without the tags that nest too deep and without the attributes of a tag that has thousands."""
    if len(html) > _LONGEST_TAG:
        html = _ANY_TAG.sub(_without_attributes, html)
    if html.count("<") <= _DEEPEST:
        return html
    kept: list[str] = []
    depth = at = 0
    for tag in _TAG.finditer(html):
        closing = bool(tag[1])
        if depth >= _DEEPEST and not (closing and depth == _DEEPEST):
            kept.append(html[at : tag.start()])
            kept.append("\n")
            at = tag.end()
        depth = max(depth - 1, 0) if closing else depth + 1
    return "".join([*kept, html[at:]]) if kept else html


def _without_attributes(tag: re.Match[str]) -> str:
    return tag[0] if len(tag[0].split(None, _MOST_ATTRIBUTES + 1)) <= _MOST_ATTRIBUTES else f"<{tag[1]}>"
