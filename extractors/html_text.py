"""Rendering html to the text a reader sees, and setting apart what the reader does not see.

The rendering is the visible text first; every hidden passage follows as a paragraph of its own, so that
findings in it have offsets too and never run into visible words. Quoted mail (blockquotes, reply containers)
gets "> " before each line, and a marked signature "-- " above it, which authored_text understands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.findings import HiddenText
from extractors.html.canvas import Canvas
from extractors.html.marks import is_quote, is_signature, names, starts_quote
from extractors.html.nesting import flattened
from extractors.html.stylesheet import rules_by_element
from extractors.lazily import compiled
from extractors.styles import Look, declarations, look_inside, parse_colour
from extractors.wordlists import word_set

_BLOCKS = word_set(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul"
)
_PARAGRAPHS = word_set("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul dl")
_SILENT = word_set("head script style title template iframe noembed noframes datalist")
_LISTS = word_set("ol ul menu dir")
_WORDS = compiled(r"\w{2,}(?:\W+\w+)+")
_TAGS = compiled(r"<[^<>]{0,2000}>")
_SPACE = compiled(r"\s+")
_CONDITION = compiled(r"^\[if [^\]]*\]>?|<?!?\[endif\]$")
# What Exchange writes above every mail that it turned into html.
_PROGRAM_COMMENT = compiled(r"[\w-]+(?: \d+)*|converted from text/(?:plain|rtf) format", re.IGNORECASE)
_RULE = "________________________________"
_LINK_BLUE = "#0000ee"


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """`text` is the visible text up to `visible_end`, then the hidden passages, each named in `hidden`."""

    text: str
    visible_end: int
    hidden: tuple[HiddenText, ...]


@dataclass(kw_only=True, slots=True)
class _Box:
    """An open element: how text in it looks, and what its end undoes."""

    look: Look
    quote: bool = False
    preformatted: bool = False
    items: int | None = None


def render(html: str) -> Rendering:
    """The text of an html body as a reader sees it, with what is hidden at the end.

    Takes any text. Elements that nest deeper than in any mail lose their own style and line breaks, not their words.
    """
    tree = LexborHTMLParser(flattened(html))
    painter = _Painter(rules_by_element(tree))
    for step, node in _walk(tree.root):
        if step == "enter":
            painter.enter(node)
        else:
            painter.leave(node)
    text, visible_end, hidden = painter.canvas.composed()
    return Rendering(text=text, visible_end=visible_end, hidden=hidden)


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


class _Painter:
    """Puts the nodes of a page on a canvas, in their order."""

    def __init__(self, rules: dict[int, dict[str, str]]) -> None:
        self.canvas = Canvas()
        self._rules = rules
        self._boxes = [_Box(look=Look())]

    def enter(self, node: LexborNode) -> None:
        if node.is_text_node:
            self._text(node.text_content or "")
        elif node.is_comment_node:
            self._comment(node)
        elif node.is_element_node and node.tag not in _SILENT:
            css = _css_of(node, self._rules)
            box = _Box(look=look_inside(self._boxes[-1].look, css))
            self._boxes.append(box)
            if not box.look.how_hidden:
                self._open(node, box, css)

    def leave(self, node: LexborNode) -> None:
        box = self._boxes.pop()
        tag = node.tag or ""
        if box.look.how_hidden:
            if tag in _BLOCKS:
                self.canvas.close_passage()
            return
        self.canvas.pre_depth -= box.preformatted
        if box.quote:
            self.canvas.close_quote()
        if tag in ("td", "th"):
            self.canvas.close_cell()
        elif tag in _BLOCKS:
            self.canvas.line_break(paragraph=_is_paragraph(node))

    def _text(self, text: str) -> None:
        how = self._boxes[-1].look.how_hidden
        if how:
            self.canvas.hide(text, how)
        else:
            self.canvas.write(text)

    def _open(self, node: LexborNode, box: _Box, css: dict[str, str]) -> None:
        canvas, tag, named = self.canvas, node.tag or "", names(node)
        if tag == "br":
            canvas.new_line()
        elif tag in ("td", "th"):
            canvas.open_cell()
        elif tag == "tr":
            canvas.open_row()
        elif tag == "hr":
            canvas.rule(_RULE)
        elif tag == "img":
            self._image(node)
        elif tag in _BLOCKS:
            canvas.line_break(paragraph=_is_paragraph(node))
        box.items = _first_number(node) if tag == "ol" else None
        if tag == "li":
            canvas.mark(self._item_mark())
        if tag == "pre" or css.get("white-space", "").startswith(("pre", "break-spaces")):
            box.preformatted = True
            canvas.pre_depth += 1
        if starts_quote(named):
            canvas.open_quote()
        elif is_quote(node, named):
            box.quote = True
            canvas.open_quote()
        elif is_signature(named):
            canvas.delimit_signature()

    def _item_mark(self) -> str:
        """The dash of an item, or its number in the list around it."""
        around = self._boxes[-2]
        if around.items is None:
            return "- "
        around.items += 1
        return f"{around.items}. "

    def _image(self, node: LexborNode) -> None:
        alternative = _SPACE.sub(" ", node.attributes.get("alt") or "").strip()
        if any(letter.isalnum() for letter in alternative):
            self.canvas.write(f" [{alternative}] ")
        elif alternative:
            self.canvas.write(alternative)

    def _comment(self, node: LexborNode) -> None:
        """A comment with words in it; those that mail programs write (conditional markup) hold tags and settings."""
        words = _SPACE.sub(" ", _TAGS.sub(" ", node.comment_content or "")).strip()
        words = _CONDITION.sub("", words).strip()
        if _WORDS.search(words) and not _PROGRAM_COMMENT.fullmatch(words):
            self.canvas.close_passage()
            self.canvas.hide(words, "comment")
            self.canvas.close_passage()


def _is_paragraph(node: LexborNode) -> bool:
    """Whether blank lines part an element from its surroundings; a list inside a list has none."""
    if node.tag in _LISTS:
        return node.parent is None or node.parent.tag not in _LISTS | {"li"}
    return node.tag in _PARAGRAPHS


def _first_number(node: LexborNode) -> int:
    start = (node.attributes.get("start") or "").strip()
    return int(start) - 1 if start.isdecimal() and len(start) < 6 else 0


def _css_of(node: LexborNode, rules: dict[int, dict[str, str]]) -> dict[str, str]:
    """What an element's attributes and the page's style sheet say, the style attribute last."""
    attributes = node.attributes
    css: dict[str, str] = {"color": _LINK_BLUE} if node.tag == "a" and "href" in attributes else {}
    css.update(rules.get(node.mem_id, {}))
    if "hidden" in attributes or (node.tag == "dialog" and "open" not in attributes):
        css["display"] = "none"
    if attributes.get("bgcolor"):
        css["background-color"] = attributes["bgcolor"] or ""
    if attributes.get("background"):
        css["background-image"] = "url()"
    colour = attributes.get("color") if node.tag == "font" else attributes.get("text") if node.tag == "body" else None
    if colour and parse_colour(colour):
        css["color"] = colour
    if attributes.get("style"):
        css.update(declarations(attributes["style"] or ""))
    return css
