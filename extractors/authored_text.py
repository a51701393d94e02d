"""The sender's own new text: no quoted replies, forwarded mail, signatures, disclaimers or mobile footers.

Works line by line and only ever leaves lines out, so the spans it gives are offsets into the text as it came.
When in doubt a line stays in: what is left out is not judged.
"""

from dataclasses import dataclass

from extractors import authored_patterns as patterns

_ATTRIBUTION_LINES = 3
_SIGNATURE_LINE_LENGTH = 75
_SIGNATURE_LINES = 12


@dataclass(frozen=True, kw_only=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def authored_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) of every stretch of authored text, in order, without surrounding white space."""
    lines = _split(text)
    kept = [True] * len(lines)
    _drop_older_mail(lines, kept)
    _drop_signatures(lines, kept)
    _drop_disclaimers(lines, kept)
    return _spans(lines, kept)


def _split(text: str) -> list[_Line]:
    lines = []
    start = 0
    for line in text.split("\n"):
        lines.append(_Line(start=start, text=line))
        start += len(line) + 1
    return lines


def _drop_older_mail(lines: list[_Line], kept: list[bool]) -> None:
    index = 0
    while index < len(lines):
        if _starts_older_mail(lines, index):
            kept[index:] = [False] * (len(lines) - index)
            return
        attribution = _attribution_length(lines, index)
        if attribution:
            after = _next_written(lines, index + attribution)
            kept[index:after] = [False] * (after - index)
            if after < len(lines) and not patterns.QUOTED_LINE.fullmatch(lines[after].text):
                kept[after:] = [False] * (len(lines) - after)
                return
            index = after
            continue
        if lines[index].text.lstrip().startswith(">"):
            kept[index] = False
        index += 1


def _starts_older_mail(lines: list[_Line], index: int) -> bool:
    line = lines[index].text
    if patterns.FORWARD_OR_ORIGINAL.fullmatch(line):
        return True
    if patterns.RULE_LINE.fullmatch(line):
        following = _next_written(lines, index + 1)
        return following < len(lines) and bool(patterns.FIRST_HEADER.fullmatch(lines[following].text))
    if not patterns.FIRST_HEADER.fullmatch(line):
        return False
    headers = sum(bool(patterns.HEADER_LINE.fullmatch(near.text)) for near in lines[index + 1 : index + 5])
    return headers >= 2


def _attribution_length(lines: list[_Line], index: int) -> int:
    """How many lines "On …, X wrote:" takes from here; 0 if there is none."""
    near = lines[index : index + _ATTRIBUTION_LINES]
    if not any(line.text.rstrip().endswith(":") for line in near):
        return 0
    if not patterns.ATTRIBUTION_START.fullmatch(lines[index].text[:300]):
        return 0
    joined = ""
    for count, line in enumerate(near, 1):
        if line.blank:
            return 0
        joined = f"{joined} {line.text.strip()}"[:600]
        if patterns.ATTRIBUTION_END.fullmatch(joined) and patterns.ATTRIBUTION_SAYS.search(joined):
            return count
    return 0


def _next_written(lines: list[_Line], index: int) -> int:
    while index < len(lines) and lines[index].blank:
        index += 1
    return index


def _drop_signatures(lines: list[_Line], kept: list[bool]) -> None:
    index = 0
    closed = False
    while index < len(lines):
        text = lines[index].text
        if not kept[index] or lines[index].blank:
            index += 1
        elif patterns.SIGNATURE_DASHES.fullmatch(text) and index > 0:
            index = _drop_block(lines, kept, index, over_blanks=True)
        elif len(text) <= _SIGNATURE_LINE_LENGTH and patterns.MOBILE_FOOTER.fullmatch(text):
            kept[index] = False
            index += 1
        elif _is_closing(lines, index):
            closed = True
            index = _drop_block(lines, kept, _after_names(lines, index), over_blanks=False)
        elif _opens_block(lines, index) and (closed or _is_last_block(lines, kept, index)):
            index = _drop_bare_signature(lines, kept, index, closed)
        else:
            index += 1


def _is_closing(lines: list[_Line], index: int) -> bool:
    text = lines[index].text
    return len(text) <= _SIGNATURE_LINE_LENGTH and bool(patterns.CLOSING.fullmatch(text))


def _after_names(lines: list[_Line], index: int) -> int:
    """The line after the name (or after a closing in two languages and the name) below a closing."""
    after = _next_written(lines, index + 1)
    while after < len(lines) and after - index < 5 and _is_closing(lines, after):
        after = _next_written(lines, after + 1)
    if after < len(lines) and patterns.NAME_LINE.fullmatch(lines[after].text[:80]):
        return after + 1
    return index + 1


def _drop_block(lines: list[_Line], kept: list[bool], index: int, *, over_blanks: bool) -> int:
    """Leaves out lines of a signature from here to a blank line, a quote, a postscript or a sentence meant for
    the reader.
    """
    dropped = 0
    while index < len(lines) and kept[index] and dropped < _SIGNATURE_LINES:
        line = lines[index]
        if line.blank:
            if not over_blanks or dropped > 1:
                break
        elif (
            patterns.POSTSCRIPT.match(line.text)
            or (dropped and _addresses_reader(line.text))
            or (not over_blanks and _addresses_reader(line.text))
        ):
            break
        else:
            kept[index] = False
            dropped += 1
        index += 1
    return index


def _addresses_reader(line: str) -> bool:
    """A real sentence, as against a title, an address or a footer."""
    return (
        bool(patterns.ENDS_SENTENCE.search(line.rstrip()))
        and len(line.split()) >= 5
        and not patterns.SIGNATURE_EVIDENCE.search(line)
        and not patterns.FOOTER.search(line)
        and not patterns.DISCLAIMER.search(line)
    )


def _opens_block(lines: list[_Line], index: int) -> bool:
    return index > 0 and lines[index - 1].blank


def _block_end(lines: list[_Line], index: int) -> int:
    while index < len(lines) and not lines[index].blank:
        index += 1
    return index


def _is_last_block(lines: list[_Line], kept: list[bool], index: int) -> bool:
    return not any(kept[at] and not lines[at].blank for at in range(_block_end(lines, index), len(lines)))


def _drop_bare_signature(lines: list[_Line], kept: list[bool], index: int, closed: bool) -> int:
    """A block of short lines with a title or an address in it; without a closing before it, its first line is
    the sender's name.
    """
    end = _block_end(lines, index)
    block = lines[index:end]
    short = all(len(line.text) <= _SIGNATURE_LINE_LENGTH for line in block)
    evidence = any(patterns.SIGNATURE_EVIDENCE.search(line.text) for line in block)
    prose = any(_addresses_reader(line.text) or patterns.POSTSCRIPT.match(line.text) for line in block)
    named = bool(patterns.NAME_LINE.fullmatch(block[0].text[:80]))
    if short and evidence and not prose and (closed or (named and len(block) > 1)):
        first = index if closed else index + 1
        kept[first:end] = [False] * (end - first)
    return end


def _drop_disclaimers(lines: list[_Line], kept: list[bool]) -> None:
    """Whole paragraphs of legal small print, and single footer lines at the very end."""
    index = 0
    while index < len(lines):
        end = max(_block_end(lines, index), index + 1)
        paragraph = " ".join(line.text for line in lines[index:end])[:2000]
        if paragraph.strip() and patterns.DISCLAIMER.search(paragraph):
            first = next(
                at for at in range(index, end) if at == end - 1 or patterns.DISCLAIMER.search(_two(lines, at, end))
            )
            kept[first:end] = [False] * (end - first)
        index = end
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].blank or not kept[at]:
            continue
        if not patterns.FOOTER.search(lines[at].text[:500]):
            break
        kept[at] = False


def _two(lines: list[_Line], index: int, end: int) -> str:
    return " ".join(line.text for line in lines[index : min(index + 2, end)])[:600]


def _spans(lines: list[_Line], kept: list[bool]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    open_span: tuple[int, int] | None = None
    for line, keep in zip(lines, kept, strict=True):
        if not keep:
            if open_span:
                spans.append(open_span)
            open_span = None
        elif not line.blank:
            start = line.start + len(line.text) - len(line.text.lstrip())
            end = line.start + len(line.text.rstrip())
            open_span = (open_span[0], end) if open_span else (start, end)
    if open_span:
        spans.append(open_span)
    return tuple(spans)
