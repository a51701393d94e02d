"""Legal notices and list footers: paragraphs that no sender means personally."""

import re

from extractors.authored.closings import CLOSING, CLOSING_LENGTH, NAME
from extractors.authored.page import Page
from extractors.authored.prose import is_meant, is_personal
from extractors.lazily import compiled
from extractors.wordlists import holds_any, stems

_LONGEST = 3000
_MOST_ADDRESSES = 2
_NEAR = 14
_NOTICE = compiled(
    # English
    r"\bconfidentiality (?:notice|note|statement)\b|\b(?:not|other than) (?:the|an) (?:intended|named) (?:recipient"
    r"|addressee)"
    r"|\bintended (?:solely|only|exclusively) for the (?:use|person|individual|named|addressee|recipient)"
    r"|\b(?:solely|only|exclusively) for the (?:use of )?(?:the )?(?:individual|person|intended|named|addressee)"
    r"|\battachments? to this e?-?(?:mail|message)\b.{0,200}\b(?:confiden|privileg|virus|malware|liab|intended)"
    r"|\breceived (?:this (?:e-?mail|message|communication|transmission) |it )?in error\b"
    r"|\bconsider the environment\b|\bviews? (?:or opinions? )?(?:expressed|presented) (?:in this|are|herein)\b"
    r"|\bdo(?:es)? not (?:necessarily )?(?:represent|reflect) the views\b|\blegally privileged\b"
    r"|\bscanned for viruses\b"
    r"|\binformation (?:contained )?in this (?:e-?mail|message|transmission)\b.{0,80}\b(?:confidential|privileged)"
    r"|\bunauthori[sz]ed (?:use|disclosure|copying|review|distribution)\b.{0,120}\bprohibited"
    r"|\b(?:virus|malware)[- ]free\b|\bIRS Circular 230\b"
    r"|\be-?mails? (?:is|are|does|do|shall|can|cannot)\b.{0,60}\bbinding\b|\bbound by statements? made by e-?mail\b"
    # German, Dutch
    r"|\bdiese (?:e-?mail|nachricht)\b.{0,120}\bvertraulich|\bnicht der (?:richtige|beabsichtigte"
    r"|vorgesehene) (?:adressat|empfänger)"
    r"|\birrtümlich erhalten\b|\bhandelsregister\b|\bamtsgericht\b.{0,30}\bhrb\b|\bgeschäftsführe?r(?:in)?:"
    r"|\b(?:dit|deze) (?:e-?mail|bericht|e-mailbericht)\b.{0,160}\bvertrouwelijk|\bniet de (?:geadresseerde"
    r"|bedoelde ontvanger)\b"
    # French, Italian, Spanish, Portuguese
    r"|\b(?:ce|le présent) (?:message|courriel|e-?mail|courrier)\b.{0,160}\bconfidentiel|\bdestinataires? (?:prévu"
    r"|visé|exclusif)"
    r"|\breçu ce (?:message|courriel|mail) par erreur|\b(?:questo|il presente) (?:messaggio"
    r"|e-?mail)\b.{0,160}\b(?:riservat|confidenzial)"
    r"|\binformazioni contenute in quest.{0,120}riservat|\bricevuto (?:questo messaggio )?per errore"
    r"|\best(?:e|a) (?:mensaje|correo|mensagem|e-?mail|comunicación)\b.{0,200}\bconfidenci"
    r"|\brecibido (?:este mensaje )?por error"
    r"|\brecebeu (?:esta mensagem )?por (?:engano|erro)|\bantes de imprimir\b|\bavant d'imprimer\b"
    # Nordic, Polish, Czech, Russian
    r"|\bdet(?:ta|te) (?:meddelande|e-post)\b.{0,160}\bkonfident|\bdenne (?:e-?mail|e-?post"
    r"|meddelelse)\b.{0,160}\b(?:fortroli|konfident)"
    r"|\b(?:niniejsza|ta) (?:wiadomość|korespondencja)\b.{0,160}\bpoufn|\b(?:настоящее|данное"
    r"|это) (?:электронное )?(?:сообщение|письмо)\b"
    r".{0,160}\bконфиденциальн|\btato zpráva\b.{0,160}\bdůvěrn"
    # Japanese, Chinese, Korean
    r"|(?:本メール|このメール).{0,80}(?:機密|秘密)"
    r"|(?:本邮件|此邮件|本郵件).{0,60}(?:机密|保密|機密)"
    r"|(?:본 메일|이 메일|본 이메일).{0,60}(?:기밀|비밀)",
    re.IGNORECASE,
)
_NOTICE_STEMS = stems(
    "confidential intended solely attachment error environment views privileged scanned unauthori prohibited virus"
    " malware binding bound"
    " circular vertraulich adressat empfänger irrtümlich handelsregister amtsgericht geschäftsführ vertrouwelijk"
    " geadresseerde"
    " ontvanger confidentiel destinataire erreur riservat confidenzial errore confidenci engano erro imprimi"
    " konfident fortroli"
    " poufn конфиденц důvěrn 機密 秘密 机密 保密 기밀 비밀 herein"
)
# Words that a sender may also say in earnest: only a last paragraph of them is a notice.
_WEAK_NOTICE = compiled(
    r"\bthis (?:e-?mail|message|transmission|communication)(?: and any (?:attachments?|files?)[^.]{0,60}"
    r"|, including[^.]{0,40},)?"
    r" (?:may (?:contain|be)|is|are|contains) [^.]{0,60}\b(?:confidential|privileged|private|export-controlled"
    r"|proprietary|obligation)\b"
    r"|\bregistered (?:office|number|company|charity)\b|\bcompany (?:number|registration|no\.)|\bVAT (?:no|number"
    r"|id|reg)\b",
    re.IGNORECASE,
)
_FOOTER = compiled(
    r"\bunsubscribe\b|\b(?:update|manage|change) (?:your |my |email )?(?:e-?mail )?(?:preferences|subscription)"
    r"|\byou(?:'re| are)? (?:are )?receiv(?:e|ed|ing) this (?:e-?mail|message|notice|mail|newsletter)\b"
    r"|\b(?-i:[Rr]egistered in [A-Z])|\bregistered (?:office|number)\b|\bprivacy (?:notice|policy)\b|\bopt[- ]?out\b"
    r"|\bnot interested\?|\bterms of (?:use|service)\b|\bwe will never ask (?:you )?for\b"
    r"|\brather not (?:hear|receive)\b|\bprocess personal data\b|\bcalls may be recorded\b|\bcopyright\b|©"
    r"|\ball rights reserved\b|\bview (?:this (?:e-?mail )?)?in (?:your )?browser\b"
    r"|\bthis (?:e-?mail|message) was sent (?:to|by|from)\b|\babmelden\b|\babbestellen\b|\bse désabonner\b"
    r"|\bdésinscri(?:re|ption)|\bdarse de baja\b|\bcancelar (?:la )?suscripción|\bcancelar inscrição\b|\bdescadastr"
    r"|\bdisiscriv|\bannulla (?:l')?iscrizione|\bafmelden\b|\buitschrijven\b|\bavregistrera\b|\bafmeld\b|\bavmeld"
    r"|\bwypisz się\b|\bотписаться\b|配信停止|退订|取消订阅|수신 ?거부",
    re.IGNORECASE,
)
_FOOTER_STEMS = stems(
    "unsubscribe preferences subscription receiv registered privacy opt interested terms rather personal recorded"
    " copyright © rights browser sent confidential privileged private proprietary obligation export company vat"
    " excuse pardon"
    " forgive ignore abmelden abbestellen désabonner désinscri baja suscripción inscrição descadastr iscri afmeld"
    " uitschrijven"
    " avregistrera avmeld wypisz отписаться 配信停止 退订 取消订阅 거부"
)
# What somebody undertakes is their own word, whatever stands beside it; small print only undertakes to refrain.
_UNDERTAKES = compiled(
    r"\b(?:I|we)(?:['’]ll| will| can| could| shall|['’]d|['’]re going to| are going to| would| agree| offer| promise"
    r"| give| hold)\b(?! (?:not|never|only|no longer|also not|be (?:held )?(?:liable|responsible)|accept no|monitor"
    r"|record|process|use your|store|share your|retain|be able to identify|stop (?:mail|email|writ|send)))",
    re.IGNORECASE,
)
_ASTRAY = compiled(r"\bif you (?:are|were|have|received)\b[^.]*", re.IGNORECASE)
_GREETING = compiled(r"(?:hi|hey|hello|dear|good (?:morning|afternoon|evening))\b", re.IGNORECASE)
# A list speaks as "we".
_SINGULAR = compiled(r"\bI(?:['’](?:ll|m|ve|d))? ")
_TYPOS = compiled(
    r"(?:please |kindly )?(?:excuse|pardon|forgive|ignore) (?:any |the |my |all )?(?:typos?|brevity|mistakes"
    r"|spelling|errors)\b.{0,50}",
    re.IGNORECASE,
)


