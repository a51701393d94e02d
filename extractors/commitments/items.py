"""Lines of lists that promise without a verb: "Dana: SOC 2 report by Fri", "Deck: tonight", "10k run tmrw"."""

import re
from dataclasses import dataclass

from extractors.commitments.people import People, looks_like_name
from extractors.findings import CommitmentKind
from extractors.lazily import compiled

_ME = r"(?:me|self|myself|i)"
_OWNER = compiled(
    rf"(?P<owner>(?:{_ME}|us|we|our side|(?:[A-ZÀ-ÞŁŚŻ][\w'’-]+)(?: (?:\+|and|&) (?:{_ME}"
    rf"|[A-ZÀ-Þ][\w'’-]+))?)(?: ?\((?P<side>us|our side|ours|we|you|yours|your side)\))?)[ ]*(?::|-|–|—"
    rf"|→)[ ]+(?P<task>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_OWNER_INSIDE = compiled(
    rf"(?P<task>[^:–—]+?)(?::|[ ][-–—])[ ]+(?P<owner>{_ME}|us|our \w+(?: \w+)?|[A-ZÀ-ÞŁŚŻ][\w'’-]+(?: ?(?:\+"
    rf"|and|&) ?(?:{_ME}|[A-ZÀ-Þ][\w'’-]+))?)(?: ?\((?P<side>[^)]{{1,20}})\))?(?=[ ]*(?:,|[-–—]|$))",
    re.DOTALL,
)
_LABEL = compiled(r"(?P<task>[A-Z][\w &'/+-]{1,50}):[ ]*$")
_SPEAKER = compiled(r"^\[[A-Z]{1,3}\][ ]*")
_ITEM_MARK_WORD = compiled(
    r"^(?:customer|client|you|your|yours|vendor|they|their|all|both|note|risk|cause|pending|completed"
    r"|status|subject|re|hardware|duration|noise|go/no-go|price|term|option|fee|total|when|date|time|where"
    r"|deadline|due|start|end|place|location|dial-in|from|to|cc|sent|submission|arrival)\b",
    re.IGNORECASE,
)
_THEIR_SIDE = compiled(r"\b(?:you|yours?|customer|client)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A list line with an owner of ours; `start` is where the undertaking begins in the line."""

    rule: str
    actor: str
    task: str
    start: int
    kind: CommitmentKind | None = None


def find_item(line: str, people: People, *, dates: list[tuple[int, int]], is_item: bool) -> Item | None:
    """The undertaking of a line such as "Dana: report by Fri"; `dates` are the places of times to come in the
    line.
    """
    begun = _SPEAKER.match(line)
    offset = begun.end() if begun else 0
    if _ITEM_MARK_WORD.match(line, offset):
        return None
    owned = _OWNER.match(line, offset)
    if owned and (is_item or dates) and (dates or is_item) and _ours(owned["owner"], owned["side"], people):
        task = owned["task"]
        starts_with_date = any(start <= owned.start("task") <= end for start, end in dates)
        if not starts_with_date and (dates or owned["owner"].lower() in ("me", "self", "myself")):
            return Item(rule="item.owner", actor=owned["owner"].strip(), task=task, start=offset)
    if is_item and dates:
        inside = _OWNER_INSIDE.match(line, offset)
        if inside and _ours(inside["owner"], inside["side"], people):
            return Item(rule="item.owner-inside", actor=inside["owner"], task=inside["task"], start=offset)
    if dates:
        label = _LABEL.match(line[: dates[0][0]])
        if label and not line[dates[0][1] :].strip(" ."):
            return Item(rule="item.label-date", actor="sender", task=label["task"], start=0)
    return None


def _ours(owner: str, side: str | None, people: People) -> bool:
    if side and _THEIR_SIDE.search(side):
        return False
    if re.match(rf"(?:{_ME}|us|we|our\b)", owner, re.IGNORECASE) and not owner[:2].isupper():
        return True
    first = owner.split(maxsplit=1)[0].strip("'s")
    if side and re.search(r"\b(?:us|our|ours|we)\b", side, re.IGNORECASE):
        return True
    return looks_like_name(first) and people.side(owner) != "theirs" and len(first) > 2
