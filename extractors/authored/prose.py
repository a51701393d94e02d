"""Telling a sentence that is meant for the reader from a title, an address or a list item."""

import re

from extractors.authored.page import Page
from extractors.lazily import compiled
from extractors.wordlists import holds_any, stems, word_set

POSTSCRIPT = compiled(r"(?:p\.? ?p?\.? ?s\b|ps:|n\.?b\b|note:|one more thing|edit:|зы|追伸|ps )", re.IGNORECASE)
ITEM = compiled(r"[-*•◦▪▸►‣·–+>✔✓☑➤→][\uFE0F]?[ ]|\(?(?:\d{1,2}|[A-Za-z])[.)][ ]|\[[ xX]?\]|--[ ]?\w")
_ENDS_SENTENCE = compiled(r"[.!?…:;][\"')\]]*$")
# What somebody undertakes, asks or says in the first person is never boilerplate.
_PERSONAL = compiled(
    r"\b(?:i|we|you|they)['’](?:ll|d|ve|m|re)\b|\bi\b|\b(?:we|you) (?:will|can|are|have|need|should|must|could)\b"
    r"|\blet(?:'s| me| us)\b|\bcall me\b",
    re.IGNORECASE,
)
# Words of positions and company forms; a title of several words has one of them.
_TITLES = word_set(
    "executive manager director engineer sales success consultant officer president founder co-founder counsel"
    " coordinator"
    " specialist representative lead head chief partner analyst associate assistant developer architect advisor"
    " adviser attorney"
    " paralegal recruiter professor supervisor vp svp evp ceo cto cfo coo cmo cro cio ciso owner principal strategist"
    " administrator designer marketing operations gmbh ltd ltd. limited inc inc. llc llp plc b.v. bv s.a. s.l."
    " s.r.l. srl sas ag"
    " kg oy ab a/s corp corp. corporation sdn pty vertrieb leiter leiterin geschäftsführer geschäftsführerin"
    " vertriebsleiter"
    " vertriebsleiterin directeur directrice responsable commercial commerciale gerente directora ventas jefe jefa"
    " direttore"
    " direttrice responsabile vendite diretor diretora vendas verkoop accountmanager säljare försäljning"
    " försäljningschef"
    " salgssjef dyrektor kierownik handlowiec директор менеджер"
)
_WIDE_TITLES = stems("部長 課長 営業部 株式会社 经理 总监 有限公司 과장 부장 이사 주식회사")
_TOKEN = compiled(r"[^\W_][\w./-]*")
_CONTACT = compiled(
    r"[|·•│]|@|\+?\d[\d ().-]{6,}\d|\b(?:www\.|https?:)|\b[\w-]+\.(?:com|example|org|net|io|co|de|fr|uk|eu|ai|app)\b"
    r"|^(?:t|m|p|f|e|w|tel|mob(?:ile)?|cell|phone|fax|direct|office|email|web)\b[.:]",
    re.IGNORECASE,
)
_COMPANY_END = compiled(r"\b(?:Inc|Ltd|Co|Corp|L\.L\.C|S\.A|S\.L|B\.V|Ltda|e\.V)\.$")
_LINE_LENGTH = 90


def is_sentence(line: str) -> bool:
    """Whether a stripped line looks like a whole sentence: an end mark and at least five words."""
    if len(line) < 12 or not _ENDS_SENTENCE.search(line, max(len(line) - 12, 0)):
        return False
    if _COMPANY_END.search(line) and is_title(line):
        return False
    return line.count(" ") >= 4 and not (len(line) <= _LINE_LENGTH and _CONTACT.search(line))


def is_personal(line: str) -> bool:
    """Whether somebody speaks for themselves, or to the reader."""
    return bool(_PERSONAL.search(line))


def is_meant(line: str) -> bool:
    """Whether a stripped line is the sender's word to the reader, wherever it stands."""
    return bool(ITEM.match(line)) or is_sentence(line) or (is_personal(line) and line.count(" ") >= 2)


def is_contact(line: str) -> bool:
    """Whether a stripped line is short and carries a number, an address, a host or a separator of such."""
    return len(line) <= _LINE_LENGTH and bool(_CONTACT.search(line))


def is_title(line: str) -> bool:
    """Whether a stripped line is short and names a position or a company."""
    if len(line) > _LINE_LENGTH:
        return False
    if _TITLES.isdisjoint(_TOKEN.findall(line.lower())) and (line.isascii() or not holds_any(line, _WIDE_TITLES)):
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].islower() for word in words) * 2 <= len(words)


def last_meant(page: Page) -> int:
    """The last kept line that is the sender's word to the reader, postscripts aside; -1 if there is none."""
    for index in range(len(page) - 1, -1, -1):
        line = page.stripped[index]
        if page.own(index) and is_meant(line[:400]) and not POSTSCRIPT.match(line):
            return index
    return -1
