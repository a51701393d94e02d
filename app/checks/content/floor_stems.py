"""Parts of words without which no sentence gives our limits or costs away."""

from __future__ import annotations

from app.checks.content.scanning import stems

CUE_STEMS = stems(
    """boss|manager|director|board|leadership|management|cfo|coo|ceo|cro|controller|deal desk|finance|upstairs
headquarters|head office|higher-ups|above me|lets |letting|let me|let us|allow|permi|clear|authori|approv
sign|okay|empower|told me|told us|gave |given|capped|mandat|instruct|clearance|green light|go-ahead|latitude
discretion|say-so|without|on my own|alone|have to|had to|need to ask|says no|said no|hands are|walk
off the bus|stomach|swallow|live with|settle|red line|bottom|deal-breaker|dealbreaker|line in the
breaking point|last resort|limit|fall-back|fallback|reserve|keeps us|keep us|not a|pocket|sleeve|play with
to give|in the tank|room|leeway|headroom|slack|cushion|padding|buffer| fat | air | play|for us|for our
with us|with our|if pressed|if pushed|if need|if it|if we|if i |if you push|if they push|procurement
at a push|at a pinch|at a stretch|worst|push comes|pressure|my arm|take |accept|as little|the least
the lowest|real |actual|true |internal|secret|aim|hope|hoping|really need|privately|minimum|ceiling|floor
cost|sets us|runs us|to us|our |we pay|we buy|we source|we purchase|profit|margin|mark-up|markup|earn|making
we make|net |clearing|keeping|we keep|losing|lose|loss|break even|break-even|breakeven|breaking even
in the red|water|padded|inflated|marked up|recoup|recover|wiggle| agree|wants|insist|veto|drew |draws|rather
say yes|say no|squeez| left|leaves us|leaving us|costing|paying you|mark |marks |marked|mustn|must not
been asked|been told|been given|was asked|instructions|orders|on the spot|guidance|guard|barrier|past our
fight|battle|beg |begging|argue|plead|range| band|corridor| pot|kitty|earn |would do|would close|grab|wipe
kills our|ruins|erodes|hurts our"""
)
