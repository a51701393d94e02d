"""How people give away how far they may go, what they would settle for, and what a deal leaves them.

Nobody says such things twice in the same way. So a sentence is read for its parts: a sum, and who allows it, where it
ends, or what it leaves; which of them make a slip when they come together is told by `gives_away`.
"""

from __future__ import annotations

import re

from app.checks.turns import Turns
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.VERBOSE

_NUMERAL = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|one|two|three|four|five|six|seven|eight|nine|hundred|half)"
)
_MONEY = (
    r"(?:[$€£¥]\s?\d|\d[\d.,]*\s?(?:k\b|grand\b|thousand\b|EUR\b|USD\b|GBP\b|dollars?\b|euros?\b|pounds?\b|bucks\b"
    r"|quid\b|(?:a|per|each)\ (?:seat|vehicle|truck|van|user|month|year|licen[cs]e|head|unit|driver)\b)"
    r"|\b\d{1,3},\d{3}\b"
    rf"|\b{_NUMERAL}[- ](?:k|grand|thousand|hundred|dollars?|euros?|pounds?|bucks|quid)\b)"
)
MONEY = compiled(_MONEY, _FLAGS)
SHARE = Turns(
    rf"(?:\d|\b{_NUMERAL})\s?(?:%|per\ ?cent\b|pct\b|points?"
    r"\ (?:of\ (?:discount|margin)|discount|margin|on\b|off\b)) (?!\ (?:uptime"
    rf"|availability))",
    _FLAGS,
)
_NUMBER = compiled(rf"\d|\b{_NUMERAL}", _FLAGS)
"""Without one there is no sum, be it `MONEY`, a `SHARE` or `BARE`."""
BARE = compiled(
    r"(?<![\d:.,/-])\b\d\d[\d.,]*\b(?![\d:/%-]|\s?(?:am|pm|a\.m|p\.m|st|nd|rd|th|o['’]clock)\b)"
    r"(?=\s*(?:[.,;:!?)]|$)|\s(?:if|and|but|or|on|for|before|without|here|to|when|flat|max|maximum|minimum"
    r"|tops|would"
    r"|is|was|at)\b)",
    re.IGNORECASE,
)
"""A number that may be a price where the words around it speak of nothing else."""

