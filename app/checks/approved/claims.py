"""What a draft says that product or legal would have to approve: what the product will do, and what is guaranteed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.checks.approved.announced import announces, is_of_something_else, is_to_come, is_undecided
from app.checks.deal.sentences import Sentence, sentences
from app.checks.turns import Turns
from app.core.findings import Commitment, DateMention, Due, Findings, Kind
from extractors.lazily import compiled

_RELEASE = compiled(
    r"\b(?:ship(?:s|ped|ping)?|releas(?:e|es|ed|ing)|launch(?:es|ed|ing)?|roll(?:s|ing|ed)? (?:it |this "
    r"|that )?out|go(?:es|ing)? (?:live|ga)|(?:be|is|are) live|land(?:s|ing)?|com(?:e|es|ing)(?: out)?"
    r"|availab(?:le|ility)|ga\b|general(?:ly)? availab\w+|beta|planned|road-?map|add(?:s|ed|ing)?"
    r"|support(?:s|ed|ing)?|build(?:s|ing)?|built|develop\w*|deliver(?:s|ed|ing)?|introduc\w+|have|there"
    r"|out)\b",
    re.IGNORECASE,
)
_FEATURE = compiled(
    r"\b(?:features?|versions?|v?\d+\.\d+(?:\.\d+)?|(?:new |next |major )releases?|modules?|connectors?"
    r"|integrations?|apis?|sdk|webhooks?|plug-?ins?|sso|saml|scim|single sign-?on|mobile app|apps?"
    r"|dashboards?|beta|ga"
    r"|general availability|road-?map|exports?|imports?|locali[sz]ation|translations?|dark mode|\w+ mode"
    r"|chat-?bot|functionality|capabilit(?:y|ies)|multi-\w+|engine|algorithm|sync|encryption|add-?ons?"
    r"|notifications?|widgets?|alerts?|custom (?:roles|fields|reports)|reporting|residency|region"
    r"|language support|support for)\b",
    re.IGNORECASE,
)
_NO_FEATURE = Turns(
    r"\b(?:reports?|decks?|slides|guides?|quotes?|quotation|proposal|invoice|order form|contract|agreement"
    r"|agenda|notes|minutes|questionnaire|summary|hardware|tablets?|devices?|units?|parts|shipment"
    r"|pallets?|consignment"
    r"|call(?:ing)?|meet|speak|talk|sort out|training|workshop|webinar|meeting|demo|walk-?through|session|interview"
    r"|swing by|visit|logins?"
    r"|accounts?|trial|credentials|road-?map (?:deck|document|slides|session|call|overview|pdf)"
    r"|(?:product )?road-?map 20\d\d)\b",
    re.IGNORECASE,
)
_HANDED_OVER = compiled(
    r"\b(?:send(?:ing)?|sent|shar(?:e|ing)|shoot(?:ing)?|forward(?:ing)?|e-?mail(?:ing)?|mail(?:ing)?|pass(?:ing)?|ping"
    r"|get|give|hand(?:ing)?|attach(?:ed|ing)?|enclos(?:e|ed|ing)|drop|fire|let)\b"
    r"(?: (?!road)[\w'’&.-]+){0,6}? (?:product )?road-?map(?: 20\d\d)?\b(?! (?:item|feature|for\b|to\b))",
    re.IGNORECASE,
)
"""The roadmap as a paper that changes hands: what it says of the product is another matter."""
_RELEASED = compiled(
    r"\b(?:ship|releas|launch|land|ga\b|general availability|go(?:es)? live|(?:be|is|are) (?:live"
    r"|available|out|released)"
    r"|com(?:es|ing) (?:out )?(?:in|with|next|this|by)|beta|adding|count on|ready (?:by|in|on|for))\w*",
    re.IGNORECASE,
)
_GOING_LIVE = compiled(r"\b(?:we|you)(?:['’](?:ll|re))?(?: \w+)? (?:go|going|be|are) live\b", re.IGNORECASE)
"""A customer's start with the product, and no news of it."""
_ON_THE_ROAD = Turns(
    r"\b(?:on|in) (?:our|the) (?:product )?road-?map\b|\bour (?:product )?road-?map (?:has|includes|shows)\b"
    r"|\b(?:ships|is (?:due|planned|slated|scheduled) for|is coming|goes (?:live|ga)|will ship|launches)\b",
    re.IGNORECASE,
)
_THEIR_PROJECT = compiled(
    r"\byour (?:\w+ )?(?:plants?|sites?|teams?|warehouses?|depots?|roll-?out|go-?live|environment|tenant"
    r"|instance|users?|mills?|stores?|offices?|data|pilot|project)\b",
    re.IGNORECASE,
)
_GUARANTEEING = compiled(
    r"\b(?:guarant\w+|warrant(?:s|ed|ing)?|undertake\w*|commit(?:s|ted)?(?: ourselves)? (?:to|that)|(?:my"
    r"|our) word|assure|we promise|i promise|promise (?:you )?(?:that|a|an|to)|ensure|money[- ]back)\b",
    re.IGNORECASE,
)
_SUBSTANCE = Turns(
    r"\b(?:up-?time|availability|down-?time|outage\w*|respon\w+|resol\w+|restor\w+|recover\w*|rto|rpo"
    r"|latency|throughput|accura\w+|performance|sla|24/7|around the clock|turn-?around|escalation"
    r"|sev(?:erity)? ?1|critical"
    r"|sav(?:e|ings?)|pay-?back|roi|return on|reduc\w+|increase\w*|improve\w*|refund\w*|money[- ]back"
    r"|replac\w+|repair\w*|defects?|warrant\w*|breach\w*|data|gdpr|compliant|compliance|certified|secur\w+"
    r"|encrypt\w*|eu|privacy|(?:go(?:es)?|be|is|are|never) down|costs?|miles|kilomet(?:er|re)s|fuel|overtime"
    r"|shorter|faster|cheaper|fewer|pays? for itself"
    r"|answer\w*|deadline|raise|increase|(?:a|one|two) (?:tenth|fifth|quarter|third)s?(?! part)"
    r"|subprocessors?|results?|success\w*|prices? .{0,30}(?:lock\w*|stay\w*|unchanged|never|not)|rais(?:e"
    r"|ing) .{0,20}prices?|rate stays|go-?live)\b|\d\s?%|\bpercent\b|\bevery \w+ (?:hour|minute)s?\b",
    re.IGNORECASE,
)
"""What a guarantee is about that somebody has to stand for; "I'll keep it short, promise" is none."""
_STRONG = Turns(
    r"\b(?:guarant(?:ee|eed|ees|eeing)|money[- ]back|warrant(?:s|ed)?|(?:my|our) word|vouch(?:es)?|(?:rest"
    r"|be) assured|(?:can|do) assure"
    r"|(?:that|this|it)(?:['’]s| is) a promise|bet (?:my|our) \w+|hand on (?:my |our )?heart|stake my|put my name"
    r"|swear|without fail|i['’]m certain that"
    r"|(?:that|this|it)(?:['’]s| is) certain|mark my words)\b",
    re.IGNORECASE,
)
_PROMISED = compiled(r"\b(?:we|i)(?:['’]ll| can| do| will)? promise\b", re.IGNORECASE)
_RELIED_ON = compiled(
    r"\b(?:rely|count|bank|depend|build) on (?:[\w'’]+ ){0,6}(?:\d|uptime|availability|response|answer"
    r"|\w+ (?:per ?cent|percent))",
    re.IGNORECASE,
)
_OURS = compiled(
    r"\b(?:we|i|our|you(?:['’]ll| will| get| have)?|your|guaranteed|service|planner|platform|every|it|critical"
    r"|tickets?)\b",
    re.IGNORECASE,
)
_SOFT = Turns(
    r"\b(?:aim\w*|goals?|targets?|try|trying|hope|hopes|hoping|(?:do|doing) our best|strive|expect\w*"
    r"|in our experience|usually|typical\w*"
    r"|most (?:of our )?(?:customers|fleets)|on average|as a rule|normally|ambition|intend|should|would)\b",
    re.IGNORECASE,
)
"""What is strived for or seen with others, and guaranteed to nobody."""
_PART_OF_IT = compiled(r"[,;:–—]\s*|\s\b(?:but|though|although|while|whereas|and)\b\s", re.IGNORECASE)
_PERCENT = compiled(r"\d\s?%")
_NO_OUTAGE = compiled(r"\b(?:never|no|zero)\b[^.;!?]{0,30}\b(?:outages?|down-?time|be down|go down)\b", re.IGNORECASE)
_LEVEL = compiled(
    r"\b(?:up-?time|availability)\b[^.;!?]{0,40}\b(?:will|is going to|won['’]t|at least|never)\b", re.IGNORECASE
)
_REFUND = compiled(
    r"\b(?:we|i)(?:['’]ll| will) (?:fully |happily )?refund\b[^.;!?]{0,30}\b(?:you|full|everything|every (?:cent"
    r"|penny|dollar|euro)|your money|fee"
    r"|fees|all)\b|\bfull refund\b",
    re.IGNORECASE,
)
_BINDING = Turns(
    "|".join(each.pattern for each in (_STRONG, _PROMISED, _RELIED_ON, _NO_OUTAGE, _LEVEL, _REFUND)), re.IGNORECASE
)
"""Of these every guarantee has one that is no undertaking in its grammar."""
_COURTESY = compiled(
    r"\b(?:love|enjoy|like it|regret|worth (?:your|the) (?:time|while|wait)|be (?:pleased|glad|happy|delighted))\b",
    re.IGNORECASE,
)
_DENIED = Turns(
    r"\b(?:can(?:no|['’])t|can not|cannot|could(?:n['’]t| not)|won['’]t be able|unable|not able|don['’]t"
    r"|do not|doesn['’]t|isn['’]t|is not|no|without|hard to|difficult to|never|nothing is|not)"
    r" (?:\w+ ){0,3}(?:guarant|promis|commit|warrant|assur|ensur|on the road|planned|scheduled|money"
    r"|tell you|know|say)\w*"
    r"|\bnot? (?:\w+ )?(?:guarantees?|commitments?|promises?)\b",
    re.IGNORECASE,
)
_PLEDGED = compiled(
    r"\b(?:will|shall|would|can|going to|won['’]t|shan['’]t|never|always|at all times"
    r"|under no circumstances|only ever"
    r"|within|at least|at most|no (?:more|less|later) than|in any case|whatever|without (?:fail|exception)|guarant\w+"
    r"|warrant\w*|promise\w*|commit\w*|assure\w*|ensure\w*|undertake\w*|pledge\w*|certain|sure|rest|count|rely|bank"
    r"|depend|bet|swear|vouch|word|refund\w*|money)\b|['’]ll\b|\d\s?%|\b(?:percent|per cent|24/7)\b",
    re.IGNORECASE,
)
"""Binds somebody to what comes; `customer data stays in the US` only tells how things are."""
_TOLD = compiled(
    r"\W*(?:(?:yes|no|correct|right|indeed|exactly|sure|of course|absolutely)\b\W*)?(?:all (?:of )?|both )?"
    r"(?!we\b|i\b|you\b)(?:the |our |your |every |each )?[\w’' -]{1,60}?"
    r" (?:stays?|is|are|remains?|sits?|lives?|resides?|runs?|lies|has|have)\b",
    re.IGNORECASE,
)
_ALREADY = compiled(
    r"\b(?:as (?:stated|set out|agreed|defined)|(?:your|the|our) (?:current |existing "
    r"|signed )?(?:contract|agreement|sla) (?:already )?(?:guarantees?|states?|says?|covers?|includes?))\b",
    re.I,
)
_DOCUMENT_ONLY = compiled(
    r"\b(?:send|sent|share|forward|attach\w*|review|discuss|talk|look (?:into|at)|check|ask|find out"
    r"|get back|come back)\b",
    re.IGNORECASE,
)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Something said that needs an approved statement behind it. Offsets are characters of the findings' text."""

    kind: Kind
    text: str
    start: int
    end: int
    day: date | None
    """The last day that it names, where it names one."""
    due: Due | DateMention | None
    """The words for that day."""
    context: str = ""
    """What was said just before, for a claim that only says `it`."""


