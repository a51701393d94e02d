"""Fragments that several date patterns share. Data only."""

PORTION = (
    r"(?:(?P<portion>early|mid(?:dle)?|late|(?:very )?(?:the )?(?:end|start|beginning|middle|close))(?: of"
    r"|-)?[ ]+(?:(?:in|of|part of)[ ]+)?|(?P<mid>mid)-?)?"
)
WHICH = r"(?P<which>next|this coming|this|coming|last|past|following)"
BEFORE_WEEKDAY = (
    r"(?:\b(?:by|on|next|this|last|until|till?|before|after|from|for|since|coming|and|or|every|of|come|to"
    r"|through|thru|between|bye)[ ]+|[,(:;–—/-][ ]?|^[ ]*)"
)
AFTER_WEEKDAY = (
    r"(?=[ ]*(?:$|[,.;:!?)/–—-]|'s\b|\d|@|at\b|am\b|pm\b|eod\b|cob\b|noon\b|or\b|and\b|to\b|until\b|till\b"
    r"|is\b|works?\b|morn|after|even|next|latest|between\b|from\b|thru\b|first\b|for\b|if\b|with\b|w/"
    r"|in\b))"
)
MINUTES = r"[0-5]\d"
MERIDIEM = r"(?:a\.m\.|p\.m\.|am\b|pm\b|a\b|p\b)"