AUTHORITY = Turns(
    r"""
      \b(?:my|our)\ (?:\w+\ )?(?:boss(?:es)?|manager|director|board|leadership|management|CFO|COO|CEO|CRO|VP
        |controllers?
        |head\ of\ \w+|deal\ desk|pricing\ (?:desk|team|committee)|finance(?:\ \w+)?|owners?|superiors?|chief
        |side)\b
    | \b(?:management|upstairs|leadership|(?:the\ )?deal\ desk|headquarters|HQ|head\ office|finance
        |the\ (?:COO|CFO|CEO
        |CRO|VP|board|boss|bosses|powers\ that\ be|higher-ups|top\ floor|people\ above\ me))\b
    | \b(?:lets?|letting|allow(?:s|ed|ing)?|permit(?:s|ted)?|clear(?:s|ed)|authori[sz]\w+|approv\w+|sign(?:s
        |ed|ing)?
        |ok(?:ay)?ed|empower\w*|told|trusts?|gave|gives|given|capped|caps|mandated|instructed)
        \ (?:me|us)\b (?!\ (?:know|have|see|check|explain|show|ask|look))
    | \b(?:I|we)(?:['’]\w+|\ (?:am|are|was|were|have|had|have\ been|had\ been))?\ (?:\w+\ )?
        (?:allowed|cleared|authori[sz]ed|permitted|approved|empowered|instructed|told|mandated|free
        |in\ a\ position)\b
    | \b(?:I|we)\b[^.!?\n]{0,30}?\b(?:permission|clearance|approval|sign-?off|authority|mandate|discretion
        |green\ light
        |go-ahead|latitude|blessing)\b
    | \b(?:my|our|his|her|\w+['’]s)\ (?:\w+\ )?(?:permission|clearance|approval|sign-?off|signature
        |authority|mandate
        |discretion|limit|say-so|own|remit|blessing|hands)\b
    | \bwithout\ (?:asking|having\ to\ ask|checking|approval|a\ signature|sign-?off|going\ (?:up|back)|escalat\w+
        |anybody|anyone|permission|(?-i:[A-Z][a-z]+)\b|him|her|them|my|an?\ (?:\w+\ )?(?:second|call|word
        |signature|yes|nod|mail|fight))
    | \b(?:fight|battle|beg|go\ begging|argue|plead)\ (?:for|with)\b
    | \b(?:I|we)\ (?:mustn['’]t|must\ not|am\ (?:not\ )?to|have\ (?:strict\ )?(?:orders|instructions)
        |(?:have\ been|['’]ve\ been
        |was|were)\ (?:asked|ordered|warned|given|advised))\b | \b(?:on\ the\ spot|there\ and\ then|authority
        |guidance|guard-?\ ?rails?
        |get\ (?:it\ )?past)\b
    | \b(?:tell|ask|asking|upset|convince|persuade)\ (?-i:[A-Z][a-z]+)\b | \bthat\ (?-i:[A-Z][a-z]+)\ (?:has
        |had|would|will|is)
    | \b(?:on\ my\ own|decide\ alone|sign\ (?:it\ |this\ |that\ )?(?:off\ )?(?:myself|alone)
        |don['’]t\ (?:need|have)\ to\ ask
        |(?:need|have|had)\ to\ (?:ask|escalate|go\ (?:up|back)|involve|check)|needs?\ (?:approval|sign-?off
        |a\ signature
        |a\ second|the\ (?:COO|CFO|CEO|board|boss)|(?-i:[A-Z][a-z]+)['’]s)|goes\ (?:up|back)\ to
        |back\ to\ (?:her|him|them)
        |(?:says?|said|say)\ no|hands\ are\ tied|(?:blow|go)\ past|gets?\ (?:vetoed|rejected|blocked|refused
        |stopped))\b
    | (?-i:\b(?!(?:We|You|They|It|This|That|The|Who|Which|What|Our|Your|My|There|Both
        |All)\b)[A-Z][a-z]+)\ (?:has\ |had\ |will\ |would\ |won['’]t\ |wouldn['’]t\ |can['’]t\ |doesn['’]t[ ]
        |does\ not\ )?
        (?:only\ |never\ |not\ )?(?:lets?|signed|signs?|approves?d?|agrees?d?|accepts?(?:ed)?|insists?(?:ed)?
        |gave|okayed
        |sets?|drew|capped|caps|draws|vetoes|signs|allow(?:s|ed)?|wants|says?|said|asked|has|hasn['’]t|thinks
        |told|expects|needs|set|put|waved|waves)\b
    """,
    _FLAGS,
)
"""Who lets us do something, or has to be asked."""
EDGE = Turns(
    r"""
      \b(?:down\ (?:to|as\ far)|up\ to|below|under|beneath|less\ than|lower\ than|lower|south\ of|short\ of
        |at\ most|at\ least
        |no\ more|no\ less|not\ less|nothing\ less|or\ more|or\ above|and\ up|or\ better|or\ higher|(?:dollar
        |cent|penny|euro|pound|dime)
        \ (?:less|below|under|more|lower)|lowest|minimum|max(?:imum)?|as\ (?:far|low|deep|high|much)\ as
        |the\ limit|limits?
        |ceiling|cap|threshold|bottom|floor|beyond|past|anything|until|the\ edge|the\ end|go\ to|drop\ to
        |come\ down|get\ to
        |close\ (?:it\ |this\ |the\ deal\ )?at|dip|stretch|the\ line|any\ deeper|deepest|further
        |give\ (?:away\ )?(?:up|as)
        |give\ away|tops|the\ (?:most|least)|room|leeway|headroom|wiggle|slack|scope|barrier|stops?|ends?|squeeze
        |or\ nothing|or\ it['’]?s?\ (?:off|dead)|discount\ left|capped|caps|(?:points|percent
        |%)\ (?:of\ \w+\ )?left)\b
      | \b(?:lets|allowed|allows)\ (?:me|us)\ (?:go|do|give|offer|to\ (?:go|do|give))\b
      | \b(?:allowed|cleared|authori[sz]ed|permitted)\ (?:to\ \w+\ )?(?:for\ )?(?:\w+\ )?(?:\d|[$€£]
        |percent)
      | \b(?:allowed|permitted)\ \w+\ (?:percent|per\ cent|%)
    """,
    _FLAGS,
)
"""Where it ends."""
SETTLING = Turns(
    r"""
      \b(?:walk|walks|walking)\b(?!\ (?:you|through|to|from|in|around|the|down)) | \bget\ off\ the\ (?:bus|train)\b
    | \b(?:stomach|swallow|live\ with|settle\ (?:for|at|on)|fold\ at|tap\ out|bow\ out|call\ it\ quits)\b
    | \b(?:red\ line|rock[- ]bottom|bottom\ line|deal-?\ ?breaker|pain\ (?:threshold|barrier|point\ is)
        |line\ in\ the\ sand
        |breaking\ point|last\ resort|lower\ limit|fall-?back|BATNA|plan\ B|reserve\ price|walk-?away)\b
    | \brather\ (?:lose|pass|walk|drop|skip|not\ have|say\ no|see)\b | \bsay\ (?:yes|no)\ (?:to|at|below
        |under)\b | \bsqueez\w+\ us\b
    | \b(?:give|tempt|talk|push|get|bring)\ (?:us|me)\ (?:down\ )?(?:to|below|under)\ [$€£\d] | \b(?:discount
        |points|percent|%)\ (?:of\ \w+\ )?left\b
    | \bwe\ (?:\w+\ )?(?:start|begin|open)(?:ed)?\ (?:high|at)\b | \b(?:pain|comfort)\ (?:barrier|zone|limit)\b
    | \b(?:approval|approved|negotiat\w+|discount|discretionary|price|pricing)\ (?:range|band|corridor|window
        |pot|budget|allowance
        |authority|discount|leeway|kitty)\b
    | \b(?:we|I)(?:['’]d|\ would|\ could|\ might)\ (?:\w+\ )?(?:take|sign|close|grab|do)\ (?:it|this|that
        |the\ deal|the\ order)\ (?:at|for)\b
    | \bkeeps?\ us\ (?:profitable|whole|afloat|in\ the\ black|happy)\b
    | \bnot\ a\ (?:single\ )?(?:dollar|cent|penny|euro|pound|dime)\ (?:less|below|under|more|lower)\b
    | \b(?:in\ (?:my|our)\ (?:back\ )?pocket|up\ (?:my|our)\ sleeve|to\ play\ with|in\ reserve|left\ to\ give
        |to\ give\ away
        |in\ the\ tank|(?:room|leeway|headroom|slack|cushion|fat|padding|buffer|air|play)\ (?:\w+\ )?(?:in
        |down|left|up)\b)
    | \b(?:room|leeway|headroom|slack|cushion|fat|padding|buffer)\ of\b | \bof\ (?:room|leeway|headroom|slack
        |padding|fat)\b
    | \b(?:still|also|even|probably|just\ about|totally)\ (?:\w+\ )?(?:work|be\ (?:fine|ok|okay|happy|enough
        |acceptable)|do
        |fly|pass|suffice)\ (?:for|with|by)\ (?:us|our|me|my|finance|management|the\ (?:boss|board))\b
    | \b(?:if\ (?:pressed|pushed|need\ be|it\ comes\ to\ it|we\ (?:have|had|really\ have|really\ had)\ to
        |I\ (?:have|had|really\ have|really\ had)\ to|you\ push(?:ed)?|they\ push(?:ed)?|push\ comes
        |procurement\ \w+)
        |at\ a\ (?:push|pinch|stretch)|worst\ case|at\ worst|if\ all\ else|when\ push|twist\ my\ arm
        |under\ pressure)\b
    | \b(?:would|['’]d|might|could|will|['’]ll)\ (?:\w+\ )?(?:take|accept)\ (?:as\ little\ as|anything|even
        |\w+\ if)\b
    | \b(?:as\ little\ as\ we|the\ least\ we|the\ lowest\ (?:that\ )?(?:I|we)(?:['’]\w+)?)\b
    | \b(?:real|actual|true|internal|secret)\ (?:\w+\ )?(?:limit|minimum|bottom|ceiling|number|price|target
        |threshold)\b
    | \b(?:we|I)(?:['’](?:d|re|m|ll))?\ (?:\w+\ )?(?:aim(?:ing)?\ for|hop(?:e|ing)\ for|really\ need|secretly
        |privately
        |internally)\b
    | \b(?:is|as|at)\ (?:the|our|my)\ (?:absolute\ |very\ )?(?:bottom|floor|lowest|minimum|worst)\b
    | \b(?:(?-i:[A-Z][a-z]+)['’]s|our|my)\ (?:absolute\ |hard\ |own\ )?(?:minimum|bottom|floor|lowest|limit
        |ceiling|max)\b
        (?!\ (?:order|contract|commitment|purchase|fee|term|invoice|quantity|of\ \w+\ (?:seats|users)))
    """,
    _FLAGS,
)
"""What we would take in the end."""
LEFT_FOR_US = r"""
      \b(?:leaves?|leaving|left)\ (?:us|{own})\ (?:with\ )? | \bcosting\ (?:us|{own})\b | \bpaying\ you\ to\b
    | \b(?:we|{own})\ (?:\w+\ )?(?:mark|marks|marked)\ [^.!?\n]{0,25}?\bup\b | \b(?:gross|net|contribution
        |profit)\ margin\b | \bafter\ costs?\b
    |
      \bcosts?\ (?:us|our\ side|our\ company|{own})\b | \b(?:sets|runs|set)\ us\ back\b | \bcosts?\ (?:to|for
        |on|at)\ (?:us|our|{own})\b
    | \b(?:for|to)\ us\ to\ (?:host|run|serve|support|provide|deliver|make|operate|build|maintain|keep)\b
    | \b(?:our|{own}['’]s)\ (?:[\w-]+\ ){0,3}?(?:costs?|expense|outlay|spend|hosting\ bill|purchase\ price
        |buying\ price
        |input\ price|cost\ base|cost\ of\ \w+)\b (?!\ (?:calculator|estimate|model|analysis|sheet|report
        |module|saving))
    | \bwhat\ (?:we\ (?:pay|spend)|(?:it|this|that|a\ \w+)\ costs\ us)\b
    | \bwe\ (?:ourselves\ |only\ |currently\ |actually\ )?(?:buy|source|purchase|procure)\b
    | \b(?:the\ )?rest\ is\ (?:pure\ )?(?:profit|margin|ours) | \b(?:our
        |{own}['’]s)\ (?:\w+\ ){0,2}?(?:profits?|margins?|mark-?up|cut
        |earnings|take|bottom\ line)\b (?!\ (?:of\ error|of\ safety|for\ error|notes?|estimate))
    | \b(?:profit|margin|mark-?up)s?\ (?:left\ |remaining\ |baked\ |built\ |included\ )?(?:for|to|in|on|baked
        |built)\ (?:us|it|this
        |that|the\ (?:price|deal|quote|offer)|in)\b
    | \b(?:we|I|us|{own})(?:['’]\w+)?\ (?:[\w'’-]+\ ){0,4}?(?:(?:profit|margins?|mark-?up)\b(?!\ of\ (?:error
        |safety))
        |(?:earn|make|making|net|netting|pocket|pocketing|clear|clearing|keep|keeping)\ (?:\w+\ )?(?:about[ ]
        |roughly\ |around\ )?
        (?:[$€£]\s?)?[\w.,]+\s?(?:%|\w+)\ (?:on|off|from|with|out\ of|per|a)\ (?:this|that|it|every|each
        |the\ deal|the\ (?:licen[cs]e|seat|price|software|order|hardware|tablets|handhelds)|seat|you|vehicle
        |user|truck))
    | \b(?:we|I|us|{own})(?:['’]\w+)?\ (?:[\w'’-]+\ ){0,4}?(?:break(?:ing)?[- ]?even|los(?:e|ing)\ money
        |make\ a\ loss|loss)\b
    | \bbreak-?\ ?even\ (?:for\ us|on\ our\ side|on\ this|is|at|point\ (?:is|on))\b | \bprofitable\ for\ us\b
    | \d\s?(?:%|per\ ?cent|points)\ (?:gross\ |net\ |profit\ )?(?:margin|mark-?up)\b(?!\ (?:of|for)\ (?:error
        |safety))
    | \bmargin\ (?:drops|falls|shrinks|is|goes|would)\b
    """
