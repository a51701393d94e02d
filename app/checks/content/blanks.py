"""How templates and people mark what is still to be filled in, and what a program leaves where it had nothing."""

from __future__ import annotations

import re

from app.checks.content.scanning import stems

_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE

_WORD = (
    r"(?:(?:first|last|full|given|family|contact|lead|account)?[ _-]?names?|company(?:[ _-]name)?"
    r"|client(?:[ _-]name)?"
    r"|customer(?:[ _-]name)?|prospect(?:[ _-]name)?|recipient(?:[ _-]name)?|sender(?:[ _-]name)?|signature|title"
    r"|job[ _-]title"
    r"|role|date|time|day|month|week|link|url|e-?mail|phone(?:[ _-]number)?|number|amount|price"
    r"|product(?:[ _-]name)?|industry"
    r"|city|country|address|topic|pain[ _-]point|competitor|placeholder|department|team|event|metric|percentage"
    r"|quote|x{2,4}|(?-i:X|N)|\#+"
    r"|calendar[ _-]link|meeting[ _-]link|calendly(?:[ _-]link)?|case[ _-]study|use[ _-]case|website|location"
    r"|position|greeting)"
)
_PHRASE = (
    rf"(?:(?:insert|your|add|enter|fill\ in|their|our|the|specific|relevant|recent|mutual|personali[sz]ed|similar"
    rf"|some|mention|mr\.?/ms\.?|link\ to|(?:name|date|time)\ (?:of|and|or|here)"
    rf"|(?:prospect|recipient|sender|client|customer|competitor|company)(?:['’]?s)?)\b[^\]\n<>]{{0,60}}|{_WORD})"
)
_CAPITALS = r"(?-i:[A-Z]{2,}(?:_[A-Z0-9]+)+|[A-Z]{3,}(?:/[A-Z]{3,})+)"
_GREETING = r"(?:hi|hello|hey|dear|good\ (?:morning|afternoon|evening))"
_NOTHING = r"(?:undefined|(?-i:null|NULL|None|NaN|nil)|\[object\ Object\]|(?-i:N/A))"
_UNIT = (
    r"(?:seats?|users?|licen[cs]es?|hours?|days?|weeks?|months?|years?|percent|per|USD|EUR|GBP|employees|trucks"
    r"|vehicles)"
)

