"""Plain undertakings of the sender: "I'll", "let me check", "we guarantee", "we won't raise". Data only."""

from extractors.commitments.cues.cue import Cue, cue
from extractors.commitments.grammar import ADVERBS, BE, ME, NOT, VERB, WILL

FIRM: tuple[Cue, ...] = (
    cue(
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
    cue(
        "refrain.never",
        rf"{ME}(?:{WILL})?[ ]+(?:do not and will not|never)[ ]+(?P<verb>use|share|sell|move|store|charge|train"
        rf"|disclose|touch|raise)\b",
        "firm",
        "guarantee",
    ),
    cue(
        "refrain.do-not", rf"{ME}[ ]+(?:do not|don't)[ ]+(?P<verb>charge|bill|invoice)[ ]+you\b", "firm", "concession"
    ),
    cue(
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
    cue(
        "word.owe",
        rf"{ME}[ ]+(?P<verb>owe)[ ]+you[ ]+(?!(?:an? )?(?:apolog|explanation|thank|beer|one\b|lunch|drink))",
        "firm",
        "deliverable",
    ),
    cue(
        "word.given",
        r"(?:you(?:'ve| have)? (?:have|got)?[ ]?(?:my|our) word|(?:i|we) (?P<verb>give) you (?:my|our) word"
        r"|count on (?:me|us)|you (?:can|may) (?:count|rely) on (?:me|us)|consider (?:it|this|that|the"
        r"|your) ?[\w ]{0,30}? (?:done|handled|sorted|taken care of)|(?:i've|we've) got (?:it|this"
        r"|you) covered|leave it (?:with|to) (?:me|us))",
        "firm",
        "guarantee",
    ),
    cue(
        "performative",
        rf"{ME}{ADVERBS}(?:[ ]+(?:can|do|will|would))?(?:'ll)?[ ]+(?:personally |hereby |formally |fully "
        rf"|absolutely )?(?P<verb>guarantee|undertake|commit|promise|pledge|warrant|assure|vow|swear|ensure"
        rf"|vouch|answer for|bear|absorb)\b",
        "firm",
        "guarantee",
    ),
    cue(
        "performative.accept",
        rf"{ME}{ADVERBS}[ ]+(?:can[ ]+)?(?P<verb>agree (?:to|on|that)|agree with extending|accept"
        rf"|hereby confirm|hereby agree|waive|honou?r|undertake|sign up to)[ ]",
        "firm",
        "concession",
    ),
    cue(
        "performative.propose",
        rf"{ME}(?:'d|[ ]+would)?{ADVERBS}[ ]+(?P<verb>propose|suggest)[ ]",
        "firm",
        "meeting",
        dated=True,
    ),
    cue(
        "performative.proposing",
        r"(?:this (?:mail )?(?P<done>confirms)|(?P<verb>proposing|confirmed|confirming|booking|pencill?ing))\b",
        "firm",
        "meeting",
        actor="sender",
        dated=True,
    ),
    cue(
        "will",
        rf"{ME}{WILL}{ADVERBS}(?:[ ]+(?:be able to|be))?[ ]+(?!not\b|never\b|no\b)(?P<verb>[a-z][a-z-]+)",
        "firm",
    ),
    cue(
        "will.elided",
        rf"(?:will|'ll|shall|gonna)(?:[ ]+(?:also|then|definitely|certainly|personally|be sure to|make sure to"
        rf"|be))*[ ]+{VERB}(?![^?]*\?)",
        "firm",
        actor="sender",
        action=True,
    ),
    cue(
        "will.elided-dated",
        r"(?:will|'ll)(?:[ ]+(?:also|then|definitely))*[ ]+(?P<verb>have|be)\b(?![^?]*\?)",
        "firm",
        actor="sender",
        dated=True,
    ),
    cue(
        "progressive",
        rf"{ME}{BE}{ADVERBS}[ ]+(?P<verb>sending|resending|shipping|crediting|replacing|refunding|waiving"
        rf"|capping|issuing|dating|dropping|holding|reserving|bringing|extending|freezing|locking|matching"
        rf"|throwing|mailing|emailing|releasing|assigning|offering|delivering|deploying|processing|publishing"
        rf"|looping|rebuilding|committing|blocking|having (?:it|this|that|them|the|our|my)|taking (?:this|it"
        rf"|over|ownership|care|that)|keeping|covering|including|adding|asking (?:our|my)|staying (?:on|with"
        rf"|until))\b",
        "firm",
    ),
    cue("progressive.dated", rf"{ME}{BE}{ADVERBS}[ ]+(?P<verb>[a-z-]+ing)\b", "firm", action=True, dated=True),
    cue(
        "progressive.elided",
        r"(?P<verb>[a-z-]+ing)(?: (?:on|back|over|up|out))? ",
        "firm",
        actor="sender",
        action=True,
        dated=True,
    ),
    cue(
        "progressive.elided-you",
        r"(?P<verb>sending|shipping|calling|mailing|emailing|crediting|refunding|giving|bringing|getting"
        r"|introducing)[ ]+(?:you|u|it over|this over|that over|these over)\b",
        "firm",
        actor="sender",
    ),
    cue(
        "present",
        rf"{ME}(?:[ ]+(?:then|also|both|personally|only|always))*[ ]+(?P<verb>[a-z]+)\b",
        "firm",
        action=True,
        dated=True,
    ),
    cue(
        "present.bring",
        rf"{ME}(?:[ ]+(?:then|also|both))*[ ]+(?P<verb>bring)[ ]+(?=the|our|an?|two|three|my|some|lunch)",
        "firm",
        "resource",
    ),
    cue(
        "concession.present",
        rf"{ME}(?:[ ]+(?:then|also|always))*[ ]+(?P<verb>take(?= (?:another|off|\d|back|over|care))|knock"
        rf"|throw in|add|cover|bear|refund|credit|waive|honou?r|keep(?! (?:my|no\b|in mind|an eye|track))|leave"
        rf"(?! (?:you|the|for|on)\b)|hold(?! (?:that|no|an?|valid)\b)|match|replace|extend(?! (?:our|my)\b)|block"
        rf"|remain(?! (?:at\b|committed|open|con))|notify|return|delete|send(?! (?:our|my|best)\b)|deliver|pick up"
        rf"|reserve(?! the right)|reduce|oblige|commit|grant|guarantee)\b",
        "firm",
    ),
)
