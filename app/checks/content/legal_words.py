"""How lawyers bind a company, as an undertaking of ours. A contract that is only spoken of binds nobody."""

from __future__ import annotations

import re

from app.checks.content.scanning import stems
from extractors.lazily import compiled

_FLAGS = re.IGNORECASE | re.VERBOSE

_WE = r"(?:we|I|our\ company|the\ company|{own})"
_WILL = (
    r"(?:(?:['’]ll|\ will|\ shall|\ hereby|\ also|\ fully|\ can|\ would|\ agree\ to|\ undertake\ to|\ commit\ to"
    r"|(?:\ are|['’]re)\ (?:happy|ready|willing|prepared)\ to|\ promise\ to)\ ?)*"
)

_UNDERTAKINGS = rf"""
      \b {_WE} {_WILL} \ ?(?: indemnif(?:y|ies) | holds?\ (?:you|your\ company|\w+)\ harmless )
    | \b (?:full|complete|unlimited|an?)\ indemni(?:ty|fication)\ (?:from|by)\ us\b
    | \b {_WE} {_WILL} \ ?(?:give|offer|grant|provide|accept)\ (?:you\ )?(?:a\ |an\ |full\ |complete[ ]
        |any\ )* indemni(?:ty|fication) \b (?! \s+ clause)
    | \b {_WE} {_WILL} \ ?(?:represents?\ and\ )? warrants? \ (?:that|to|the|its|all|full|you|fitness|merchantability)
    | \b {_WE} {_WILL} \ ?(?:accept|assume|take|bear|have|carry)s?\ (?:on\ )?(?:full|all|any|unlimited|complete
        |uncapped|the\ entire|sole)\ (?:\w+\ )?(?:liability|legal\ responsibility)
    | \b {_WE} {_WILL} \ ?(?:accept|assume|take|bear)s?\ liability\b
    | \b (?:unlimited|uncapped)\ liability\b (?: \ (?:on\ our\ (?:part|side)|from\ us|for\ us) )
    | \b {_WE} (?:\ are|\ will|\ can|\ have|['’](?:re|ll|ve))? \ (?:\w+\ )? (?:commit\w*|agree[sd]?|open|ready
        |offer\w*|provid\w+|giv\w+|go\ with|stand\w*)
        \ (?:you\ |to\ |for\ |by\ |with\ )* (?:unlimited|uncapped)\ liability\b
    | \b {_WE} {_WILL} \ ?(?:compensate|indemnif\w+|pay)s?\ (?:you|\w+)\ for\ (?:all|any
        |every)\ (?:\w+\ )?(?:damages?|loss(?:es)?)\b
    | \b our\ liability\ (?:is|will\ be|shall\ be|would\ be|remains)\ (?:unlimited|uncapped|not\ (?:limited|capped)
        |without\ limit|limited|capped)
    | \b {_WE} (?:\ are|\ will\ be|\ shall\ be|['’]re|['’]ll\ be|\ remain|\ is)\ (?:fully\ |strictly\ |solely[ ]
        |legally\ |jointly\ and\ severally\ )? (?:liable | legally\ (?:bound|responsible|obliged|obligated
        |committed) )
    | \b {_WE} {_WILL} \ ?guarantee (?:s)? \ (?:you\ )?(?:a\ |an\ |the\ |your\ |any\ )?(?:full\ |complete\ |100\ ?%[ ]
        |unconditional\ )*(?:refund|money[ -]back|reimbursement|repayment)
    | \b (?:guaranteed|unconditional)\ (?:full\ )?refund\b
    | \b refund (?: ,?\ guaranteed\b | \ is\ guaranteed\b | \ guarantee\b )
    | \b money[ -]back\ guarantee\b
    | \b (?:this|my|our)\ (?:e-?mail|mail|message|offer|letter|quote|quotation|proposal|commitment|promise
        |undertaking|confirmation)\ (?:is|shall\ be|will\ be|constitutes|forms|counts\ as
        |represents)\ (?:hereby\ )?(?:an?\ )?(?:fully\ |legally\ )?binding
    | \b (?:consider|treat|regard|take)\ (?:this|it|our\ offer|this\ \w+)\ (?:as\ )?(?:an?\ )?(?:fully[ ]
        |legally\ )?binding
    | \b {_WE} [^.!?\n]{{0,50}} \b legally\ binding\b | \b legally\ binding\ (?:\w+\ )?(?:commitment|undertaking
        |promise|offer|guarantee|assurance|confirmation)\b
    | \b (?:shall|will|is\ to|are\ to)\ be\ (?:(?:governed\ by|construed\ in\ accordance\ with)\ (?:the\ )?(?:laws?\b
        |substantive|(?-i:[A-Z])\w+\ law\b)|subject\ to\ the\ (?:exclusive\ )?jurisdiction)
    | \b {_WE} {_WILL} \ ?(?:accept|agree|submit|consent)\ (?:to\ )?[^.!?\n]{{0,40}} \b (?:governing\ law
        |jurisdiction|laws\ of\b)
    | \b {_WE} {_WILL} \ ?agree\ that\ [^.!?\n]{{0,40}} \b laws?\ (?:shall\ |will\ )?(?:govern|appl)
    | \b (?-i:[A-Z])\w+\ law\ (?:shall|will)\ (?:govern|apply)
    | \b governing\ law\ (?:is|shall\ be|will\ be)\ (?:that\ of|the\ laws?\ of|(?-i:[A-Z]))
    | \b {_WE} {_WILL} \ ?(?:pay|owe|accept|agree\ to|be\ charged
        |compensate\ you\ with)\ (?:you\ )?[^.!?\n]{{0,40}} \b (?: (?:contractual\ |delay\ |agreed\ )? penalt(?:y
        |ies) | liquidated\ damages | damages )
    | \b (?:penalty|liquidated\ damages)\ of\ [^.!?\n]{{0,30}} \b (?:payable\ by\ us|from\ us|per\ (?:day
        |week)\ (?:of\ delay|we\ are\ late))
    | \b {_WE} {_WILL} \ ?(?:grant|give|offer|guarantee|assure
        |promise)\ (?:you\ )?[^.!?\n]{{0,40}} \b (?: exclusivity | exclusive\ (?:rights?|licen[cs]e|distribution
        |supply|territory|use|supplier|partnership) | (?:perpetual|irrevocable)\b )
    | (?P<no> \b {_WE} (?:\ will|\ shall|['’]ll|\ would|\ are\ going\ to)?\ (?:not|never|won['’]t)\ (?:sell|offer
        |supply|license|work)\ (?:\w+\ )?(?:to|for|with)\ (?:any\ of\ )?(?:your\ (?:\w+\ )?competitors?
        |any\ (?:\w+\ )?competitors?) )
    | \b {_WE} {_WILL} \ ?(?:not\ (?:sell|offer|supply|license|work)\ (?:\w+\ )?(?:to|for|with)
        |sell\ (?:\w+\ )?only\ to|work\ exclusively\ (?:with|for)
        |supply\ exclusively)\ (?:any\ of\ )?(?:your\ (?:direct\ )?competitors?|any\ competitors?|you\b)
    | \b you\ (?:will|shall|would)?\ ?(?:have|get|receive|enjoy)\ (?:full\ |sole\ )?(?:exclusivity
        |exclusive\ (?:rights|supply|distribution))\b
    | \b {_WE} {_WILL} \ ?(?:waive|renounce|relinquish|surrender)\ (?:all\ |any\ |our\ |the\ )*(?:rights?|claims?
        |remed(?:y|ies)|defen[cs]es?|limitation)
    | \b {_WE} {_WILL} \ ?(?:assign|transfer)\ (?:to\ you\ )?(?:all\ |any\ |the\ |our[ ]
        |full\ )*(?:intellectual\ property|IP\b|copyright|ownership\ of\ the\ (?:code|software|IP))
    | \b (?:we|I|{{own}})\ (?:do\ )?hereby\ (?:\w+\ )?(?:agree|undertake|warrant|guarantee|grant|represent|assign
        |commit
        |covenant|accept|waive)
    | \b (?:most[ -]favou?red[ -](?:nation|customer)) \b (?= [^.!?\n]{{0,40}} \b (?:you|clause\ applies|pricing
        |status|terms)\b )
    | \b time\ is\ of\ the\ essence\b
"""

