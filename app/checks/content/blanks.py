"""How templates and people mark what is still to be filled in, and what a program leaves where it had nothing."""

from __future__ import annotations

import re

from app.checks.content.scanning import stems
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE

_WORD = (
    r"(?:(?:first|last|full|given|family|contact|lead|account)?[ _-]?names?|company(?:[ _-]name)?"
    r"|client(?:[ _-]name)?"
    r"|customer(?:[ _-]name)?|prospect(?:[ _-]name)?|recipient(?:[ _-]name)?|sender(?:[ _-]name)?|signature|title"
    r"|job[ _-]title"
    r"|role|date|time|day|month|week|link|url|e-?mail|phone(?:[ _-]number)?|number|amount|price"
    r"|product(?:[ _-]name)?|industry"
    r"|city|country|address|topic|pain[ _-]point|competitor|placeholder|department|team|event|metric|percentage"
    r"|quote|x{2,4}|(?-i:[XYN](?:\ ?[-–]\ ?[XYN])?)|\#+|qty|quantity|count|num(?:ber)?\ of\ \w+|next\ steps?"
    r"|calendar[ _-]link|meeting[ _-]link|calendly(?:[ _-]link)?|case[ _-]study|use[ _-]case|website|location"
    r"|position|greeting)"
)
_PHRASE = (
    rf"(?:(?:insert|your|add|enter(?=\ )|fill\ in|their|our|the|specific|relevant|recent|mutual"
    rf"|personali[sz]ed|similar"
    rf"|some|mention|mr\.?/ms\.?|link\ to|(?:name|date|time)\ (?:of|and|or|here)"
    rf"|(?:prospect|recipient|sender|client|customer|competitor|company)(?:['’]?s)?)\b[^\]\n<>]{{0,60}}|{_WORD})"
)
_CAPITALS = r"(?-i:[A-Z]{2,}(?:_[A-Z0-9]+)+|[A-Z]{3,}(?:/[A-Z]{3,})+)"
_GENERAL = (
    r"(?:topic|subject|pain\ ?points?|news|event|challenge|goal|benefit|feature|result|metric|industry|sector"
    r"|region|venue|office|connection"
    r"|achievement|announcement|article|post|initiative|reason|value|period|term|deadline|discount|rate|fee"
    r"|total|sum|price|cost|amount|figure|number"
    r"|name|company|customer|client|competitor|prospect|person|colleague|manager|title|role|department|team"
    r"|product|service|solution|city|state|country"
    r"|address|street|date|day|time|month|week|year|place|location|link|url|phone|reference|example|detail"
    r"|details|project|product\ name|website|tool"
    r"|provider|vendor|partner|segment|use\ case|case\ study|percentage|percent|savings|quantity|count|hotel"
    r"|restaurant|hobby|school|signature|logo|photo)"
)
_GREETING = r"(?:hi|hello|hey|dear|good\ (?:morning|afternoon|evening))"
_NOTHING = r"(?:undefined|(?-i:null|NULL|None|NaN|nil)|\[object\ Object\]|(?-i:N/A))"
_UNIT = (
    r"(?:seats?|users?|licen[cs]es?|hours?|days?|weeks?|months?|years?|percent|per|USD|EUR|GBP|employees|trucks"
    r"|vehicles)"
)