PLACEHOLDER = re.compile(
    rf"""
      # {{{{first_name}}}}, {{{{ contact.firstname }}}}, {{{{lead.Name:default=}}}}
      \{{\{{\{{? [^{{}}\n]{{0,80}} \}}\}}\}}?
    | \{{% [^{{}}\n]{{0,60}} %\}}
    | \{{! \$? [\w.]{{2,60}} \}}                            # {{!Contact.FirstName}}
    | \$\{{ [A-Za-z_.]+ \}}
    | <%=? [^<>%\n]{{0,60}} %>
    | (?<![\w{{$]) \{{ (?: {_WORD} | {_CAPITALS} | [a-z]+(?:[._][a-z_]+)+ ) \}}   # {{first_name}}, {{contact.name}}
    | (?<![\w$]) \{{ [01]? \}} (?! \s*[:,;)] )                # {{}} and {{0}} of a program's text
    | (?<=hi\ ) \[ [^\]\n]{{1,40}} \] | (?<=dear\ ) \[ [^\]\n]{{1,40}} \] | (?<=hello\ ) \[ [^\]\n]{{1,40}} \]
    | \[ \s* (?:[A-Za-z'’-]+[ _]){{1,3}} (?:name|date|time|link|url|title|here|amount|price|number|role|e-?mail|phone
        |company|details|figure)
        \s* \] (?! \s? \( | : )
    | \[\[ [^\[\]\n]{{1,40}} \]\]
    | \[ \s* (?: {_PHRASE} | {_CAPITALS} ) \s* \] (?! \s? \( | : )   # [NAME], but no [link](https://…)
    | < (?: insert\b[^<>\n]{{0,40}} | your\b[^<>\n]{{0,40}} | {_WORD} | {_CAPITALS}
        | (?-i:[a-z]+(?:\s[a-z]+){{1,4}}) ) >                     # <number of drivers>
    | << \s* (?! [^<>\n]* \.\w{{2,4}} \s* > ) [A-Za-z][\w .]{{1,40}} \s* >> | « \s? {_WORD} \s? »
    | \*\| [A-Z0-9_:]+ \|\*                                 # *|FNAME|*
    | %% \s? [\w.]+ \s? %% | (?<![\w%]) % (?-i:[A-Z][A-Z_]{{2,}}) % | \#\# \s? (?-i:[A-Z][A-Z_ ]{{2,}}) \#\#
        | @@ \w+ @@
    | \( (?:insert|fill\ in|enter|add) \ (?:the\ |your\ |their\ )? (?:\w+\ ){{0,3}}(?:name|date|time|link|amount
        |price|number|here|company|figure)\b [^()\n]{{0,30}} \)
    | (?<!\w) x{{1,3}} \s? %                                # XX%
    | [$€£] \s? x{{1,4}} \b (?! \d) | [$€£] \s? X,XXX
    | (?<![\w.-]) (?-i:X{{2,4}}) (?! [\w-] | \.\w ) (?! \s?\#? \d )   # XXX seats, XX:XX; no XXL and no 555-XXXX
    | \b lorem \s+ ipsum \b | \b dolor \s+ sit \s+ amet \b
    | ^ [ \t]* {_GREETING} ,? [ \t]* {_NOTHING} \b \s*[,!.:]? [ \t]* $   # Hi undefined,
    | ^ [ \t]* {_GREETING} \s+ (?: fname | (?:first|last|full|user|customer|contact)[ _]?name | (?-i:Name
        |NAME) ) (?:\ last\ ?name)? \s* [,!:]
    | (?<! \w ) (?: at | for | to | from | by | with | of | in | on ) \s+ (?-i:undefined|null|NaN|None)
        (?= \s*[.,;!?)] | \s*$ | \s+(?:is|are|was|were|has|will)\b )
    | [$€£] \s? {_NOTHING} \b | (?<![\w"'“]) (?-i:undefined|NaN|null) \s? % | (?-i:\bNaN\b) (?= \s+ {_UNIT}\b )
    | (?<![\w"'“]) (?-i:undefined|null|None) \s+ (?= (?:seats|users|licen[cs]es|hours|employees|trucks|vehicles|USD
        |EUR|GBP|per\ (?:seat|user|month|year))\b )
    | \[object\ Object\] | (?-i:\bInvalid\ [dD]ate\b) (?! \s+ (?:error|format|message|field|warning|range)s? )
    | \b (?:on|by|until|before|from) \s+ (?-i: DD[./-]MM(?:[./-]YY(?:YY)?)? | MM[./-]DD(?:[./-]YY(?:YY)?)?
        | YYYY-MM-DD | HH:MM )
    | (?<= \w \s ) (?<! : \s ) _{{2,}} (?= [ ,.!?] \s? \w | [,.!?] (?:\s|$) )   # Hi ____, and no form to fill in
    | ^ _{{2,}} (?= \ (?-i:[a-z]) )
    | (?<![\w./@-]) (?:insert|your|first|last|company|customer|client|contact)_(?:\w+_)?(?:name|here|company|title) \b
    | (?<= \s ) \?{{2,}} (?= \s+ [a-z] ) | [$€£] \s? \?+ (?= \s | $ )
    | (?<![\w.-]) (?-i: (?:FIRST|LAST|FULL|COMPANY|CONTACT|ACCOUNT|CUSTOMER|CLIENT|SENDER|RECIPIENT
        |PRODUCT)_?NAME ) \b
    """,
    _FLAGS,
)
UNDECIDED = re.compile(r"(?-i:\bTB[DCA]\b)")

TALKED_OF_AFTER = re.compile(
    r"['\"”’`]?\s+(?:merge\s+)?(?:column|field|variable|placeholder|parameter|tag|token|header|attribute|syntax"
    r"|key)s?\b"
    r"|['\"”’`]?\s+in (?:the|your) (?:template|code|script)",
    re.IGNORECASE,
)
"""What stands behind a placeholder that is the subject of the sentence."""
TALKED_OF_BEFORE = re.compile(
    r"\b(?:column|field|variable|placeholder|parameter|merge\ ?tag|tag|token|attribute)s?\s+(?:called\s+|named\s+"
    r"|like\s+)?['\"“‘`]?$",
    re.IGNORECASE,
)

PLACEHOLDER_STEMS = stems(
    """{|[|<|«|%%|## |##|@@|(insert|(fill in|(enter|(add|%|xx|$x|€x|£x|$ x|€ x|£ x|__|??|$?|€?|£?|_name|_here
_company|_title|lorem|dolor
undefined|[obj|fname|first name
XX|NaN|None|null|NULL|N/A|nil|Invalid|DD/|DD.|DD-|MM/|MM.|MM-|YYYY|HH:|_NAME|FIRSTNAME|LASTNAME|FULLNAME|COMPANYNAME
Name,|NAME,|Name:|NAME:
firstname|lastname|username|customer name|contact name|last name|full name|user name"""
)
BARE_GREETING = re.compile(
    rf"""
      ^ [ \t]* {_GREETING} \s+ , [ \t]* $
    | ^ [ \t]* dear (?:\ (?:mr|mrs|ms|dr)\.?)? \s? [,:] [ \t]* $
    | ^ [ \t]* {_GREETING} \s+ (?:mr|mrs|ms|dr)\.? \s? [,:] [ \t]* $
    """,
    _FLAGS,
)
"""Hi ,"""
GREETING_STEMS = stems("hi ,|hello ,|hey ,|dear|morning ,|afternoon ,|evening ,|mr|ms|dr")
UNDECIDED_STEMS = stems("TBD|TBC|TBA")