"""What it costs us, and what is left of it. `{own}` stands for the name of our company."""
SPOKEN = Turns(
    r"""
      \b(?:we|our\ side|I)(?:['’]\w+)? (?:\ [\w'’-]+){0,4}? \ (?:los(?:e|ing|t)\ (?:money|cash)|out\ of\ pocket\b
        |in\ the\ red\b|under\ ?water\b|losing\ on\b|lose\ on\b)
    | \b(?:sell|run|work|deliver|operat|do|be|offer|deal|trad)(?:ing|ling|s)?\b [^.!?\n]{0,20}? \bat\ a\ loss\b
        (?!\ (?:to|for|as|about))
    | \b(?:we|I)(?:['’]\w+)? (?:\ [\w'’-]+){0,3}? \ (?:earn|earning|make|making|see
        |gain)\ (?:\w+\ ){0,2}?(?:cent|dime|penny
        |nickel|nothing|profit|(?:anything|much|money|next\ to\ nothing)\ (?:on|off|from|at|with|below|under
        |here))\b
    | \b(?:already|basically|practically|virtually|pretty\ much|nearly|almost|barely|hardly)\ (?:at|above
        |over)\ (?:our\ )?cost\b
        (?!\ (?:of|per))
    | \b(?:we|I)(?:['’]\w+)?\ (?:still\ |also\ |even\ |only\ )*(?:earn|make|making)\ (?:\w+\ )?(?:good|nice
        |decent|some|real|easy
        |enough|plenty\ of|a\ lot\ of|a\ nice|a\ good|a\ small|a\ tiny|a\ decent|a\ healthy)\ (?:money|profit
        |return|living|cut)\b
    | \b(?:we|us)\ (?:\w+\ )?(?:earn|pocket|net)\ (?:about\ |roughly\ |around\ |only[ ]
        |just\ )?(?:an?\ )?(?:third|half|quarter|tenth|fifth)\b
    | \bat\ cost\ for\ us\b | \b(?:below|under)\ (?:our\ )?(?:own\ )?costs?\b (?!\ (?:of|per|price))
    | \b(?:we|I)(?:['’](?:d|ll|re))? (?:\ [\w'’-]+){0,4}? \ break(?:ing)?[- ]?even\b | \b(?:our
        |my)\ (?:own\ )?break-?\ ?even\b
    | \b(?:cover|covers|covering|recoup|recover)\ our\ (?:own\ )?(?:costs?|expenses)\b
    | \b(?:(?:eats?|eating|cuts?|digs?)\ (?:\w+\ ){0,2}?into|wip(?:e|es|ing)\ out|kills?|ruins?|destroys?
        |erodes?|squeezes?|hurts?|thins?)
        \ (?:all\ |most\ |half\ )?(?:of\ )?our\ (?:\w+\ )?(?:margins?|profits?)
    | \b(?:no|little|hardly\ any|not\ much|any|some)\ (?:profit|margin)\ (?:left\ |remaining\ )?(?:for|to)\ us\b
    | \b(?:fat|cushion|padding|buffer|slack|air|wiggle\ room|headroom|leeway)\ (?:left\ |still\ |built\ |baked\ )*
        (?:in|into)\ (?:that|this|the|our|my)\ (?:number|price|quote|offer|figure|proposal|rate|pricing|quotation)\b
    | \b(?:price|quote|number|offer|rate|figure)s?\ (?:is|are|was|has\ been)\ (?:a\ bit\ |a\ little\ |slightly\ )?
        (?:padded|inflated|marked\ up)\b
    """,
    _FLAGS,
)
"""What needs no sum to be a slip."""
THEIRS = Turns(
    r"\b(?:your|their|his|her)\ (?:own\ )?(?:[\w-]+\ ){0,2}?(?:boss|manager|director|board|leadership"
    r"|management|CFO|COO|CEO"
    r"|finance|controllers?|team|end|side|limit|margins?|mark-?up|profit|break-?even|cost|costs|approval"
    r"|budget|carrier|committee"
    r"|procurement|signature|sign-?off|supplier|drivers?|fleet|yard|depot|vehicles|trucks|minimum|maximum)\b"
    r"|\byou(?:['’]ve|['’]d|\ have|\ had)?\ (?:\w+\ )?(?:told|said|wrote|mentioned|need|needed|have\ to|break"
    r"|lose|make|earn|save"
    r"|keep|pay|spend|can|could|would|will|get)\b",
    re.IGNORECASE,
)
"""It is the reader's boss, margin or limit that is spoken of."""
ASIDE = compiled(
    r"\b(?:between (?:you and me|us|the two of us|ourselves)|off the record|didn['’]t hear (?:it"
    r"|this) from me|cards on the table"
    r"|strictly between|don['’]t tell (?:anyone|anybody|\w+)|in (?:strict )?confidence|to be (?:frank|honest)"
    r"|frankly|honestly"
    r"|truth be told|just so you know|internally)\b",
    re.IGNORECASE,
)
_OTHER_MEASURE = Turns(
    r"\b(?:uptime|availability|SLA|accuracy|capacity|battery|utili[sz]ation|of (?:the|all|your) (?:stops"
    r"|tours|drivers|seats"
    r"|vehicles|trucks|cases|time)|weight)\b|\d\s?(?:kilos?|kg|tons?|miles|mph|km|minutes|hours|calls|stops)\b",
    re.IGNORECASE,
)
_NEEDS_NO_SUM = Turns(
    r"los[est]|pocket|in the red|water|earn|mak|\bsee|gain|at cost|costs?\b|even|profit|margin|fat|cushion"
    r"|padd|buffer|slack|air|room|leeway|inflat|marked",
    re.IGNORECASE,
)
_OURS = compiled(r"\b(?:we|I|us|our|my|me)\b", re.IGNORECASE)


def gives_away(sentence: str, left_for_us: Turns) -> re.Match[str] | None:
    """The words of a sentence that give away our limits or costs, if some do."""
    spoken = SPOKEN.search(sentence)
    if spoken and _NEEDS_NO_SUM.search(sentence):
        return None if THEIRS.search(sentence) else spoken
    if not _NUMBER.search(sentence):
        return None
    money = MONEY.search(sentence)
    amount = money or SHARE.search(sentence) or BARE.search(sentence)
    if amount is None or THEIRS.search(sentence) or _OTHER_MEASURE.search(sentence):
        return None
    if match := left_for_us.search(sentence):
        return match
    if match := SETTLING.search(sentence):
        return match if money or _OURS.search(sentence) or AUTHORITY.search(sentence) else None
    edge = EDGE.search(sentence)
    return edge and (AUTHORITY.search(sentence) or ASIDE.search(sentence))