PLACEHOLDER = compiled(
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
    | \[ \s* (?:[A-Za-z'’-]+[ _]){{1,3}} (?:name|date|time|link|url|title|here|amount|price|number|role
        |e-?mail|phone
        |company|details|figure)
        \s* \] (?! \s? \( | : )
    | \[\[ [^\[\]\n]{{1,40}} \]\]
    | \[ \s* (?: {_PHRASE} | {_CAPITALS} ) \s* \] (?! \s? \( | : )   # [NAME], but no [link](https://…)
    | < (?: insert\b[^<>\n]{{0,40}} | your\b[^<>\n]{{0,40}} | {_WORD} | {_CAPITALS}
        | (?-i:[a-z]+(?:\s[a-z]+){{1,4}}) ) >                     # <number of drivers>
    | < (?:name|date|number|title|place|amount|price|list) \ of \ [\w ]{{1,30}} >
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
    | [$€£] \s? (?: _{{2,}} | \.{{2,}} | … ) | [$€£] \s? (?-i:[NXYZ]) \b (?! [-.]?\w )   # $____, $X
    | \[ (?=(?-i:[a-z])) (?! [^\]\n]*\b(?:see|sic|image|photo\ of|screenshot|picture|attached|optional|above
        |below|check|verify|confirm|ask|waiting|pls
        |please)\b ) [^\]\n.!?]{{0,30}} (?<![\w]) {_GENERAL} s? (?:\ (?:discussed|mentioned|here|goes\ here
        |of\ \w+|from\ \w+|in\ \w+|tbd))? \s* \] (?! \s? \( | : )
    | \[ (?:\.{{2,}} | … | \s+ | _+ | \?+ | -+ ) \] (?= \s? (?:%|seats|vehicles|users|trucks|vans|days|weeks
        |per|a\ (?:year|month)|USD|EUR|%|percent) )
    | \[ \s* (?:replace|change\ (?:to|this)|choose|pick|select\ (?:one|the|a)|customi[sz]e|describe|specify
        |state\ (?:the|your)|put|type|list\ (?:the|your)|give
        |e\.g\.|for\ example|example:|reference\ (?:a|the|their)|include\ (?:a|the|your)|something\ about
        |one\ or\ two|\d-\d\ (?:sentences|bullets)) \b [^\]\n]{{0,80}} \]
    | (?<=\ ) \( (?:name|date|time|amount|company|price|number|link|city|industry|title|role|topic|phone|x+
        |\.{{3}}|…|_+) \) (?= \s*[.,;!?] | \s(?:on|at|in|is|will
        |and|for|a\ (?:year|month)|per|with|by|vehicles|seats|users)\b )
    | (?<![:\w/]) _{{1,4}} \s?[/.-]\s? _{{1,4}} (?: \s?[/.-]\s? (?:_{{1,4}}|\d{{2,4}}) )? (?! \w )
    | (?<= [a-z] [ ] ) (?: \.{{3}} | … ) (?= \s (?: {_UNIT} | a\ (?:year|month|week) | dollars | euros
        | vans | drivers ) \b )
    | (?<![\w'’.-]) (?<! model\ ) (?<! series\ ) (?<! class\ ) (?-i:[NXYZ]) \s? (?: % | (?= \s (?: {_UNIT}
        | vans | drivers | depots | yards ) \b ) )
    | [$€£] \s? {_NOTHING} \b | (?<![\w"'“]) (?-i:undefined|NaN|null) \s? % | (?-i:\bNaN\b) (?= \s+ {_UNIT}\b )
    | (?<![\w"'“]) (?-i:undefined|null|None) \s+ (?= (?:seats|users|licen[cs]es|hours|employees|trucks|vehicles|USD
        |EUR|GBP|per\ (?:seat|user|month|year))\b )
    | \[object\ Object\] | (?-i:\bInvalid\ [dD]ate\b) (?! \s+ (?:error|format|message|field|warning|range)s? )
    | \b (?:on|by|until|before|from) \s+ (?-i: DD[./-]MM(?:[./-]YY(?:YY)?)? | MM[./-]DD(?:[./-]YY(?:YY)?)?
        | YYYY-MM-DD | HH:MM )
    | (?<= \w \s ) (?<! : \s ) _{{2,}} (?= [ ,.!?] \s? \w | [,.!?] (?:\s|$) )   # Hi ____, and no form to fill in
    | ^ _{{2,}} (?= \ (?-i:[a-z]) )
    | (?<![\w./@-]) (?:insert|your|first|last|company|customer|client|contact)_(?:\w+_)?(?:name|here|company
        |title) \b
    | (?<= \s ) \?{{2,}} (?= \s+ [a-z] ) | [$€£] \s? \?+ (?= \s | $ )
    | (?<![\w.-]) (?-i: (?:FIRST|LAST|FULL|COMPANY|CONTACT|ACCOUNT|CUSTOMER|CLIENT|SENDER|RECIPIENT
        |PRODUCT)_?NAME ) \b
    """,
    _FLAGS,
)
UNDECIDED = compiled(r"(?-i:\bTB[DCA]\b)")

TALKED_OF_AFTER = compiled(
    r"['\"”’`]?\s+(?:merge\s+)?(?:column|field|variable|placeholder|parameter|tag|token|header|attribute|syntax"
    r"|key)s?\b"
    r"|['\"”’`]?\s+in (?:the|your) (?:template|code|script)",
    re.IGNORECASE,
)
"""What stands behind a placeholder that is the subject of the sentence."""
KEY = compiled(
    r"\[+\s*(?:(?:Ctrl|Control|Strg|Alt|Shift|Cmd|Command|Option|Win(?:dows)?|Fn|Meta)\b[^\]]*|Enter|Return"
    r"|Esc(?:ape)?|Tab|Del(?:ete)?"
    r"|Backspace|Space(?:bar)?|Insert|Ins|Home|End|Pause|Print(?: Screen)?|(?:Page )?(?:Up|Down)"
    r"|(?:Arrow )?(?:Left|Right)|F\d{1,2}|OK|Add|Save|Cancel"
    r"|Back|Next|Export|Import|Submit|Settings|Edit|New|Send|Apply|Close|Open|Yes|No)\s*\]+"
)
"""The name of a key, or of a button that nobody would mistake for a blank."""
PRESSED = compiled(
    r"\b(?:press|hit|click(?:ing)?(?: on)?|tap(?: on)?|choose|select|push|button|key|keys|menu|tab|option"
    r"|tick|then|and|or|with|[+>→])\s*(?:the )?$",
    re.IGNORECASE,
)
"""What stands before a button of any name."""
_BLANK_WORDS = r"(?:insert|your|link|url|name|here|date|company|their|calendar|price|amount)"
BUTTON = compiled(
    rf"\[(?!.*\b{_BLANK_WORDS}\b)[A-Z][\w /&-]{{0,30}}\]|\[[A-Z][a-z]+ (?:name|date|link|price|amount|company)\]$",
    re.IGNORECASE,
)
TALKED_OF_BEFORE = compiled(
    r"\b(?:column|field|variable|placeholder|parameter|merge\ ?tag|tag|token|attribute)s?\s+(?:called\s+|named\s+"
    r"|like\s+)?['\"“‘`]?$",
    re.IGNORECASE,
)

PLACEHOLDER_STEMS = stems(
    """$_|€_|£_|$ _|€ _|£ _|$.|€.|£.|$…|€…|£…|$N|$X|$Y|$Z|€N|€X|€Y|£X|£Y|(name)|(date)|(time)|(amount)|(company)
(price)|(number)|(link)|(city)|(industry)
(title)|(role)|(topic)|(phone)|(x|(...|(…|(_|_/|_.|_-|...| …| N | X | Y | Z | X%| N%
{|[|<|«|%%|## |##|@@|(insert|(fill in|(enter|(add|%|xx|$x|€x|£x|$ x|€ x|£ x|__|??|$?|€?|£?|_name|_here
_company|_title|lorem|dolor
undefined|[obj|fname|first name
XX|NaN|None|null|NULL|N/A|nil|Invalid|DD/|DD.|DD-|MM/|MM.|MM-|YYYY|HH:|_NAME|FIRSTNAME|LASTNAME|FULLNAME|COMPANYNAME
Name,|NAME,|Name:|NAME:
firstname|lastname|username|customer name|contact name|last name|full name|user name"""
)
BARE_GREETING = compiled(
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
