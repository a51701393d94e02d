"""How people agree to something, leave it open, or turn it down."""

from __future__ import annotations

import re

from app.checks.turns import Turns
from extractors.lazily import compiled

_WE = r"\b(?:we|i)(?:['’](?:ll|re|d|m|ve))?"
_WE_WILL = (
    r"(?:\b(?:we|i)(?:['’](?:ll|d)| will| can| could| would| shall|(?:['’](?:re|m)| are"
    r"| am) (?:\w+ )?(?:to|going to))"
    r"|\b(?:happy|glad|willing|prepared|pleased|able|ready|fine|okay?) to|\b(?:sure|yes|gladly),? we can)"
)
_GOOD = (
    r"(?:fine|ok(?:ay)?|good(?: to go)?|acceptable|agreed|agreeable|accepted|approved|settled|granted|confirmed"
    r"|doable"
    r"|all right|alright|workable|reasonable|no (?:problem|issue|objections?|trouble|biggie|big deal)"
    r"|not (?:a problem|an issue)|a (?:go|deal|given|done deal)|through(?= *(?:[.,!;]|$)))"
)
_US = r"(?:us|me|our (?:side|end|part|point of view)|my (?:side|end|part)|this (?:side|end))"
_QUITE = (
    r"(?: (?:all|perfectly|totally|absolutely|entirely|quite|also|hereby|then|now|fully|just|completely|certainly))?"
)

