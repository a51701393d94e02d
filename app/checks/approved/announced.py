"""Sentences in which the product itself is the subject: `the API ships in Q2`, `ferries will be supported from June`.

Nobody promises anything there by grammar, and the reader takes it for a promise all the same. Such a sentence has a
time to come, words for a thing's arrival, and a thing that is part of a product. What also arrives (people, papers,
deliveries, meetings, the customer's own project) is told apart by the words before those of the arrival.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.checks.approved.novelty import does_something_new
from app.checks.deal.sentences import Sentence
from app.checks.turns import Turns
from app.core.findings import DateMention, Kind
from extractors.lazily import compiled

_IN_THE_PRODUCT = compiled(
    r"\b(?:be(?:come)?|is|are) (?:a )?(?:\w+ )?(?:part of|included in|built into|in) (?:the |our |your )?"
    r"(?:(?:next |standard |new |coming )?(?:product|platform|planner|software|app|suite|release|version)"
    r"|(?-i:[A-Z]\w+(?: [A-Z]\w+)*)(?= (?:from|in|by|as of|starting|with|this|next)\b))"
    r"|\b(?:be|is|are) (?:fully |natively )?(?:supported|built in)\b"
    r"|\b(?:be|is|are|go(?:es)?|becomes?) (?:generally available|ga)\b"
    r"|\bin the (?:product|platform|planner|software|app)\b",
    re.IGNORECASE,
)
"""Arrivals that nothing but a part of a product has."""
_ARRIVES = Turns(
    r"\b(?:ships?|lands?|launch(?:es)?|arrives?|comes?(?: out)?|is coming|are coming|goes? live|rolls? out|follows?"
    r"|brings?|gets|works?|supports?|includes?|available|released?|shipped|launched|added|introduced|rolled out|out"
    r"|ready|(?:be|is|are) live|in place|in beta|(?:due|planned|scheduled|slated|expected|targeted) (?:for|in|by|to)"
    r"|take \w+ [\w -]{1,40}into account)\b",
    re.IGNORECASE,
)
"""Arrivals that many things have."""
_IS_RELEASED = compiled(
    r"\b(?:ships|lands|launches|rolls? out|(?:is|are) coming|comes out"
    r"|(?:be|is|are) (?:released|launched|rolled out|offered)"
    r"|becomes? available|available (?:to|for) (?:all |every )?customers?|learns?"
    r"|can (?:then )?be (?:set|configured|switched on|chosen|entered|defined|planned|imported|exported"
    r"|edited|shared))\b",
    re.IGNORECASE,
)
"""Arrivals after which the subject may be anything that is not known for something else."""
_WE_BRING = compiled(
    r"\bwe(?:['’](?:ll|re)| will| are| plan| aim)(?: \w+)? (?:to )?(?:add|build|develop|introduc|launch|releas|ship"
    r"|roll|bring|support|enabl|extend|have|offer|open|deliver)\w*\b",
    re.IGNORECASE,
)
_YOU_GET = compiled(
    r"\b(?:(?:you|your \w+)(?:['’]ll| will)? (?:get|have|be able to|can|see)|you (?:can|may) expect"
    r"|(?:let|allow|enable)s? you)\b",
    re.IGNORECASE,
)
_PRODUCT_DOES = compiled(
    r"\b(?:the|our) (?:planner|product|platform|app|software|system|tool)"
    r" (?:(?:will|is going to)(?: also| then| natively)? (?:support|handle|offer|include|get|gain|have|let|allow|take"
    r"|work|run|know|read|speak|calculate|come with|learn)|gets|gains|learns)\b"
    r"|\b(?-i:[A-Z]\w+(?: [A-Z]\w+)+) (?:(?:will|is going to)(?: also| then| natively)?"
    r" (?:support(?! (?:you|the|your))|include|gain|get|come with|learn to)|gains|learns to)\b",
    re.IGNORECASE,
)
"""The product, by its name or its kind, will do something."""
_WITH_THEM = compiled(r"\s*(?:at|in|for|with|on|across) your\b", re.IGNORECASE)
_PART = compiled(
    r"\b(?:features?|functions?|versions? \d[\w.]*|release \d[\w.]*|(?:next|new) (?:version|release)|modules?"
    r"|connectors?|integrations?|interfaces?|apis?|sdk|webhooks?|plug-?ins?|sso|saml|scim|single sign-?on|apps?"
    r"|dashboards?|updates?|login"
    r"|locali[sz]ation|translations?|\w+ mode|bot|chat|assistant|copilot|functionality|capabilit(?:y|ies)|engine"
    r"|optimi[sz](?:er|ation)|algorithm|sync|synchroni[sz]ation|encryption|add-?ons?|notifications?|widgets?|alerts?"
    r"|(?-i:[A-Z]\w+) version|proof of delivery|signature capture|barcodes?|qr codes?|voice \w+|timetables?|labels"
    r"|e-?signatures?"
    r"|portal|screen|view|maps?|filters?|search|permissions?|exports?|imports?|report module|audit log|on-?premises?"
    r"|self-hosted|multi-\w+|two-way \w+|support for|\w+[- ](?:routing|planning|scheduling|tracking|forecasting"
    r"|dispatching|matching|sharing|logging|monitoring|calculation|geocoding)|(?:re-?|auto-?)(?:planning|routing)"
    r"|routing|geo-?fenc\w+|geocoding|telematics|live (?:traffic|tracking|eta)|planner|optimi[sz]er)\b",
    re.IGNORECASE,
)
"""Things that a product is made of."""
_NO_PART = compiled(
    r"\b(?:your|their|his|her|my|i|he|she|they|who|workshops?|trainings?|trainers?|courses?|webinars?|conferences?"
    r"|events?"
    r"|sessions?|meetings?|calls?|demos?|kick-?offs?|reviews?|audits?|visits?|appointments?|slots?|teams?|people"
    r"|staff"
    r"|engineers?|consultants?|colleagues?|developers?|managers?|successors?|specialists?|experts?|office|invoices?"
    r"|quotes?|proposals?|contracts?|agreements?|orders?|prices?|price list|pricing|discounts?|budgets?|renewals?"
    r"|licen[cs]es?|seats?|(?<!into )accounts?|logins|credentials|trials?|pilots?|proof of concept|sandbox"
    r"|test (?:environment|system|access)|rollouts?|roll-outs?|go-live|migrations?|projects?|phases?|maintenance"
    r"|downtime|outage|hardware"
    r"|tablets?|devices?|holidays?|election|budget|module fees?"
    r"|units?|vans?|trucks?|vehicles?|parts|shipments?|(?<!proof of )deliver(?:y|ies)(?! slots?)|pallets?"
    r"|documents?|documentation"
    r"|papers?|guides?|manuals?|handbooks?|sheets?|slides?|decks?|reports?(?! module)|brochures?|stud(?:y|ies)|notes"
    r"|minutes|summary|plans?|answers?|results?|figures?|depots?|warehouses?|sites?|dispatchers? from)\b",
    re.IGNORECASE,
)
"""What arrives too, and is no part of a product."""
_FEATURE = compiled(
    r"\b(?:features?|functions?)\b|\b(?:modules?|connectors?|integrations?|interfaces?|apis?)\W*$", re.IGNORECASE
)
"""Whatever else is named beside it, it is a part of the product."""
_UNDECIDED = compiled(
    r"\b(?:whether|if)\b(?! (?:you|that|this) (?:like|want|need|wish|helps?|suits?|works?))"
    r"|\b(?:ask|find out|clarify)\b|\byou (?:\w+ )?(?:said|wrote|mentioned|told|heard|read|ordered|bought|booked)\b"
    r"|\b(?:no|not a|without an?y?) (?:\w+ )?date\b",
    re.IGNORECASE,
)
_AT_PRESENT = compiled(r"\b(?:since|already|today|currently|now)\b", re.IGNORECASE)
_NOW_BUT_LATER = compiled(
    r"\b(?:right now|now|currently|already|today)\b[^.;!?]{0,60}[,;] (?:and|it|but)\b", re.IGNORECASE
)
_PLAN_THEN = compiled(
    r"\byou(?:['’]ll| will) (?:then |also )?be able to (?:also )?(?:re-?)?(?:plan|route|schedule|track|assign|export"
    r"|import|filter|share|optimi[sz]e|drag|split|lock|print|connect|dispatch|calculate|simulate|compare)\b"
    r"(?=.*\b(?:from|as of|starting|with|by) )",
    re.IGNORECASE,
)
_AVAILABLE = compiled(r"^\W*(?:and |yes, )?(?:available|coming|ready|out|due|planned|scheduled)\b", re.IGNORECASE)
"""A sentence without a subject: `Night windows: available from May`."""
_TIME_TO_COME = Turns(
    r"\bnext (?:spring|summer|autumn|fall|winter|year|quarter)\b|\b(?:first|second) half of\b|\bH[12] 20\d\d\b"
    r"|\blater this year\b|\bnext (?:release|version)\b",
    re.IGNORECASE,
)
_NAME = compiled(r"^\W*[A-Z][a-z]+(?: [A-Z][a-z]+)?\W*$")
"""Maybe a person's."""
_TO_YOUR_QUESTION = compiled(
    r"\b(?:your|the) (?:\w+ )?(?:questions?|requests?|points?|wish(?:es)?)"
    r" (?:on|about|for|regarding|as to|concerning)\b",
    re.IGNORECASE,
)
_FROM_THE_READER = compiled(r"\byou\b(?! asked)", re.IGNORECASE)
_FAR = timedelta(days=28)
"""Who names a day later than that speaks of a release rather than of an errand."""
_SMALL = frozenset({"day", "hour", "minute", "second", "week"})
_PRONOUN = compiled(
    r"^\W*(?:it|this|that|(?:this|that) one|they|these|both|as to|as for)?\W*(?:will|is|are)?\W*$", re.IGNORECASE
)
_BREAK = compiled(
    r"[;:()?–—]|,\s(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d|\d)"
    r"|(?<=[\w,] )(?:so|because|which|that|and|while|once|as soon as)\s(?!one\b)",
    re.IGNORECASE,
)


