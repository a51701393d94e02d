"""Offers: "I can", "happy to", "we'd gladly". Data only."""

from extractors.commitments.cues.cue import Cue, cue
from extractors.commitments.grammar import ADVERBS, BE, ME, OFFER_VERBS, VERB, WILL, WILLING

OFFERS: tuple[Cue, ...] = (
    cue(
        "offer.what-can",
        rf"(?:what|the (?:best|most|only thing))[ ]+{ME}[ ]+(?:can|could)(?:[ ]+(?:do|offer|put)(?:[ ]+"
        rf"(?:for you|instead))?)[ ]+(?:is|would be)[ ]+{VERB}?",
        "conditional",
    ),
    cue(
        "offer.can",
        rf"{ME}{ADVERBS}[ ]+(?:can|could)(?:[ ]+(?:also|then|certainly|still|gladly|happily|easily|always"
        rf"|probably|even|simply|perhaps|instead|definitely|just|absolutely|potentially))*[ ]+{VERB}",
        "conditional",
        action=True,
    ),
    cue(
        "offer.able",
        rf"{ME}(?:{BE}|'d be|[ ]+would be|{WILL} be)(?:[ ]+(?:also|always|certainly|still|now|then|naturally"
        rf"|personally))?[ ]+{WILLING}[ ]+to[ ]+(?:also |then |personally )?(?!set out|be\b|share (?:some|that)"
        rf"|answer|attach|work with|have\b)(?P<verb>[a-z-]+)",
        "conditional",
        action=True,
    ),
    cue(
        "offer.elided",
        rf"(?:(?:would|'d|will) be[ ]+)?{WILLING}[ ]+to[ ]+(?:also |then )?{VERB}",
        "conditional",
        action=True,
    ),
    cue(
        "offer.can-elided",
        r"(?:can|could|cld)(?:[ ]+(?:also|certainly|still))?[ ]+(?P<verb>do|send|offer|set|walk|meet|call|get"
        r"|ship|give|share|provide|make|run|bring|add|put|hop|jump|drop|host|show|extend|swing|come|hold|match"
        r"|join|have|help)\b",
        "conditional",
    ),
    cue(
        "offer.would",
        rf"{ME}(?:'d|[ ]+would)(?:[ ]+(?:also|then|gladly|happily|certainly|naturally|be))*[ ]+(?:(?:love"
        rf"|be delighted|be honou?red|be glad|be happy)[ ]+to[ ]+(?P<verb>{OFFER_VERBS})|like[ ]+to[ ]+"
        rf"(?P<offered>offer|give|invite you|host|show you|send you|propose|extend|include|provide|treat|add"
        rf"|schedule|set up))\b(?![ ]+(?:me|us|this done|sure)\b)(?![ ]+(?:if|how|what|your thoughts|about "
        rf"(?:how|what|why)))",
        "conditional",
    ),
    cue("offer.would-gladly", rf"{ME}(?:'d|[ ]+would)[ ]+(?:gladly|happily)[ ]+{VERB}", "conditional", action=True),
    cue(
        "offer.would-if",
        rf"{ME}(?:'d|[ ]+would)(?:[ ]+(?:also|then|certainly|even))*[ ]+{VERB}",
        "conditional",
        action=True,
        conditional=True,
    ),
    cue(
        "offer.honour",
        rf"it would be (?:our|my) (?:great )?(?:hono[u]?r|pleasure|privilege) to[ ]+(?P<verb>{OFFER_VERBS})\b",
        "conditional",
    ),
    cue("offer.propose-to", rf"{ME}[ ]+(?:would[ ]+)?(?:offer|volunteer)[ ]+(?:to[ ]+)?{VERB}?", "conditional"),
    cue(
        "offer.pleased",
        rf"{ME}{BE}(?:[ ]+also)?[ ]+(?:pleased|happy|delighted|able|authori[sz]ed|prepared|glad)[ ]+to[ ]+"
        rf"(?P<verb>offer|extend|propose|include|grant|give)\b",
        "conditional",
        "concession",
    ),
)
