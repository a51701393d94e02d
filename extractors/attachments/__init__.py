"""Statements that this very message carries a file."""

import re
from collections.abc import Iterable

from extractors.findings import AttachmentClaim
from extractors.segments import Sentence

_WORTH_A_LOOK = re.compile(r"attach|enclos|\bpf[ab]\b|here(?:'s| is| are)|find (?:below|the)|\bencl\b", re.IGNORECASE)
_DOCUMENT_NOUN = (
    r"(?:document|deck|slides?|presentation|proposal|quote|quotation|contract|agreement|draft|redlines?"
    r"|report|summary|sheet|spreadsheet|workbook|file|pdf|copy|invoice|form|brochure"
    r"|datasheet|data sheet|brief|one-pager|minutes|notes|list|schedule|plan|letter|certificate|template"
    r"|questionnaire|agenda|memo|version|sow|statement of work|nda|msa|order form|photos?|photographs?"
    r"|screenshots?|drawings?|diagram|white ?paper|case study|timeline|table|log|results?|pricing"
    r"|price list|catalog(?:ue)?|guide|kit|po|purchase order|calendar|resume|cv|zip)"
)
_FILE = (
    r"[\w()+-]+(?:\.[\w()+-]+)*\.(?:pdf|docx?|xlsx?|pptx?|csv|zip|txt|png|jpe?g|ics|odt|ods|key|pages"
    r"|numbers|rtf|md|html|eml)\b"
)
_I = re.IGNORECASE

_CLAIMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"\b(?:please |kindly |pls )?(?:find|see|review|refer to|note|consult|check)(?: the| our| my| your)? "
        r"(?:attached|enclosed|attachment)(?: (?:to this|herewith|herein|here))?(?::| is| are)?[ ]*"
        r"(?P<doc>[^.;!?]*?)(?=[.;!?]?$|[.;!?] |,? (?:for your|which|as discussed|as requested|in the meantime"
        r"|so you|so that|to this|that shows|and (?:let|sign|tell|confirm|return|send|review)))",
        r"(?P<doc>(?:the|our|my|a|an|your|this|some|two|both|all|these|three)[^.;:!?]{1,70}?"
        r"|[A-Z][^.;:!?]{1,60}?)[, ]+(?:is|are|can be found|have been|has been)[ ]+(?:also |now |hereby "
        r"|herewith )?(?:attached|enclosed|included as an attachment)\b(?![ ]+to (?:the|your|my|a) (?:contract"
        r"|agreement|wall|end|machine|device|door))[^.;!?,]{0,40}",
        r"\b(?:attached|enclosed)(?: herewith| here| below| to this (?:email|message|mail))?(?:,? "
        r"(?:please find|you will find|you'll find|find|are|is|pls find))?:?[ ]+(?P<doc>(?:the|our|my|a|an"
        r"|your|you|it|for|is|are|some|two|both|these|this|[A-Z0-9]|[\w-]+\.(?:pdf|docx?|xlsx?|pptx?))[^.;!?]*"
        r"(?:\.\w{3,4}\)?)?)",
        r"\b(?:i|we)(?:'ve| have|'m|'re| am| are)?(?: also| just| now| hereby| already)? (?:attached|attaching"
        r"|attach|enclosed|enclosing|enclose|included)(?: herewith| here| below)?[ ]+(?P<doc>(?:the|our|my|a"
        r"|an|your|you|it|some|two|both|these|this|for|[A-Z])[^.;!?]*(?:\.\w{3,4}\)?)?)",
        r"\bpf[ab]:?[ ]+(?P<doc>[^.;!?]+(?:\.\w{3,4}\)?)?)",
        r"\b(?:in|see|with|per|on|to) the (?P<doc>attached[ ][^.;:!?,]{2,60})",
        r"\b(?:as|see|is|are)[ ](?P<doc>attached|enclosed)\b(?![ ]+(?:to|is|are|please))",
        rf"\bhere(?:'s| is| are)[ ]+(?P<doc>(?:the|our|my|a|an|your)[ ](?:[\w-]+[ ]){{0,4}}?{_DOCUMENT_NOUN}"
        rf"(?:[ ](?:you (?:asked|requested|wanted)|as (?:requested|promised|discussed))[^.;!?]*|[ ]\({_FILE}\)|"
        rf"(?=[.!?]|$)))",
        rf"^(?P<doc>[A-Z][\w ,&'-]{{1,50}}|{_FILE})[ ]+(?:attached|enclosed)(?:[.!)]|$)",
    )
)
_SOMEBODY_ELSES = re.compile(
    r"\b(?:you|they|he|she|that was|were|was|had|previously|already|earlier)(?:'ve| have| had|'d)?"
    r"(?: kindly| previously| already| just)? (?:attached|enclosed)\b|\b(?:will|'ll|shall|can|could|to"
    r"|would|should|going to|please|didn't|did not|not|forgot to|never|don't) (?:be )?(?:also )?(?:attach"
    r"|enclose)"
    r"|\bstrings attached|\battached to (?:your|the) (?:contract|agreement)|\byour attach"
    r"|\bsomewhat attached|\bif (?:the|it|i) .{0,20}attached",
    _I,
)
_DOC_END = re.compile(
    r",| (?:for your (?:convenience|review|reference|records|information)|which|as (?:discussed|requested"
    r"|promised|mentioned|well)|so (?:you|that)|in the meantime|with this|to this|for (?:you|the|our"
    r"|review)|that|in case|and (?:will|please|let|have|would|i|we))\b"
)


def find_attachment_claims(sentences: Iterable[Sentence]) -> list[AttachmentClaim]:
    """The attachment claims of a text, in order, at most one a sentence part."""
    claims: list[AttachmentClaim] = []
    for sentence in sentences:
        text = sentence.text
        if not _WORTH_A_LOOK.search(text) or _SOMEBODY_ELSES.search(text):
            continue
        claim = next((found for pattern in _CLAIMS if (found := pattern.search(text))), None)
        if claim:
            start, end = claim.start(), len(text[: claim.end()].rstrip(" .,;:!"))
            claims.append(
                AttachmentClaim(
                    text=text[start:end],
                    start=sentence.start + start,
                    end=sentence.start + end,
                    document=_document(text, claim),
                )
            )
    return claims


def _document(text: str, claim: re.Match[str]) -> str:
    """The file named, or else the noun phrase."""
    file = re.search(_FILE, text[claim.start() : claim.end()], _I)
    phrase = re.sub(
        r"^(?:is|are|please find|you will find|you'll find|find|you)[ ]+", "", claim["doc"].strip(" .,:;"), flags=_I
    )
    end = _DOC_END.search(phrase)
    phrase = (phrase[: end.start()] if end else phrase).strip()
    return phrase or (file[0] if file else claim["doc"].strip())