ASSENT = Turns(
    rf"{_WE}(?: \w+)? (?:accept\w*|agree(?:d|s)?\b(?! that (?:[\w'’]+ ){{1,5}}(?:is|are|reads?"
    rf"|sounds?|looks?|could|should|needs?)\b)|confirm\w*|commit\w*|grant\w*|sign(?:ed)?|indemnify|warrant"
    rf"|waive|guarantee\w*|undertake|take (?:your|the) (?:\w+ )?(?:wording|language|changes|paper|version))\b"
    rf"|{_WE_WILL}(?: (?:also|then|gladly|certainly|happily|of course|even|just|simply|all|fully|only))*"
    r" (?!be (?!fully|solely|liable|bound|responsible)|have to|need|like|prefer|rather|want|see|wait|hear|think"
    r"|know|expect|look"
    r"|not\b|never|try|read|come|study|get (?:back|legal|counsel|our)|let you|consider|take (?:it|this|that|them"
    r"|a look))\w+"
    r"|\b(?:we|i) (?:hereby |also |then )?(?:grant|give|offer|drop|carry|cover|leave|allow|follow|assign|transfer"
    r"|extend|take"
    r" (?:on|over|out|your|their|the))\b"
    rf"|{_WE}(?: have| see)? no (?:issue|problem|objection|trouble|concern)s?\b"
    rf"|{_WE}(?: are| am)?(?: \w+)? (?:fine|ok(?:ay)?|happy|comfortable|good|cool|on board) with\b"
    r"|\b(?:can|could|would)(?: \w+)? (?:easily |certainly |gladly |happily )?live with\b"
    r"|\b(?:consider|treat|regard)\b[^.;!?]{0,60}\b(?:accepted|agreed|approved|done|struck|gone|removed|deleted"
    r"|settled"
    r"|signed off|closed|in|dropped|taken out|off the table)\b"
    rf"|\b(?:is|are|looks?|sounds?|seems?|be|that['’]s|it['’]s){_QUITE} {_GOOD}(?!\w)"
    rf"|\b{_GOOD},? (?:by|with|for|on|from|to|at|as far as) {_US}\b"
    rf"|\b(?:works?|suits?|will do|does)(?: (?:fine|well|just fine|perfectly))?(?: (?:for|on|from|at))? {_US}\b"
    r"|\bno (?:problem|objections?)\b(?! so far)|\bas far as (?:we|i)(?:['’]m| am|['’]re| are) concerned\b"
    r"|(?:^|[,;:–—!.-]\s*|\band )(?:agreed|accepted|approved|granted|confirmed|done|deal|yes|yep|sure|okay?|fine"
    r"|absolutely|of course|certainly|gladly|by all means|happily)(?=\s*(?:[,.!:;–—-]|$|\b(?:to|with|on)\b))"
    r"|^\W*(?:agreed|accepted|approved|yes|okay?|done|deal|fine|confirmed)\b"
    r"|\b(?:will|shall|can|could) (?:then |all |simply |just |of course )?be (?:capped|unlimited|limited|governed"
    r"|payable"
    r"|removed|struck|deleted|dropped|included|added|yours|extended|mutual|taken out|changed|kept|put in"
    r"|written in)\b"
    r"|\b(?:no need to worry|don['’]t worry|need not worry|goes without saying)\b|\b(?:it is|it['’]s|is|are) yours\b"
    r"|\b(?:goes|comes|is coming|has come) (?:out|off)(?: of)? the (?:contract|agreement|draft)\b"
    r"|\b(?:it is|that is it|that['’]s it)(?:,? then)?\W*$|\bappl(?:y|ies)\b|\bgo(?:es)? (?:up|down) to\b"
    r"|\brelaxed about\b"
    r"|\bthere(?:['’]s|['’]ll be| is| are| will be) (?!no |not |still |one |nothing)|(?<=[:,] )signed\b"
    r"|\bno (?:quarrel|qualms|drama"
    r"|worries|fuss|changes|arguments?)\b|\bas you(?:['’]d| have| had)? (?:asked|wanted|wished|requested|proposed)\b"
    r"|\b(?:just|exactly) as (?:you|your \w+) \w+|\bsomething (?:we|i) can\b|\byou do\b|\b(?:fair|makes sense"
    r"|go ahead)\b"
    r"|\b(?:won['’]t|will not|wouldn['’]t|shouldn['’]t|should not|not going to) be (?:a|an|any"
    r"|much of an?) (?:problem|issue|obstacle|hurdle)\b"
    r"|\b(?:i|we)(?:['’]ve| have) (?:struck|removed|dropped|deleted|extended|changed|adopted|taken out)\b"
    r"|\b(?:is|are|['’]s|been)(?: now| already| all)? (?:in|out|gone|struck|deleted|removed|taken care of"
    r"|yours)(?=\s*(?:[.,!;]|$))"
    r"|\b(?:can|may|will|should|shall) (?:\w+ )?(?:stay|remain|stand|come out|go out)\b|\bstays? (?:in|as (?:it"
    r"|they))\b"
    r"|\bleave (?:it|them|that|this) (?:in|as|there|where)\b|\blet['’]s (?:put|write|have|make|keep|do|go with|take"
    r"|use|leave|say|agree|settle)\b"
    r"|\b(?:happy|fine|okay?|content|glad|good|cool|comfortable) (?:for|with|on|about)\b|^\W*(?:ok|okay|yes|fine"
    r"|sure|agreed)"
    r" (?:on|with|to|for)\b|\b(?:don['’]t|do not|wouldn['’]t|would not) mind\b|\b(?:doesn['’]t|does not|won['’]t"
    r"|not) bother"
    r" (?:us|me)\b|\bno (?:reason|harm) (?:not )?(?:to|in|why)\b|\bfeel free to\b|\b(?:not|n['’]t"
    r"|nothing) (?:\w+ )?(?:against"
    r"|object\w*|insist|oppos\w+|stand in the way|argue|fight)\b|\b(?:have|take|consider) my word\b"
    r"|\byou have (?:our|my) (?:ok|okay"
    r"|consent|agreement|blessing|word)\b|\b(?:gets?|got|have|has) (?:our|my|a) (?:ok|okay|nod|blessing|consent"
    r"|green light|yes"
    r"|thumbs[- ]up)\b|\bgreen light\b|\bthumbs[- ]up\b|\bsigned off\b(?! by (?:you|your))|\byou got it\b"
    r"|\byou['’]ve got it\b",
    re.IGNORECASE,
)
"""Somebody on our side says yes, or does what was asked for."""
GRANTED = compiled(
    r"\b(?:you|she|he|they|either (?:party|side|of us)|both (?:parties|sides))(?:['’]ll| will| can| may| could"
    r"| are free to| get to| have the (?:right|option) to)?(?: also| then| of course| always| still)?"
    r" (?:have(?! to)|get|pay|own|terminate|cancel|keep|receive|walk away|leave|exit)\b"
    r"|\b(?:is|are|will be) yours\b",
    re.IGNORECASE,
)
"""The customer may do or has something from now on."""
WILLING_NOT = compiled(
    r"\b(?:(?:do not|don['’]t|shouldn['’]t|should not|would not|wouldn['’]t|does not|doesn['’]t|won['’]t|will not"
    r"|not|n['’]t) (?:\w+ )?"
    r"(?:mind|insist|object|oppose|bother|against|(?:be )?(?:a problem|an issue|an obstacle|a hurdle)|(?:have"
    r"|see) (?:a|any) (?:problem|issue|objection|reason)"
    r"|stand in the way|need to worry|worry|see why not|argue|fight))\b|\bno need to\b|\bno reason not to\b"
    r"|\bnothing against\b|\bcan(?:['’]t|not) see (?:a|any|why)\b"
    r"|\b(?:not (?:a problem|an issue))\b|\b(?:no|without) (?:any )?(?:hard feelings|questions asked)\b",
    re.IGNORECASE,
)
"""Words of refusal that consent."""
LEFT_OPEN = Turns(
    r"\b(?:legal|counsel|lawyers?|attorneys?|procurement)(?: team| department)?(?:['’]s)? (?:is|are|will"
    r"|has to|have to|needs?|must|still|would|wants to|to)\b"
    r"|\b(?:only|for|and) (?:our )?(?:legal|counsel|lawyers?|attorneys?|nils) (?:can|may|could|will|and)\b"
    r"|\b(?:between|for) (?:your"
    r"|our) (?:counsel|lawyers?|attorneys?)\b|\b(?:ask(?:ed)?|told|tell|given? (?:it|this|that)? ?to|gave (?:it"
    r"|this|that)? ?to|for|by)"
    r" (?:our |my )?(?:legal\b(?! term)|counsel|lawyers|attorneys)\b|\bset up (?:a|the) call\b|\b(?:i|we)(?:['’]ve"
    r"| have)? (?:know|see (?:that|why|how)|understand"
    r"|noted? (?:your|the)|heard?|gather|realise|realize|appreciate)\b(?! no)|\bthank(?:s| you)\b(?!,|!)"
    r"|\bas long as\b[^.;]{0,40}\bopen\b|\bsomething only\b|\bneed(?:s|ed)? (?:to|our|the|your|a)\b"
    r"|\b(?:your|the|their) (?:old|other|former|previous|incumbent) (?:\w+ )?(?:contract|agreement|system|supplier"
    r"|vendor|licen[cs]e)\b"
    r"|\b(?:(?:is|are|now|lies?|rests?|sits?) )(?:\w+ )?with (?:legal|counsel|our (?:counsel|lawyers?|legal)|nils"
    r"|the lawyers)\b"
    r"|\b(?:review|look(?:ing)? (?:at|into|over|forward)|check(?:ing)?|(?<!as )discuss\w*|clarify|forward|pass"
    r"|share|ask"
    r"|raise (?:it|this|that|them|the)|bring (?:it|this|that|them) up|come back|get back"
    r"|talk|follow up|find out|walk\w* (?:you )?through|explain|run (?:it|this|that|them) (?:by|past)"
    r"|take (?:it|this|that|them) (?:to|up)|escalate|compare|summari[sz]e|go (?:through|over))\b"
    r"|\b(?:send|sending|attach\w*|circulate|deliver|prepar(?:e|ing)|drafting)\b|\b(?:we|i|to|will|ll|can) draft\b"
    r"|\bsubject to\b(?! (?:the )?(?:laws?|(?-i:[A-Z])\w+ law|jurisdiction|courts))|\bshould (?:the|this|that|it"
    r"|they|our)\b"
    r"|\bonce (?:legal|our|counsel|the lawyers)\b|\bif (?:our )?(?:legal|counsel)\b"
    r"|\bpending\b|\bpropos(?:e|ing|als?)\b(?! to accept)|\bhop(?:e|ing)\b|\bwonder\w*\b|\bwhether\b",
    re.IGNORECASE,
)
"""What leaves a term open: it is looked at, talked about or sent, and not accepted."""
DEFERS = compiled(
    r"\b(?:legal|counsel|lawyers?|attorneys?|nils|the board|management)(?: team| department)? (?:\w+ )?(?:has|have"
    r"|needs?|must"
    r"|wants?|would have|will have) (?:to|the last|the final) ?(?:decide|agree|approve|confirm|sign|say|look|review"
    r"|check"
    r"|clear|word|see)?"
    r"|\bsubject to\b[^.;]{0,40}\b(?:approval|review|sign-?off|legal|counsel|lawyers?|ok|consent|agree)"
    r"|\b(?:once|if|provided|as soon as|when|unless|until) (?:our |the )?(?:legal|counsel|lawyers?|nils)\b"
    r"|\bpending\b[^.;]{0,30}\b(?:approval|review|sign-?off|legal|counsel)"
    r"|\bnot (?:mine|my call|my decision|for me|up to me|our call)\b|\b(?:is|are|lies?|rests?)(?: \w+)? (?:up to"
    r"|for|a matter for)"
    r" (?:legal|counsel|our (?:lawyers?|counsel|legal)|nils)\b|\bnot (?:a )?(?:legal advice|binding)\b",
    re.IGNORECASE,
)
"""Somebody else has the last word."""
REFUSED = compiled(
    r"\b(?:can(?:no|['’])t|can not|cannot|could(?:n['’]t| not)|won['’]t|will not|unable|not able"
    r"|not in a position|isn['’]t|is not|aren['’]t|are not|don['’]t|wouldn['’]t|would not"
    r"|do not|doesn['’]t|does not|never|unfortunately|afraid|too (?:far|long|much)|no (?:news|update|answer|idea"
    r"|decision|liability|responsibility|room"
    r"|way|chance|authority|say)|rather not|an? (?:clear |firm )?no\b(?! (?:problem|issue|brainer))|no[- ]go"
    r"|out of (?:reach|the question)|instead of yours|not yet|would love to)\b",
    re.IGNORECASE,
)
STANDING = compiled(
    r"\b(?:as (?:stated|set out|agreed|per|defined|described)|per (?:the|your|our) (?:contract|agreement|order)"
    r"|(?:your|the|our) (?:current|existing|present|signed) (?:\w+ )?(?:contract|agreement|terms?|msa|dpa)"
    r"|\b(?:agreement|contract|msa|dpa|terms?) (?:that |which )?(?:we|you|both) (?:signed|have|had|agreed)\b"
    r"|\b(?:invoices?|payments?) (?:is|are) (?:due|payable) (?:within|in)\b"
    r"|\bours (?:is|are)\b|our (?:standard|usual|normal) [\w -]{0,30}(?:is|are)|overdue|remittance|invoice (?:no\.?"
    r"|number|#|[A-Z]*-?\d{3,}))\b",
    re.IGNORECASE,
)
"""Reminds of what is agreed already."""
IN_ANOTHER_MATTER = compiled(
    r"\b(?:trial|demo|pilot|calls?|meeting|webinar|tour|newsletter|workshop|session|appointment|slot|visit|training"
    r"|recording|thursday|monday|tuesday|wednesday|friday|o['’]clock|drivers? (?:can|may)|dispatchers? (?:can|may)"
    r"|screen|button|app|unsubscribe|survey|invitation|invite)\b",
    re.IGNORECASE,
)
"""What one may leave, end or say yes to, and that is no contract."""
NEUTRAL = compiled(
    r"\b(?:asked|asks|mentioned|wanted|wrote|said|told|raised|brought up|wish(?:es)? for|question|understand"
    r"|important|matters?"
    r"|interest(?:ed|ing)|read|reached|arrived|received|explains?|means?|page|called|about|regarding|concerning"
    r"|as to|difficult|hard"
    r"|long|short(?:er)?|similar|same|different|was|were|had|used to|yesterday|last|ago|before|old|former|why|how"
    r"|what|which|who|where"
    r"|when|if|should|please|could you|can you|may i|remember|remind\w*|mind|keep in|apart from|besides|except|open"
    r"|point|topic|list"
    r"|file|attached|version|copy|draft|deadline|runs? out|ends? on|expires?|there)\b",
    re.IGNORECASE,
)
"""A term is only spoken of."""
