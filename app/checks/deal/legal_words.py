"""The words for legal terms, and those by which a mail binds its sender to one without saying that it agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.checks.deal.numbers import WORDS
from app.checks.turns import Turns
from extractors.lazily import compiled

_COUNT = rf"(?:\d{{1,3}}|{WORDS}|an?)"
_STRETCH = rf"{_COUNT}[- ](?:calendar |business |full )?(?:days?|weeks?|months?)"
_CONTRACT = (
    r"(?:contract|agreement|subscription|deal|licen[cs]es?|service|arrangement|commitment|term|order|relationship"
    r"|partnership|whole thing)"
)
_PARTY = (
    r"(?:you|she|he|they|either (?:party|side|of us)|both (?:parties|sides)|(?:the|your) (?:company|customer|client"
    r"|organi[sz]ation"
    r"|team|side)|(?-i:[A-Z]\w+))"
)
_MAY = (
    r"(?:['’](?:ll|re|d)|['’]s)?(?: (?:will|would|can|could|may|might|shall|are|is|be|have|has|get|gets|always|also"
    r"|then|still"
    r"|simply|just|of course|completely|perfectly))*(?: (?:free|able|entitled|allowed|welcome|at liberty|the (?:right"
    r"|option|freedom)) to)?"
)
_LEAVE = (
    r"(?:walk(?: away)?|cancel|terminate|leave|exit|quit|opt out|step (?:out|back)|get out|back out|pull out"
    r"|bail(?: out)?|drop out"
    r"|pull the plug|part ways|give notice|end (?:it|things)|call it off|end|stop)"
)

TERMS: Mapping[str, str] = {
    "liability": r"liabilit(?:y|ies)|\bliable\b|(?:consequential|indirect) damages"
    r"|\bcap on (?:damages|claims)\b|\bdamages\b[^.;,]{0,20}\bcap"
    r"|\bcap(?:ped)? (?:of|at|to) [^.;,]{0,25}\b(?:fees?|times|contract value|annual value)\b"
    r"|responsib\w* for (?:any|all|the|your|every) [^.;,]{0,30}\b(?:loss|losses|damages?|fines?)\b",
    "indemnity": r"indemni\w+|hold you harmless|hold \w+ harmless|third[- ]party (?:\w+ )?claims",
    "service levels": r"\bslas?\b(?! (?:credits?|report|dashboard))",
    "service credits": r"(?:service|sla|uptime|downtime) credits?|liquidated damages"
    r"|(?:contractual|contract|sla|delay|lateness) penalt(?:y|ies)|penalty (?:clauses?|payments?)"
    r"|penalt(?:y|ies) (?:for|if|when|of|on)\b",
    "payment terms": rf"\bnet[- ]?{_COUNT}\b|\b{_STRETCH} net\b|payment (?:terms?|period|schedule|window|targets?"
    rf"|deadline|plan|days|side|date)"
    rf"|\bpayment (?:only )?(?:on|upon|after) (?:acceptance|go-?live|delivery|completion)\b"
    rf"|{_STRETCH} (?:to (?:pay|settle)|(?:payment )?terms|credit|(?:after|from|following|of|past) (?:the |your |our "
    r"|each |every |date of |receipt of )*(?:invoic\w+|receipt|billing|bill|acceptance|delivery))"
    rf"|\bpay(?:ing|ments?|able|s)?\b(?! (?:attention|off))[^.;,]{{0,30}}\b{_STRETCH}\b(?! (?:of|free))"
    rf"|{_COUNT}[- ]day(?:s['’]?)? (?:payment|terms|credit)"
    rf"|\binvoic\w+\b[^.;,]{{0,30}}\b{_STRETCH}\b(?! of)"
    r"|\binstal?ments?\b|\b(?:quarterly|monthly|half-yearly|semi-annual) (?:payments?|billing|invoic\w+)"
    r"|\b(?:pay|bill|invoice)\w* (?:you |us )?(?:quarterly|monthly|half-yearly)\b|\bin arrears\b"
    r"|\b(?:invoice|bill)\w* (?:you )?(?:only )?(?:after|on|upon|at) (?:acceptance|go-?live|completion)"
    r"|\blate[- ]payment (?:interest|fees?)",
    "data processing": r"\bdpa\b|data[- ]processing|\bgdpr\b|sub-?processors?|data residency|\bdata (?:kept|stored"
    r"|hosted|held|stays?) (?:only )?(?:in|within)\b"
    r"|standard contractual clauses|\bsccs?\b|\bhipaa\b|\bbaa\b|business associate agreement"
    r"|data[- ]protection (?:agreement|addendum|terms|annex|clauses?)|\b(?:privacy|data) (?:addendum|annex|rider)",
    "termination": rf"\bterminat\w+|(?:opt[- ]out|break|exit)(?: (?:clause|right|option|point)|\b(?= (?:in|after|at"
    rf"|by)\b))"
    rf"|\bway out\b|\bget-?out\b|\bwalk[- ]?away right|notice period|period of notice"
    rf"|{_STRETCH}(?:['’]s?)?(?: of)?(?: written)? notice\b"
    rf"|notice of {_STRETCH}|\bfor convenience\b|auto(?:matic)?[- ]?(?:renewal|extension|roll-?over)"
    r"|\brenew\w* automatically|automatically renew\w*|\block[- ]in\b|minimum (?:contract )?term|cooling[- ]off"
    rf"|\b{_LEAVE} (?:(?:of |from )?(?:the |our |your |this )?{_CONTRACT}\b|(?:at any time|any ?time|early"
    rf"|whenever)\b)",
    "governing law": r"governing law|governed by|\bchoice of (?:law|courts?)\b|jurisdiction|arbitrat\w+"
    r"|(?-i:\b[A-Z]\w+) law\b|\blaws? of\b"
    r"|\bplace of venue|(?-i:\b[A-Z]\w+) courts?\b|courts (?:of|in)\b",
    "intellectual property": r"intellectual property|\bip (?:ownership|rights|clause|assignment|claims?)"
    r"|source[- ]code escrow|\bescrow\b|own(?:s|ership of)? (?:the|all|any) [^.;,]{0,20}(?:code|work product"
    r"|deliverables|customi[sz]ations?|adaptations?)|\b(?:source code|work product|copyright)\b"
    r"|\bowns (?:the|what|whatever|all|any)\b|\b(?:perpetual|irrevocable)\b",
    "exclusivity": r"exclusiv(?:e|ity)\b(?! (?:preview|offer|discount|price|deal|event|invit|look|access|webinar))"
    r"|most[- ]favou?red[- ]\w+|non-?compet\w+|\bsole (?:supplier|customer|partner)\b",
    "warranty": r"warrant(?:y|ies)\b|\bwarrants?\b",
    "contract terms": r"confidentiality|track(?:ed)? changes|redlin\w+|mark-?ups?\b|marked-up|\bclauses?\b|(?:your"
    r"|the) (?:\w+ )?(?:legal "
    r"|contract(?:ual)?|purchas(?:e|ing)|procurement|licen[cs]e|general) (?:terms|conditions)|terms (?:and"
    r"|&) conditions|\bt&cs?\b"
    r"|your (?:paper|msa|master (?:services? )?agreement|template)|\bmsa\b"
    r"|contract (?:language|wording|changes|amendments?)|\baudit rights?|\brights? (?:of|to) audit\b"
    r"|\b(?:section|article|paragraph|clause|annex|schedule|§) ?\d+\b(?! of the (?:guide|manual|overview|report"
    r"|documentation|handbook))|\bamendments? to the (?:contract|agreement)"
    r"|\b(?:wording|changes|edits|amendments|language|comments)\b[^.;,]{0,25}\b(?:lawyers?|counsel|attorneys?"
    r"|solicitors?"
    r"|legal (?:team|department|people|folks))"
    r"|\b(?:lawyers?|counsel|attorneys?|solicitors?)(?:['’]s?)? (?:wording|changes|edits|amendments|language)",
}
"""What a legal term is spoken of by, under the name that a reader gives it."""

UNDERTAKINGS: Mapping[str, str] = {
    "termination": rf"\b{_PARTY}{_MAY} {_LEAVE}(?: (?:of|from))?(?: (?:the|your|our|this|it))?(?: {_CONTRACT})?,? "
    rf"(?:at any (?:time|point)|any ?time|early|whenever|after {_STRETCH}|(?:with|on|at|by giving|giving|subject to"
    rf"|upon) "
    rf"(?:(?:only|just) )?{_STRETCH}|with(?:out)? (?:\w+ )?(?:notice|penalty|cause|reason|fees?|charge|cost)"
    rf"|in (?:month|year|week) \w+"
    rf"|for (?:any|no) reason|for convenience|(?:within|in|during) the first|(?:by|at) the end of (?:any|each"
    rf"|every)|after the (?:first|second|third)|if (?:you|we)(?:['’]re| are| get)? (?:bought|acquired|merged?|sold"
    rf"|taken over))"
    rf"|\b(?:no|without (?:any|a)?|never any) ?(?:lock-?in|minimum (?:contract )?term|commitment period"
    r"|(?:early |exit |cancellation )+(?:termination )?(?:fees?|penalt\w+|charges?))\b"
    rf"|\b(?:want|wish|decide|like|need|choose)(?: to (?:get|be|step))? out (?:of (?:it|the {_CONTRACT}) )?(?:after"
    rf"|before"
    rf"|within|at|early|in) [^.;]{{0,80}}\b(?:just|simply|tell us|let us know|no (?:questions|fee|penalty|hard)"
    rf"|that['’]s it"
    r"|free to|fine)\b"
    rf"|\b(?:notice|the notice period)\b[^.;,]{{0,20}}\b(?:is|will be|would be|drops? to|goes down to"
    rf"|becomes) (?:then )?{_STRETCH}"
    rf"|\b(?:contract|agreement|subscription)\b[^.;,]{{0,30}}\b(?:won['’]t|will not|does not|doesn['’]t|no longer) "
    r"(?:be )?(?:renew|roll over|auto)\w*|\b(?:contract|agreement|subscription) ends? (?:automatically|by itself"
    r"|on its own)",
    "payment terms": r"\b(?:invoices?|payments?|bills?|fees?)\b[^.;,]{0,25}\b(?:not|n['’]t|only"
    r"|never) (?:be )?(?:due|payable)\b"
    r"[^.;,]{0,10}\b(?:until|before|after|once|when|upon|on)\b"
    rf"|\b(?:invoices?|payments?|bills?|amounts?|fees?)\b[^.;,]{{0,30}}\b(?:due|payable)\b[^.;,]{{0,20}}"
    rf"(?:until |after |only |no earlier than )+{_STRETCH}"
    rf"|\b{_PARTY}{_MAY} (?:pay|settle|have|take)(?: (?:us|it|your|the|our|invoices?|bills?|up to|within|in|after"
    rf"|a full))* "
    rf"{_STRETCH} (?:after|to (?:pay|settle)|from|following|later|past|in arrears)"
    r"|\b(?:we|i)(?:['’]ll| will| can|['’]d) (?:only )?(?:invoice|bill)(?: you)? (?:quarterly|monthly|half-yearly"
    r"|in arrears"
    r"|after (?:go-?live|acceptance))",
    "liability": r"\b(?:we|us)(?:['’]ll| will| would|['’]d|['’]ve)?(?: \w+){0,3} (?:carry|bear|take|cover"
    r"|assume|pay for|stand"
    r"|answer|make good|compensate|reimburse)(?: you| a| an)?(?: (?:full|the|all|any|every|for|on|in|complete"
    r"|over))* (?:damages?"
    r"|loss(?:es)?|risk|fines?|responsib\w*|consequences|claims?)\b"
    r"|\b(?:claims?|damages?|loss(?:es)?|fines?)\b[^.;,]{0,50}\b(?:(?:is|are|will be|would be|goes|go|falls?|comes?"
    r"|lands?) on"
    r" (?:us|our (?:side|account|bill|insurance|head))|(?:we|our insur\w+)(?:['’]ll| will) (?:pay|cover|compensate"
    r"|reimburse))",
    "service credits": r"\b(?:if|in (?:the )?case of|for|after|during) [^.;]{0,20}\b(?:down|outage|downtime"
    r"|unavailab)\w*\b"
    r"[^.;]{0,40}\b(?:we|you)(?:['’]ll| will)? (?:credit|refund|pay|get|give)\b[^.;]{0,30}\b(?:fees?|credit|money|%"
    r"|percent|back)"
    r"|\b(?:we|you)(?:['’]ll| will|['’]d| would| can| are| get| receive|['’]re)*(?: \w+){0,3}"
    r" (?:credit(?:ed)?|refund(?:ed)?|pay(?:s|ing)?|paid|get|give|knock|take|deduct|drop|reimburse"
    r"|compensate)\b[^.;]{0,60}"
    r"(?:\d|percent|part|half|fee|month)[^.;]{0,60}\b(?:for (?:every|each|any) (?:\w+ )?(?:hour|day|week|minute"
    r"|outage)"
    r"|(?:if|when|whenever|every time|should) [^.;]{0,30}\b(?:down|outages?|late|miss(?:ed)?|unavailable|slips?"
    r"|below|under|short)\b)"
    r"|\b(?:should|if|when|whenever)\b[^.;]{0,40}\b(?:down|outages?|late|miss(?:ed)?|unavailable|slips?)\b[^.;]{0,50}"
    r"\b(?:fees?|credit|money|percent|\w+ off|%)[^.;]{0,15}\b(?:back|off|credited?|refund\w*|note)\b"
    r"|\b(?:every|each|any) (?:\w+ )?(?:hour|day|week)[^.;,]{0,25}\b(?:down|late|delay\w*|outage"
    r"|unavailable)\b[^.;]{0,30}"
    r"\b(?:costs? us|credit|off (?:the|your)|pay|refund|back)\b",
    "exclusivity": r"(?:n['’]t|\b(?:not|never|no longer|refrain from|stay away from|keep away from"
    r"|nor))\b[^.;,]{0,15} (?:sell|offer"
    r"|suppl|licen[cs]|work|provide|pitch|serv|talk|deliver|approach|take on|sign)\w*\b[^.;]{0,45}\b(?:competit\w+"
    r"|rivals?"
    r"|anyone else|anybody else|nobody else|(?:any )?other [^.;]{0,30} (?:in|within|for|until)\b|another [^.;]{0,30}"
    r" (?:in|within|for|until)\b)"
    r"|\byou(?:['’]ll| will|['’]d| would) be (?:the|our) (?:only|sole|one) [^.;]{0,40}\b(?:in|for|with|on)\b"
    r"|\b(?:all|keep it|ours|reserved) (?:to yourselves?|for you alone)\b",
    "intellectual property": r"\b(?:you|(?-i:[A-Z]\w+))(?:['’]ll| will| shall| would)? (?:also )?(?:keep|retain|own"
    r"|hold)s?\b"
    r"[^.;,]{0,15}\b(?:rights? (?:in|to)|ownership|copyright|title)\b"
    r"|\b(?:code|customi[sz]ations?|adaptations?|work product|deliverables|rights|copyright|ip"
    r"|algorithms?|models?|connectors?|developments?)\b[^.;]{0,45}\b(?:belongs? to (?:you|(?-i:[A-Z]))|(?:is|are"
    r"|will be"
    r"|becomes?|remains?|stays?) (?:all )?(?:yours|your property|(?:the )?property of|owned by (?:you|(?-i:[A-Z])))"
    r"|(?:go|goes|pass|passes|transfers?) (?:over )?to (?:you|(?-i:[A-Z])))",
    "data processing": r"\bwe(?:['’]ll| will| can| shall|['’]d)(?: \w+)? (?:delete|erase|wipe|store|host|keep|hold"
    r"|process|return)"
    r" (?:(?!test|trial|sandbox|sample|demo)[\w'’]+ ){0,4}data (?:within|in|inside|only|no longer|for|after|on"
    r"|at)\b(?! mind)"
    r"|\b(?:your|the|all|customer|driver|personal)(?: \w+)? data (?:will |would |is |are |shall )?(?:only |always )?"
    r"(?:be )?(?:stays?|remains?|kept|never leaves?|stored|hosted|held|processed|deleted|erased|wiped|won['’]t leave"
    r"|will not leave)\b[^.;]{0,60}\b(?:in|within|inside|leave|the|after|on|under|out)\b",
    "governing law": r"\b(?:contract|agreement|it|this|that|everything|disputes?)\b[^.;,]{0,25}\b(?:can|will|could"
    r"|may|shall|would)"
    r"(?: \w+)? (?:be |go |fall |stand |run |come )?(?:under|subject to|before|to|in) [^.;,]{0,25}\b(?:law|courts?"
    r"|arbitration)\b",
    "warranty": rf"\b(?:any|every|all) (?:defects?|bugs?|faults?)\b[^.;]{{0,50}}\b(?:{_STRETCH}"
    rf"|\w+ years?)[^.;]{{0,40}}"
    r"\b(?:free|no (?:cost|charge)|our (?:cost|expense|account))",
}
"""Sentences that need no word of consent: who says so has settled the term."""

TERM = {name: compiled(pattern, re.IGNORECASE) for name, pattern in TERMS.items()}
UNDERTAKING = {name: compiled(pattern, re.IGNORECASE) for name, pattern in UNDERTAKINGS.items()}
MAY_BE_LEGAL = Turns(
    r"liab|\bcap|indemn|harmless|claim|damag|loss|responsib|\bsla|credit|penalt|net|pay|invoic|bill|days?\b|month"
    r"|week|arrears"
    r"|instal|dpa|data|gdpr|process|clause|sccs?|hipaa|baa|addendum|annex|terminat|opt|break|exit|notice|convenien"
    r"|renew"
    r"|lock|term|cooling|walk|cancel|leave|quit|out\b|law|governed|jurisdic|arbitr|court|propert|\bip\b|escrow|own"
    r"|code"
    r"|right|exclusiv|favou?red|compet|sole|only|warrant|defect|redline|mark|wording|paper|msa|template|contract"
    r"|agree"
    r"|section|article|§|counsel|fine|late|other|end|stop|track|change|edit|perpetual|irrevoc|royalt|party|both"
    r"|rival|yoursel",
    re.IGNORECASE,
)
"""Without any of these a sentence speaks of no legal term."""
