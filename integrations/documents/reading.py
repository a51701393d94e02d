"""What every format's reader works with: limits, what has been read so far, and the word for what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


class Unreadable(Exception):
    """A file cannot be read, or not to its end. The message completes a sentence that begins with the file's name."""


class OutOfTime(Unreadable):
    """Reading took too long; another time it may not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much of a file is read. What goes beyond is told, never left out in silence."""

    size: int = 25_000_000
    """Bytes of the file itself: about what mail servers let through."""
    unpacked: int = 60_000_000
    """Bytes of everything in the file that is compressed, taken together."""
    parts: int = 5_000
    """Files within an archive or an Office document."""
    pages: int = 200
    characters: int = 1_000_000
    property_characters: int = 2_000
    """Of one property, such as all comments together."""
    nesting: int = 2
    """Archives within archives."""
    seconds: float = 1.5
    """Of work on one file, as the reader's clock counts them."""


@dataclass(kw_only=True, slots=True)
class Contents:
    """What has been read of one file so far. Whatever exceeds a limit raises Unreadable, and what was read stays."""

    limits: Limits
    clock: Callable[[], float]
    started: float
    properties: dict[str, str] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)
    _characters: int = 0
    _unpacked: int = 0

    @property
    def text(self) -> str:
        """The words so far, without blank lines."""
        lines = (line.strip() for line in "".join(self._pieces).splitlines())
        return "\n".join(line for line in lines if line)

    def add(self, text: str) -> None:
        """Append words. Raises Unreadable where they become too many."""
        room = self.limits.characters - self._characters
        self._pieces.append(text[:room])
        self._characters += len(text)
        if len(text) > room:
            raise Unreadable(f"is longer than the {self.limits.characters:,} characters that are read of a file")

    def tell(self, name: str, value: str | Iterable[str]) -> None:
        """Note what the file says of itself; nothing and blanks are not noted, and much is cut."""
        parts = [value] if isinstance(value, str) else value
        text = "; ".join(words for part in parts if (words := " ".join(part.split())))
        if text:
            self.properties[name] = text[: self.limits.property_characters]

    def unpack(self, size: int) -> None:
        """Count bytes that came out of compression. Raises Unreadable where they become too many."""
        self._unpacked += size
        if self._unpacked > self.limits.unpacked:
            raise Unreadable(f"unpacks to more than {self.limits.unpacked // 1_000_000} MB")
        self.hurry()

    def hurry(self) -> None:
        """Raises OutOfTime where reading has taken too long."""
        if self.clock() - self.started > self.limits.seconds:
            raise OutOfTime(f"could not be read within {self.limits.seconds:g} seconds")
