"""What tells that a date is past or to come, or counted from another event, all in lower case. Data only."""

from extractors.lazily import compiled

CLAUSE_BREAK = compiled(
    r"[;:—–(]|,[ ]+(?:and|but|so|which|because|since|while|though|if|unless)\b|\b(?:and|but)[ ]+(?:i|we|you|he|she"
    r"|they|it)\b|\bthat\b|\b(?:and|but)[ ]+(?=(?:will|shall|can|plan|hope|expect|should|would)\b)|,[ ]+(?=(?:see"
    r"|talk|speak|chat|catch|meet|sending|shipping|happy|looking|expecting|more|next|then|now|new|another"
    r"|(?:the[ ]+)?(?:revised|updated|final))\b)|\b(?:told|assured|promised|says|said)[ ]+(?:me[ ]+|us[ ]+"
    r"|you[ ]+)?(?=(?:it|they|he|she|we|i|the)\b)"
)
FUTURE = compiled(
    r"\b(?:will|shall|won't|going to|can|could(?! not|n't| have)|would(?! have)|should(?! have| never have)"
    r"|may(?! have)|might(?! have)|must(?! have)|please|let's|plan|hope|aim|expect|target|propose|need|to be)\b"
    r"|'(?:ll|d)\b"
)
DEADLINE = compiled(
    r"\b(?:by|until|till?|through|no later than|not later than|at the latest"
    r"|(?<!was )(?<!were )due)[ ]+(?:on[ ]+)?(?:the[ ]+)?$"
)
# "is reserved", "the revised quote": participles that tell of no past event.
NO_EVENT = compiled(
    r"\b(?:is|are|be|being|gets?|the|an?|our|your|my|this|these)[ ]+(?:(?:\w+ly|hereby|being|not|now"
    r"|also)[ ]+)?(?:[\w-]+(?:ed|en)|sent|made|sold|built|held|paid|told|met|found|kept|left|shown)\b|(?:'ve|\bhave"
    r"|has)[ ]+(?:blocked|booked|reserved|set aside|arranged|held|kept free|(?:been[ ]+)?(?:added|invited"
    r"|registered|enrolled|moved))\b|\b(?:need|detailed|based|related|limited|dedicated|interested|committed"
    r"|confirmed|pleased|excited|delighted|proposed|planned|scheduled)\b"
)
# Verbs of what is to come; the later of these and of what is past decides.
PRESENT_VERB = compiled(
    r"\b(?:ships|returns|presents|gets|lands|arrives|starts|begins|goes|follows|comes|runs|expires|ends|kicks off"
    r"|leaves|delivers|reaches|closes|opens|renews|launches|takes place|happens|works|meets|drops|sends|visits"
    r"|joins|calls|signs|reviews|hands|leave|finish|expected|payable|moves|arriving|coming|starting|landing"
    r"|following|shipping|sending|due|ready|available|see you|talk|speak|have it)\b"
)
PRESENT_AFTER = compiled(r"[ ]+(?:is|are|works?|would|will|can|suits?|sounds?|looks?|it is)\b")
PAST_AUXILIARY = compiled(
    r"\b(?:was|were|wasn't|weren't|had|hadn't|did|didn't|has been|have been|could not|couldn't)\b"
)
PAST_VERB = compiled(
    r"\b(?:went|sent|told|said|saw|came|took|gave|began|got|made|met|wrote|spoke|ran|found|left|lost|sold|rose|fell"
    r"|grew|ago|dated|thank(?:s| you)(?: \w+)? for|(?!hundred)[a-z]{2,}[^e\W]ed)\b"
)
# "As you may have seen, …", "as we discussed on Friday, …": told beside the matter.
ASIDE = compiled(r"\bas[ ](?:we|you|i|they)\b[^,]{0,60},")
SET_FOR = compiled(
    r"\b(?:scheduled|booked|planned|set|slated|targeted|announced|confirmed|reserved|moved|postponed|rescheduled"
    r"|agreed|extended|slipped|deferred|delayed|pushed|changed|shifted|brought forward"
    r"|pencil+ed in)\b.{0,40}[ ](?:for|to)[ ]+(?:the[ ]+)?$"
)
OPENS_WITH_PARTICIPLE = compiled(r"^[ ]*[a-z]{3,}ed[ ]+(?!by\b|in\b|on\b|at\b|last\b|over\b)")
ACKNOWLEDGED = compiled(r"^[ ]*(?:got (?:it|your \w+)|understood|noted|received|agreed|confirmed)[ ]*[,!–-]")
SINCE = compiled(r"\b(?:since|way back in|ever since|already)[ ]+(?:the[ ]+)?$")
RECORD_OF = compiled(
    r"\b(?:meeting|e?-?mail|letter|call|complaint|reminder|order|conversation|note|message|observations?|round"
    r"|quotation|quote|offer|audit|request|visit|statement|shipment|release|further to .{0,40}"
    r"|your .{0,20})[ ]of[ ]+(?:the[ ]+)?$|\b(?:reports?|traceroute|workaround|one|figures|numbers|notes|minutes"
    r"|version|files?|draft|quote|thread|e?mails?|call|meeting|deck|index|recording|slides|list|invoice|logs?"
    r"|tickets?|export|data|results?|is)[ ]+from[ ]+(?:the[ ]+)?$"
)
# "Your suggestion of December 2": what is put forward is still to come, unlike a letter of that day.
PUT_FORWARD = compiled(
    r"\b(?:suggestions?|ideas?|preferences?|choice|wish"
    r"|(?:suggested|proposed|preferred|new) (?:day|date|time|slot|option))"
    r"[ ]of[ ]+(?:the[ ]+)?$"
)
PAST_MATTER_AFTER = compiled(
    r"(?:'s)?[ ]+(?:outages?|figures|numbers|fees|incidents?|blip|run|results?|events)\b(?![ ]+will)"
)
PAST_MATTER_BEFORE = compiled(
    r"\b(?:(?:outages?|incidents?|failures?|breach|delays?|problems?)[ ]+(?:in|of|on|from)|(?:held|received|signed"
    r"|agreed|placed|submitted|issued|dated)(?:[ ]+on|[ ]+in)?)[ ]+(?:the[ ]+)?$"
)
BEFORE = compiled(r"(?<!on or )\b(?:before|prior to|ahead of)[ ]+(?:the[ ]+)?$")
AFTER = compiled(r"\bafter[ ]+(?:the[ ]+)?$")
OF_EVENT = compiled(
    r"[ ]+(?:(?:of|from|after|following|upon)[ ]+(?!(?:today|now|this|the date of this)\b)|thereafter\b|afterwards\b)"
)
GENERAL = compiled(
    r"\b(?:any|anything|every|each|whenever|upon|anyone|day or night|once|reply (?:with|\")|as soon as)\b"
)
ALL = compiled(r"\ball\b")
OWN_PROMISE = compiled(r"\b(?:i|we)(?:'ll| will| shall|'m going to|'re going to)\b|\blet me\b|\bback (?:to you )?$")