def drop_small_print(page: Page) -> None:
    """Leaves out legal notices wherever they stand, and list footers at the end."""
    paragraphs = page.paragraphs()
    if holds_any(page.lowered, _NOTICE_STEMS):
        for first, end in paragraphs:
            _drop_notice(page, first, end)
    if not holds_any(page.lowered, _FOOTER_STEMS):
        return
    below: list[tuple[int, int]] = []
    for first, end in reversed(paragraphs):
        if not page.own(first):
            continue
        if _drop_footer(page, first, end):
            for address in below:
                page.drop(*address)
            below = []
        elif len(below) < _MOST_ADDRESSES and _is_address(page, first, end):
            below.append((first, end))
        else:
            break


def _drop_notice(page: Page, first: int, end: int) -> None:
    """Leaves out a paragraph from its first line that, with the one after it, reads like a notice."""
    paragraph = " ".join(page.stripped[first : min(end, first + 60)])[:_LONGEST]
    if len(paragraph) < 20 or not holds_any(paragraph.lower(), _NOTICE_STEMS) or not _NOTICE.search(paragraph):
        return
    start = first
    while start < end - 1 and not _NOTICE.search(" ".join(page.stripped[start : start + 2])[:_LONGEST]):
        start += 1
    while start < end - 1 and _is_leave(page.stripped[start]):
        start += 1
    if not _is_their_word(page, start, end):
        page.drop(start, end)


