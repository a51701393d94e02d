"""Undertakings hedged by effort or doubt: "I'll try to", "we hope to", "should have". Data only."""

from extractors.commitments.cues.cue import Cue, cue
from extractors.commitments.grammar import ADVERBS, BE, ME, VERB, WILL

HEDGED: tuple[Cue, ...] = (
    cue(
        "try.will",
        rf"{ME}(?:{WILL}{ADVERBS})?[ ]+(?:try(?:[ ]+(?:to|and|my best to|our best to|my very best to|hard to))?"
        rf"|do (?:my|our) (?:very |level )?best(?: to)?|do (?:everything|what) (?:i|we) can(?: to)?"
        rf"|make every effort to|endeavou?r to|strive to|attempt to|work (?:hard )?to|see if (?:i|we) can"
        rf"|see what (?:i|we) can do(?: to)?|(?:probably|likely|hopefully|perhaps|maybe))(?:[ ]+{VERB})?",
        "tentative",
    ),
    cue(
        "try.elided",
        rf"(?:(?:will|'ll)[ ]+)?(?:try(?:ing)? to|hop(?:e|ing) to|aim(?:ing)? to|plan(?:ning)? to|expect"
        rf"(?:ing)? to|should be able to|should (?=have|get|be|ship|know|see)|might be able to|might (?=have"
        rf"|get)|ought to|may be able to|intend(?:ing)? to|shooting (?:for|to)|targeting|aiming for"
        rf"|hoping for)[ ]*{VERB}?",
        "tentative",
    ),
    cue(
        "try.progressive",
        rf"{ME}{BE}{ADVERBS}[ ]+(?:trying|planning|hoping|aiming|shooting|targeting|expecting|intending|looking"
        rf"|working)(?:[ ]+(?:to|for|on having|on getting|towards|at))?(?:[ ]+(?P<verb>have|get|send|finish|be"
        rf"|deliver|ship|release|launch|complete|match|make|close|bring|do|provide|give|visit|meet|start|share"
        rf"|turn|wrap|add|roll|be able to))\b",
        "tentative",
    ),
    cue(
        "try.target",
        rf"{ME}{BE}{ADVERBS}[ ]+(?P<verb>targeting|aiming for|shooting for|planning on|aiming at)\b",
        "tentative",
    ),
    cue(
        "hope.plan",
        rf"{ME}{ADVERBS}[ ]+(?:(?:do|would|still|fully|currently|very much)[ ]+)?(?:(?:would )?hope|plan|aim"
        rf"|intend|expect|anticipate|reckon|trust|mean)[ ]+(?:to|on|that (?:i|we)(?:'ll| will| can)?|(?:i|we)"
        rf"(?:'ll| will| can)|(?=[a-z]+ing\b))[ ]*(?:be[ ]+(?:able to[ ]+)?)?(?!see\b|hear\b|you\b|taking\b"
        rf"|retaking\b|going\b|continue\b|learn\b|meet you\b|being\b)(?P<verb>[a-z-]+)",
        "tentative",
    ),
    cue(
        "hope.noun",
        rf"{ME}{ADVERBS}[ ]+(?:expect|anticipate|estimate|foresee|target)[ ]+(?=(?:an?|the|it|them|this|our"
        rf"|your|to|delivery|shipping|shipment)\b)",
        "tentative",
        dated=True,
    ),
    cue(
        "should",
        rf"{ME}{ADVERBS}[ ]+(?:should|ought to)(?:[ ]+(?:also|then|probably|hopefully))?(?:[ ]+be able to[ ]+{VERB}"
        rf"|[ ]+(?P<done>have|get|know|finish|ship|receive|complete|deliver|be (?:done|ready|finished|there|in"
        rf"|back)|hear|see)\b)(?! been)",
        "tentative",
    ),
    cue(
        "might",
        rf"{ME}{ADVERBS}[ ]+(?:might|may)(?:[ ]+(?:also|well|even|still))?(?:[ ]+be able to)?[ ]+{VERB}",
        "tentative",
        action=True,
    ),
    cue(
        "think.can",
        rf"(?:{ME}[ ]+(?:think|believe|guess|suspect|imagine|reckon|don't see why)|possibly|probably|maybe"
        rf"|perhaps|with (?:any|a bit of|some) luck|hopefully|i'm (?:fairly|pretty|reasonably) (?:sure"
        rf"|confident))(?:[ ,]+that)?[ ,]+(?:i|we)(?:'ll| will| can| could|'d| couldn't| should(?= be able))"
        rf"(?:[ ]+be able to)?[ ]+(?!have to|need|be\b|stay|go\b|not\b|all\b)(?P<verb>[a-z-]+)",
        "tentative",
    ),
    cue(
        "inclined",
        r"(?:i'm|we're|i am|we are) (?:inclined|leaning|tempted) to (?P<verb>say yes|accept|agree|join|come)",
        "tentative",
    ),
)
