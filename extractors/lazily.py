"""Patterns that are compiled at their first use.

There are many hundreds; compiling all of them takes seconds, which a command that judges no draft need not wait for.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` makes of the pattern. `re.error` is raised at the first use, not here."""
    return cast("re.Pattern[AnyStr]", _Lazily(pattern, flags))


class _Lazily:
    """Does what the compiled pattern does. After the first use its methods are that pattern's own."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.flags = pattern, int(flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        ready = re.compile(self.pattern, self.flags)
        self.__dict__.update({method: getattr(ready, method) for method in _METHODS})
        return getattr(ready, name)
