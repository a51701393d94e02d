"""Older mail in the body: what follows a separator or headers, and lines that a mail program marked as quoted."""

import re

from extractors.authored.attributions import attribution_start
from extractors.authored.headers import RULE, opens_header_block
from extractors.authored.page import Page
from extractors.lazily import compiled

_SEPARATOR = compiled(
    r"(?:[-_=*—]{2,}|>)?[ ]*(?:[^-\s].{0,40}[ ])?(?:(?:original|forwarded|reply)[ -]?(?:message|mail)"
    r"|(?:ursprüngliche|weitergeleitete|original)[ -]?nachricht|message (?:d'origine|original|transféré|initial)"
    r"|mensaje (?:original|reenviado)|mensagem (?:original|encaminhada)|messaggio (?:originale|inoltrato)"
    r"|(?:oorspronkelijk|origineel|doorgestuurd) bericht|(?:ursprungligt|vidarebefordrat|ursprungl\.) meddelande"
    r"|(?:oprindelig|opprinnelig|videresendt) (?:meddelelse|melding)|(?:oryginalna|przekazana) wiadomość"
    r"|wiadomość (?:oryginalna|przekazana)"
    r"|(?:исходное|пересылаемое|пересланное) сообщение|転送(?:メッセージ|されたメッセージ)|元のメッセージ"
    r"|原始邮件|原始郵件|转发(?:的)?(?:邮件|消息)"
    r"|轉寄郵件|원본 메(?:시지|일)|전달된 메(?:시지|일)|původní zpráva|alkuperäinen viesti|eredeti üzenet|özgün ileti"
    r"|forwarded by .{0,80})[ ]*(?:-{2,}|_{2,}|={2,}|\*{2,}|—{2,}):?",
    re.IGNORECASE,
)
_BEGIN_FORWARD = compiled(
    r"(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié"
    r"|transféré)"
    r"|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:encaminhada|reencaminhada)"
    r"|begin doorgestuurd bericht|vidarebefordrat brev|start på videresendt besked|początek przekazywanej wiadomości"
    r"|начало переадресованного сообщения|転送されたメッセージ|开始转发的邮件"
    r"|下面是被转发的邮件|전달된 메시지 시작)[ ]?[:：]?",
    re.IGNORECASE,
)
_NOTES_HEADING = compiled(r"\S.*[ ]{3,}(?:To|cc|Subject)|(?:To|cc|Subject)")
_NOTES_LINES = 16
_SHORTEST_SEPARATOR = 8
_INITIALS = compiled(r"[A-Z]{2,3}>[ ]")
_NESTED = compiled(r">[ ]?>|>\s*$")
_QUOTED_ATTRIBUTION = compiled(
    r">.*(?:@.*|wrote|schrieb|écrit|escribió|escreveu|scritto|schreef|skrev)[^:]*:$", re.IGNORECASE
)
_TELLS = compiled(
    r"\b(?:wrote|said|says|asked?|asks|mentioned|quot\w+|questions?|comments?|points?|below|inline|message|e-?mail"
    r"|note"
    r"|request|reply|replied|answers?|concerns?|feedback)\b",
    re.IGNORECASE,
)


def drop_older_mail(page: Page) -> None:
    """Leaves out quoted and forwarded mail with what announces it; answers between the quotes stay."""
    index = page.following[0]
    quoting = False
    while index < len(page):
        line = page.stripped[index]
        if line[0] == ">" or (line[0].isupper() and _INITIALS.match(line)):
            end = _run_end(page, index)
            if quoting or _is_quote(page, index, end):
                page.drop(index, end)
                quoting = True
        elif (start := attribution_start(page, index)) is not None:
            end = index + 1
            if not _drop_announced(page, start, end):
                return
            quoting = True
        elif (announced := _announcement_end(page, index)) is not None:
            end = index + 1
            if not _drop_announced(page, index, announced):
                return
            quoting = True
        else:
            end = index + 1
        index = page.following[end]


def drop_border_rules(page: Page) -> None:
    """Leaves out rules that part the sender's text from nothing but what was left out."""
    at_border = True
    for index in range(len(page) - 1, -1, -1):
        line = page.stripped[index]
        if not page.kept[index]:
            at_border = True
        elif line:
            at_border = at_border and bool(RULE.fullmatch(line))
            page.kept[index] = not at_border


def _drop_announced(page: Page, start: int, end: int) -> bool:
    """Leaves out the announcement of older mail; and all that follows, unless quote marks say how far it reaches."""
    after = page.following[end]
    if after < len(page) and page.stripped[after][0] in ">|":
        page.drop(start, after)
        while after < len(page) and page.stripped[after].startswith("|"):
            page.kept[after] = False
            after += 1
        return True
    page.drop(start, len(page))
    return False


def _announcement_end(page: Page, index: int) -> int | None:
    """The line after a separator, or the very line of headers that begin here; None where no older mail begins."""
    line = page.stripped[index]
    if len(line) <= 160:
        if line[0] in "-_=*—" and RULE.fullmatch(line):
            after = page.following[index + 1]
            opens = after < len(page) and opens_header_block(page, after, announced=True)
            return index if opens else None
        if len(line) >= _SHORTEST_SEPARATOR and line[-1] in "-_=*—:" and _SEPARATOR.fullmatch(line):
            return index + 1
        if _BEGIN_FORWARD.fullmatch(line):
            return index + 1
    if opens_header_block(page, index, announced=False) or _opens_notes_headers(page, index):
        return index
    return None


def _opens_notes_headers(page: Page, index: int) -> bool:
    """Notes sets the sender's name on the left and To, cc and Subject on the right, in columns of spaces."""
    if not page.lines[index].startswith("          "):
        return False
    near = (page.stripped[at] for at in range(index, min(index + _NOTES_LINES, len(page))))
    return len({line.rsplit(None, 1)[-1] for line in near if line and _NOTES_HEADING.fullmatch(line)}) == 3


def _run_end(page: Page, index: int) -> int:
    """The line after a run of marked lines. A word or two that were wrapped out of a long one belong to it."""
    end = index + 1
    while end < len(page) and page.stripped[end]:
        line = page.stripped[end]
        marked = line[0] == ">" or _INITIALS.match(line)
        if not marked and not _wrapped_out(page, end):
            break
        end += 1
    return end


def _wrapped_out(page: Page, index: int) -> bool:
    line, before = page.stripped[index], page.stripped[index - 1]
    after = page.stripped[index + 1] if index + 1 < len(page) else ""
    return line[0].islower() and len(line) <= 40 and len(before) >= 64 and before[0] == ">" and after.startswith(">")


def _is_quote(page: Page, start: int, end: int) -> bool:
    """Whether marked lines are quoted mail, where nothing announced them: the sender may mean an arrow or a"
    " bullet."""
    run = page.stripped[start:end]
    if any(_NESTED.match(line) or _QUOTED_ATTRIBUTION.fullmatch(line) for line in run):
        return True
    before = start - 1
    while before >= 0 and not page.stripped[before]:
        before -= 1
    if before < 0:
        return True
    above = page.stripped[before]
    if above.endswith(":"):
        return bool(_TELLS.search(above)) or any(line.endswith("?") for line in run)
    return before < start - 1
