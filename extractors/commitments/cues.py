"""The pattern families that make a clause a commitment, each with the id that is given as evidence. Data only.

A pattern is matched where the clause proper begins, after its condition and lead-in words; the first family that matches decides.
`verb` is the action, `who` the actor's pronoun.
"""

import re
from dataclasses import dataclass

from extractors.commitments.grammar import ADVERBS, BE, ME, NOT, VERB, WILL
from extractors.findings import CommitmentKind, Strength


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A family: its id, its pattern, the strength it gives, and what else must hold.

    `action` asks that the verb be one that can be promised; `dated` that the clause names a time to come, `date_first` that it begins with it,
    `conditional` that it states a condition; `question` that it is asked.
    """

    id: str
    pattern: re.Pattern[str]
    strength: Strength
    kind: CommitmentKind | None = None
    actor: str | None = None
    action: bool = False
    dated: bool = False
    date_first: bool = False
    conditional: bool = False
    question: bool = False


def _cue(
    id_: str,
    pattern: str,
    strength: Strength,
    kind: CommitmentKind | None = None,
    *,
    actor: str | None = None,
    action: bool = False,
    dated: bool = False,
    date_first: bool = False,
    conditional: bool = False,
    question: bool = False,
) -> Cue:
    return Cue(
        id=id_,
        pattern=re.compile(pattern, re.IGNORECASE),
        strength=strength,
        kind=kind,
        actor=actor,
        action=action,
        dated=dated,
        date_first=date_first,
        conditional=conditional,
        question=question,
    )


_OFFER_VERBS = (
    r"(?:send|share|show|offer|host|give|provide|set|arrange|schedule|invite|walk|help|write|prepare|draft"
    r"|put|extend|get|run|build|introduce|connect|make|bring|book|organi[sz]e|include|propose|loop|add|sit"
    r"|meet|join|demo|present|treat|buy|take|jump|hop|chat|talk|discuss|call)"
)
_WILLING = (
    r"(?:more than |very |also |always |only too |certainly |quite |still )?(?:happy|glad|pleased"
    r"|delighted|willing|prepared|ready|thrilled|keen|open|comfortable|honou?red|able|in a position|free)"
)

QUESTIONS: tuple[Cue, ...] = (
    _cue(
        "ask.would-you-like",
        rf"(?:would|do) you (?:like|want|prefer|care for) (?:me|us|my team|one of us|our \w+)[ ]+to[ ]+{VERB}",
        "conditional",
        action=True,
        question=True,
    ),
    _cue(
        "ask.want-me",
        rf"(?:do you )?(?:want|need) (?:me|us)[ ]+to[ ]+{VERB}",
        "conditional",
        action=True,
        question=True,
    ),
    _cue(
        "ask.shall",
        rf"(?:shall|should|may|can|could|might|why don't)[ ]+{ME}(?:[ ]+(?:also|then|just|perhaps|maybe))?[ ]+"
        rf"(?P<verb>send|propose|offer|suggest|set up|schedule|book|arrange|share|show|call|give you a|walk"
        rf"|introduce|put|draft|prepare|ship|help|host|invite|bring|stop|swing|come)\b",
        "conditional",
        question=True,
    ),
    _cue(
        "ask.slot",
        r"(?:how about|what about|how (?:does|is|would|are)|how's)\b",
        "conditional",
        "meeting",
        actor="sender",
        dated=True,
        question=True,
    ),
    _cue(
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
    _cue(
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
    _cue(
        "ask.can-you",
        r"(?:can|could|would) you (?:do|make|be (?:free|available)|meet|join us)\b",
        "conditional",
        "meeting",
        actor="sender",
        dated=True,
        question=True,
    ),
)

SENDER: tuple[Cue, ...] = (
    # Hedged by effort or doubt.
    _cue(
        "try.will",
        rf"{ME}(?:{WILL}{ADVERBS})?[ ]+(?:try(?:[ ]+(?:to|and|my best to|our best to|my very best to|hard to))?"
        rf"|do (?:my|our) (?:very |level )?best(?: to)?|do (?:everything|what) (?:i|we) can(?: to)?"
        rf"|make every effort to|endeavou?r to|strive to|attempt to|work (?:hard )?to|see if (?:i|we) can"
        rf"|see what (?:i|we) can do(?: to)?|(?:probably|likely|hopefully|perhaps|maybe))(?:[ ]+{VERB})?",
        "tentative",
    ),
    _cue(
        "try.elided",
        rf"(?:(?:will|'ll)[ ]+)?(?:try(?:ing)? to|hop(?:e|ing) to|aim(?:ing)? to|plan(?:ning)? to|expect"
        rf"(?:ing)? to|should be able to|should (?=have|get|be|ship|know|see)|might be able to|might (?=have"
        rf"|get)|ought to|may be able to|intend(?:ing)? to|shooting (?:for|to)|targeting|aiming for"
        rf"|hoping for)[ ]*{VERB}?",
        "tentative",
    ),
    _cue(
        "try.progressive",
        rf"{ME}{BE}{ADVERBS}[ ]+(?:trying|planning|hoping|aiming|shooting|targeting|expecting|intending|looking"
        rf"|working)(?:[ ]+(?:to|for|on having|on getting|towards|at))?(?:[ ]+(?P<verb>have|get|send|finish|be"
        rf"|deliver|ship|release|launch|complete|match|make|close|bring|do|provide|give|visit|meet|start|share"
        rf"|turn|wrap|add|roll|be able to))\b",
        "tentative",
    ),
    _cue(
        "try.target",
        rf"{ME}{BE}{ADVERBS}[ ]+(?P<verb>targeting|aiming for|shooting for|planning on|aiming at)\b",
        "tentative",
    ),
    _cue(
        "hope.plan",
        rf"{ME}{ADVERBS}[ ]+(?:(?:do|would|still|fully|currently|very much)[ ]+)?(?:(?:would )?hope|plan|aim"
        rf"|intend|expect|anticipate|reckon|trust|mean)[ ]+(?:to|on|that (?:i|we)(?:'ll| will| can)?|(?:i|we)"
        rf"(?:'ll| will| can)|(?=[a-z]+ing\b))[ ]*(?:be[ ]+(?:able to[ ]+)?)?(?!see\b|hear\b|you\b|taking\b"
        rf"|retaking\b|going\b|continue\b|learn\b|meet you\b|being\b)(?P<verb>[a-z-]+)",
        "tentative",
    ),
    _cue(
        "hope.noun",
        rf"{ME}{ADVERBS}[ ]+(?:expect|anticipate|estimate|foresee|target)[ ]+(?=(?:an?|the|it|them|this|our"
        rf"|your|to|delivery|shipping|shipment)\b)",
        "tentative",
        dated=True,
    ),
    _cue(
        "should",
        rf"{ME}{ADVERBS}[ ]+(?:should|ought to)(?:[ ]+(?:also|then|probably|hopefully))?(?:[ ]+be able to[ ]+{VERB}"
        rf"|[ ]+(?P<done>have|get|know|finish|ship|receive|complete|deliver|be (?:done|ready|finished|there|in"
        rf"|back)|hear|see)\b)(?! been)",
        "tentative",
    ),
    _cue(
        "might",
        rf"{ME}{ADVERBS}[ ]+(?:might|may)(?:[ ]+(?:also|well|even|still))?(?:[ ]+be able to)?[ ]+{VERB}",
        "tentative",
        action=True,
    ),
    _cue(
        "think.can",
        rf"(?:{ME}[ ]+(?:think|believe|guess|suspect|imagine|reckon|don't see why)|possibly|probably|maybe"
        rf"|perhaps|with (?:any|a bit of|some) luck|hopefully|i'm (?:fairly|pretty|reasonably) (?:sure"
        rf"|confident))(?:[ ,]+that)?[ ,]+(?:i|we)(?:'ll| will| can| could|'d| couldn't| should(?= be able))"
        rf"(?:[ ]+be able to)?[ ]+(?!have to|need|be\b|stay|go\b|not\b|all\b)(?P<verb>[a-z-]+)",
        "tentative",
    ),
    _cue(
        "inclined",
        r"(?:i'm|we're|i am|we are) (?:inclined|leaning|tempted) to (?P<verb>say yes|accept|agree|join|come)",
        "tentative",
    ),
    # Offers.
    _cue(
        "offer.what-can",
        rf"(?:what|the (?:best|most|only thing))[ ]+{ME}[ ]+(?:can|could)(?:[ ]+(?:do|offer|put)(?:[ ]+"
        rf"(?:for you|instead))?)[ ]+(?:is|would be)[ ]+{VERB}?",
        "conditional",
    ),
    _cue(
        "offer.can",
        rf"{ME}{ADVERBS}[ ]+(?:can|could)(?:[ ]+(?:also|then|certainly|still|gladly|happily|easily|always"
        rf"|probably|even|simply|perhaps|instead|definitely|just|absolutely|potentially))*[ ]+{VERB}",
        "conditional",
        action=True,
    ),
    _cue(
        "offer.able",
        rf"{ME}(?:{BE}|'d be|[ ]+would be|{WILL} be)(?:[ ]+(?:also|always|certainly|still|now|then|naturally"
        rf"|personally))?[ ]+{_WILLING}[ ]+to[ ]+(?:also |then |personally )?(?!set out|be\b|share (?:some"
        rf"|that)|answer|attach|work with|have\b)(?P<verb>[a-z-]+)",
        "conditional",
        action=True,
    ),
    _cue(
        "offer.elided",
        rf"(?:(?:would|'d|will) be[ ]+)?{_WILLING}[ ]+to[ ]+(?:also |then )?{VERB}",
        "conditional",
        action=True,
    ),
    _cue(
        "offer.can-elided",
        r"(?:can|could|cld)(?:[ ]+(?:also|certainly|still))?[ ]+(?P<verb>do|send|offer|set|walk|meet|call|get"
        r"|ship|give|share|provide|make|run|bring|add|put|hop|jump|drop|host|show|extend|swing|come|hold|match"
        r"|join|have|help)\b",
        "conditional",
    ),
    _cue(
        "offer.would",
        rf"{ME}(?:'d|[ ]+would)(?:[ ]+(?:also|then|gladly|happily|certainly|naturally|be))*[ ]+(?:(?:love"
        rf"|be delighted|be honou?red|be glad|be happy)[ ]+to[ ]+(?P<verb>{_OFFER_VERBS})|like[ ]+to[ ]+"
        rf"(?P<offered>offer|give|invite you|host|show you|send you|propose|extend|include|provide|treat|add"
        rf"|schedule|set up))\b(?![ ]+(?:me|us|this done|sure)\b)(?![ ]+(?:if|how|what|your thoughts|about "
        rf"(?:how|what|why)))",
        "conditional",
    ),
    _cue("offer.would-gladly", rf"{ME}(?:'d|[ ]+would)[ ]+(?:gladly|happily)[ ]+{VERB}", "conditional", action=True),
    _cue(
        "offer.would-if",
        rf"{ME}(?:'d|[ ]+would)(?:[ ]+(?:also|then|certainly|even))*[ ]+{VERB}",
        "conditional",
        action=True,
        conditional=True,
    ),
    _cue(
        "offer.honour",
        rf"it would be (?:our|my) (?:great )?(?:hono[u]?r|pleasure|privilege) to[ ]+(?P<verb>{_OFFER_VERBS})\b",
        "conditional",
    ),
    _cue("offer.propose-to", rf"{ME}[ ]+(?:would[ ]+)?(?:offer|volunteer)[ ]+(?:to[ ]+)?{VERB}?", "conditional"),
    _cue(
        "offer.pleased",
        rf"{ME}{BE}(?:[ ]+also)?[ ]+(?:pleased|happy|delighted|able|authori[sz]ed|prepared|glad)[ ]+to[ ]+"
        rf"(?P<verb>offer|extend|propose|include|grant|give)\b",
        "conditional",
        "concession",
    ),
    # Refraining: a promise put in the negative.
    _cue(
        "refrain.will-not",
        rf"{ME}{NOT}{ADVERBS}[ ]+(?!.*\byet\b)(?P<verb>raise|increase|charge|bill|invoice|share|sell|use|close"
        rf"|move|change|touch|block|give|disclose|engage|train|lock|contact|disturb|remove|delete|cancel|let"
        rf"|leave|collect|pitch|bother|spam|push|release|store|retain|transfer|pass|hold|reduce|drop|stop"
        rf"|forget|disappoint|accept|start|sign|discuss|publish|ship|switch|shut|deploy|make you|ask you|cut"
        rf"|mention|tell|email|call|renew|exceed|go (?:over|above|beyond)|put|add|enforce|shift|alter|modify"
        rf"|rest|send)\b",
        "firm",
        "guarantee",
    ),
    _cue(
        "refrain.never",
        rf"{ME}(?:{WILL})?[ ]+(?:do not and will not|never)[ ]+(?P<verb>use|share|sell|move|store|charge|train"
        rf"|disclose|touch|raise)\b",
        "firm",
        "guarantee",
    ),
    _cue(
        "refrain.do-not", rf"{ME}[ ]+(?:do not|don't)[ ]+(?P<verb>charge|bill|invoice)[ ]+you\b", "firm", "concession"
    ),
    # Plain undertakings.
    _cue(
        "let-me",
        r"(?:please )?(?:let (?:me|us)|lemme|allow (?:me|us) to)[ ]+(?:just |quickly |first |also )?"
        r"(?P<verb>check|ask|find out|see (?:what|if|whether|about)|look into|look at|look|get back|come back"
        r"|confirm|dig|run (?:it|this|that)|talk to|speak (?:to|with)|nudge|chase|verify|investigate|take "
        r"(?:a look|this|that|it)|circle back|follow up|get you|send you|work on|think about|double[- ]check"
        r"|discuss|review|pull|put together|get (?:this|that|it|these|those|a|an|my|our|the)\b|set up|sort"
        r"|handle|raise|bring|consult|go (?:back|and|ask|find)|call|ping|touch base|reach out|try|know more)",
        "firm",
        "follow_up",
    ),
    _cue(
        "word.owe",
        rf"{ME}[ ]+(?P<verb>owe)[ ]+you[ ]+(?!(?:an? )?(?:apolog|explanation|thank|beer|one\b|lunch|drink))",
        "firm",
        "deliverable",
    ),
    _cue(
        "word.given",
        r"(?:you(?:'ve| have)? (?:have|got)?[ ]?(?:my|our) word|(?:i|we) (?P<verb>give) you (?:my|our) word"
        r"|count on (?:me|us)|you (?:can|may) (?:count|rely) on (?:me|us)|consider (?:it|this|that|the"
        r"|your) ?[\w ]{0,30}? (?:done|handled|sorted|taken care of)|(?:i've|we've) got (?:it|this"
        r"|you) covered|leave it (?:with|to) (?:me|us))",
        "firm",
    ),
    _cue(
        "performative",
        rf"{ME}{ADVERBS}(?:[ ]+(?:can|do|will|would))?(?:'ll)?[ ]+(?:personally |hereby |formally |fully "
        rf"|absolutely )?(?P<verb>guarantee|undertake|commit|promise|pledge|warrant|assure|vow|swear|ensure"
        rf"|vouch|answer for|bear|absorb)\b",
        "firm",
        "guarantee",
    ),
    _cue(
        "performative.accept",
        rf"{ME}{ADVERBS}[ ]+(?:can[ ]+)?(?P<verb>agree (?:to|on|that)|agree with extending|accept"
        rf"|hereby confirm|hereby agree|waive|honou?r|undertake|sign up to)[ ]",
        "firm",
        "concession",
    ),
    _cue(
        "performative.propose",
        rf"{ME}(?:'d|[ ]+would)?{ADVERBS}[ ]+(?P<verb>propose|suggest)[ ]",
        "firm",
        "meeting",
        dated=True,
    ),
    _cue(
        "performative.proposing",
        r"(?P<verb>proposing|confirmed|confirming|booking|penciling|pencilling)\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    _cue(
        "will",
        rf"{ME}{WILL}{ADVERBS}(?:[ ]+(?:be able to|be))?[ ]+(?!not\b|never\b|no\b)(?P<verb>[a-z][a-z-]+)",
        "firm",
    ),
    _cue(
        "will.elided",
        rf"(?:will|'ll|shall|gonna)(?:[ ]+(?:also|then|definitely|certainly|personally|be sure to|make sure to"
        rf"|be))*[ ]+{VERB}(?![^?]*\?)",
        "firm",
        actor="sender",
        action=True,
    ),
    _cue(
        "will.elided-dated",
        r"(?:will|'ll)(?:[ ]+(?:also|then|definitely))*[ ]+(?P<verb>have|be)\b(?![^?]*\?)",
        "firm",
        actor="sender",
        dated=True,
    ),
    _cue(
        "progressive",
        rf"{ME}{BE}{ADVERBS}[ ]+(?P<verb>sending|resending|shipping|crediting|replacing|refunding|waiving"
        rf"|capping|issuing|dating|dropping|holding|reserving|bringing|extending|freezing|locking|matching"
        rf"|throwing|mailing|emailing|releasing|assigning|offering|delivering|deploying|processing|publishing"
        rf"|looping|rebuilding|committing|blocking|having (?:it|this|that|them|the|our|my)|taking (?:this|it"
        rf"|over|ownership|care|that)|keeping|covering|including|adding|asking (?:our|my)|staying (?:on|with"
        rf"|until))\b",
        "firm",
    ),
    _cue("progressive.dated", rf"{ME}{BE}{ADVERBS}[ ]+(?P<verb>[a-z-]+ing)\b", "firm", action=True, dated=True),
    _cue(
        "progressive.elided",
        r"(?P<verb>[a-z-]+ing)(?: (?:on|back|over|up|out))? ",
        "firm",
        actor="sender",
        action=True,
        dated=True,
    ),
    _cue(
        "progressive.elided-you",
        r"(?P<verb>sending|shipping|calling|mailing|emailing|crediting|refunding|giving|bringing|getting"
        r"|introducing)[ ]+(?:you|u|it over|this over|that over|these over)\b",
        "firm",
        actor="sender",
    ),
    _cue(
        "present",
        rf"{ME}(?:[ ]+(?:then|also|both|personally|only|always))*[ ]+(?P<verb>[a-z]+)\b",
        "firm",
        action=True,
        dated=True,
    ),
    _cue(
        "present.bring",
        rf"{ME}(?:[ ]+(?:then|also|both))*[ ]+(?P<verb>bring)[ ]+(?=the|our|an?|two|three|my|some|lunch)",
        "firm",
        "resource",
    ),
    _cue(
        "concession.present",
        rf"{ME}(?:[ ]+(?:then|also|always))*[ ]+(?P<verb>take(?= (?:another|off|\d|back|over|care))|knock"
        rf"|throw in|add|cover|bear|refund|credit|waive|honou?r|keep(?! (?:my|no\b|in mind|an eye|track))|leave"
        rf"(?! (?:you|the|for|on)\b)|hold(?! (?:that|no)\b)|match|replace|extend(?! (?:our|my)\b)|block|remain"
        rf"(?! (?:at\b|committed|open|con))|notify|return|delete|send(?! (?:our|my|best)\b)|deliver|pick up"
        rf"|reserve(?! the right)|reduce|oblige|commit|grant|guarantee)\b",
        "firm",
    ),
)

# What the recipient will get, by somebody who does not say "I".
RECIPIENT: tuple[Cue, ...] = (
    _cue(
        "you-get.not",
        r"you(?:'ll|[ ]+will)?[ ]+(?:won't|will not|not|never)[ ]+(?:be[ ]+)?(?P<verb>hear from|passed|billed"
        r"|charged|pay|lose|locked|asked|contacted|bothered|see (?:any|a|another)|have to pay|owe|regret)\b",
        "firm",
        "guarantee",
    ),
    _cue(
        "you-get.nothing",
        r"you(?:'ll|[ ]+will)[ ]+(?P<verb>owe|pay)\b[^.;]*?\b(?:nothing|no\b|only|\d)",
        "firm",
        "concession",
    ),
    _cue(
        "you-get",
        r"(?:(?:so|and) )?(?:you(?: both| all)?|your (?:team|clinic|office|inbox|people))(?:'ll|[ ]+will"
        r"|[ ]+shall|[ ]+should|[ ]+can expect to|[ ]+are going to)(?:[ ]+(?:also|then|still|soon))*[ ]+(?:be "
        r"(?:getting|receiving|hearing|first)|(?P<verb>have|get|receive|hear))\b(?![ ]+(?:to\b|the same"
        r"|a banner|a red|that|how|what|why|noticed|seen|had|been|received|heard|got|no\b|from the))",
        "firm",
        "deliverable",
    ),
    _cue("you-get.see", r"you(?:'ll|[ ]+will)[ ]+(?P<verb>see|find)\b", "firm", "deliverable", dated=True),
    _cue(
        "you-get.present",
        r"you(?: then| also)?[ ]+(?P<verb>get|receive|have|hear)\b(?![ ]+(?:to\b|been|any|every|no\b|the same"
        r"|a chance|questions))",
        "firm",
        "deliverable",
        dated=True,
    ),
    _cue(
        "you-get.line",
        r"you (?:then )?(?P<verb>get|hear|receive)\b[^.;]{0,40}?\bfrom (?:me|us)\b",
        "firm",
        "follow_up",
    ),
    _cue(
        "you-get.expect",
        r"(?:which )?you (?:can|may|should) (?P<verb>expect|look for|count on)\b",
        "firm",
        "deliverable",
        actor="organisation",
    ),
    _cue(
        "you-get.option",
        r"you (?:still |can (?:still )?|may (?:still )?)(?P<verb>get|keep|cancel|leave|terminate"
        r"|exit)\b[^.;]*?\b(?:free|without|no\b|\d+[ ]?%|on (?:me|us)|at no|penalty|anyway)",
        "firm",
        "concession",
    ),
)

# Things that will happen by the sender's doing, without anybody named.
THING: tuple[Cue, ...] = (
    _cue(
        "thing.to-follow",
        r"[^,;:.]{2,70}?[ ]+(?:(?:is|are)[ ]+)?(?:to|will) (?P<verb>follow)\b",
        "firm",
        "deliverable",
    ),
    _cue(
        "thing.follows",
        r"[^,;:.]{2,90}?[ ]+(?P<verb>follows?)(?:[ ]+(?:by|right|shortly|soon|separately|tomorrow|today"
        r"|tonight|once|after|in|on|next|under|as)\b|[ ]*$)",
        "firm",
        "deliverable",
    ),
    _cue(
        "thing.coming",
        r"[^,;:.]{2,60}?[ ]+(?:(?:is|are)[ ]+)?(?:coming|on (?:its|their|the) way|en route|headed your way"
        r"|going out|heading (?:out|over)|in the mail)\b",
        "firm",
        "deliverable",
    ),
    _cue("thing.guaranteed", r"[^,;:.]{2,60}?[ ]+(?:is|are)[ ]+(?:hereby[ ]+)?guaranteed\b", "firm", "guarantee"),
    _cue(
        "thing.waived",
        r"[^,;:.]{2,60}?[ ]+(?:(?:is|are|will be|gets?)[ ]+)?(?P<verb>waived|on us\b|on me\b|on the house"
        r"|on our (?:tab|dime|expenses?|account)|at our (?:own )?(?:cost|expense)|at no (?:extra "
        r"|additional )?(?:cost|charge)|free of charge)",
        "firm",
        "concession",
    ),
    _cue(
        "thing.no-charge",
        r"(?:at )?no (?P<object>(?:\w+[ -]){0,3}?(?:charge|fee|fees|invoice|surcharge|cost|auto-charge|penalt"
        r"(?:y|ies)|markup|late fees?|strings|commitment fee|overage|callout))\b(?!\w)(?![ ]+(?:is|was|were"
        r"|has)\b)",
        "firm",
        "concession",
    ),
    _cue(
        "thing.free-seat",
        r"(?:\d+[ ]?%[ ]+(?:off|if|for)|(?:an? )?(?:further |additional |extra )?\d+[ ]?% (?:discount|off))\b",
        "conditional",
        "concession",
    ),
    _cue(
        "thing.back-to-you",
        r"(?:[\w ,+&'/-]{0,70}?[ ])?(?:back to you|over to you|to you|in your (?:inbox|hands)|with you|from me"
        r"|to your \w+)(?=[ ,]+)",
        "firm",
        dated=True,
    ),
    _cue(
        "thing.update", r"(?:next|another|further) (?:update|status|report|news)\b", "firm", "follow_up", dated=True
    ),
    _cue(
        "thing.eta",
        r"(?:[\w ,+&'/.-]{2,60}?[ ,]+)?(?:eta|tentatively|likely|most likely|expected|targeting|target"
        r"|probably|planned for|estimated)[ :]+",
        "tentative",
        dated=True,
    ),
)

MEETING: tuple[Cue, ...] = (
    _cue(
        "meet.available",
        rf"(?:{ME}|(?:my|our) [\w, ]{{2,50}}?|she|he|they|[A-Z]\w+(?: and [A-Z]?\w+)?)(?:{BE}|'ve|[ ]+have"
        rf"|[ ]+has|[ ]+will be|'ll be|[ ]+shall be|[ ]+should be|[ ]+could be)[ ]+(?:also |both |still "
        rf"|mostly |generally |wide |completely |pretty |usually )?(?:free|available|open|around|reachable"
        rf"|by my phone|at my desk|got|an opening|(?:\w+ ){{0,5}}(?:free|open|available))\b",
        "firm",
        "meeting",
        dated=True,
    ),
    _cue(
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
    _cue("meet.it-is", r"[^;]{0,60}?[ ]it is\b", "firm", "meeting", actor="sender", dated=True, date_first=True),
    _cue(
        "meet.all-set",
        r"(?:i'm|we're|i am|we are)(?: all)? (?:set|confirmed|booked|on (?=for\b))\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    _cue(
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
    _cue(
        "meet.see-you",
        r"(?:i'll |we'll |i will |we will )?(?P<verb>see|talk to|speak to|meet) you(?: both| all| there| guys"
        r"| then)?\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    _cue(
        "meet.there",
        rf"{ME}{WILL}(?:[ ]+(?:both|all))?[ ]+be (?:there|at (?:your|the)|in (?:your|the|town))\b",
        "firm",
        "meeting",
    ),
    _cue("meet.in", r"(?:(?:i'm|we're) in|count (?:me|us) in)[ .!]*$", "firm", "meeting", actor="sender"),
)