def announces(sentence: Sentence, previous: str, *, today: date) -> bool:
    """Whether the sentence says that a part of the product arrives at a time to come.

    `previous` is the sentence before, which says of what "it" is told.
    """
    words = sentence.text
    if not is_to_come(sentence, today) or is_undecided(words) or _AT_PRESENT.search(_NOW_BUT_LATER.sub(" ", words)):
        return False
    released = bool(_TIME_TO_COME.search(words)) or any(
        _is_of_a_release(mention, today) for mention in sentence.dates
    )
    promised = released and any(commitment.kind is Kind.ROADMAP for commitment in sentence.commitments)
    return any(
        _arrives(clause, before or previous, released=released, promised=promised)
        for clause, before in _clauses(words)
    )


def is_undecided(words: str) -> bool:
    """Whether a sentence asks about an arrival or repeats what the customer said of it, and tells none."""
    return bool(_UNDECIDED.search(words))


def is_of_something_else(words: str) -> bool:
    """Whether the words before those of an arrival name what is no part of a product."""
    return bool(_NO_PART.search(words)) and not _FEATURE.search(words)


def is_to_come(sentence: Sentence, today: date) -> bool:
    """Whether it names a stretch such as a month or a quarter, or a day, that is not over yet."""
    return bool(_TIME_TO_COME.search(sentence.text)) or any(_is_to_come(mention, today) for mention in sentence.dates)


