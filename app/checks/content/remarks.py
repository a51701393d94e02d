"""Remarks for colleagues that no marker announces: in brackets, to somebody who gets no mail, about the reader."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from app.checks.content.passages import Stretch
from app.checks.content.scanning import holding, stems
from app.checks.recipients.names import is_first_name
from app.checks.turns import Turns
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE

_BRACKETED = compiled(
    r"\[\[?(?P<a>[^\[\]\n]{3,200})\]|\((?P<b>(?:[^()\n]|\n(?!\n)){3,200})\)|\{(?P<c>[^{}\n]{3,200})\}"
    r"|<<+(?P<d>[^<>\n]{3,200})>>|>>>?(?P<e>[^<>\n]{3,200})<<|\*\*\*?(?P<f>[^*\n]{3,200})\*\*"
    r"|^[ \t]*(?://|/\*|<!--|%%|\#\#+|--+|==+|>>)[ ]?(?P<g>[A-Za-z][^\n]{3,200})$|_{2}(?P<h>[^_\n]{5,200})__"
    r"|<(?P<i>[A-Z][a-z]+[ ,:][^<>\n@]{3,120})>",
    re.MULTILINE,
)
_INSIDERS = (
    r"(?:legal|finance|product|engineering|eng|dev(?:s|elopment)?|marketing|sales(?:\ ops)?|support|ops"
    r"|the\ team|our\ team"
    r"|pricing|deal\ desk|counsel|accounting|rev\ ?ops|upstairs|manager|my\ boss|the\ boss|compliance|security)"
)
_WORK = Turns(
    rf"""
      \b(?:plz|double[- ]?check|sanity[- ]check|fact[- ]check|proof-?read)\b
    | \b(?:pls|please|kindly)\ (?:check|confirm|verify|review|approve|add|fill|fix|update|remove|delete
        |rewrite|reword|advise
        |validate|sign\ off|edit|shorten|insert|ok)\b
    | \b(?:needs?|awaiting|pending|waiting\ (?:for|on)|wait\ for|missing)\ (?:\w+\ ){{0,3}}?(?:{_INSIDERS}
        |sign-?off|approval|numbers?
        |confirmation|source|input|review|check(?:ing)?|confirm(?:ing)?|rewording|figures?|proof|quote\ from)\b
    | \bnot\ (?:yet\ )?(?:reviewed|approved|checked|confirmed|verified|final|signed\ off|cleared|sure)\b
    | \b(?:ask|ping|check|confirm|verify|clear|align|run|chase|get|tbc|tbd
        |loop\ in)\b(?:\ \w+){{0,4}}?\ (?:w/|with|by|past|from|to)?\ ?{_INSIDERS}\b
    | \b(?:ask|asking|ping|tell|remind|nudge|chase|over\ to|confirm\ with|cleared\ with|check\ w/|check\ with
        |run\ by)\ (?-i:[A-Z][a-z]+)\b (?!\W+if\b)
    | \b(?:not|un)\ ?sure\ (?:about|if|whether|we|that|this|of)\b | \bunsure\b
    | \b(?:remove|delete|take\ out|strip|cut|drop|edit|rewrite|reword|soften|tone\ down|rephrase
        |shorten)\b(?:\ \w+){{0,5}}?\ (?:before|prior|this
        |later|if|please)\b
    | \b(?:before|prior\ to|until)\ (?:sending|we\ send|I\ send|this\ (?:goes|leaves|is\ sent|gets)
        |it\ (?:goes\ out|leaves)|hitting\ send)\b
    | \bneeds?\ (?-i:[A-Z][a-z]+)['’]s\b | \b(?:just|only|purely|strictly)\ (?:for|between)\ us\b | \b(?:tbc
        |tbd|to\ be\ confirmed)\ (?:with|by)\b
    | \b(?:don['’]t|do\ not)\ quote\ us\b
    | \b(?:can|may|could|should|do|did|are|were|have)\ we\ (?:really\ |actually\ |even\ |already[ ]
        |still\ )?(?:say|promise|claim|share|mention
        |offer|sure|have|want|allowed|need|send|quote|commit|know|support|give|publish|name|tell|put|state|use)\b
    | \b(?:is|are)\ (?:that|this|these|it)\ (?:still\ |really\ |even\ |actually\ )?(?:true|correct|right|ok
        |okay|allowed|accurate|current|valid|final
        |approved|up\ to\ date|legal|public)\b
    | \b(?:some(?:one|body)|any(?:one|body))\ (?:please\ |pls\ )?(?:check|confirm|verify|know|double|look|fix|add)
    | \b(?:our\ side|our\ eyes|the\ team|in-?house|internal(?:ly)?)\b | ^\W*(?:source|citation|owner|who)\b\W*\?
    | \bto\ be\ (?:checked|verified|confirmed|approved|reviewed|filled\ in|completed|updated)\ (?:by|with)\b
    | \b(?:placeholder|old\ (?:number|price|figure)|wrong\ (?:number|price|figure)|made\ up|guess(?:ed)?\ number)\b
    """,
    _FLAGS,
)
"""What people tell each other about a mail that is not ready."""
_NAMED = compiled(
    r"^\W*(?:(?:NB|PS|FYI|note|question|q|for|to|ask|att?n|cc"
    r"|over\ to)\b[:,. -]*)*@?(?P<name>[A-Z][a-z]+)\b(?P<rest>[\s\S]*)"
)
_CALLED_ON = compiled(
    r"\s+(?:pls|plz|please|kindly|check|confirm|verify|review|approve|(?:can|could|would|will)\s+you)\b"
    r"|\s*[,:–-]+\s*(?:pls|plz|please|kindly|can|could|would|will|do|does|did|is|are|was|what|which|when"
    r"|where|who|how|have|has|check"
    r"|confirm|verify|review|approve|add|fill|fix|update|thoughts|ok|okay|true|right|correct|agreed|any|shall"
    r"|should|may|i['’]?m|not|your"
    r"|you|we|let|look|see|note|fyi)\b|\s*\?|\s*[,:–-]\s*[^\n]*\?\s*$|\s+(?:to|should|must|will|needs\ to"
    r"|has\ to)\s+(?:confirm|check|verify|review|approve|validate|fill"
    r"|update|advise|double|supply|insert|sign|decide|add|rewrite|proof)",
    re.IGNORECASE,
)
_TO_READER = compiled(r"\byou(?:r|rs|['’]\w+)?\b", re.IGNORECASE)
_VOCATIVE = compiled(
    r"(?:(?<=[.!?]\s)|^[ \t]*(?:[-*•>]+[ ]?)?)(?:NB|PS|P\.S\.|FYI|Also|And|Oh)?[:,. ]{0,2}@?(?P<name>[A-Z][a-z]+)"
    r"(?:[,:]?[ ](?:pls|plz)\b|(?:[,:]|[ ][–-])[ ]?(?:please|kindly|(?:can|could|would|will)[ ]you|do[ ]you"
    r"|did[ ]you|is[ ](?:this|that)"
    r"|are[ ]we|can[ ]we|do[ ]we|should[ ]we|may[ ]we|thoughts|what[ ]do[ ]you|check|confirm|verify|look|fyi"
    r"|your[ ]call)\b"
    r"|[ ](?:can|could|would|will)[ ]you\b)[^\n]*?(?:[.?!](?=\s|$)|$)",
    re.MULTILINE,
)
_OF_OUTSIDERS = compiled(r"\b(?:us|your|yours)\b", re.IGNORECASE)
_LEAVING = Turns(
    r"""
      \b(?:check|look|review|remove|delete|take|strip|fill|add|fix|verify|approve|proof\w*|cut|drop|edit
        |confirm|read|change|update|glance
        |sign)\b [^.!?\n]{0,70}? \b(?:before|prior\ to|until)\ (?:I\ send\ (?:this|the\ mail)|we\ send\ this
        |sending\ (?:this|it|to)
        |this\ (?:mail\ |e-?mail\ |one\ )?(?:goes|leaves|is\ sent|gets\ sent|reaches)
        |it\ (?:leaves\ (?:the\ house|us|our)
        |goes\ (?:out\ to|to)\ the\ (?:client|customer|prospect|buyer))|hitting\ send|I\ hit\ send)
    | \b(?:delete|remove|strip|take\ out|cut)\ (?:this|the\ following|these|the\ above
        |everything\ below)\ (?:\w+\ )?(?:line|note|paragraph
        |bracket|sentence|comment|section|part|remark|bit|block|text|lines|notes)
    """,
    _FLAGS,
)
_AMONG_US = Turns(
    r"""
      ^ \W* (?:fyi|heads[- ]?up|att?n|note|psa|info|memo|hint)\W+ (?:to\ |for\ )?(?:the\ |our\ )?(?:team
        |sales|guys|folks|colleagues|crew
        |internal|AEs?|reps?)\b [^\n]*
    | \bfor\ the\ (?:\w+\ )?team\ only\b | \b(?:for|on)\ our\ (?:own\ )?(?:side|team|people|use|records
        |files)\ only\b
    | (?:^|[\[(<{*])\W* (?:team|colleagues|sales|staff|employees|house|company)[- ]only\b [^\n]*
    | ^ \W* (?-i:DRAFT|WIP) \b \W+ (?:not|needs|needing|do\ not|don['’]t|pending|awaiting|unapproved
        |unreviewed|for\ (?:internal|review\ by\ (?!you)
        |(?-i:[A-Z])\w+))\b [^\n]*
    | \binternal\ (?:below|above|from\ here|section|part|discussion|chatter|thread|only|remark
        |comment)\b (?!\ (?:of|in|at|on)\ your)
    | \b(?:multi-?thread\w*|land[- ]and[- ]expand|economic\ buyer|MEDDP?IC+|sandbag\w*|close\ plan|account\ strategy
        |deal\ strategy|win\ (?:probability|rate\ on\ this)|EB\ (?:is|unknown)|forecast\ (?:this|it)\ (?:as
        |for)|commit\ forecast)\b [^\n.]*
    | \b(?:strategy|tactics?|game\ plan|play|plan\ of\ attack|approach)\ (?:for|with)\ (?:this\ (?:account
        |deal|customer|client|one|prospect)|them|her|him)\b
        [^\n.]*
    | \b(?:upsell|cross-?sell|squeeze|milk|corner|soften\ up|lock\ (?=them|her|him))\ (?:them|her|him
        |the\ (?:customer|client))\b [^\n.]*
    | \b(?:find|build|win|groom)\ (?:a|our|the)?\ ?champion\b [^\n.]* | \bqualify\ (?:the\ |their[ ]
        |her\ )?budget\b [^\n.]*
    | (?<!\ba\ )(?<!\bany\ )(?<!\bevery\ )(?<!\beach\ )(?<!\byour\ ) \b(?:the\ |this\ )?(?:customer|client
        |prospect|buyer|lead|account)\ (?:is|seems|looks|sounds|appears|will|would|won['’]t|doesn['’]t|has|might)
        \ (?:to\ be\ )?(?:\w+\ )?(?:price[- ]sensitive|keen|hot|warm|cold|lukewarm|desperate|under\ pressure
        |ready\ to\ (?:buy|sign)|hooked|nervous
        |difficult|annoying|clueless|bluffing|stalling|cave|fold|bite|pay\ more|accept\ (?:the\ (?:price
        |offer|terms|quote)|less|more|that|anything)|no\ idea|no\ alternative|notice|aware\ of|know\ (?:that|about)
        |in\ a\ hurry|talking\ to\ (?:a\ |our\ )?competitors?|shopping\ around|price\ driven|cheap|tricky)\b [^\n.]*
    | \b(?:they|she|he)(?:['’]ll|['’]d|\ will|\ would|\ might|\ can)?\ (?:\w+\ )?(?:accept|take|pay|sign|cave
        |fold|bite|agree|swallow|go\ up)\b
        [^.!?\n]{0,30}? \b(?:if|when|once|as\ long\ as)\ we\ (?:wait|push|hold|stay|insist|threaten|drop
        |offer|keep|let)\b [^\n.]*
    | \b(?:hold|keep|save)\ (?:back\ )?(?:the\ |our\ |any\ )?(?:discounts?|concessions?|pilot|offer|price
        |cards?)\ (?:back|in\ reserve|for\ later|close)\b [^\n.]*
    | \b(?:don['’]t|do\ not|never)\ (?:offer|mention|bring\ up|quote|give|promise)\ (?:them|her|him
        |the\ (?:pilot|discount|price|delay|outage)
        (?=[^.\n]{0,20}\b(?:yet|to\ (?:her|him|them)|unless|until))) [^\n.]*
    | ^ \W* (?:internal\ )?(?:notes?|remarks?|comments?|background|info|briefing)\ (?:for|to)\ (?:the[ ]
        |our\ )?(?:sales|account|deal|internal|own|whole|back\ office)
        \ ?(?:team|folks|people)?\b [^\n]* | \b(?:keep|hold)\b[^.\n]{0,30}\bback\ (?:until|unless
        |till)\ (?:she|he|they)\b [^\n.]*
    | \bstring\ (?:them|her|him)\ along\b [^\n.]* | \b(?:keep|leave)\ (?:them|her|him)\ (?:in\ the\ dark
        |guessing|waiting|hungry|warm)\b [^\n.]*
    """,
    _FLAGS,
)
"""How sellers speak of a deal, and of the customer, when the customer is not there."""
_OF_READER = (
    r"\b(?:{names})\b(?:['’]s\ (?:desperate|keen|bluffing|under|price|hooked|annoy|difficult|nervous"
    r"|not\ (?:going|the|aware))"
    r"|\ (?:seems|looks|sounds|appears|shouldn['’]t|should\ not|mustn['’]t|must\ not|needn['’]t|does(?:n['’]t"
    r"|\ not)\ (?:know|need|have|realise"
    r"|realize)|won['’]t\ (?:notice|know|accept|sign|mind|budge|like)|will\ (?:accept|cave|fold|sign|push"
    r"|bite|pay|swallow|want)|would\ (?:accept|pay|sign"
    r"|take)|is\ (?:\w+\ )?(?:keen|desperate|under\ pressure|nervous|price|bluffing|likely|pushing|annoyed"
    r"|hot|difficult|clueless|stalling"
    r"|not\ (?:aware|the)|our\ champion|the\ (?:champion|blocker|decision|economic))|has\ no\ (?:idea|clue"
    r"|budget|alternative)|can\ be\ (?:pushed"
    r"|talked|convinced)))\b[^\n.]*|\b(?:not|nothing)\ for\ (?:{names})\b(?!['’])[^\n.]*"
    r"|\bbehind\ (?:{names})['’]s\ back\b"
)
_AMONG_STEMS = stems(
    """fyi|heads up|heads-up|attn|atn|psa|info|memo|hint|note|our side|our own|our team|our people|our use|our rec
our fil|only
DRAFT|WIP|internal|multithread|multi-thread|land and|land-and|economic b|medd|sandbag|close plan|strategy
tactic|probab
win rate|EB |forecast|game plan|play |plan of attack|approach|upsell|cross-sell|crosssell|squeeze|milk |corner
soften|lock |champion
qualify|customer|client|prospect|buyer|lead |account|if we|when we|once we|as we|discount|concession|pilot
cards|n't offer|n’t offer
not offer|never offer|n't mention|n’t mention|not mention|n't bring|n't quote|n't give|n’t give|not give
n't promise|string |in the dark
guessing|hungry|comment|remark|background|briefing|back until|back unless|back till"""
)
_LEAVING_STEMS = stems("before|prior to|until|delete|remove|strip |take out|cut ")
_CALL_STEMS = stems(
    " pls|plz|please|kindly| you|is this|is that|are we|can we|do we|should we|may we|thoughts|check|confirm"
    "|verify|look|fyi|your call"
)
_BRACKET_STEMS = stems("[|(|{|<|>>|**|//|/*|<!--|%%|##|--|==|__")


def remarks(stretch: Stretch, readers: Collection[str], alone: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where remarks stand. `readers` are the words of all readers' names, `alone` the first name of the only one."""
    yield from _bracketed(stretch, readers)
    for start, end in holding(stretch.text, stretch.start, stretch.end, _CALL_STEMS):
        for match in _VOCATIVE.finditer(stretch.text, start, end):
            if _asks_colleague(match, readers) and stretch.text[stretch.start : match.start()].strip():
                yield match.span()
    for pattern, needs in ((_LEAVING, _LEAVING_STEMS), (_AMONG_US, _AMONG_STEMS)):
        for start, end in holding(stretch.text, stretch.start, stretch.end, needs):
            for match in pattern.finditer(stretch.text, start, end):
                if not _TO_READER.search(match[0]):
                    yield match.span()
    if alone:
        names = "|".join(re.escape(name) for name in sorted(alone))
        of_reader = re.compile(_OF_READER.replace("{names}", names), re.IGNORECASE)
        yield from (match.span() for match in of_reader.finditer(stretch.text, stretch.start, stretch.end))


def _bracketed(stretch: Stretch, readers: Collection[str]) -> Iterator[tuple[int, int]]:
    for start, end in holding(stretch.text, stretch.start, stretch.end, _BRACKET_STEMS, lines=2):
        for match in _BRACKETED.finditer(stretch.text, start, end):
            words = next(group for group in match.groups() if group)
            if _is_for_colleagues(words, readers, is_square=match["b"] is None):
                yield match.span()


def _is_for_colleagues(words: str, readers: Collection[str], *, is_square: bool) -> bool:
    named = _NAMED.match(words)
    if named and _is_absent(named["name"], readers) and _CALLED_ON.match(named["rest"]):
        return is_square or "correct me" not in words
    if _TO_READER.search(words):
        return False
    asks_reader = re.match(r"\s*(?:is|are)\s+(?:that|this|it)\s[\w ]+\?\s*$", words, re.IGNORECASE)
    return bool(_WORK.search(words)) and (is_square or not asks_reader)


def _asks_colleague(match: re.Match[str], readers: Collection[str]) -> bool:
    """Another of the customer's people may be asked for what is theirs."""
    return _is_absent(match["name"], readers) and not _OF_OUTSIDERS.search(match[0])


def _is_absent(name: str, readers: Collection[str]) -> bool:
    return is_first_name(name) and name.casefold() not in readers
