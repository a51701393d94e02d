"""Orders to a machine that nobody has heard before: whom they call, what it is doing, and what it is to do."""

from __future__ import annotations

import re

from app.checks.content.scanning import stems
from app.checks.turns import Turns

_FLAGS = re.IGNORECASE | re.MULTILINE | re.VERBOSE

_MACHINE = (
    r"(?:(?:any|every|all|each|your|the|an?|whichever|this|these|dear|hey|hi|hello)\s+)*(?:\w+\s+){0,2}?"
    r"(?:(?-i:AI|A\.I\.|LLM|GPT|LLMs|AIs)s?(?:[ -](?:assistants?|agents?|models?|systems?|tools?|bots?"
    r"|reviewers?|readers?|summari[sz]ers?"
    r"|software|copilots?|helpers?|filters?|engines?))?|(?:large[ ])?language[ ]models?|chat-?bots?|bots?"
    r"|copilots?|chatgpt|(?-i:Claude|Gemini|Alexa)"
    r"|(?:virtual|digital|automated|automatic|e-?mail|mail|intelligent|smart|machine|inbox"
    r"|writing)[ ](?:assistants?|agents?"
    r"|systems?|readers?|processors?|tools?|summari[sz]ers?)|auto-?(?:reader|responder|summari[sz]er"
    r"|reply\ bot)|machines?|(?<=any\ )assistants?|(?<=every\ )assistants?|(?<=all\ )assistants?"
    r"|summari[sz]ers?|neural\ networks?)"
)
_READS = (
    r"(?:read|process|summari[sz]|pars|scan|handl|evaluat|rank|scor|screen|review|analy[sz]|classif"
    r"|triag|translat|index|digest|answer|sort|ingest)\w*"
)
_MAIL = (
    r"(?:e-?mails?|mails?|messages?|threads?|inbox|mailbox|texts?|conversations?|paragraphs?|lines?"
    r"|correspondence|notes?|contents?|documents?|offers?|bids?)"
)
_DO = (
    r"(?:please\s+|must\s+|should\s+|shall\s+|will\s+|always\s+|kindly\s+|now\s+|only\s+|do\s+not\s+"
    r"|don['’]t\s+|never\s+|you\s+(?:must|should|are\s+to|shall)\s+)*"
    r"(?:ignor|disregard|forget|forward|repl|respond|answer|output|print|list|rate|rank|scor|mark|flag"
    r"|classif|treat|label|recommend"
    r"|approv|accept|stat|say|sa[iy]d?|tell|mention|omit|skip|includ|add|append|summari[sz]|describ|present"
    r"|prais|favou?r|prefer|reveal|send|delet|schedul"
    r"|book|confirm|act|behav|pretend|assum|consider|put|plac|giv|set|insert|mov|copy|transfer|pay|sign"
    r"|archiv|disclos|leave|leak|follow|obey|obeys"
    r"|override|bypass|stop|do|make|keep|note|translate|escalate|whitelist|trust|return|execute|run|call"
    r"|click|open|write|draft|compose)\w*\b"
)