NEGATED = compiled(
    r"\b(?:not|never|cannot|can['’]?t|won['’]?t|don['’]?t|doesn['’]?t|isn['’]?t|aren['’]?t|unable to|without|neither"
    r"|nothing|no longer|refuse to|nor|no|non-?binding)\b"
    r"[^.!?;,]{0,40}$",
    re.IGNORECASE,
)
ASKED = compiled(
    r"\b(?:whether|if|how|what|when|why|unless|asked|asks|asking|question|wonder\w*|want(?:s|ed)?|wish|request(?:s"
    r"|ed)?|demand(?:s|ed)?|require[sd]?|expect(?:s|ed)?"
    r"|like|need(?:s|ed)?)(?: (?:that|us to|about))? (?:\w+ )?$",
    re.IGNORECASE,
)
"""What stands before an undertaking that is only spoken of."""
CITED = compiled(
    r"\b(?:as (?:set out|stated|described|written|laid down|agreed|it says|defined)|see|under|according to|per|in|of"
    r"|section|clause|article|§)\s+(?:in )?"
    r"(?:(?:the|our|your|that) (?:\w+ )?(?:MSA|contract|agreement|terms|order form|NDA|DPA|SLA|master|framework"
    r"|draft)|(?:section|clause|article|§)\s?\d)",
    re.IGNORECASE,
)


def undertakings(own_names: str) -> re.Pattern[str]:
    """The pattern of our own undertakings; `own_names` is an expression for what our company is called."""
    return re.compile(_UNDERTAKINGS.replace("{own}", own_names), _FLAGS)


LEGAL_STEMS = stems(
    """indemni|harmless|warrant|liab|refund|reimburs|repay|money back|money-back|binding|legally|governed|construed
governs| apply| applies| law
jurisdiction|governing|laws of
penalt|damages|exclusiv|perpetual|irrevocabl|competitor|only to|waive|renounce|relinquish|surrender|intellectual
copyright|ownership| ip|hereby
favored|favoured|of the essence"""
)
