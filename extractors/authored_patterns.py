"""What quoted mail, signatures and footers look like. Data only; the logic is in authored_text."""

import re

_I = re.IGNORECASE

# From this line on everything is somebody's older mail.
FORWARD_OR_ORIGINAL = re.compile(
    r"[ ]{0,4}(?:-{2,}[ ]*(?:original message|forwarded message|original-?nachricht|message d'origine"
    r"|mensaje original|mensagem original"
    r"|messaggio originale|weitergeleitete nachricht|forwarded by .{0,80})[ ]*-*|begin forwarded message:?)[ ]*",
    _I,
)
RULE_LINE = re.compile(r"[ ]{0,4}[_]{10,}[ ]*")
HEADER_LINE = re.compile(
    r"[ ]{0,4}\*?(?:from|sent|date|to|cc|subject|reply-to|von|gesendet|an|betreff|datum|de|envoyé|para"
    r"|enviado|asunto|assunto|da|inviato|oggetto)"
    r"[ ]?:\*?[ ].{0,300}",
    _I,
)
FIRST_HEADER = re.compile(r"[ ]{0,4}\*?(?:from|von|de|da|van)[ ]?:\*?[ ].{0,300}", _I)

# "On Mon, … wrote:", which may be wrapped over a few lines.
ATTRIBUTION_START = re.compile(
    r"[ ]{0,4}(?:>[ ]?)?(?:on|am|le|el|em|il|op|den|tir\.|man\.|ons\.|tors\.|fre\.|lør\.|søn\.|dne|w dniu"
    r"|[A-Z]\w{0,3}\.?,?[ ]\d)\b.{0,300}",
    _I,
)
ATTRIBUTION_END = re.compile(
    r".{0,300}\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|kirjoitti"
    r"|napisał\(?a?\)?|napsal)\b.{0,120}:[ ]*",
    _I,
)
ATTRIBUTION_SAYS = re.compile(r"\d|>|@")

QUOTED_LINE = re.compile(r"[ ]{0,4}(?:>|\|[ ]).*")

SIGNATURE_DASHES = re.compile(r"(?:--|—|__|_{3,9}|-- )[ ]*")
MOBILE_FOOTER = re.compile(
    r"[ ]*[-_(]*[ ]*(?:sent (?:from|via|using|with) (?:my|the|a|an|mail|outlook|gmail|yahoo|samsung"
    r"|proton)\b.{0,60}|get (?:outlook|mail|gmail|bluemail)\b.{0,60}"
    r"|envoyé de mon .{0,40}|von meinem .{0,40} gesendet|enviado desde mi .{0,40})",
    _I,
)

CLOSING = re.compile(
    r"[ ]*(?:(?:with )?(?:(?:my |our )?(?:kind(?:est)?|best|warm(?:est)?|deepest|sincere|many|friendly) )?"
    r"(?:regards|wishes|apologies)\b.{0,30}|rgds|thanks(?: again| so much| ever so much| & regards| mate"
    r"| and regards)?"
    r"|thank you(?: so much| again)?|thx|cheers|best|all (?:the )?(?:my )?(?:very )?best|yours(?: "
    r"(?:very )?(?:truly|sincerely|faithfully|in service))?|sincerely(?: yours)?"
    r"|respectfully(?: yours)?|cordially|warmly|gratefully|take care|talk soon|ciao|br|kr|lg|mvh|gruß"
    r"|grüße|viele grüße|schöne grüße|freundliche grüsse"
    r"|mit freundlichen grü(?:ß|ss)en.{0,30}|cordialement|cordialmente|saludos|un "
    r"(?:cordial )?saludo.{0,20}|um abraço|abraços|saluti|distinti saluti|pozdrawiam|med vänlig hälsning"
    r"|hälsningar"
    r"|met vriendelijke groet|terima kasih.{0,30}|kind regards.{0,30}|warm regards.{0,30}"
    r"|best regards.{0,30}|with (?:best|warm|kind|sincere|deepest|great|many) .{1,30}|stay (?:cool|safe)"
    r"|happy holidays"
    r"|all my best|yours (?:truly|faithfully|sincerely|very truly))[ ]*[,.!–-]?[ ]*",
    _I,
)
NAME_LINE = re.compile(r"[ ]*[-–—]?[ ]?(?:\w[\w.'’-]*\.?(?:[ ](?:\w[\w.'’-]*|\([^)]{1,20}\))){0,4})[ ]*,?[ ]*")

POSTSCRIPT = re.compile(r"[ ]*(?:p\.? ?p?\.?s\b|nb\b|note:|one more thing)", _I)

# What a signature's lines carry: separators, addresses, telephone numbers, hosts, job words, company forms.
SIGNATURE_EVIDENCE = re.compile(
    r"[|·•]|@|\+?\d[\d ().-]{7,}\d|\b(?:www\.|https?:)|\b[\w-]+\.(?:com|example|org|net|io|co)\b|\b"
    r"(?:account (?:executive|manager)|manager|director|engineer|sales|executive"
    r"|customer success|consultant|officer|president|founder|counsel|coordinator|specialist|representative"
    r"|lead|head of|gmbh|ltd|inc|llc|plc|b\.v\.|s\.a\.|s\.l\.|corp|sdn bhd)\b",
    _I,
)
ENDS_SENTENCE = re.compile(r"[.!?…:;][\"')\]]*$")

# A paragraph that no sender means personally.
DISCLAIMER = re.compile(
    r"\bconfidentiality (?:notice|note|statement)\b|\b(?:not|other than) the (?:intended|named) "
    r"(?:recipient|addressee)|\bthis (?:e-?mail|message|transmission|communication)"
    r"(?: and any (?:attachments?|files?)[^.]{0,60}|, including[^.]{0,40},)? (?:may (?:contain|be)|is|are"
    r"|contains) [^.]{0,60}\b(?:confidential|privileged|private|export-controlled|proprietary|obligation)\b"
    r"|\battachments to this e?-?(?:mail|message)\b|\breceived (?:this (?:e-?mail|message) "
    r"|it )?in error\b"
    r"|\bplease consider the environment\b|\bviews? (?:or opinions? )?expressed (?:in this|are)\b"
    r"|\binformation in this (?:e-?mail|message) is (?:confidential|privileged)",
    _I,
)
FOOTER = re.compile(
    r"\bunsubscribe\b|\bupdate (?:your )?preferences\b|\byou (?:are )?receiv(?:e|ing) this (?:e-?mail"
    r"|message|notice|mail)\b|\bregistered (?:in|office|number)\b|\bprivacy (?:notice|policy)\b"
    r"|\bopt[- ]?out\b"
    r"|\bnot interested\?|\bterms of use\b|\bwe will never ask (?:you )?for\b|\brather not (?:hear"
    r"|receive)\b|\bprocess personal data\b|\bcalls may be recorded\b|\bcopyright\b|©"
    r"|\ball rights reserved\b",
    _I,
)
