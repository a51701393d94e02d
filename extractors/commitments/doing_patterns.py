"""Patterns and verb lists for undertakings of colleagues and things. Data only."""

import re

from extractors.commitments.lexicon import VERB_KINDS
from extractors.lazily import compiled
from extractors.wordlists import word_set

MODAL = compiled(
    r"(?P<subject>[^;:?]{1,110}?)(?:(?P<will>'ll|[ ]+will|[ ]+shall|(?:'s|[ ]+is|'re|[ ]+are)[ ]+going to)"
    r"(?P<not>[ ]+(?:not|never))?|(?P<wont>[ ]+won't)"
    r"|(?P<tentative>[ ]+(?:should|might|may|ought to|hopes? to|plans? to|aims? to|expects? to|intends? to"
    r"|is planning to|are planning to|is hoping to|tr(?:y|ies) to|will try to|is trying to|expects?"
    r"(?= an?\b)))|(?P<can>[ ]+(?:can|could|would|is able to|is available to|is happy to|are happy to"
    r"|are able to))"
    r"|(?P<progressive>(?:'s|[ ]+is|[ ]+are|'re)(?=[ ]+(?:also[ ]+|currently[ ]+|now[ ]+"
    r"|personally[ ]+)?[a-z-]+ing\b)))"
    r"(?:[ ]+(?:also|then|now|still|be able to|certainly|personally|probably|happily|gladly|both|each"
    r"|naturally|again|currently|hopefully|definitely|likely|not|automatically|all|just))*"
    r"[ ]+(?P<passive>be[ ]+(?:\w+ly[ ]+)?)?(?P<verb>[a-z][a-z-]*)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
PRESENT = compiled(r"(?<=[\w,)])[ ]+(?P<verb>[a-z-]+s|goes|go|come|ship|leave|follow|launch|land|is|are|sets?)\b")
LONGEST_SUBJECT = 90
TO_VERB = compiled(r"(?P<subject>[A-ZÀ-Þ][\w .'’+&-]{0,40}?)[ ]+to[ ]+(?P<verb>[a-z-]+)\b(?P<rest>.*)$", re.DOTALL)
THING_VERBS = word_set(
    "follow reach arrive ship launch land release come go leave start begin be-available be-with support "
    "include cover stay remain keep work apply contain carry hold touch"
)
STATES = word_set("include cover work apply contain carry hold")
"""Hedged and without a day, these are an opinion about a thing: "the shorter form should apply"."""
PASSIVE_ACTIONS = frozenset(VERB_KINDS) - {
    "find",
    "see",
    "ask",
    "require",
    "close",
    "hear",
    "review",
    "report",
    "consider",
    "order",
    "buy",
}
DELIVERED = compiled(
    r"(?:[ ]*|.*?[ ])(?:to you\b|with you\b|in your (?:inbox|hands|folder|shared folder|portal)|to your\b"
    r"|for you\b|at your (?:disposal|site|gate|door)|on your\b|at the disposal|gone for good|available"
    r"|ready|live|up\b|in place|done\b|free\b|there\b|out\b|back\b|on (?:site|hand)\b|at (?:the table|no)"
    r"|on (?:us|me)\b|first in line|our (?:cost|expense)|here\b|your)",
    re.IGNORECASE,
)
STATE_TO_COME = compiled(
    r"[ ]*(?:out\b|live\b|due out|scheduled|reserved|planned|on its way|back|up\b(?! (?:from|by|to))"
    r"|with you|in your|yours|dispatched|being (?!\w+ing)\w+|tomorrow|today|tonight|hereby \w+ed)",
    re.IGNORECASE,
)
MOVING = frozenset(
    {
        "ship",
        "go",
        "come",
        "leave",
        "launch",
        "land",
        "follow",
        "start",
        "release",
        "arrive",
        "reach",
        "stay",
        "remain",
    }
)
MOVES_ELSEWHERE = compiled(r"[ ]*(?:up\b|to\b(?! (?:you|your|our|qa))|on sale|into effect)", re.IGNORECASE)
STRONG = frozenset(
    {"bring", "join", "lead", "come", "stay", "send", "ship", "handle", "train", "take", "roll", "host", "translate"}
)
FREE = compiled(
    r"^[ ]*(?:free|waived|on (?:us|me)|at (?:our|no)|half price|included|yours|complimentary"
    r"|reserved for you|set aside|refunded|credited|due\b|available)",
    re.IGNORECASE,
)
REFRAIN_SUBJECT = compiled(r"^(?:no|nothing|none|not)\b", re.IGNORECASE)
NOBODY = compiled(r"^(?:nobody|no one)$", re.IGNORECASE)
REPORTING = compiled(
    r"\b(?:said|says|told|tells?|mentioned|wrote|promised|indicated|announced|stated|reported|asked"
    r"|thinks?|thought|hopes? that|claims?|believes?|understands?|knows?|assured|confirmed|reckons?"
    r"|insists?|requested|noted|sees?|heard|that)\b",
    re.IGNORECASE,
)

# "Your price will stay": what the sender holds for the recipient is the sender's to promise.
HELD_FOR_RECIPIENT = compiled(
    r"no\b|nothing\b|none\b|not\b|your (?:\w+[ -]){0,3}?(?:price|rate|tenant|account|data|environment|seats?"
    r"|discount|contract|term|order|unit|invoices?|credits?|report|quote|sandbox|clinic|site)\b",
    re.IGNORECASE,
)
VAGUE_SUBJECT = compiled(r"(?:it|that|this|which|there)$", re.IGNORECASE)
LIKELY = compiled(r"\b(?:should|ought to|expected|hopes?)\b", re.IGNORECASE)
PLANNED = compiled(r"[^.]{0,22}\b(?:planned|scheduled)\b", re.IGNORECASE)
TITLED = compiled(r"(?:Mr|Ms|Mrs|Dr|Eng|Sig|Ing|Prof|Khun|Sir)\b")
REFRAINED = word_set("touch accrue leave increase change happen rise apply")
LASTING = word_set("stay remain keep support hold")
DELIVERING = word_set("follow ship reach")
