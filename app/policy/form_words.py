"""What a form means, in plain English."""

from __future__ import annotations

from collections.abc import Mapping

from app.policy.form import FieldTest, Form, Items, Line, Match, Value
from app.policy.form_fields import Comparison, Kind, offered_fields, offered_items

_ROOTS = {
    "draft": "the mail",
    "risk": "the risk",
    "deal": "the deal",
    "account": "the customer",
    "sender": "the sender",
    "thread": "the conversation",
    "sequence": "the sequence",
    "operation": "the action",
}
_FIELDS = {
    "draft.client_id": "the submitter's own id",
    "draft.action": "the kind of mail",
    "draft.agent": "the agent",
    "draft.on_behalf_of": "the person in whose name the mail goes out",
    "draft.words": "the number of words",
    "draft.deal_id": "the id of the deal that the mail names",
    "agent": "the agent",
    "thread.step": "the mail's place among ours in the conversation",
    "sequence.step": "the mail's place in the sequence",
    "history.sent_to_recipients": "the number of mails sent to the recipients before",
    "history.sent_in_thread": "the number of mails sent in the conversation before",
    "operation.reversibility": "whether the action can be undone",
}
"""Fields whose path does not read as English."""
_YES_NO = {
    "draft.has_html": ("the mail has an HTML body", "the mail has no HTML body"),
    "deal.known": ("the CRM has the deal", "the CRM does not have the deal"),
    "deal.on_hold": ("the deal is on hold", "the deal is not on hold"),
    "account.known": ("the CRM has the customer", "the CRM does not have the customer"),
    "thread.known": ("the mail continues a conversation", "the mail begins a conversation"),
    "sequence.known": ("the mail belongs to a sequence", "the mail belongs to no sequence"),
    "sequence.paused": ("the sequence is paused for the deal", "the sequence is not paused for the deal"),
}
_ITEMS = {
    "commitments": "promise",
    "dates": "date in the text",
    "attachments": "mention of an attached file",
    "hidden": "hidden passage",
    "checks": "result of a check",
    "contacts": "recipient",
    "changes": "changed field",
    "draft.attachments": "attached file",
}
_MANY = {
    **{path: f"{noun}s" for path, noun in _ITEMS.items()},
    "dates": "dates in the text",
    "attachments": "mentions of an attached file",
    "checks": "results of checks",
    "sender.roles": "roles of the sender",
    "account.domains": "mail domains of the customer",
    "deal.flags": "flags of the deal",
    "risk.reasons": "reasons for the risk",
}
_ITEM_YES_NO = {
    "ambiguous": ("that can be read in more than one way", "that can be read in one way only"),
    "known": ("that is known", "that is not known"),
    "sensitive": ("that is marked as sensitive", "that is not marked as sensitive"),
    "opted_out": ("that wants no mail", "that takes mail"),
    "internal": ("that is one of us", "that is not one of us"),
}
_ITEM_FIELDS = {"check": "id", "how": "way of hiding", "due_day": "last day", "content_type": "type"}
_COMPARISONS: Mapping[Comparison, str] = {
    Comparison.IS: "is",
    Comparison.IS_NOT: "is not",
    Comparison.ONE_OF: "is one of",
    Comparison.NONE_OF: "is none of",
    Comparison.AT_LEAST: "is at least",
    Comparison.MORE_THAN: "is more than",
    Comparison.AT_MOST: "is at most",
    Comparison.LESS_THAN: "is less than",
    Comparison.CONTAINS: "contains",
    Comparison.STARTS_WITH: "begins with",
    Comparison.ENDS_WITH: "ends with",
    Comparison.INCLUDES: "include",
    Comparison.EXCLUDES: "do not include",
}
_OF_DAYS: Mapping[Comparison, str] = {
    Comparison.AT_LEAST: "is on or after",
    Comparison.MORE_THAN: "is after",
    Comparison.AT_MOST: "is on or before",
    Comparison.LESS_THAN: "is before",
}


def words_of(form: Form) -> str:
    """The form as a clause that can follow "if". It has to be one that `cel_of` accepts."""
    if not form.lines:
        return "always"
    return (" and " if form.match is Match.ALL else ", or ").join(map(_line, form.lines))


def field_words(path: str) -> str:
    """What a person would call a field of `offered_fields`: "the deal's close date"."""
    if path in _FIELDS:
        return _FIELDS[path]
    if path in _YES_NO:
        return f"whether {_YES_NO[path][0]}"
    if path.startswith("size("):
        counted = path.removeprefix("size(").removesuffix(")")
        return f"the number of {_MANY.get(counted) or _plain(counted)}"
    root, _, name = path.rpartition(".")
    return f"{_ROOTS.get(root, root)}'s {_plain(name)}"


def item_words(path: str, field: str | None = None) -> str:
    """What a person would call an item of a list of `offered_items`, or (with a field) what is asked of it."""
    if field is None:
        return _ITEMS[path]
    if field in _ITEM_YES_NO:
        return _ITEM_YES_NO[field][0]
    return f"whose {_ITEM_FIELDS.get(field, _plain(field))}"


def comparison_words(comparison: Comparison, kind: Kind) -> str:
    """How a value of this kind is compared: `is at least`, for days `is on or after`."""
    return (_OF_DAYS if kind is Kind.DAY else {}).get(comparison, _COMPARISONS[comparison])


def _plain(name: str) -> str:
    return name.rpartition(".")[2].replace("_", " ")


def _line(line: Line) -> str:
    if isinstance(line, FieldTest):
        if isinstance(line.value, bool):
            return _YES_NO[line.field][not line.value]
        kind = offered_fields()[line.field].kind
        return f"{field_words(line.field)} {_compared(line, kind)}"
    there_is = "there is a" if line.found else "there is no"
    noun = _ITEMS[line.list]
    article = "n" if line.found and noun[0] in "aeiou" else ""
    return f"{there_is}{article} {noun} {' and '.join(_clause(line, test) for test in line.tests)}"


def _clause(line: Items, test: FieldTest) -> str:
    if isinstance(test.value, bool):
        return _ITEM_YES_NO[test.field][not test.value]
    kind = offered_items()[line.list][test.field].kind
    return f"whose {_ITEM_FIELDS.get(test.field, _plain(test.field))} {_compared(test, kind)}"


def _compared(test: FieldTest, kind: Kind) -> str:
    if kind is not Kind.DAY:
        return f"{_COMPARISONS[test.comparison]} {_shown(test.value)}"
    words = f"{comparison_words(test.comparison, kind)} {_shown(test.value)}"
    # A day that is not known is an empty text, and that comes before every other.
    return f"{words} (or not known)" if test.comparison in (Comparison.AT_MOST, Comparison.LESS_THAN) else words


def _shown(value: Value) -> str:
    match value:
        case tuple():
            return ", ".join(map(_shown, value))
        case str():
            return f'"{value}"' if value else "empty"
        case _:
            return f"{value:,}"
