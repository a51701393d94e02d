"""What a promise is about, by its own words, where nobody has named its object."""

from __future__ import annotations

import re
from functools import lru_cache

from app.checks.topics import Topic, topic_of
from extractors.lazily import compiled

_DONE_TO = compiled(
    r"\b(?:i|we)(?:['’]ll| will| can| shall|['’]m going to| am going to|['’]re going to| are going to) "
    r"(?:(?:also|then|personally|gladly|have|be|be able to|make sure to) )*"
    r"(?:finish|complete|start|begin|be done|get done|continue|stop|keep|be)(?: with)?"
    r" (?P<deed>\w+ing)(?: up| out| off| over| in)? "
    r"(?P<object>(?:(?:the|your|our|all|both|these|those|its|every) [^.,;:!?\n]{2,80}|(?:it|them|this|that)\b))",
    re.IGNORECASE,
)
"""`I will finish importing the tank trailers`: the deed is in the second verb, and the thing behind that."""
_DAY = compiled(
    r" (?:an? \w+ (?:earlier|sooner|later)|earlier|sooner|already|by|on|until|till|before"
    r"|in|for|this|next|at|from|so|and|with|to|no later|as) .*|\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def topic_in(action: str | None, object: str | None, text: str) -> Topic:
    """The topic of a promise; where nobody has named an object, deed and thing of its second verb count."""
    found = None if object else _DONE_TO.search(text)
    if found is None:
        return topic_of(action, object, text)
    return topic_of(found["deed"].lower(), _DAY.sub("", found["object"], count=1).strip(), text)
