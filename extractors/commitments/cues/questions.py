"""Offers and proposed times put as a question. Data only."""

from extractors.commitments.cues.cue import Cue, cue
from extractors.commitments.grammar import ME, VERB

QUESTIONS: tuple[Cue, ...] = (
    cue(
        "ask.would-you-like",
        rf"(?:would|do) you (?:like|want|prefer|care for) (?:me|us|my team|one of us|our \w+)[ ]+to[ ]+{VERB}",
        "conditional",
        action=True,
        question=True,
    ),
    cue(
        "ask.want-me",
        rf"(?:do you )?(?:want|need) (?:me|us)[ ]+to[ ]+{VERB}",
        "conditional",
        action=True,
        question=True,
    ),
    cue(
        "ask.shall",
        rf"(?:shall|should|may|can|could|might|why don't)[ ]+{ME}(?:[ ]+(?:also|then|just|perhaps|maybe))?[ ]+"
        rf"(?P<verb>send|propose|offer|suggest|set up|schedule|book|arrange|share|show|call|give you a|walk"
        rf"|introduce|put|draft|prepare|ship|help|host|invite|bring|stop|swing|come(?! back\b))\b",
        "conditional",
        question=True,
    ),
    cue(
        "ask.slot",
        r"(?:how about|what about|how (?:does|is|would|are)|how's)\b",
        "conditional",
        "meeting",
        actor="sender",
        dated=True,
        question=True,
    ),
    cue(
        "ask.slot-works",
        r"(?:would|does|do|is|are|will|might|could)\b(?! you (?:need|want|have))[^?]*?\b(?:work|suit"
        r"|do instead|do\b|fit|be (?:\w+ )?(?:ok|okay|good|fine|convenient|possible|crazy|better|doable|free"
        r"|available)|sound|good|ok|okay|convenient|fine|for you|free|available|around)\b",
        "conditional",
        "meeting",
        actor="sender",
        dated=True,
        question=True,
    ),
    cue(
        "ask.together",
        r"(?:(?:can|could|shall|may|might|should) (?:we|you and i)|any chance (?:we|you)(?: can| could)?"
        r"|do you have (?:time|\d+|fifteen|thirty|twenty|half|a few|a moment))\b[^?]*?\b(?:meet(?:ing)?|talk"
        r"|speak|do|resched\w+|get together|call|chat|catch up|connect|go over|discuss|lunch|dinner|coffee"
        r"|time|minutes|quick|hour)\b",
        "conditional",
        "meeting",
        actor="sender",
        dated=True,
        question=True,
    ),
    cue(
        "ask.can-you",
        r"(?:can|could|would) you (?:do|make|be (?:free|available)|meet|join us)\b",
        "conditional",
        "meeting",
        actor="sender",
        dated=True,
        question=True,
    ),
)
