"""A mail as lines, each taken for authored until something says otherwise."""

from itertools import accumulate


class Page:
    """The lines of a text, where each starts, and whether it is `kept` as authored.

    `lowered` is the whole text in lower case. `stripped` are the lines without surrounding white space; `following`
    is for each line, and the place after the last, the first line from there on that is not blank (the number of
    lines, if none is). `headers` remembers which lines were seen to be mail headers.
    """

    def __init__(self, text: str) -> None:
        self.lowered = text.lower()
        self.lines = text.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.stripped = [line.strip() for line in self.lines]
        self.kept = [True] * len(self.lines)
        self.following = _following(self.stripped)
        self.headers: dict[int, str | None] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def drop(self, start: int, end: int) -> None:
        """Takes the lines from `start` up to `end` for somebody else's, or for nobody's."""
        self.kept[start:end] = [False] * (end - start)

    def own(self, index: int) -> bool:
        """Whether a line is there, has words and is kept."""
        return 0 <= index < len(self.lines) and self.kept[index] and bool(self.stripped[index])

    def paragraphs(self) -> list[tuple[int, int]]:
        """The (first, end) of each run of kept lines that no blank line interrupts, in order."""
        found: list[tuple[int, int]] = []
        first = -1
        for index, (line, kept) in enumerate(zip(self.stripped, self.kept, strict=True)):
            if line and kept:
                first = index if first < 0 else first
            elif first >= 0:
                found.append((first, index))
                first = -1
        if first >= 0:
            found.append((first, len(self)))
        return found

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The (start, end) in the text of each run of kept lines, without surrounding white space."""
        found: list[tuple[int, int]] = []
        open_from = open_to = -1
        for index, line in enumerate(self.stripped):
            if not self.kept[index]:
                if open_from >= 0:
                    found.append((open_from, open_to))
                open_from = -1
            elif line:
                start = self.starts[index] + self.lines[index].index(line[0])
                open_from = start if open_from < 0 else open_from
                open_to = start + len(line)
        if open_from >= 0:
            found.append((open_from, open_to))
        return tuple(found)


def _following(stripped: list[str]) -> list[int]:
    following = [len(stripped)] * (len(stripped) + 1)
    for index in range(len(stripped) - 1, -1, -1):
        following[index] = index if stripped[index] else following[index + 1]
    return following