def roadmap_claims(findings: Findings, *, today: date) -> Iterator[Claim]:
    """What the draft says the product will do, once for each sentence."""
    previous = ""
    for sentence in sentences(findings):
        if not sentence.is_question:
            promise = next((c for c in sentence.commitments if _is_roadmap(c, sentence, today)), None)
            told = promise is not None or _tells_of_the_road(sentence, today)
            told = told or announces(sentence, previous, today=today)
            if told and not _DENIED.search(sentence.text):
                yield _claim(Kind.ROADMAP, sentence, promise, previous)
        previous = sentence.text


def guarantee_claims(findings: Findings) -> Iterator[Claim]:
    """What the draft guarantees, once for each sentence."""
    for sentence in sentences(findings):
        if not sentence.commitments and not _BINDING.search(sentence.text):
            continue
        if sentence.is_question or any(p.search(sentence.text) for p in (_DENIED, _ALREADY, _COURTESY)):
            continue
        if _SOFT.search(sentence.text):
            yield from _hard_part(sentence)
            continue
        promise = next((c for c in sentence.commitments if _is_guarantee(c, sentence)), None)
        if promise is not None or _REFUND.search(sentence.text) or _guarantees_aloud(sentence):
            yield _claim(Kind.GUARANTEE, sentence, promise, "")


