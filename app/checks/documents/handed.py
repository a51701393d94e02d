"""Claims to carry a file in words that have nothing of attaching: "I popped the csv in with this mail"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.content.scanning import holding, stems
from app.checks.once import once
from app.checks.turns import Turns
from app.core.findings import AttachmentClaim, Findings
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.VERBOSE

_THING = (
    r"(?P<{name}>(?:(?:the|our|my|an?|your|this|that|these|those|both|two|three|some)\s+)?(?:(?!(?:of|to|with"
    r"|in|on|at|and|that|for|from|into|as|you|we|I"
    r"|it|is|are)\b)[\w&'’./-]+\s+){{0,4}}?(?:csv|pdf|xlsx?|docx?|pptx?|zip|file|files|spreadsheet|workbook"
    r"|sheet|deck|slides?|presentation|document|doc|docs"
    r"|plan|plans|drawing|map|photos?|pictures?|screenshots?|image|report|reports|overview|summary|minutes"
    r"|notes|protocol|questionnaire|form|contract|agreement"
    r"|NDA|DPA|MSA|SOW|quote|quotation|proposal|offer|invoice|brochure|data\s+sheet|datasheet|white\s*paper"
    r"|guide|manual|template|checklist|schedule|list|calendar"
    r"|timeline|simulation|analysis|model|calculator|letter|certificate|case\s+study|one-?pager|agenda|export"
    r"|log|diagram|recording|draft|version|survey|roadmap"
    r"|price\s+list|terms|study|paper|slide\s+deck|results|figures|order\s+form|examples?|samples?|copy"
    r"|copies|scan|PDFs|comparison|estimate|budget)\b"
    r"(?!\s+(?:csv|pdf|xlsx?|docx?|files?|deck|sheet|spreadsheet|document|plan|reports?|list|form|template|map|model)\b))"
)
_CARRIER = (
    r"(?:(?:this|today['’]s|the\s+present|my\s+present)\s+(?:very\s+)?(?:e-?mail|mail|message|note|one|reply"
    r"|letter|thread)|this\b(?=\s*[.,;:!?)–-]|\s*$|\s+so\b|\s+and\b|\s+for\b)"
    r"|here\b(?!\s+(?:and|or|is|are)\b))"
)
_PUT = (
    r"(?:(?:have|['’]ve|ve|has|just|also|already|even|quickly)\s+)*(?:popp?(?:ed|ing)|pop|dropp?(?:ed|ing)"
    r"|drop|stuck|stick(?:ing)?|tuck(?:ed|ing)?|tack(?:ed|ing)?|slipp?(?:ed|ing)|slip"
    r"|threw|thrown|throw(?:ing)?|chuck(?:ed|ing)?|add(?:ed|ing)?|put(?:ting)?|bundl(?:ed|ing)|clipp?(?:ed"
    r"|ing)|includ(?:ed|ing)|plac(?:ed|ing)|pasted?|fold(?:ed)?|load(?:ed|ing)?"
    r"|shov(?:ed|ing)|whack(?:ed)?|bung(?:ed)?|sling|slung|squeez(?:ed|ing)|pack(?:ed|ing)?|hook(?:ed)?"
    r"|piggyback(?:ed)?|sent|send(?:ing)?|pass(?:ed|ing)?|ship(?:ped|ping)?|bring(?:ing)?|supply(?:ing)?"
    r"|suppli(?:ed)|provid(?:ed|ing)|enclosing)"
)

_HANDED = (
    # I've popped the csv in with this mail
    Turns(
        rf"(?:^|\b(?:I|we|Ive|I['’]ve|we['’]ve|I['’]m|we['’]re|I\s+am|am)\s+|(?<=[.!?:,–-]\s)"
        rf"|\band\s+)(?:{_PUT})\s+(?:you\s+|over\s+|along\s+|in\s+)?"
        rf"{_THING.format(name='a')}\s+(?:\w+\s+){{0,2}}?(?:in|into|on|onto|to|with|along\s+with"
        rf"|together\s+with|inside|under|beneath)?\s*{_CARRIER}",
        _FLAGS | re.MULTILINE,
    ),
    # the file that I've added here; the plan comes with this mail
    Turns(
        rf"(?:{_THING.format(name='a')})\s+(?:(?:that|which)\s+)?(?:(?:I|we)\s*(?:['’]ve|have|am|are"
        rf"|['’]m)?\s+{_PUT}(?:\s+\w+){{0,2}}?\s+(?:in\s+|into\s+|on\s+|to\s+|with\s+|along\s+)*{_CARRIER}"
        rf"|(?:comes|goes|rides|travels|is\s+coming|go|come|goes\s+out|rides\s+along|is\s+riding|flies|is|are"
        rf"|sits|hangs|is\s+hanging|is\s+included|are\s+included|is\s+sitting|is\s+tucked)"
        rf"\s+(?:\w+\s+){{0,3}}?(?:with|in|on|inside|at\s+the\s+(?:bottom|end|foot)\s+of|underneath|below"
        rf"|along\s+with|off|to)\s+{_CARRIER})",
        _FLAGS,
    ),
    # with this mail you'll find / receive / get the reports; you'll find X at the bottom of this mail
    Turns(
        rf"\b(?:you(?:['’]ll|\s+will|\s+should|\s+can)?\s+(?:also\s+)?(?:find|receive|get|see|have|discover"
        rf"|spot))\s+{_THING.format(name='a')}\s+(?:\w+\s+){{0,3}}?(?:in|with|on|at\s+the\s+(?:bottom|end"
        rf"|foot)\s+of|inside|under|below|along\s+with)\s+{_CARRIER}",
        _FLAGS,
    ),
    Turns(
        rf"\b(?:with|bundled\s+with|together\s+with|along\s+with|in|as\s+an?\s+(?:attachment|file"
        rf"|enclosure)\s+(?:to|with|in)|at\s+the\s+(?:bottom|end|foot)\s+of"
        rf"|tucked\s+into)\s+this\s+(?:e-?mail|mail|message|note|reply|letter|one)\s*,?\s*"
        rf"(?:(?:you(?:['’]ll|\s+will|\s+should|\s+can)?|please|kindly)\s+(?:also\s+)?(?:find|receive|get|see"
        rf"|have|discover)|(?:I|we)(?:['’](?:m|re|ve)|\s+am|\s+are|\s+have)?\s+(?:also\s+)?(?:sending|send"
        rf"|sent|passing|supplying|submit|submitting|provide|providing)|comes?|goes|travels?|is"
        rf"|are)\s+(?:you\s+)?(?:over\s+)?"
        rf"{_THING.format(name='a')}",
        _FLAGS,
    ),
    # see the document with this email
    Turns(
        rf"\b(?:see|open|check|read|review|find|use|look\s+at|have\s+a\s+look\s+at"
        rf"|refer\s+to)\s+{_THING.format(name='a')}\s+(?:with|in|on|at\s+the\s+(?:bottom|end|foot)\s+of"
        rf"|inside)\s+this\s+(?:e-?mail|mail|message|one)\b",
        _FLAGS,
    ),
    # Added the minutes as a file; tucked in below: the schedule as a PDF
    Turns(
        rf"(?:^|(?<=[.!?]\s)|\b(?:I|we)(?:['’]ve|\s+have)?\s+){_PUT}\s+(?:in\s+below\s*:\s*|in\s*:\s*"
        rf"|below\s*:\s*)?{_THING.format(name='a')}\s+(?:(?:in|on)\s+)?as\s+an?\s+(?:file|pdf|attachment"
        rf"|word\s+file|spreadsheet|zip|enclosure)\b",
        _FLAGS | re.MULTILINE,
    ),
    Turns(
        rf"\b(?:I|we)(?:['’]ve|\s+have)\s+(?:also\s+)?(?:slipped|popped|dropped|tucked|chucked|thrown|stuck"
        rf"|tacked|bunged)\s+{_THING.format(name='a')}\s+(?:in|on)(?:\s+(?:as\s+well|too|also|there|here"
        rf"|for\s+you)\b|\s*[.,;!]|\s*$)",
        _FLAGS,
    ),
)
_NOT_SAID = compiled(
    r"(?:\b(?:if|whether|once|when|until|unless|will|['’]ll|shall|going\s+to|could|would|should|can|may|might"
    r"|did|do|does|don['’]t|didn['’]t|haven['’]t|not|never|no"
    r"|forgot|tried|want(?:ed)?|you|you['’]ve|you\s+have|they|he|she)\s+(?:\w+\s+){0,2})$",
    re.IGNORECASE,
)
_STEMS = stems("this |here|this.|this,|this!|as a |as an | in.| in,| in as|on as| in too| in for")
_MARKS = compiled(
    r"\b(?:pop|drop|stuck|stick|tuck|tack|slip|threw|throw|chuck|add|put|bundl|clip|includ|plac|past|load"
    r"|shov|whack|bung|slung|pack|hook|send|sent|pass|ship|bring|suppl"
    r"|provid|comes?|goes|rides?|travel|sits?|hang|find|receive|get|see|have|open|check|read|review|use|look"
    r"|is|are)\w*",
    re.IGNORECASE,
)


@once
def handed(findings: Findings) -> Iterator[AttachmentClaim]:
    """The claims that the findings do not have."""
    known = [(claim.start, claim.end) for claim in findings.attachments]
    for begin, stop in findings.authored:
        taken = -1
        for start, end in holding(findings.text, begin, stop, _STEMS, lines=2):
            for match in sorted(_matches(findings.text, start, end), key=lambda m: m.start()):
                covered = any(match.start() < b and a < match.end() for a, b in known)
                if not covered and match.start() >= taken and not _is_unsaid(findings.text, begin, match):
                    taken = match.end()
                    yield AttachmentClaim(text=match[0], start=match.start(), end=match.end(), document=match["a"])


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    if _MARKS.search(text, start, end):
        for pattern in _HANDED:
            yield from pattern.finditer(text, start, end)


def _is_unsaid(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether it is asked, denied, another's doing or still to come."""
    end = re.search(r"[.!?](?=\s|$)|\n\s*\n", text[match.end() : match.end() + 120])
    asked = (
        end is not None
        and end[0] == "?"
        and re.match(r"\s*(?:did|do|does|is|are|was|were|have|has|can|could|would|will)\b", match[0], re.IGNORECASE)
    )
    return bool(asked) or bool(_NOT_SAID.search(text[max(begin, match.start() - 40) : match.start()]))
