"""Fragments of clause patterns: who speaks, how the future is put, what may stand in between. Data only."""

ADVERBS = (
    r"(?:[ ]+(?:also|then|now|always|certainly|definitely|personally|happily|gladly|gently|absolutely|just"
    r"|still|of course|either|both|hereby|again|surely|promptly|immediately|first|probably not"
    r"|each|all|instead|simply|myself|ourselves|quickly|shortly|soon|at once|in turn|further|additionally"
    r"|naturally|separately|in fact|today|tomorrow|tonight|this week|next week|next|be sure to"
    r"|make sure to"
    r"|humbly|kindly|actually|therefore|thus|accordingly|only|in any case|fully|directly|herewith|likewise"
    r"|to be sure))*"
)
ME = (
    r"(?P<who>i|we(?: all| both)?|my (?:team|colleagues?|office) and i|me and my team|(?:both"
    r"|the two) of us|[a-z][\w'-]+ and i|i myself|ourselves|myself)"
)
WILL = (
    r"(?:'ll|[ ]+will|[ ]+shall|(?:'m|'re|[ ]+am|[ ]+are)(?:[ ]+(?:also|just|still|then))?[ ]+going[ ]+to|"
    r"(?:[ ]+am|[ ]+are)?[ ]+gonna|'s[ ]+going[ ]+to|[ ]+is[ ]+going[ ]+to|[ ]+(?:am|are|is) to(?= ))"
)
NOT = r"(?:[ ]+(?:will|shall)[ ]+(?:not|never)|[ ]+won't|[ ]+shan't|'ll[ ]+(?:not|never)|[ ]+will[ ]+no longer)"
BE = r"(?:'m|'re|'s|[ ]+am|[ ]+are|[ ]+is)"
VERB = r"(?P<verb>[a-z][a-z-]+)"

# What one offers to do, and how one says that one would.
OFFER_VERBS = (
    r"(?:send|share|show|offer|host|give|provide|set|arrange|schedule|invite|walk|help|write|prepare|draft"
    r"|put|extend|get|run|build|introduce|connect|make|bring|book|organi[sz]e|include|propose|loop|add|sit"
    r"|meet|join|demo|present|treat|buy|take|jump|hop|chat|talk|discuss|call)"
)
WILLING = (
    r"(?:more than |very |also |always |only too |certainly |quite |still )?(?:happy|glad|pleased"
    r"|delighted|willing|prepared|ready|thrilled|keen|open|comfortable|honou?red|able|in a position|free)"
)

# What may stand before the clause proper without being part of the undertaking.
LEAD_IN = (
    r"(?:(?:and|but|so|also|then|or|plus|yes|yep|yeah|sure|ok|okay|well|meanwhile|separately|otherwise"
    r"|first|firstly|second|secondly|third|thirdly|finally|lastly|likewise|additionally|moreover"
    r"|furthermore"
    r"|p\.?s\.?|btw|fyi|anyway|absolutely|great|perfect|good|fine|noted|understood|agreed|actually"
    r"|naturally|of course|no problem|no worries|sounds good|thanks|thank you|on our side|our side|our end"
    r"|on my side|hopefully"
    r"|in (?:the )?meantime|meantime|in addition|as (?:promised|discussed|agreed|requested|mentioned|said"
    r"|always|usual)|in any case|in that case|either way|again|alternatively|accordingly|therefore|thus"
    r"|consequently|rest assured(?: that)?"
    r"|(?:please )?(?:note|be advised|be assured|rest assured) that|(?:i|we) (?:can|am happy to"
    r"|are happy to|am pleased to|are pleased to|hereby|would like to|want to|just want to"
    r"|wanted to let you know)? ?(?:confirm|inform you|let you know|tell you|advise you|say|promise"
    r"|assure you|add)(?: that)?(?=[ ]+(?:i|we|our|the|your|all|no|it|you)\b)"
    r"|(?:this is to (?:confirm|inform you)|i'm (?:pleased|happy|delighted|excited|thrilled) to (?:confirm"
    r"|say|report|share|announce|tell you|let you know)|we are (?:pleased|happy|delighted|excited) to "
    r"(?:confirm|announce|inform you))(?: that)?"
    r"|(?:i|we) (?:promise|guarantee)(?: you)?(?: that)?(?=[ ]+(?:i|we)\b)|(?:i'm|we're|i am|we are) "
    r"(?:sure|confident|certain|positive)(?: that)?(?=[ ]+(?:i|we)\b)|the good news is(?: that)?"
    r"|for (?:that|this) matter|for now|for this contract|for our part|for the record|to confirm"
    r"|to be clear|in short|in return|if so|no pressure|until then|from here on|from now on|that said"
    r"|having said that|under [^,]{2,30},)"
    r"(?:[ ]*(?:[,:!.–—]|-(?=[ ]))+[ ]*|[ ]+))"
)
