"""Things that will happen by the sender's doing, without a verb of doing: "deck to follow", "no charge". Data
only.
"""

from extractors.commitments.cues.cue import Cue, cue

THINGS: tuple[Cue, ...] = (
    cue(
        "thing.to-follow",
        r"[^,;:.]{2,70}?[ ]+(?:(?:is|are)[ ]+)?(?:to|will) (?P<verb>follow)\b",
        "firm",
        "deliverable",
    ),
    cue(
        "thing.follows",
        r"[^,;:.]{2,90}?[ ]+(?P<verb>follows?)(?:[ ]+(?:by|right|shortly|soon|separately|tomorrow|today"
        r"|tonight|once|after|in|on|next|under|as)\b|[ ]*$)",
        "firm",
        "deliverable",
    ),
    cue(
        "thing.coming",
        r"[^,;:.]{2,60}?[ ]+(?:(?:is|are)[ ]+)?(?:coming|on (?:its|their|the) way|en route|headed your way"
        r"|going out|heading (?:out|over)|in the mail)\b",
        "firm",
        "deliverable",
    ),
    cue("thing.guaranteed", r"[^,;:.]{2,60}?[ ]+(?:is|are)[ ]+(?:hereby[ ]+)?guaranteed\b", "firm", "guarantee"),
    cue(
        "thing.waived",
        r"[^,;:.]{2,60}?[ ]+(?:(?:is|are|will be|gets?)[ ]+)?(?P<verb>waived|on us\b|on me\b|on the house"
        r"|on our (?:tab|dime|expenses?|account)|at our (?:own )?(?:cost|expense)|at no (?:extra "
        r"|additional )?(?:cost|charge)|free of charge)",
        "firm",
        "concession",
    ),
    cue(
        "thing.no-charge",
        r"(?:at )?no (?P<object>(?:\w+[ -]){0,3}?(?:charge|fee|fees|invoice|surcharge|cost|auto-charge|penalt"
        r"(?:y|ies)|markup|late fees?|strings|commitment fee|overage|callout))\b(?!\w)(?![ ]+(?:is|was|were"
        r"|has)\b)",
        "firm",
        "concession",
    ),
    cue(
        "thing.free-seat",
        r"(?:\d+[ ]?%[ ]+(?:off|if|for)|(?:an? )?(?:further |additional |extra )?\d+[ ]?% (?:discount|off))\b",
        "conditional",
        "concession",
    ),
    cue(
        "thing.back-to-you",
        r"(?:[\w ,+&'/-]{0,70}?[ ])?(?:back to you|over to you|to you|in your (?:inbox|hands)|with you|from me"
        r"|to your \w+)(?=[ ,]+)",
        "firm",
        dated=True,
    ),
    cue("thing.update", r"(?:next|another|further) (?:update|status|report|news)\b", "firm", "follow_up", dated=True),
    cue(
        "thing.eta",
        r"(?:[\w ,+&'/.-]{2,60}?[ ,]+)?(?:eta|tentatively|likely|most likely|expected|targeting|target"
        r"|probably|planned for|estimated)[ :]+",
        "tentative",
        dated=True,
    ),
)
