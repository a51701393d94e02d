"""Who a clause is about when it says neither "I" nor "we": a colleague of ours, or somebody else."""

import re

from extractors.commitments.people import People, looks_like_name
from extractors.commitments.vetoes import THIRD_PARTY
from extractors.lazily import compiled
from extractors.wordlists import word_set

_OWN = compiled(
    r"^(?:(?:and|but|also|then|so),? )?(?:(?:my|our)\b|(?:(?:the|a|an|one of our"
    r"|two of our) )?[\w .'’-]{0,40}?\b(?:from|of|in|on) (?:our|my)\b|.{0,50}?, (?:our|my)\b|.{0,50}?\("
    r"(?:our|us|my)\b|the (?:team|crew)\b|(?:QA|CEO|CFO|CTO|CISO|COO|legal|finance|engineering|billing"
    r"|ops)\b|our side)",
    re.IGNORECASE,
)
_OURS_AS_THING = compiled(
    r"^(?:(?:and|but|also|then|so),? )?(?:our|my) (?:office|prices?|list prices?|rates?|policy|fees?"
    r"|contract|agreement|records?|system|software|platform|product|company|sensors?|kiosks?|terms|data"
    r"|number|bank|helpdesk|lawyers? fees|customers?|clients?|competitors?|partners?|suppliers?|vendor"
    r"|records|forwarder|carrier|courier|factory|competition|lead times?|meeting|call|conversation"
    r"|relationship|experience)\b",
    re.IGNORECASE,
)
_PRONOUN_PERSON = compiled(r"^(?:and |but |then |so )?(?:he|she|they)$", re.IGNORECASE)
_NAME_WORD = compiled(r"[A-ZÀ-ÞŁŚŻ][\w'’-]*")
_TITLES = frozenset({"Mr", "Ms", "Mrs", "Dr", "Eng", "Sig", "Ing", "Prof", "Khun", "Sir"})
_TITLE = compiled(r"(?:Mr|Ms|Mrs|Dr|Eng|Sig|Ing|Prof|Khun|Sir)\b")
_COMMON_NOUN = compiled(r"(?:s|ing|tion|ment|ity|ence|ance|ure|ness|ship|er|or)$")
_NAMES_LIKE_NOUNS = word_set(
    "james chris thomas lucas jonas nicolas hans lars mats ines agnes oliver peter walter alexander "
    "christopher heather jennifer amber victor hector igor laurence florence lawrence clarence hollis "
    "fergus kestrel wouter esther"
)


def is_known(subject: str, people: People) -> bool:
    """Whether the mail itself places a subject on the sender's side, or names it with a title."""
    return people.side(subject) == "ours" or bool(_OWN.match(subject) or _TITLE.match(subject))


def person_named(subject: str, people: People, near: str | None) -> str | None:
    """The person or team of ours that a subject names, or None."""
    if _PRONOUN_PERSON.match(subject):
        return near
    if _OURS_AS_THING.match(subject):
        return None
    names = [word for word in _NAME_WORD.findall(subject) if looks_like_name(word) and word not in _TITLES]
    if _OWN.match(subject) and not re.match(r"your\b", subject, re.IGNORECASE):
        named = [name for name in names if name.lower() not in ("our", "my")]
        return " ".join(named[:2]) if named else re.sub(r"^(?:(?:and|but|also|then|so),? )", "", subject)
    if THIRD_PARTY.search(subject):
        return None
    if names and people.side(subject) != "theirs" and _is_name_phrase(subject, names):
        return " ".join(names[:2])
    return None


def _is_name_phrase(subject: str, names: list[str]) -> bool:
    """Whether a subject is a name and what is said about it, rather than a title that begins with a capital."""
    first = re.match(r"(?:(?:and|but|also|then|so),? )?(?:(?:Mr|Ms|Mrs|Dr|Eng|Sig|Ing|Prof)\.? )?([\w'’-]+)", subject)
    if not first or first[1] != names[0]:
        return False
    if (
        len(names) == 1
        and not _TITLE.match(subject)
        and _COMMON_NOUN.search(first[1])
        and first[1].lower() not in _NAMES_LIKE_NOUNS
    ):
        return False
    rest = subject[first.end() :].strip()
    return not rest or bool(re.match(r"(?:[A-ZÀ-Þ][\w'’-]*|from|in|of|at|and|,|\(|\+|&)", rest))
