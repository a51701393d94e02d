"""How sales people speak of what they may go down to, and of what a thing costs them."""

from __future__ import annotations

import re

from app.checks.content.scanning import stems
from app.checks.turns import Turns
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.VERBOSE

_PRICE = r"(?:price|number|figure|point|amount|position|level|threshold|rate|limit)"
_NOT_OURS = r"(?<!your\ )(?<!their\ )(?<!carbon\ )(?<!market\ )(?<!shop\ )"
_SUM = r"(?:[$€£¥]\s?\d|\d[\d.,]*\s?(?:k\b|%|percent|EUR|USD|GBP|dollars|euros|pounds|a\ seat|per))"

FLOOR_WORDS = Turns(
    rf"""
      {_NOT_OURS} \b (?:floor\ prices?|price\ floors?|pricing\ floor) \b (?! \s+ (?:for|in|of) \s+ (?:carbon
        |electricity|your|gas|the\ market))
    | \b (?:our|my|the) \ (?:absolute\ |hard\ )? floor \ (?:is|of|here\ is|sits|stays|at|for\ (?:this|the|them
        |you)) [^.!?\n]{{0,30}} {_SUM}
    | \b internal \ (?:price\ )? floor \b | \b walk-?\ ?away \s* [:=] \s* [$€£]? \d
    | {_NOT_OURS} \b walk-?\ ?away \ {_PRICE} | \b (?:our|my|the) \ walk-?\ ?away \b (?= \s* (?:is|:|at|for|would) )
    | \b (?:our|my) \ (?:own\ |gross\ |net\ |profit\ |target\ |minimum\ |internal\ )* (?:margins?\b
        |mark-?up(?=\ (?:is|on)\b)) (?! \s+ (?:of|for) \s+ (?:error|safety) | \s+ notes? )
    | \b (?:leaves|keeps|gives|makes) \ us \ (?:with\ )? [^.!?\n]{{0,25}} \b (?:margin|mark-?up) \b
    | \b we \ (?:\w+\ )? (?:make|keep|earn|have|get) \ [^.!?\n]{{0,25}} \b margin \b (?! \s+ (?:of|for) \s+ (?:error
        |safety))
    | \b (?:our|my|the\ internal|internal) \ (?:own\ |real\ |actual\ |net\ |internal\ |unit\ )* cost\ price \b
    | (?<!your\ )(?<!their\ ) \b cost\ price \b (?= \s* (?:is|:|of|for\ (?:this|the|us)|at|plus|\(|[.,;!]|$) )
    | \b (?:below|under|above|over|at) \ (?:our\ |the\ )? cost\ price \b
    | \b (?:our|my) \ (?:own\ |internal\ |unit\ |real\ |actual\ |landed\ |purchase\ |buying\ |wholesale[ ]
        |transfer\ )+ (?:costs?|price) \b [^.!?\n]{{0,25}} (?: {_SUM} | \b(?:is|are|of)\b )
    | \b (?:it|this|that|each\ seat|a\ seat) \ (?:only\ )? costs \ us \b [^.!?\n]{{0,20}} {_SUM}
        | \b our \ costs? \ (?:is|are|per\ \w+\ (?:is|are)|of) [^.!?\n]{{0,15}} {_SUM}
    | \b (?:our|my|internal|the\ maximum) \ (?:max(?:imum)?\ |internal\ )? discount \ (?:cap|ceiling|authority|floor
        |limit) \b
    | \b (?:our|my) \ (?:max(?:imum)?|highest|biggest) \ discount \b (?= \s* (?:is|here|for|:) )
    | \b (?:we|I) (?:['’]?(?:m|re)|\ am|\ are|\ was|\ were)? \ (?:only\ )? (?:authori[sz]ed|approved|allowed
        |permitted|cleared|have\ (?:approval|clearance|authority)) \ to \ (?:go|drop|discount
        |offer) \ (?:(?:as\ )?(?:low|far\ down|down|up)\ )?(?:as|to|below)? [^.!?\n]{{0,20}} {_SUM}
    | \b (?:the\ )? (?:minimum|lowest|least) \ (?:price\ )? (?:we|I) (?:\ can|\ could|['’]re\ allowed\ to
        |['’]m\ allowed\ to|\ am\ allowed\ to|\ are\ allowed\ to) \ (?:accept|go\ down\ to) \b
    | \b (?:lowest|minimum) \ (?:acceptable|approved|authori[sz]ed|internal|permitted) \ (?:price|rate|amount
        |figure) \b
    | \b our \ (?:bottom|reserve|reservation|minimum|rock-?bottom|break-?even) \ (?:price|line\ price|rate) \b
        | \b our \ bottom \ line \ (?:price\ |here\ )? is \ [$€£]
    | (?: ^ | [.!?:;(]\s* | \n\s* ) (?:please\ )? (?:do\ not|don['’]t|never) \ (?:go|drop|quote
        |sell) \ (?:\w+\ )? (?:below|under|lower\ than|less\ than) \b
    """,
    _FLAGS,
)
NOT_ITS_PRICE = compiled(
    r"\b(?:sav(?:e[sd]?|ings?)|reduc\w+|cuts?|worth|revenue|turnover|budgets?|fines?|fuel|credit|refund|invoices?"
    r"|discount of|off|set-?up"
    r"|onboarding|training|implementation|installation|support|add-?ons?|modules?|travel|deposit|less|losses"
    r"|cost you|costs you|earn)\b[^.!?;]{0,30}$",
    re.IGNORECASE,
)
"""What stands before an amount that is not the price of the product named beside it."""
AS_A_PRICE = compiled(
    r"(?:\b(?:at|for|to|is|costs?|price[ds]?|pricing|charge|pay|rate|quote\w*|offer\w*|do|be|fee|=)\b"
    r"|[:=(–-])[^.!?;]{0,25}$",
    re.IGNORECASE,
)
FLOOR_STEMS = stems(
    """floor|walk|margin|markup|mark-up|cost price|our own|my own|our cost|our internal|our unit|our real|our actual
our landed|our purchase|our buying
our wholesale|our transfer|costs us|authori|approved to|allowed to|permitted to|cleared to|have approval
have clearance|discount|lowest|minimum
our bottom|our reserv|our rock|our break|not go|n't go|n’t go|never go|not drop|n't drop|n’t drop|never drop
not quote|n't quote|n’t quote|never quote
not sell|n't sell|n’t sell|never sell"""
)
