"""Availability, accepted and proposed times. Data only."""

from extractors.commitments.cues.cue import Cue, cue
from extractors.commitments.grammar import BE, ME, WILL

MEETINGS: tuple[Cue, ...] = (
    cue(
        "meet.available",
        rf"(?:{ME}|(?:my|our) [\w, ]{{2,50}}?|she|he|they|[A-Z]\w+(?: and [A-Z]?\w+)?)(?:{BE}|'ve|[ ]+have"
        rf"|[ ]+has|[ ]+will be|'ll be|[ ]+shall be|[ ]+should be|[ ]+could be)[ ]+(?:also |both |still "
        rf"|mostly |generally |wide |completely |pretty |usually )?(?:free|available|open|around|reachable"
        rf"|by my phone|at my desk|got|an opening|(?:\w+ ){{0,5}}(?:free|open|available))\b",
        "firm",
        "meeting",
        dated=True,
    ),
    cue(
        "meet.works",
        r"(?![^;]*\b(?:not|n't|doesn't|don't|won't|can't|cannot)\b)[^;]{2,80}?\b(?:works?|suits?|is (?:fine"
        r"|good|great|perfect|ok|okay|free|confirmed|open)|are (?:fine|good|free|open)|sounds (?:good|great"
        r"|fine|perfect)|would (?:be (?:perfect|great|fine|good|ideal)|work|suit))\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
        date_first=True,
    ),
    cue("meet.it-is", r"[^;]{0,60}?[ ]it is\b", "firm", "meeting", actor="sender", dated=True, date_first=True),
    cue(
        "meet.all-set",
        r"(?:i'm|we're|i am|we are)(?: all)? (?:set|confirmed|booked|on (?=for\b))\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    cue(
        "meet.lets",
        r"let(?:'s| us)[ ]+(?:plan (?:to|on|for)[ ]+|please[ ]+|also[ ]+|aim to[ ]+|try (?:to|for)[ ]+"
        r"|say[ ]+)?(?P<verb>meet|talk|speak|do|say|plan|schedule|chat|catch up|reconvene|connect|get together"
        r"|have|set|touch base|sync|aim for|go (?:for|with)|regroup|discuss|keep|shoot for|make it|use|hop on"
        r"|jump on)\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    cue(
        "meet.see-you",
        r"(?:i'll |we'll |i will |we will )?(?P<verb>see|talk to|speak to|meet) you(?: both| all| there| guys"
        r"| then)?\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    cue(
        "meet.there",
        rf"{ME}{WILL}(?:[ ]+(?:both|all))?[ ]+be (?:there|at (?:your|the)|in (?:your|the|town))\b",
        "firm",
        "meeting",
    ),
    cue("meet.in", r"(?:(?:i'm|we're) in|count (?:me|us) in)[ .!]*$", "firm", "meeting", actor="sender"),
)
