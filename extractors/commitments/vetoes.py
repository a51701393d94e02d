"""What looks like an undertaking and is none: courtesy, inability, absence, hypotheticals, wishes, other
people's doings. Data only.
"""

import re

from extractors.lazily import compiled
from extractors.wordlists import word_set


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that matches what any of these match, upper and lower case the same."""
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# Openings of a mail that undertake nothing, whatever stands in them.
COURTESY = _any_of(
    (
        r"(?:(?:so|very|really|it was) )*(?:good|great|nice|lovely|wonderful|a pleasure) (?:to (?:meet|see|hear|talk"
        r"|speak)|meeting|seeing|hearing|talking|speaking)\b(?! (?:again )?(?:on|at|next|tomorrow|this)\b)",
        r"(?:just )?(?:circling back|checking (?:in|back)|following up (?:on (?:my|the|our|your)|to (?:see|check)))"
        r"\b",
    )
)

# Matched where the clause proper begins.
NOT_AT_START = _any_of(
    (
        # Courtesy and set phrases.
        r"(?:i|we)(?:'m|'re| am| are)?(?: really| very much| so| both)? ?(?:look(?:ing)? forward|hope (?:this"
        r"|that|all|you|your|we (?:see|meet|speak))|wish|appreciate|understand|apologi[sz]e|regret|thank"
        r"|trust (?:this|that|you)|remain (?:at|conscious|committed|convinced|grateful|hopeful))",
        r"(?:i|we)(?:'d|'ll| will| would| should| shall)? (?:be |also be )?(?:more than |very |always |so "
        r"|truly |most |really |very much |also )?(?:happy|glad|delighted|pleased|grateful|thrilled|honou?red"
        r"|appreciative|proud|curious|interested) (?:to (?:hear|see you|answer (?:any|your|all|further"
        r"|whatever)|know|learn|discuss any|help|assist|have you|receive|be of)|if\b|that|for (?:a|any)"
        r"|about)",
        r"(?:always |more than |very )?(?:happy|glad|delighted|pleased|ready|here) to (?:hear|answer (?:any"
        r"|your|all|further)|help|assist|discuss any|know|have (?:met|you)|be of|see (?:you|that|this)|report"
        r"|say|announce|confirm that)\b",
        r"(?:i|we)(?:'d| would| should)(?: really| genuinely| also| very much| truly)? (?:love|like|be \w+"
        r"|hate|prefer|rather|want|welcome|appreciate|need|have|say|argue|never|caution|recommend"
        r"|suggest that you|advise|regret|imagine|think|guess|expect|not|ask|only|be lying|bet|hope that you"
        r"|be happy if|be glad if) ?(?:to )?(?:hear|learn|know|see|understand|understanding|earn|hold|your|you"
        r"|that|it|a|for|if|an|make sure you|think|say|be|two|from|the|not|as|do|point|promise)\b(?! (?:a "
        r"(?:call|meeting) for you))",
        r"(?:let me|allow me to|let us) (?:know|explain|address|introduce myself|start|begin|share (?:how|what"
        r"|a|some|why|my)|tell|say|be|assure|put it|clarify|recap|summari[sz]e|repeat|emphasi[sz]e|walk|point"
        r"|take your|add|give you (?:some|a bit|an example|the))\b",
        r"(?:please|kindly|pls|feel free|don't hesitate|do not hesitate|make sure|be sure|let's (?:not|be|face))\b",
        r"(?:i|we)(?:'ll| will| shall)(?: just| only| also)? (?:be (?:honest|frank|blunt|brief|direct|upfront"
        r"|candid|quick|transparent|clear|straight|the one|the first|honored|on (?:vacation|leave|holiday"
        r"|parental|pto|annual|a plane|the road|travel)|out\b|away|off(?:line)?\b|travell?ing|unavailable"
        r"|back (?:in the office|from|at my desk)|gone|closed|in (?:court|meetings|transit)|missing"
        r"|thinking of|watching|rooting|in (?!touch|your)|heading|meeting (?:again )?with|spending|attending "
        r"(?:a|the) (?:wedding|funeral)|happy|glad|delighted|pleased|grateful|sorry|sad|able to (?:make"
        r"|attend) only)|admit|spare you|keep (?:it|this) (?:short|brief|quick|simple|to)|get (?:straight"
        r"|right) to|miss|never forget|confess|assume|take (?:that|it|this) as|take the blame|need|have to"
        r"|require|understand|see you|not (?:be able|speculate|pretend|bore|have|lie|go into|belabor|belabour"
        r"|waste|take (?:up|much|more))|want|like|prefer|love|hate|wait (?:for|to hear)|await|look forward"
        r"|leave it (?:at that|there)|say|bet|never (?:know|understand)|let you (?:go|get back|be)|refrain"
        r"|pass\b|regret|appreciate|cross my|keep my fingers|hope|live|die|sleep)\b",
        r"(?:will|'ll) (?:be (?:on|out|away|off)|need|have to|require|you|they|he|she|it|that|this|there)\b",
        r"(?:i|we)(?:'m|'re| am| are) (?:\w+ )?(?:looking forward|keeping my fingers|having (?:trouble|a|some"
        r"|problems|issues)|getting (?:in touch|a lot|ready|married|an error|the error|errors|this|closer|old)"
        r"|taking (?:the liberty|a (?:vacation|day|break)|time off|off|vacation)|coming (?:up|from|down|along)"
        r"|talking about|asking (?:for (?:your|a)|you|that|because|if|whether)|calling (?:about|to|because"
        r"|you (?:because|about))|making (?:progress|sure you)|working (?:from|in|at|as|for)|adding (?:value)"
        r"|running (?:out|late|low|behind)|having lunch|staying (?:at|in)|checking in|following up (?:on|to"
        r"|regarding|with you|about|because)|reaching out|writing|sending (?:you )?this|going (?:through|on"
        r"|back)|putting you|meeting (?:with )?(?:them|him|her|my)|giving (?:up|thanks)|including (?:this"
        r"|below)|getting (?:ready|there))\b(?! (?:a fresh|to get))",
        r"(?:i|we) (?:can|could|may|might) (?:only |just |also |not |hardly |still |certainly )?(?:see|imagine"
        r"|understand|tell|think|say|relate|appreciate|guess|assume|remember|hear|feel|believe|never|not"
        r"|recommend|sympathi[sz]e|attest|only (?:apologi|hope))\b",
        r"(?:can|could) (?:you|we|i|they|he|she|someone|anyone|it)\b",
        r"(?:i|we)(?:'d| would| could| might| may| should)? (?:have|never have|not have) (?:been|sent|done|had"
        r"|made|gone|called|preferred|liked|signed|told|asked|come|[a-z]+ed)\b",
        r"(?:i|we) (?:would never|'d never|could never|would not|wouldn't|couldn't|can't|cannot|can not|don't"
        r"|do not|won't be able|will not be able|am not able|are not able|'m not able|'re not able|am unable"
        r"|are unable|'m unable|'re unable|'m afraid|am afraid|won't (?:be|have|make|know|pretend|speculate"
        r"|lie|bore|see|hear|need|invent|go|read|want|get|wait|hold you|say|believe|miss|take (?:up|much|more"
        r"|that)|bother you with)|no longer)\b(?!.{0,20}\bcharge you\b)",
        r"(?:i'd|we'd|i had|we had|i've|we've|i have|we have|i was|we were|i did|we did|i used|we used|i wish"
        r"|i wanted|we wanted|i meant|i thought|we thought|i sent|we sent|i told|i said|i asked|i promised"
        r"|we promised|i heard|i saw|i got|we got|i made|i spoke|i read|i took|i put|we put|i left|i set"
        r"|we set up|i met|we met)\b(?! (?:love|like|be|gladly|happily|offer|have a|got you|'ll)\b)(?=[ ]"
        r"(?:been|a|an|the|that|it|you|to|in|out|over|up|your|with|[a-z]+ed\b|sent|done|made|got|gone|had|seen"
        r"|put|told|taken|given|not|never|already|just|spoken|written|found|on|at|some|my|our|this|him|her"
        r"|them|from|by))(?!.{0,60}\b(?:free|available|open)\b)",
        r"(?:i'd|we'd|i would|we would) (?:rather|have|want|need|ask|be lying|bet|say|hate|like (?:to (?:know"
        r"|hear|see|understand|make this|lay out|thank|ask|point|invite your|remind|apologi)|your|you|that"
        r"|a\b))\b",
        r"(?:i|we) (?:will|'ll|shall)? ?(?:see|keep)? ?(?:what i can say|what you mean)\b",
        r"(?:talk|speak|see you) (?:soon|then|later)\b",
        r"(?:hope|hoping) (?:this|that|you|all|your|things|everything|it)\b",
        r"(?:expect|hope) (?:to hear|to see you|you)\b",
        r"(?:i|we)(?: do)? (?:hope|expect|plan|intend|aim|propose) (?:you|your|they|he|she|that you|that your"
        r"|that they|that this|that the|this|the|it|to (?:hear|see you|be seeing|learn|receive (?:your|the)"
        r"|work with you|meet (?:you|them) (?:one day|again|soon|someday)))\b",
        r"looking forward\b",
        r"it would be (?:great|good|helpful|wonderful|nice|useful|appreciated|a (?:great|wonderful|good|huge))\b",
        r"(?:i|we) (?:can|may) be reached\b",
        r"(?:sending|calling|checking) (?:in|you (?:all|good|warm|my|best)|good|warm|love|thoughts|wishes)\b",
        r"(?:what|where|why|how|who) (?:i|we) (?:can't|cannot|won't|could not)\b",
    )
)

# Found anywhere in the clause.
NOT_ANYWHERE = _any_of(
    (
        r"\b(?:if|had|unless) (?:i|we|you|it|they|he|she|\w+) (?:had|were)\b.{0,60}\bwould\b",
        r"\b(?:would|could|should|might) have (?:been|[a-z]+ed|sent|done|made|had|come|gone)\b",
        r"\b(?:i|we)(?:'d)? (?:can|could)(?:n't|not)\b.{0,12}\b(?:promise|guarantee|commit)\b",
        r"\b(?:not|n't|never) (?:be )?(?:able|in a position|authori[sz]ed|allowed|promise|guarantee|commit)\b",
        r"\bas (?:i|we) (?:will|would|can) (?:be )?(?:explain|see|discuss)",
        r"\bwhen pigs fly\b|\bover my dead\b|\bi'd rather\b",
    )
)

# Subjects whose doings are not the sender's.
THIRD_PARTY = compiled(
    r"^(?:(?:also|then|and|but|so)[ ]+)?(?:your|their|his|her|whose)\b|\b(?:carrier|courier|vendor"
    r"|supplier|manufacturer|forwarder|utility|authority|authorities|regulator|ministry|committee|board"
    r"|council|bank|union|insurer|auditors?"
    r"|competitors?|government|agency|department|hospital|customers?|clients?|users?|employees|people"
    r"|operators?|drivers?|panel|court|judge|county|city|state|province|treasury|bookstore|school"
    r"|university|market|industry|economy|weather|rain"
    r"|donors|chiefs|neighbou?rs|counsel|lawyers?|attorneys?|law firm|consultants?|contractor|landlord"
    r"|network operator|electrician|haulier|broker|payables|purchasing|procurement|everybody|everyone"
    r"|nobody|someone|somebody|anyone|who|you|others?|one of (?:you|your)"
    r"|the (?:company|parties|party|seller|buyer|purchaser|licensee|tenant|lessee|guarantor|bidder|bidders"
    r"|outage|interruption|price|prices|rates|market|game|weather|sun|meeting|event|conference|deadline"
    r"|window|registration|offer|trial|contract|agreement|term|office|system|software|platform|product"
    r"|tool))\b",
    re.IGNORECASE,
)

# Verbs of an NP subject that tell of something nobody undertakes.
NO_UNDERTAKING = word_set(
    "need want ask wonder know think like love hate feel notice require depend mean become remain-seen "
    "seem appear happen last cost rise increase fall vary probably want"
    " expire end lapse see be-able remember understand agree disagree believe enjoy benefit struggle "
    "face suffer lose win fail break slip decide vote choose meet-again help-you let-down"
)