def _arrives(clause: str, context: str, *, released: bool, promised: bool) -> bool:
    """Whether a clause tells of an arrival.

    `context` is what a clause without a subject of its own is about; `released` tells that the time is a release's,
    and `promised` that it is read as a promise of the roadmap.
    """
    if (match := _PRODUCT_DOES.search(clause)) is not None and not is_of_something_else(clause[match.end() :]):
        return True
    if released and does_something_new(clause):
        return True
    if (match := _PLAN_THEN.search(clause)) is not None:
        return not is_of_something_else(clause[match.end() :])
    if context and _AVAILABLE.search(clause):
        return not is_of_something_else(f"{_TO_YOUR_QUESTION.sub(' ', context)} {clause}")
    if (match := _WE_BRING.search(clause) or (_YOU_GET.search(clause) if released else None)) is not None:
        behind = clause[match.end() :]
        return bool(_PART.search(behind) or _IN_THE_PRODUCT.search(behind)) and not _NO_PART.search(behind)
    surely = [(match, True) for match in _IN_THE_PRODUCT.finditer(clause)]
    surely += [(match, released) for match in _IS_RELEASED.finditer(clause)]
    return any(
        _is_of_the_product(clause, match, context, surely=sure)
        for match, sure in (*surely, *((match, promised) for match in _ARRIVES.finditer(clause)))
    )


def _is_of_the_product(clause: str, arrival: re.Match[str], context: str, *, surely: bool) -> bool:
    subject, behind = clause[: arrival.start()], clause[arrival.end() :]
    if _WITH_THEM.match(behind):
        return False
    if _PRONOUN.match(subject):
        return _last_named_is_a_part(context) or (surely and not is_of_something_else(context))
    if is_of_something_else(subject) or _FROM_THE_READER.search(subject):
        return False
    return bool(_PART.search(subject) or _PART.search(behind)) or (surely and not _NAME.match(subject))


def _last_named_is_a_part(words: str) -> bool:
    """Whether `it` is a part of the product: what was named last."""
    last_part, last_other = (
        max((match.end() for match in pattern.finditer(words)), default=-1) for pattern in (_PART, _NO_PART)
    )
    return last_part > last_other


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each clause of a sentence, and the words before it in the sentence."""
    start = 0
    for match in _BREAK.finditer(text):
        yield text[start : match.start()], text[:start]
        start = match.end()
    yield text[start:], text[:start]


def _is_to_come(mention: DateMention, today: date) -> bool:
    last = mention.due_day or (mention.to.date() if mention.to else None)
    return last is None or last > today


def _is_of_a_release(mention: DateMention, today: date) -> bool:
    """Whether the time is a month, a quarter or the like, or a day in some distance."""
    if mention.grain not in _SMALL:
        return _is_to_come(mention, today)
    return mention.due_day is not None and mention.due_day > today + _FAR
