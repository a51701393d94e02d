"""Rendering html to the text a reader sees, and setting apart what the reader does not see.

The rendering is the visible text first; every hidden passage follows as a paragraph of its own, so that
findings in it have offsets too and never run into visible words. Quoted mail (blockquotes, reply containers)
gets "> " before each line, which authored_text understands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extractors.errors import ExtractionError
from extractors.findings import HiddenHow, HiddenText
from extractors.styles import Look, declarations, look_inside, parse_colour
from extractors.wordlists import word_set

_BLOCKS = word_set(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr html li main nav ol p pre"
    " section table tbody tfoot thead tr ul"
)
_PARAGRAPHS = word_set("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul dl")
_SILENT = word_set("head script style title noscript template object svg math option select textarea")
_QUOTES = frozenset({"blockquote"})
_QUOTE_CLASSES = (
    "gmail_quote",
    "gmail_extra",
    "yahoo_quoted",
    "moz-cite-prefix",
    "protonmail_quote",
    "divrplyfwdmsg",
    "appendonsend",
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WORDS = re.compile(r"\w{2,}(?:\W+\w+){1,}")
_TAGS = re.compile(r"<[^>]{0,2000}>")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# What holds for some screens only hides nothing from everybody.
_MEDIA = re.compile(r"@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_CSS_RULE = re.compile(r"(?P<selectors>[^{}@;]{1,500})\{(?P<body>[^{}]{0,5000})\}")
_TELLING = re.compile(
    r"display|visibility|opacity|font-size|color|background|height|width|left|top|text-indent|clip", re.IGNORECASE
)
_PSEUDO = re.compile(r"::?[\w-]+")
_MOST_RULES = 400
# Elements without content or with an implied end do not nest.
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|col|area|base|wbr|source|track|embed|param|p|li|dd|dt|td|th|tr|option)\b)[a-z]",
    re.IGNORECASE,
)
_DEEPEST = 2000
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """`text` is the visible text up to `visible_end`, then the hidden passages, each named in `hidden`."""

    text: str
    visible_end: int
    hidden: tuple[HiddenText, ...]


@dataclass
class _Page:
    """The visible text as it grows, and the hidden passages met on the way."""

    parts: list[str] = field(default_factory=list)
    hidden: list[tuple[HiddenHow, list[str]]] = field(default_factory=list)
    quote_depth: int = 0
    fresh_line: bool = True
    run_of: HiddenHow | None = None

    def line_break(self, *, paragraph: bool = False) -> None:
        if not self.fresh_line:
            self.parts.append("\n")
            self.fresh_line = True
        if paragraph and self.parts and self.parts[-1] != "\n\n":
            self.parts.append("\n")

    def write(self, text: str) -> None:
        if self.fresh_line:
            text = text.lstrip(" ")
            if text and self.quote_depth:
                self.parts.append("> ")
        if text:
            self.parts.append(text)
            self.fresh_line = False
            self.run_of = None

    def hide(self, text: str, how: HiddenHow) -> None:
        if self.run_of == how and self.hidden:
            self.hidden[-1][1].append(text)
        elif text.strip():
            self.hidden.append((how, [text]))
            self.run_of = how


def render(html: str) -> Rendering:
    """The text of an html body as a reader sees it, with what is hidden at the end.

    Raises ExtractionError for html that nests too deep to be a mail: parsing such html takes quadratic time.
    """
    if _depth(html) > _DEEPEST:
        raise ExtractionError(f"The html nests more than {_DEEPEST} elements; send a body with less nesting.")
    tree = LexborHTMLParser(html)
    page = _Page()
    rules = _stylesheet(tree)
    looks: list[Look] = [Look()]
    for step, node in _walk(tree.root):
        if step == "enter":
            _enter(node, page, looks, rules)
        else:
            _leave(node, page, looks)
    return _composed(page)


def _depth(html: str) -> int:
    """How deep elements may be nested, judged by their tags alone."""
    depth = deepest = 0
    for tag in _NESTING_TAG.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _walk(root: LexborNode | None) -> Iterator[tuple[Literal["enter", "leave"], LexborNode]]:
    """Depth first without recursion: mail can be nested deeper than the stack."""
    pending: list[tuple[Literal["enter", "leave"], LexborNode]] = [("enter", root)] if root else []
    while pending:
        step, node = pending.pop()
        yield step, node
        if step == "leave" or node.tag in _SILENT:
            continue
        children = []
        child = node.first_child
        while child is not None:
            children.append(child)
            child = child.next
        if node.is_element_node:
            pending.append(("leave", node))
        pending.extend(("enter", child) for child in reversed(children))


def _enter(node: LexborNode, page: _Page, looks: list[Look], rules: dict[int, dict[str, str]]) -> None:
    if node.is_comment_node:
        _comment(node, page)
        return
    if node.is_text_node:
        text = _SPACE.sub(" ", node.text_content or "")
        how = looks[-1].how_hidden
        if how:
            page.hide(text, how)
        else:
            page.write(text)
        return
    if node.tag in _SILENT or not node.is_element_node:
        return
    look = look_inside(looks[-1], _css_of(node, rules))
    looks.append(look)
    if not look.how_hidden:
        _open(node, page)


def _open(node: LexborNode, page: _Page) -> None:
    tag = node.tag or ""
    if tag == "br":
        page.parts.append("\n")
        page.fresh_line = True
    elif tag in ("td", "th"):
        if not page.fresh_line:
            page.parts.append(" | ")
    elif tag in _BLOCKS:
        page.line_break(paragraph=tag in _PARAGRAPHS)
        if tag == "li":
            page.write("- ")
        elif tag == "hr":
            page.write("________________________________")
            page.line_break()
    if _is_quote(node):
        page.line_break()
        page.quote_depth += 1
    if tag == "img" and (node.attributes.get("alt") or "").strip():
        page.write(f" [{_SPACE.sub(' ', node.attributes.get('alt') or '').strip()}] ")


def _leave(node: LexborNode, page: _Page, looks: list[Look]) -> None:
    look = looks.pop()
    if look.how_hidden:
        page.run_of = None if node.tag in _BLOCKS else page.run_of
        return
    if _is_quote(node):
        page.quote_depth -= 1
    if node.tag in _BLOCKS:
        page.line_break(paragraph=node.tag in _PARAGRAPHS)


def _is_quote(node: LexborNode) -> bool:
    if node.tag in _QUOTES:
        return "template" not in (node.attributes.get("class") or "")
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return any(name in named for name in _QUOTE_CLASSES)


def _comment(node: LexborNode, page: _Page) -> None:
    """A comment with words in it; those that mail programs write (conditional markup) hold tags and settings only."""
    words = _SPACE.sub(" ", _TAGS.sub(" ", node.comment_content or "")).strip()
    words = re.sub(r"^\[if [^\]]*\]>?|<?!?\[endif\]$", "", words).strip()
    if _WORDS.search(words) and not re.fullmatch(r"[\w-]+(?: \d+)*", words):
        page.run_of = None
        page.hide(words, "comment")
        page.run_of = None


def _css_of(node: LexborNode, rules: dict[int, dict[str, str]]) -> dict[str, str]:
    """What an element's attributes and the page's style sheet say, the style attribute last."""
    attributes = node.attributes
    css = dict(rules.get(node.mem_id, {}))
    if "hidden" in attributes or (node.tag == "input" and attributes.get("type") == "hidden"):
        css["display"] = "none"
    if attributes.get("bgcolor"):
        css["background-color"] = attributes["bgcolor"] or ""
    if node.tag == "font":
        if attributes.get("color") and parse_colour(attributes["color"] or ""):
            css["color"] = attributes["color"] or ""
        if (attributes.get("size") or "").strip() == "0":
            css["font-size"] = "0"
    css.update(declarations(attributes.get("style") or ""))
    return css


def _stylesheet(tree: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """The declarations of `style` elements by the element they apply to; selectors that are not understood are
    passed over.
    """
    bodies: dict[str, dict[str, str]] = {}
    for sheet in tree.css("style"):
        css = _MEDIA.sub("", _CSS_COMMENT.sub("", sheet.text(deep=True) or ""))
        for rule in _CSS_RULE.finditer(css):
            if _TELLING.search(rule["body"]) and not _PSEUDO.search(rule["selectors"]):
                bodies.setdefault(rule["selectors"].strip(), {}).update(declarations(rule["body"]))
    found: dict[int, dict[str, str]] = {}
    for selectors, body in islice(bodies.items(), _MOST_RULES):
        try:
            nodes = tree.css(selectors)
        except SelectolaxError:
            continue
        for node in nodes:
            found.setdefault(node.mem_id, {}).update(body)
    return found


def _composed(page: _Page) -> Rendering:
    lines = (line.rstrip() for line in "".join(page.parts).split("\n"))
    visible = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
    text, hidden = visible, []
    for how, parts in page.hidden:
        passage = _SPACE.sub(" ", "".join(parts)).strip()
        if not passage:
            continue
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{passage}" if text else passage
        hidden.append(HiddenText(text=passage, start=start, end=start + len(passage), how=how))
    return Rendering(text=text, visible_end=len(visible), hidden=tuple(hidden))
