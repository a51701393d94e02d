"""The headers of an older mail that stand in the body: From, Sent, To, Subject in the languages of mail programs."""

import re

from extractors.authored.page import Page
from extractors.lazily import compiled
from extractors.wordlists import any_of

_LABELS = {
    "from": "from|von|de|da|van|från|fra|od|от|від|lähettäjä|odesílatel|feladó|kimden|gönderen"
    "|差出人|发件人|寄件者|寄件人"
    "|보낸 사람|보낸사람|from name",
    "sent": "sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviada em|enviado em|inviato|inviato il|verzonden"
    "|skickat|sendt|wysłano|wysłane|отправлено|надіслано|lähetetty|odesláno|gönderildi|送信日時|送信|发送时间|寄件日期"
    "|傳送時間|보낸 날짜|sent at|sent on",
    "date": "date|datum|data|fecha|dato|дата|päiväys|dátum|tarih|日時|日付|日期|时间|날짜",
    "to": "to|an|à|a|para|per|aan|till|til|do|кому|vastaanottaja|komu|címzett|kime|宛先|收件人|받는 사람|받는사람",
    "cc": "cc|bcc|kopie|kopie an|copie à|ccn|kopia|kopi|dw|копия|抄送|참조|reply-to|importance|attachments|anlagen"
    "|priority",
    "subject": "subject|betreff|betrifft|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|aihe|předmět"
    "|tárgy"
    "|konu|件名|主题|主旨|主題|제목",
}
_KIND = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_HEADER = compiled(rf"[*_]{{0,2}}({any_of(_KIND)})[ ]?[*_]{{0,2}}[ ]?[:：][*_]{{0,2}}(?:\s|$|(?<=：))", re.IGNORECASE)
_LABEL_LENGTH = 22
_MOST_LINES = 12
# What a mail's own headers hold, and a list of "From: Boston, To: Denver" does not.
_ADDRESS_OR_TIME = compiled(r"@|\d{1,2}:\d{2}")
RULE = compiled(r"[_\-=—─*]{6,}|\*[ ]?\*[ ]?\*")


def _kind(page: Page, index: int) -> str | None:
    if index not in page.headers:
        page.headers[index] = _header_kind(page.stripped[index])
    return page.headers[index]


def _header_kind(line: str) -> str | None:
    """Which header a stripped line opens, or None."""
    if ":" not in line[:_LABEL_LENGTH] and "：" not in line[:_LABEL_LENGTH]:
        return None
    header = _HEADER.match(line)
    return _KIND.get(header[1].lower()) if header else None


def opens_header_block(page: Page, index: int, *, announced: bool) -> bool:
    """Whether an older mail's headers begin at this line; `announced` by a rule or a separator above them.

    Headers that nothing announces need more proof, and at the very top of a mail they are its own.
    """
    if _kind(page, index) not in ("from", "date", "sent", "subject", "to"):
        return False
    kinds, block = _block(page, index)
    if "from" not in kinds:
        return False
    if announced:
        return len(kinds) >= 2
    on_top = page.following[0] == index
    if len(kinds) < 3 or on_top:
        return False
    return bool(kinds & {"subject", "sent"}) or bool(_ADDRESS_OR_TIME.search(" ".join(block)))


def _block(page: Page, index: int) -> tuple[set[str], list[str]]:
    """The kinds of header lines from here on, and their text. A long header may run on over two lines, and blank
    lines may part headers.
    """
    kinds: set[str] = set()
    lines: list[str] = []
    strays = 0
    for at in range(index, min(index + _MOST_LINES, len(page))):
        kind = _kind(page, at)
        if kind:
            kinds.add(kind)
            strays = 0
        elif page.stripped[at]:
            strays += 1
        elif strays:
            break
        if strays > 2:
            break
        lines.append(page.stripped[at][:200])
    return kinds, lines