def _hard_part(sentence: Sentence) -> Iterator[Claim]:
    """Of a sentence that also strives for something, the part that is guaranteed for all that."""
    parts = [part for part in _PART_OF_IT.split(sentence.text) if part]
    hard = next(
        (part for part in parts if not _SOFT.search(part) and _STRONG.search(part) and _SUBSTANCE.search(part)), None
    )
    if hard is not None:
        yield replace(_claim(Kind.GUARANTEE, sentence, None, sentence.text), text=hard)


def _is_roadmap(commitment: Commitment, sentence: Sentence, today: date) -> bool:
    words = _without_paper(sentence.text)
    if _NO_FEATURE.search(words) or not _RELEASE.search(words) or is_undecided(words):
        return False
    if (sentence.dates and not is_to_come(sentence, today)) or _is_about_something_else(words):
        return False
    named = bool(_FEATURE.search(words))
    if commitment.kind is Kind.ROADMAP:
        return named or bool(
            _RELEASED.search(words) and not _GOING_LIVE.search(words) and not _THEIR_PROJECT.search(words)
        )
    return named and bool(sentence.dates and _RELEASED.search(words)) and not _THEIR_PROJECT.search(words)


def _tells_of_the_road(sentence: Sentence, today: date) -> bool:
    """`Offline mode is on the roadmap for Q2` is no undertaking in its grammar, and is taken for one."""
    words = sentence.text
    told = bool(_ON_THE_ROAD.search(words) and _FEATURE.search(words) and is_to_come(sentence, today))
    if not told or is_undecided(words) or _is_about_something_else(words):
        return False
    return not _NO_FEATURE.search(words) and not _THEIR_PROJECT.search(words)


