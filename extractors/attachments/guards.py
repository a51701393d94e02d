"""What takes the claim out of a cue: another sense, mail or person, the future, a question, a condition."""

import re

from extractors.attachments.cue import Cue
from extractors.attachments.vocabulary import BEFORE_NOW, THIS_MAIL
from extractors.lazily import compiled

_I = re.IGNORECASE

_BEFORE_NO_CLAIM = compiled(
    # Other senses: strings attached, deeply attached, network-attached.
    r"(?:\b(?:strings?|conditions?|stigma|risks?|costs?|penalt(?:y|ies)|tags?|caveats?|weight|importance"
    r"|meaning|very|so"
    r"|quite|rather|somewhat|deeply|emotionally|gets?|getting|got|becom(?:es?|ing)|became|grow[ns]?|growing"
    r"|grew|firmly"
    r"|permanently|physically|securely)|\b(?:network|direct|storage|server|wall)-?"
    # None at all, or any that there may be.
    r"|\b(?:any|every|each|no|nothing|none|without(?: the| an?)?|not(?: yet| been)*|never|n't(?: yet| been| get)*"
    r"|previously|earlier|originally|formerly)"
    # Somebody else does it, or it is only to be done.
    r"|\b(?:you|he|she|they|who|which|that|it|one|someone|somebody)(?:'ve| have|'d| had| has)?(?: also| just"
    r"| already| kindly)?"
    r"|\b(?:has|had|having|(?:should|would|could) have|was|were|be|being|must be|needs|need)(?: (?:also|then"
    r"|always|never|been))*)"
    r"[ -]+$",
    _I,
)
_BE_FOUND = compiled(
    r"\b(?:can|will|may) (?:also )?be (?:found|seen) (?:in the )?$|\b(?:has|have) (?:also |now )?been $", _I
)
_AFTER_NO_CLAIM = compiled(
    # Bolted to the wall.
    rf"[ ]+to[ ]+(?!{THIS_MAIL}|the (?:e-?mail|mail|message)\b(?! of| from| that| i | we | you)|this\b)"
    r"(?:the|a|an|my|your|our|his|her|their|its|it|each|every|both|all|any|that|those|these|them|him|me|us|\w+)\b"
    # Things that have parts, and goods in a box.
    r"|[ ]+(?:garage|storage|house|housing|device|disk|drive|volume|hardware|sensor|probe|gateway|cable|hose|bracket"
    r"|trailer|lobby|building|space|area|room|yard|porch|cabinet|rack|switchgear|conveyor|environment)\b"
    r"|[ ]+(?:with(?:in)?|in|by|on)[ ](?:each|every|a|an|the (?:box|carton|crate|parcel|package|shipment"
    r"|delivery|envelope"
    r"|housing|cabinet|pallet|goods|unit|wall|fence|back|side|bottom))\b(?! (?:pdf|word|excel|zip|separate))",
    _I,
)
_SENT_EARLIER = compiled(
    r"(?:[ ]+[\w'.-]+){0,4}?[ ]+(?:(?:to|with)[ ](?:my|our|your|his|her|their|the|an?)[ ]"
    r"(?:(?:last|previous|earlier|prior|first|original|other|\w+'s)[ ])?(?:e-?mail|mail|message|note)\b(?!'s)"
    rf"|{BEFORE_NOW}|in my (?:last|previous|earlier|first) (?:e-?mail|mail|message|note)\b)",
    _I,
)
_TO_THAT_MAIL = compiled(
    r"[ ]+(?:to|with)[ ](?:(?:my|our|your|his|her|their)[ ]|(?:the|an?)[ ](?:last|previous|earlier|prior|first"
    r"|original|other)[ ])"
    r"(?:\w+[ ])?(?:e-?mail|mail|message|note)\b(?!'s)",
    _I,
)
_WE_DID = compiled(r"\b(?:i|we)(?: (?:also|already|only))?[ ]$", _I)
_THEIRS = compiled(
    r"[^.;!?,]{0,60}?\b(?:you|he|she|they)(?:'ve| have|'d| had)?(?: just| already| kindly)?"
    r" (?:sent|shared|provided|attached|forwarded|uploaded|mailed)\b",
    _I,
)
_THANKED = compiled(r"\b(?:thanks|thank you|thx)\b[^.;!?,:]{0,80}$", _I)
_A_MAIL = compiled(
    r"\b(?:an?|my|your|the|his|her|our|their) (?:\w+ )?(?:e-?mails?|mails?|messages?)\b[^.;:]{0,60}$", _I
)
_YOURS = compiled(r"\b(?:in|from|at|of|with|to|got|received|have|for|on) your[ ]$", _I)
_SMALL_PRINT = compiled(
    r"\b(?:this|the) (?:e-?mail|mail|message|communication|transmission|transmittal)[^.;!?]{0,40}\b(?:and|or"
    r"|including)\b[^.;!?]{0,30}$",
    _I,
)
_PENDING = compiled(
    r"\b(?:will|'ll|shall|won't|going to|gonna)\b(?! (?:\w+ )?(?:find|see|note|notice|receive|get|have|show"
    r"|help|give|explain)\b)"
    r"[^.;:]{0,120}\b(?:with|send|sending|write|mail|forward|deliver|include|return)\b[^.;:]{0,40}$|\b(?:until"
    r"|unless) (?:an?|any)[ ]$"
    r"|\b(?:once|when) (?:we|i) (?:send|have sent|share)\b[^,;]{0,40}$",
    _I,
)
_SUBORDINATE = compiled(
    r"(?:\b(?:if|whether|once|whenever|unless|until|make sure|ensure|assum(?:e|es|ed|ing|ption)|as long as"
    r"|wherever|when|thought|believed"
    r"|that you (?:see|wrote|said))|\b(?:will|'ll|shall|won't|going to|gonna)\b(?! (?:also )?(?:find|see)\b)"
    r"|^\W*(?:no|nothing|none|neither))"
    r"\b[^,;:()]{0,80}$|^\W*(?:the moment|as soon as|once|when) [^;:]{0,160}$",
    _I,
)
_ASKS = compiled(
    r"\W{0,9}(?:is|are|was|were|did|does|do|has|have|had|what|which|who|where|why|how|when|should|any)\b", _I
)
_IS_THIS_IT = compiled(r"^\W*(?:is|are|was|were) (?:the|this|that) $", _I)