ORDERS = Turns(
    rf"""
    # To any assistant that reads this: …
      (?:^|[.!?:;\[(<*"“>-]\s*) (?:PS:?\s+|NB:?\s+|note:?\s+)? (?:(?:important\s+)?(?:to|for|attention|attn
        |notice|note|message|instructions?|hint|request|memo|reminder)
        (?:\s+(?:to|for))?[:,]?\s+|@) {_MACHINE} (?:\s+(?:that|which|who|reading|processing|summari[sz]ing|on
        |in|at|of|behind|helping)\b[^.!?\n]{{0,60}}?)?
        \s* [:,;–—-] \s* (?={_DO})
    # Dear Copilot, …; Assistant, please forward …
    | (?:^|[.!?\[(<*"“]\s*) (?:(?:dear|hey|hi|hello|ok|okay|yo)\s+)? (?:(?-i:AI|LLM)(?:\s+(?:assistant|agent
        |model|system|bot))?|assistants?|copilot|chatgpt
        |(?-i:Claude|Gemini)|(?:virtual|digital|e-?mail|automated)\ (?:assistant|agent)|bots?
        |language\ models?|machines?) \s* [:,;!–—] \s* (?={_DO}|(?:if|when|while|before|as)\s)
    # AI agents reading this should …
    | \b {_MACHINE} \s+ (?:that|which|who)\s+(?:is\s+|are\s+|may\s+be\s+|will\s+|may\s+|might\s+
        |happens?\s+to\s+)? {_READS}
        \s+ (?:through\s+|out\s+|up\s+)? (?:this|my|these|such)\s+(?:\w+\s+)?{_MAIL}\b
    | \b {_MACHINE} \s+ (?:currently\s+)? (?:reading|processing|parsing|scanning|summari[sz]ing|handling
        |evaluating|ranking|scoring|screening|analy[sz]ing
        |classifying|triaging) \s+ (?:this|these)\b
    | \b (?:if|in\ case|should) \s+ {_MACHINE} \s+ (?:is|are|were|be
        |happens\ to\ be)? \s* {_READS} \s+ (?:this|these)\b
    | @(?:copilot|chatgpt|claude|gemini|(?-i:AI)|assistant|bot|gpt)\b | \b(?:dear|hey|hello|hi)\s+(?:bot
        |(?-i:AI|LLM)|machine|copilot|chatgpt|robot|language\ model)\b
    | \b (?:for|meant\ for|intended\ for|addressed\ to|visible\ to) \s+ {_MACHINE} \s+ (?:only|alone)\b
    | (?:^|[.!?\[(<*"“]\s*) (?:\w+\s+)? (?:summari[sz]ers?|(?-i:LLMs?|AIs?)(?:\ (?:agents?|models?
        |assistants?|tools?|systems?))?|bots|(?:large\ )?language\ models|chatbots|automated\ (?:systems
        |agents|readers|tools))
        (?: \s*[:;,–—]\s* (?={_DO}) | \s+(?:must|should|shall|are\ (?:instructed|required|asked|told
        |to))\s+(?={_DO}) )
    | \b (?:note|message|instructions?|memo|hint|reminder) \s+ (?:to|for) \s+ {_MACHINE} \s* [:–—-]
    | \b (?:ignore|disregard|forget|override|overrule) \s+ (?:anything|everything|whatever|all
        |what) \s+ (?:that\s+)?your\s+(?:operator|user|owner|developers?|principal|system|provider|creators?)\b
    | \b you\ (?:have|['’]ve)\ been\ given\ a\ new\ (?:goal|task|role|objective|instruction|mission)\s*[:–-]
    | \b {_MACHINE} \s+ (?:that|which|who)?\s* (?:reads?|processes|reading|processing|parses|parsing
        |summari[sz]es|summari[sz]ing|sees|handles) \s+ this\b
    # if this mail is processed by an automated agent
    | \b (?:this|the) \s+ {_MAIL} \s+ (?:is|are|was|gets|has\ been|should\ be
        |will\ be) \s+ (?:being\s+)? {_READS} \s+ by \s+ {_MACHINE} (?!\s+(?:on|at|from)\s+our)
    | \b (?:if|when|in\ case|whenever|since|as) \s+ (?:you|the\ reader) (?:\s+ (?:are|is|happen\ to\ be)
        |['’]re) \s+ (?:not\ human|no\ human|an?\s+)
        (?:(?-i:AI|LLM)|language\ model|bot|assistant|machine|automated|copilot|chat-?bot) \b
    # when summarizing this mail, say …
    | \b (?:when|while|before|after|whenever|if|in|for|on)\ (?:you\ are\ |you['’]re\ |asked\ to\ |told\ to\ )?
        (?:summari[sz](?:ing|e|ed)|pars(?:ing|e)|classify(?:ing)?|scoring|ranking|evaluating|process(?:ing)?
        |triaging|translating|analy[sz]ing|answering)
        \s+ (?:this|these|the\ above|the\ present) \s+ (?:\w+\s+)? (?:e-?mail|mail|message|thread|text
        |conversation|inbox)
        \b [^.!?\n]{{0,60}}? [,:–-]? \s* {_DO}
    # forget what you were told
    | \b (?:ignore|disregard|forget|override|overrule|set\ aside|discard|drop|abandon|erase
        |pay\ no\ attention\ to|do\ not\ follow|don['’]t\ follow|stop\ following)
        \s+ (?:\w+\s+){{0,3}}? (?:what(?:ever)?\s+you\s+(?:were|have\ been|['’]ve\ been)\s+(?:told|instructed
        |asked|given|programmed|trained)
        (?!\s+(?:\w+\s+){{0,2}}?(?:by|about|on|at|in|yesterday|last)\b) |everything\ you\ (?:were
        |have\ been)\ (?:told|instructed|taught|given)
        (?!\s+(?:by|about|on|at|in)\b) | your\s+(?:\w+\s+)?(?:instructions|rules|guidelines|programming
        |training|guardrails|constraints|restrictions
        |system\ prompt|prompt|directives?|policies)\b (?!\s+(?:for|on|about|from|of|regarding|to|how|that
        |which|and\ (?:manual|guide)))
        | (?:all\ |any\ |the\ |every\ )*(?:rules|instructions|orders|guidelines
        |limits)\ (?:that\ )?you\ (?:were|have\ been)\ (?:given|told|taught)(?!\s+(?:by|at|in|on|with)\b)
        | (?:all\ |any\ |the\ |every\ )?(?:prior|previous|earlier|preceding|other)\s+(?:context|prompts?
        |conversations?\ history|system\ messages?)\b
        | (?:all\ |any\ )(?:the\ )?(?:prior|previous|earlier|other|existing
        |your)\s+(?:\w+\s+)?(?:instructions|rules|commands|orders|directives|guidelines)\b
        (?!\s+(?:I|we|that|which|you|from|for|on|about|in|regarding|sent|given|of|by)\b) )
    | \b from\ now\ on,? \s+ (?:you\s+)?(?:will\s+|must\s+|should\s+|shall\s+|are\s+to\s+)? (?:act|behave
        |respond|speak|role-?play|pretend|answer\ only|reply\ only)
        \s+ (?:as|like|only|with|in|that|to\s+every)\b
    | \b pretend \s+ (?:that\s+)? (?:you\s+(?:are|have|were)
        |to\s+be) \s+ (?:an?\s+)?(?:\w+\s+)? (?:no\s+(?:\w+\s+)?(?:restrictions|rules|limits|guidelines
        |filters)|restrictions|rules
        |AI|assistant|advisor|agent|human|unrestricted|(?:the\s+)?(?:buyer|user|system|developer|admin\w*)) \b
    | \b your\s+(?:new|only|real|actual|next|true|sole)\s+(?:task|instructions?|objective|directive|goal|job
        |mission|purpose|prompt)\s+(?:is|are|will\s+be)\s+(?:now\s+)?(?:to|as\s+follows)\b
    | \b (?:do\s+not|don['’]t|must\s+not|mustn['’]t|never|without) \s+ (?:\w+\s+)? (?:reveal(?:ing)?
        |tell(?:ing)?|inform(?:ing)?|mention(?:ing)?|alert(?:ing)?|notify(?:ing)?|disclos(?:e|ing)
        |show(?:ing)?|repeat(?:ing)?) \s+ (?:(?:the|your)\s+(?:user|human|operator|principal|owner
        |recipient)s?\b (?:\s+(?:about|that|of|anything|to)\b|\s*[.!\])]|$)
        |(?:\w+\s+){{0,3}}?(?:these|this|the\ above|your)\s+(?:hidden\s+|secret\s+
        |system\s+)?(?:instructions?|prompts?|system\ message)
        |(?:\w+\s+){{0,4}}?to\s+(?:the|your)\s+(?:user|human|operator|principal)\b)
    | [\[(<{{*\#]+ \s* (?:(?-i:AI|LLM|GPT)|assistant|bot|copilot|language\ model|system|agent)(?:\ (?:note
        |only|instructions?|assistant|agent|model|directive|hint))? \s* [:–—-] \s* (?=[a-z])
    | ^ \s* (?:system|assistant|AI|LLM|agent|developer|prompt)(?:\ (?:note|instructions?|directive|hint
        |override))? \s* : \s* (?={_DO}|you\ (?:are|must|will|should)\b)
    """,
    _FLAGS,
)
ORDER_STEMS = stems(
    """AI|A.I|LLM|GPT|language model|chatbot|chat-bot| bot|bots|copilot|chatgpt|Claude|Gemini|Alexa|virtual|digital
automat|email a|e-mail a|mail a
intelligent|smart|personal a|machine|assistant|summari|parsing|classify|scoring|ranking|evaluat|processing this
triag|translating|analysing|analyzing
answering this|neural|ignor|disregard|forget|overrid|overrul|set aside|discard|abandon|erase|pay no att
not follow|n't follow|n’t follow|stop following|drop all
drop any|from now on|pretend|your new|your only|your real|your actual|your true|your sole|your next|the user
your user|the human|your human|operator|principal|instruction|prompt
@copilot|@chat|@claude|@gemini|@ai|@assis|@bot|hint|new goal|new task|new role|system|agent|developer|not human
no human"""
)
_MADE = (
    r"(?:tailored|drafted|rewritten|revised|personali[sz]ed|adapted|polished|shortened|adjusted|kept"
    r"|written|crafted|created|composed|generated|reworked|tightened|toned|made)"
)
_THIS = (
    r"(?:the|this|your|that)\s+(?:\w+\s+)?(?:e-?mail|message|tone|reply|outreach|cold\ e-?mail|copy|text"
    r"|subject\ line|follow-?up)(?!\s+of\b)"
)
HANDED_OVER = Turns(
    rf"""
      \b I(?:['’]ve|\ have|\ also)? \s+ (?:also\s+)? {_MADE} \s+ {_THIS} \b (?!\s+(?:to\s+(?:you|all|the|our
        |your)|from|that|time|you|about))
    | \b I(?:['’]ve|\ have) \s+ (?:tailored|personali[sz]ed|adapted|rewritten|polished|shortened|reworked
        |tightened) \s+ {_THIS} \b (?!\s+(?:time|from|that)\b)
    | \b (?:want|would\ you\ like|do\ you\ want|shall|should|happy|I\ can|could|if\ you(?:['’]d)?\ (?:like
        |want)) \s*,? \s* (?:also\s+)?(?:me\s+)?(?:I\s+)?(?:can\s+)?(?:also\s+)?(?:to\s+)?(?:also\s+)?
        (?:(?:make|keep)\ (?:it|this|{_THIS})\s+(?:sound\s+|a\ bit\s+|even\s+|slightly\s+
        |a\ little\s+)*(?:more|less|shorter|longer|friendlier|warmer|formal|casual|concise|punchier|softer
        |snappier|crisper)
        |(?:adjust|tweak|soften|refine|rewrite|rephrase|shorten|polish|change|revise|vary|expand|trim
        |tone\ down)\ (?:it\b|the\ (?:tone|wording|length|style|draft)\b(?!\s+of\b)|this\ (?:e-?mail|draft
        |message)|{_THIS})
        |(?:write|draft|generate|suggest|create|provide|offer|come\ up\ with|add)\ (?:a\ |an\ |some[ ]
        |another\ |a\ few\ |two\ |three\ |alternative\ )*(?:\w+\ )?(?:subject\ lines?|variations?|variants?
        |alternative\ versions?|(?:shorter|longer|formal|other)\ version|version\ (?:that|which|with)\b))
    | \b (?:shorter|longer|more\ formal|less\ formal|more\ casual|friendlier|alternative)\ versions?\b \s*[?:]
    | \b I(?:['’]ve|\ have)?\ (?:left|used|included|added|inserted
        |put\ in)\ (?:\w+\ ){{0,2}}?(?:placeholders?|brackets)\b
    | \b (?:fill\ in|replace|update|complete|swap\ out)\ (?:the|any|all|those
        |these)\ (?:\w+\ )?(?:placeholders?|brackets|bracketed|square\ brackets)\b
    | \b this\ (?:e-?mail|message|draft|version|reply|response|text)\ (?:is|maintains|keeps|strikes|uses
        |balances|aims|conveys|acknowledges|addresses|emphasi[sz]es|highlights|sounds|has|ends|includes)
        \ [^.\n]{{0,70}}? \b(?:tone|professional|concise|polite|friendly|call\ to\ action|value\ proposition
        |client['’]s\ concerns|customer['’]s\ concerns|pain\ points?|recipient['’]?s?|clear\ and)\b
    | \b (?:personali[sz]e|customi[sz]e|edit|review|adjust|adapt|tweak|proofread|modify)\ (?:it|this
        |the\ (?:e-?mail|draft|text|message|details|names?))\ (?:as\ needed\ )?(?:before
        |prior\ to)\ (?:sending|you\ (?:send|hit|copy))
    | \b (?:copy\ and\ paste|copy-paste|copy/paste)\ (?:this|it|the\ (?:text|e-?mail|message))\b
    | ^ \s* \W* (?:key\ changes|changes\ made|what\ I\ changed|why\ this\ works|why\ it\ works|rationale
        |tone\ check|tips\ for\ sending|alternative\ (?:version|opening|subject)\w*|version\ [AB12]
        |option\ [AB12]\ \(|suggested\ subject(?:\ line)?s?)
        \W* (?: : | \( | $ )
    | \b I(?:['’]m|\ am)\ (?:unable\ to|not\ able\ to)\ (?:browse|access\ (?:the\ (?:internet|web)|external
        |real-?time|live|URLs?))
    | \b I\ (?:can['’]?t|cannot|do\ not\ have\ the\ ability\ to|don['’]t\ have\ the\ ability\ to)\ (?:browse
        |access)\ (?:the\ (?:internet|web)|external\ (?:links|websites|sites|data|sources)|real-?time
        |live\ data|URLs?)
        (?!\s+(?:on|at|from|here|right|today|this|until|because|in\ the))
    | (?:^|[.!?]\s+) I(?:['’]m|\ am)\ sorry,?\ but\ I\ (?:can['’]?t|cannot|can\ not|am\ unable\ to
        |won['’]t\ be\ able\ to)\ (?:help|assist|comply|continue|generate|provide|create|write
        |fulfil+)(?:\ (?:you\ )?with\ (?:that|this|it|your\ request))?\s*[.!]
    | \b as\ (?:your|an?)\ (?:AI|virtual|digital|language|automated)\ (?:writing\ |sales[ ]
        |e-?mail\ )?(?:assistant|model|agent|SDR)\b
    | \b (?:based\ on|per|from|given|using|following)\ (?:your|the|these)\ (?:prompt|system\ prompt
        |context\ (?:provided|given|you)|instructions\ (?:provided|you\ gave)|information\ provided
        |details\ provided)\b
    | ^ \W* (?:this\ (?:e-?mail|mail|message|text)\ was\ )?(?:generated|written|drafted|created|composed
        |produced)\s+(?:by|with|using)\s+(?:an?\s+)?(?:(?-i:AI|LLM)|GPT[-\d.]*|ChatGPT|Claude|Gemini|Copilot)\b
    | \b (?:word|character)\ count \s* [:=(] | ^ \s* \W* (?:end|start)\ (?:of\ )?(?:e-?mail|draft|message
        |output|response)\b \W*$
    """,
    _FLAGS,
)
HANDED_STEMS = stems(
    """i've |i’ve |i have |i also |i left|i used|i included|i added|want me|would you like|do you want|shall i
should i|i can|if you'd|if you’d|if you want|if you like|happy to|could
version|placeholder|bracket|tone|professional|concise|polite|friendly|call to action|proposition|concerns
pain point|recipient|clear and|before sending|prior to sending
before you|paste|changes|works|rationale|tips for|alternative|option|suggested|browse|access|i'm sorry
i’m sorry|i am sorry|writing ass|as your|as an|prompt
generated|written by|drafted by|created by|composed|provided|you gave|count|end of|start of|draft|output"""
)
