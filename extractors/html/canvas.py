"""The text of a page as it grows: lines, cells, list marks and quote marks, and hidden passages apart from it."""

from extractors.findings import HiddenHow, HiddenText
from extractors.lazily import compiled

_SPACE = compiled(r"[ \t\n\r\f]+")
_BLANK_LINES = compiled(r"\n{3,}")
SIGNATURE_DELIMITER = "-- "
_DELIMITERS = ("--", "—")


class Canvas:
    """Breaks are put off until words come, so that empty boxes leave no trace."""

    def __init__(self) -> None:
        self.quote_depth = 0
        self.pre_depth = 0
        self._parts: list[str] = []
        self._hidden: list[tuple[HiddenHow, list[str]]] = []
        self._open_passage: HiddenHow | None = None
        self._fresh = True
        self._breaks = 0
        self._after_mark = False
        self._cell_opened = False
        self._cell_from = 0
        self._quote_opened = False
        self._signature_opened = False

    def write(self, text: str) -> None:
        """Visible words, on the line that is open; white space counts once, save where it is preformatted."""
        self._open_passage = None
        if self.pre_depth:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._write(first)
            for line in others:
                self.new_line()
                self._write(line)
            return
        self._write(_SPACE.sub(" ", text))

    def _write(self, text: str) -> None:
        if not text or text.isspace():
            if text and not (self._fresh or self._breaks or self._after_mark or self._parts[-1].endswith(" ")):
                self._parts.append(" ")
            return
        if self._signature_opened:
            self._delimit(text)
        self._settle()
        if self._fresh:
            text = text if self.pre_depth else text.lstrip(" ")
            if self.quote_depth:
                # An empty quoted line first, as mail programs have it: nobody takes what follows for bullets.
                self._parts.append(">\n> " if self._quote_opened else "> ")
                self._quote_opened = False
        elif self._parts[-1].endswith(" ") and not self.pre_depth:
            text = text.lstrip(" ")
        self._parts.append(text)
        self._fresh = False
        self._after_mark = False

    def _settle(self) -> None:
        """Makes the breaks that were put off, or the bar between two cells."""
        if self._breaks and self._parts:
            self._parts.append("\n" * (self._breaks - (1 if self._fresh else 0)))
            self._fresh = True
        elif self._cell_opened and not self._fresh:
            self._parts.append(" | ")
        self._breaks = 0
        self._cell_opened = False

    def line_break(self, *, paragraph: bool = False) -> None:
        """What follows begins a line; after a blank one for a paragraph."""
        if not (self._after_mark or self._cell_opened):
            self._breaks = max(self._breaks, 2 if paragraph else 1)

    def new_line(self) -> None:
        """Ends the line that is open, be it empty."""
        if self._breaks:
            self._settle()
        self._parts.append("\n")
        self._fresh = True
        self._after_mark = False

    def mark(self, mark: str) -> None:
        """A list item's mark; a box opened right after it stays on its line."""
        self.line_break()
        self._write(mark)
        self._after_mark = True

    def rule(self, rule: str) -> None:
        """A line of its own that stands between other lines."""
        self.line_break()
        self._write(rule)
        self.line_break()

    def delimit_signature(self) -> None:
        """The delimiter line above the words that follow, unless the sender wrote one."""
        self._signature_opened = True

    def _delimit(self, text: str) -> None:
        self._signature_opened = False
        last = "".join(self._parts[-6:]).rstrip("\n").rsplit("\n", 1)[-1].strip()
        if text.strip() not in _DELIMITERS and last not in _DELIMITERS:
            self.rule(SIGNATURE_DELIMITER)

    def open_cell(self) -> None:
        """What follows stands beside the cell before, if that was no longer than a line."""
        if self._is_line():
            self._breaks = 0
            self._cell_opened = True
        else:
            self.line_break()
        self._cell_from = len(self._parts)

    def close_cell(self) -> None:
        self._cell_opened = False
        if self._is_line():
            self._breaks = min(self._breaks, 1)

    def _is_line(self) -> bool:
        """Whether what the cell or row holds so far is one line at most."""
        return not any("\n" in part for part in self._parts[self._cell_from :])

    def open_row(self) -> None:
        self.line_break()
        if self._parts:
            self._settle()
        self._cell_from = len(self._parts)

    def open_quote(self) -> None:
        self.line_break()
        self._quote_opened = self._quote_opened or not self.quote_depth
        self.quote_depth += 1

    def close_quote(self) -> None:
        self.line_break()
        self.quote_depth -= 1

    def hide(self, text: str, how: HiddenHow) -> None:
        """Words that are not seen; those that follow each other make one passage."""
        text = _SPACE.sub(" ", text)
        if self._open_passage == how and self._hidden:
            self._hidden[-1][1].append(text)
        elif text.strip():
            self._hidden.append((how, [text]))
            self._open_passage = how

    def close_passage(self) -> None:
        self._open_passage = None

    def composed(self) -> tuple[str, int, tuple[HiddenText, ...]]:
        """The visible text with the hidden passages below it, where the visible text ends, and the passages."""
        lines = (line if line == SIGNATURE_DELIMITER else line.rstrip() for line in "".join(self._parts).split("\n"))
        visible = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
        texts, hidden = [visible] if visible else [], []
        length = len(visible)
        for how, parts in self._hidden:
            passage = _SPACE.sub(" ", "".join(parts)).strip()
            start = length + (2 if texts else 0)
            length = start + len(passage)
            texts.append(passage)
            hidden.append(HiddenText(text=passage, start=start, end=length, how=how))
        return "\n\n".join(texts), len(visible), tuple(hidden)
