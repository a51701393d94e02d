"""When two wordings of a slot are the same, or close."""

from collections import Counter

from extractors.lazily import compiled

_WORD = compiled(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*|[%€$£]")
_DETERMINERS = frozenset(("a", "an", "the", "this", "that", "these", "those", "some", "any", "each", "every"))
_POSSESSIVES = frozenset(("my", "our", "your", "his", "her", "its", "their"))
_GENITIVE = compiled(r"['’]s$")
_CLOSE = 0.5


def words_of(slot: str | None) -> list[str]:
    """The words that count, lower-case: no determiners, possessives or punctuation, unless nothing else is left."""
    words = [_GENITIVE.sub("", word) for word in _WORD.findall((slot or "").lower())]
    return [word for word in words if word not in _DETERMINERS | _POSSESSIVES] or words


def same(found: str | None, labelled: str | None) -> bool:
    """Whether the two are equal in the words that count; nothing equals nothing alone."""
    return words_of(found) == words_of(labelled)


def close(found: str | None, labelled: str | None) -> bool:
    """Whether they are the same, or share at least half the words of the shorter one."""
    one, other = words_of(found), words_of(labelled)
    if not one or not other:
        return one == other
    shared = (Counter(one) & Counter(other)).total()
    return shared / min(len(one), len(other)) >= _CLOSE