def is_not_claimed(cue: Cue) -> bool:
    """Whether the words beside the cue give it another sense, deny it, or make it somebody else's doing."""
    if _AFTER_NO_CLAIM.match(cue.after):
        return True
    return bool(_BEFORE_NO_CLAIM.search(cue.before)) and not _BE_FOUND.search(cue.before)


def is_of_another_mail(cue: Cue) -> bool:
    """Whether what is spoken of travelled with an earlier mail, or with one of theirs, or stands in small print."""
    if (
        _THEIRS.match(cue.after)
        or _YOURS.search(cue.before)
        or _THANKED.search(cue.before)
        or _SMALL_PRINT.search(cue.before)
    ):
        return True
    return bool(_TO_THAT_MAIL.match(cue.after) or (_WE_DID.search(cue.before) and _SENT_EARLIER.match(cue.after)))


def speaks_of_a_mail(cue: Cue) -> bool:
    """Whether a mail is told of that had the file ("an email with the invoice attached")."""
    return bool(_A_MAIL.search(cue.before))


def is_pending(cue: Cue) -> bool:
    """Whether the sentence speaks of a mail still to come, or asks whether this file is the right one."""
    return bool(_PENDING.search(cue.before)) or bool(_IS_THIS_IT.search(cue.before) and "?" in cue.after)


def is_asked_for(cue: Cue) -> bool:
    """Whether "X is attached" is asked, wished or supposed, and not said."""
    return bool(_SUBORDINATE.search(cue.before)) or ("?" in cue.after and bool(_ASKS.match(cue.text)))
