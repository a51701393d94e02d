"""How mail programs mark, in html, what they quote and which part is the signature."""

from selectolax.lexbor import LexborNode

from extractors.wordlists import holds_any, word_set

_QUOTES = (
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "moz-cite-prefix",
    "moz-forward-container",
    "zmail_extra",
    "ms-outlook-mobile-reference-message",
    "mail-editor-reference-message-container",
    "isreplycontent",
    "gmail_attr",
)
# From here to the end of the body.
_QUOTE_STARTS = (
    "divrplyfwdmsg",
    "appendonsend",
    "outlookmessageheader",
    "orimsghtmlseperator",
    "replysplit",
    "stopspelling",
)
_SIGNATURES = word_set(
    "gmail_signature moz-signature signature x_signature applemailsignature x_gmail_signature mail-signature"
    " email-signature"
)


def names(node: LexborNode) -> str:
    """The classes, the id and the name of an element, lower case."""
    attributes = node.attributes
    if not attributes:
        return ""
    return (
        f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('name') or ''}".lower().strip()
    )


def is_quote(node: LexborNode, named: str) -> bool:
    """Whether an element holds somebody else's mail and nothing else."""
    if node.tag == "blockquote":
        return not _is_indented(node, named)
    if not named:
        return False
    if "gmail_quote" in named:
        return not _has_marked_quote(node)
    return holds_any(named, _QUOTES) or "quote" in named.split()


def starts_quote(named: str) -> bool:
    """Whether everything from an element on is somebody else's mail."""
    return bool(named) and holds_any(named, _QUOTE_STARTS)


def is_signature(named: str) -> bool:
    return bool(named) and not _SIGNATURES.isdisjoint(named.split())


def _is_indented(node: LexborNode, named: str) -> bool:
    """A blockquote that a sender's button for indenting made, or a template's own."""
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    cited = "quote" in named or (node.attributes.get("type") or "").lower() == "cite" or "cite" in node.attributes
    return "template" in named or (
        not cited and ("border:none" in style or "border:0" in style) and "margin" in style
    )


def _has_marked_quote(node: LexborNode) -> bool:
    """Gmail's container holds the quote as a blockquote, and answers written between its parts beside it."""
    child = node.first_child
    while child is not None:
        if child.tag == "blockquote":
            return True
        child = child.next
    return False