def _is_leave(line: str) -> bool:
    """A closing or a name, and no heading in capitals."""
    short = len(line) <= CLOSING_LENGTH and not line.isupper()
    return short and bool(CLOSING.fullmatch(line) or NAME.fullmatch(line))


def _drop_footer(page: Page, first: int, end: int) -> bool:
    """Leaves out what of a last paragraph is footer. Says whether the paragraph above may be one as well."""
    text = " ".join(page.stripped[first : min(end, first + 60)])[:_LONGEST]
    if not holds_any(text.lower(), _FOOTER_STEMS):
        return False
    if _TYPOS.fullmatch(text) or (_WEAK_NOTICE.search(text) and not is_personal(text)):
        page.drop(first, end)
        return True
    if _SINGULAR.search(text) or not _FOOTER.search(text):
        return False
    if _is_their_word(page, first, end):
        return False
    start = end
    while start > first and _is_footer(page, start - 1):
        start -= 1
    page.drop(start, end)
    return start == first


def _is_their_word(page: Page, first: int, end: int) -> bool:
    """Whether somebody undertakes something in these lines, and has not taken leave above them."""
    text = " ".join(page.stripped[first : min(end, first + 60)])[:_LONGEST]
    return bool(_UNDERTAKES.search(_ASTRAY.sub(" ", text))) and not _is_below_name(page, first)


def _is_below_name(page: Page, index: int) -> bool:
    """Whether the sender has taken leave above: what follows is not the mail's own last paragraph."""
    for at in range(index - 1, max(index - _NEAR, -1), -1):
        line = page.stripped[at]
        if _GREETING.match(line):
            return False
        alone = at == 0 or not page.stripped[at - 1]
        if line and len(line) <= CLOSING_LENGTH and (CLOSING.fullmatch(line) or (alone and NAME.fullmatch(line))):
            return True
    return False


def _is_address(page: Page, first: int, end: int) -> bool:
    """Whether a paragraph may be the postal address that stands below a footer."""
    lines = page.stripped[first:end]
    return len(lines) <= 4 and not any(is_meant(line) for line in lines) and any("," in line for line in lines)


def _is_footer(page: Page, index: int) -> bool:
    """Whether a line of a paragraph with a footer in it belongs to the footer."""
    line = page.stripped[index][:500]
    if _FOOTER.search(line):
        return not is_personal(line) or _is_below_name(page, index)
    return not is_meant(line) and not _is_leave(line)