def _without_paper(words: str) -> str:
    """`I'll send you our 2027 roadmap` speaks of a document."""
    return _HANDED_OVER.sub(" ", words) if "road" in words.casefold() else words


def _is_about_something_else(words: str) -> bool:
    """Whether it is a maintenance or a migration of which `is planned for` tells the day."""
    match = _ON_THE_ROAD.search(words)
    return match is not None and is_of_something_else(words[: match.start()])


def _is_guarantee(commitment: Commitment, sentence: Sentence) -> bool:
    if _DOCUMENT_ONLY.search(commitment.text) and not _GUARANTEEING.search(commitment.text):
        return False
    if commitment.kind is Kind.GUARANTEE:
        if _TOLD.match(sentence.text) and not _PLEDGED.search(sentence.text):
            return False
        return bool(_SUBSTANCE.search(sentence.text) or _STRONG.search(sentence.text))
    return bool(_GUARANTEEING.search(commitment.text) and _SUBSTANCE.search(commitment.text))


def _guarantees_aloud(sentence: Sentence) -> bool:
    words = sentence.text
    own = _OURS.search(words) and _SUBSTANCE.search(words)
    strong = _STRONG.search(words) or _PROMISED.search(words)
    level = _LEVEL.search(words) and _PERCENT.search(words)
    return bool((own and strong) or level or _RELIED_ON.search(words) or (own and _NO_OUTAGE.search(words)))


def _claim(kind: Kind, sentence: Sentence, promise: Commitment | None, context: str) -> Claim:
    due: Due | DateMention | None = promise.due if promise and promise.due else None
    due = due or (sentence.dates[-1] if sentence.dates else None)
    return Claim(
        kind=kind,
        text=sentence.text,
        start=promise.start if promise else sentence.start,
        end=promise.end if promise else sentence.end,
        day=last_day(due),
        due=due,
        context=context,
    )


def last_day(due: Due | DateMention | None) -> date | None:
    """The last calendar day that the words for a date may mean; `in Q1` may be the 31st of March."""
    if due is None:
        return None
    ends = (due.to - _INSTANT).date() if due.to is not None else None
    days = [day for day in (ends, due.due_day) if day is not None]
    return max(days, default=None)
