"""How people mark what only colleagues should read. "Please don't forward this link" is for customers."""

from __future__ import annotations

import re

from app.checks.content.scanning import stems
from app.checks.turns import Turns
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE

_THEM = r"(?:the\ |a\ |our\ )?(?:customers?|clients?|prospects?|buyers?|externals?|outside(?:rs)?)"
_MARK = r"(?: ^ [ \t]* [*_>#-]* \s* | [\[(<{*]+ \s* )"

MARKERS = Turns(
    rf"""
      [\[(<{{*]+ \s* (?:strictly\ |for\ )?internal (?:\ (?:only|use(?:\ only)?|note|memo|comment|draft|-\ [^\])\n]*
        |eyes\ only))? \s* [:\-–—,;\])>}}*] [^\])\n]{{0,160}} [\])>}}*]*
    | ^ [ \t]* (?-i:INTERNAL) (?: \s* [:\-–—] | \s+ (?-i:ONLY|USE|NOTE|MEMO|EYES|DRAFT|TEAM|COMMENT) \b
        | [ \t]* $ ) [^\n]*
    | ^ [ \t]* internal \s+ (?:notes?|memo|comments?|only|use\ only|eyes\ only|context|summary|remarks?
        |background) \s* (?: [:\-–—,.;] | $ ) [^\n]*
    | ^ [ \t]* internal \s* : [^\n]+
    | ^ [ \t]* [-–—=*\#~]{{1,5}} \s* internal \s* [-–—=*\#~:] [^\n]*
    | (?-i: \b INTERNAL \ (?:USE\ ONLY|ONLY|NOTES?|MEMO|EYES\ ONLY) \b ) [^\n]{{0,60}}
    | (?<!please\ )(?<!Please\ ) \b keep \ (?:this|it|that|all\ this) \ (?:strictly\ )? internal \b (?! \ (?:to
        |within|at|on|for)\ your)
    | \b {_THEM} \ (?:must|should|may|can|does) (?:\ not|n['’]t) \ (?:know|hear|find\ out|learn) \b
    | {_MARK} (?:for\ )? internal \ (?:use|eyes|distribution|circulation|purposes) \ only \b
    | \b (?:for\ )? our \ (?:own\ )? (?:internal\ use | (?:internal\ )?eyes) \ only \b
    | \b internal \ eyes \ only \b | \b (?:not\ for|never\ for) \ (?:external|{_THEM}(?:['’]s?)?) (?:\ (?:eyes|use
        |distribution|view|circulation|consumption))? \b (?! \s+facing)
    | \b not \ (?:to\ be\ )? (?:shared|forwarded|sent|shown|disclosed) \ (?:externally | (?:to|with) \ {_THEM}) \b
    | \b (?:do\ not|don['’]?t|never(?=\ \w+\ (?:this|it)\b)) \ (?:forward|send|share|show|cc|copy|leak|disclose
        |mention|reveal|tell|let) \b
      [^.!?\n]{{0,40}}? \b (?:externally | (?:to|with)? \ ? (?<!your\ ) {_THEM} (?!['’]) | outside \ (?:the\ company
        |our\ team) ) \b
    | {_MARK} (?:please\ )? (?-i:DO\ NOT\ (?:FORWARD|SEND|SHARE)(?!\ (?:THIS\ )?(?:LINK|INVIT)) ) [^\n\])]{{0,60}}
    | {_MARK} do\ not\ (?:forward|send\ (?:yet|out)|send) \s* [.!\])]
    | (?<= [.!?]\s ) do\ not\ forward \s* [.!]
    | \b (?:nur\ für\ den\ internen\ (?:gebrauch|dienstgebrauch)|nur\ intern
        |nicht\ an\ (?:den\ )?kunden\ (?:weiterleiten|senden|schicken)
        |à\ usage\ interne|ne\ pas\ (?:transférer|transmettre|envoyer)\ au\ client|uso\ interno|solo\ uso\ interno
        |no\ reenviar\ al\ cliente)\b [^\n]{{0,60}}
    """,
    _FLAGS,
)
SELF = compiled(
    r"""
      \b (?:note|reminder|memo) \ to \ (?:self|myself|me) \b [^\n.!?]*
    | \b note\ for\ (?:me|myself) \s* [:\-–] [^\n.!?]*
    | \b for \ (?:our|my) \ (?:own\ )? eyes \ only \b
    | (?<![\w-]) (?-i:TODO|FIXME) \b (?! [ ] (?:lists?|apps?|items?|boards?|tasks?) \b ) [^\n]{0,120}
    | ^ [ \t]* [\[(*-]* \s* to-?\s?do \s* (?:for|@) \s* [^\n:]{1,30} : [^\n]*
    | (?-i:\[) \s* (?:to-?do|check|verify|confirm|ask|double[- ]check|fix|update|revise|rewrite|delete|remove
        |not\ sure|do\ we|should\ we
        |is\ this|are\ we|can\ we|pls|please(?!\ note)|need\ to|maybe|waiting\ for|ping|get
        |chase) \b [^\]\n]{2,120} \]
    | (?-i:\[[A-Z][a-z]+) [ ]? [:,] \s* (?:please|pls|can\ you|could\ you|check|verify|confirm|add
        |is\ this) \b [^\]\n]{0,120} \]
    | (?-i:\[[A-Z][a-z]+) \ to \ (?:confirm|check|verify|add|fill|update|review|approve|decide
        |send) \b [^\]\n]{0,80} \]
    | \( \s* (?:check|verify|confirm|ask|double[- ]check|ping|chase) \ (?:with\ |this\ with[ ]
        |back\ with\ )? [^()\n]{0,50}? \b before\ (?:sending|we\ send|this\ goes|it\ goes) [^()\n]{0,30} \)
    | (?: ^ | [.!?:(\[]\s* | \b(?:please|pls|you|kindly)\ | [A-Z]\w+,\ ) (?:check|review|confirm|verify|approve
        |proofread|fix|sanity[- ]check) \b [^.\n]{0,50} \b before \ (?:this\ goes\ out|it\ goes\ out
        |we\ send\ (?:this|it)\b(?!\ to\ you)|I\ (?:send|hit\ send)|sending\ (?:this[ ]
        |it\ )?to\ (?:the\ )?(?:customer|client|prospect))
    """,
    _FLAGS,
)
CRM = Turns(
    r"""
      ^ [ \t]* [\[(*-]* \s* (?:crm|salesforce|sfdc|hubspot|pipedrive) \s* : \s* (?!https?:) [a-z][^\n]*
    |      ^ [ \t]* [\[(*-]* \s* (?:crm|salesforce|sfdc|hubspot|pipedrive|gong|opp(?:ortunity)?|deal|account
        |lead|rep
        |ae
        |sdr|bdr|manager|private|team|sales)
        \s* (?:-\s*)? (?:notes?|comments?|memo|log|summary|entry|update) \s* [:\-–—] [^\n]*
    | ^ [ \t]* [\[(*-]* \s* (?:lead\ score|deal\ score|win\ (?:probability|likelihood|chance)|close\ probability
        |forecast\ (?:category|call)|economic\ buyer
        |meddic|meddpicc|bant|deal\ health|opp(?:ortunity)?\ stage|crm\ stage|health\ score|buying\ signals?
        |churn\ risk|upsell\ potential|red\ flags?|blocker\ in\ deal|champion)
        \s* [:=] [^\n]*
    | ^ [ \t]* (?:update|log) \ (?:this\ |the\ call\ |the\ opp\ |it\ )? (?:in\ |to\ )? (?:the\ |our\ )? (?:CRM
        |Salesforce|HubSpot|opp) \b [^\n]*
    | \b (?:log|logged|update|updated|add|added|note|noted|record|recorded) \b [^.\n]{0,40} \b (?:in|on
        |to) \ (?:our\ CRM|the\ opp(?:ortunity)?\b(?!\ to\b)|the\ CRM\ record)
    """,
    _FLAGS,
)
NOTE_TO = compiled(
    r"\b(?i:note|message|question|reminder|comment|ps|p\.s\.|attn|fao|aside|hint|heads[- ]up)\s+(?i:to"
    r"|for)\s+(?P<name>[A-Z][a-z]+)\b\s*[:\-–—]\s*[^\n\])]*"
)
"""`Note for Jonas: …`, who does not get the mail."""
NOTE_STEMS = stems("note|message|question|reminder|comment|ps for|ps to|p.s. |attn|fao|aside|hint|heads up|heads-up")
MENTION = compiled(r"(?<![\w@.])@(?P<name>[A-Za-z][a-z]+)\b(?!\.\w|@)(?P<mark>[,:]?)\s+(?P<says>[^\n]{0,80})")
"""`@Jonas please check`: a colleague is called who does not get the mail."""
CALLS = compiled(
    r"(?:(?:can|could|would|will) you|please|pls|check|confirm|verify|fyi|what do|do you|is (?:this|that)|add"
    r"|review"
    r"|approve|to (?:check|confirm"
    r"|add|review|verify|approve)|thoughts|does)\b",
    re.IGNORECASE,
)
OF_READER = (
    r"\b(?:do not|don['’]?t|never)\s+(?:forward|send|share|show|mention|tell|reveal|say)\b[^.!?\n]{{0,40}}?"
    r"\b(?:to\s+|with\s+)?(?:{names})\b"
)
"""What must not be told to those who read it."""
ONE_OF_TWO = compiled(r"^[ \t]*[-*]?\s*external\s*:", re.IGNORECASE | re.MULTILINE)
"""`Internal: 4 seats`, `External: 6 seats` is a table."""

MARKER_STEMS = stems(
    """internal|internen|eyes|external|customer|client|prospect|buyer|outside|forward|DO NOT|not send|nur intern
kunden|à usage|ne pas
usage interne|uso interno|reenviar"""
)
SELF_STEMS = stems(
    "to self|to myself|to me|for me|for myself|our eyes|my eyes|own eyes|TODO|FIXME|to do|to-do|todo|[|before"
)
CRM_STEMS = stems(
    """crm|salesforce|sfdc|hubspot|pipedrive|gong|note|comment|memo|score|probab|likelihood|win chance|forecast
economic buyer|medd|bant|health|stage
signal|churn|upsell|red flag|blocker|champion|opp|summary|update|entry"""
)
MENTION_STEMS = stems("@")
OF_READER_STEMS = stems("not|n't|n’t|dont|never")
