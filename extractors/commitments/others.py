"""Undertakings that do not say "I" or "we": a colleague's, a thing's ("the report will reach you"), and those of lists."""

import re
from dataclasses import dataclass, replace

from extractors.commitments.lexicon import VERB_KINDS
from extractors.commitments.people import People, looks_like_name
from extractors.commitments.vetoes import NO_UNDERTAKING, THIRD_PARTY
from extractors.commitments.words import base_form, is_action
from extractors.findings import CommitmentKind, Strength

_MODAL = re.compile(
    r"(?P<subject>[^;:?]{1,110}?)(?:(?P<will>'ll|[ ]+will|[ ]+shall|(?:'s|[ ]+is|'re|[ ]+are)[ ]+going to)"
    r"(?P<not>[ ]+(?:not|never))?|(?P<wont>[ ]+won't)"
    r"|(?P<tentative>[ ]+(?:should|might|may|ought to|hopes? to|plans? to|aims? to|expects? to|intends? to"
    r"|is planning to|are planning to|is hoping to|tr(?:y|ies) to|will try to|is trying to|expects?"
    r"(?= an?\b)))|(?P<can>[ ]+(?:can|could|would|is able to|is available to|is happy to|are happy to"
    r"|are able to))"
    r"|(?P<progressive>(?:'s|[ ]+is|[ ]+are|'re)(?=[ ]+(?:also[ ]+|currently[ ]+|now[ ]+"
    r"|personally[ ]+)?[a-z-]+ing\b)))"
    r"(?:[ ]+(?:also|then|now|still|be able to|certainly|personally|probably|happily|gladly|both|each"
    r"|naturally|again|currently|hopefully|definitely|likely|not|automatically|all|just))*"
    r"[ ]+(?P<passive>be[ ]+(?:\w+ly[ ]+)?)?(?P<verb>[a-z][a-z-]*)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PRESENT = re.compile(r"(?<=[\w,)])[ ]+(?P<verb>[a-z-]+s|goes|go|come|ship|leave|follow|launch|land|is|are|sets?)\b")
_LONGEST_SUBJECT = 90
_TO_VERB = re.compile(r"(?P<subject>[A-ZÀ-Þ][\w .'’+&-]{0,40}?)[ ]+to[ ]+(?P<verb>[a-z-]+)\b(?P<rest>.*)$", re.DOTALL)

_OWN = re.compile(
    r"^(?:(?:and|but|also|then|so),? )?(?:(?:my|our)\b|(?:(?:the|a|an|one of our"
    r"|two of our) )?[\w .'’-]{0,40}?\b(?:from|of|in|on) (?:our|my)\b|.{0,50}?, (?:our|my)\b|.{0,50}?\("
    r"(?:our|us|my)\b|the (?:team|crew)\b|(?:QA|CEO|CFO|CTO|CISO|COO|legal|finance|engineering|billing"
    r"|ops)\b|our side)",
    re.IGNORECASE,
)
_OURS_AS_THING = re.compile(
    r"^(?:(?:and|but|also|then|so),? )?(?:our|my) (?:office|prices?|list prices?|rates?|policy|fees?"
    r"|contract|agreement|records?|system|software|platform|product|company|sensors?|kiosks?|terms|data"
    r"|number|bank|helpdesk|lawyers? fees|customers?|clients?|competitors?|partners?|suppliers?|vendor"
    r"|records|forwarder|carrier|courier|factory|competition|lead times?|meeting|call|conversation"
    r"|relationship|experience)\b",
    re.IGNORECASE,
)

# What happens to things by the sender's doing.
_THING_VERBS = frozenset(
    ["follow", "reach", "arrive", "ship", "launch", "land", "release", "come", "go", "leave", "start", "begin", "be-available", "be-with", "support", "include", "cover", "stay", "remain", "keep", "work", "apply", "contain", "carry", "hold", "touch"]
)
_PASSIVE_ACTIONS = frozenset(VERB_KINDS) - {
    "find",
    "see",
    "ask",
    "require",
    "close",
    "hear",
    "review",
    "report",
    "consider",
    "order",
    "buy",
}
_DELIVERED = re.compile(
    r"(?:[ ]*|.*?[ ])(?:to you\b|with you\b|in your (?:inbox|hands|folder|shared folder|portal)|to your\b"
    r"|for you\b|at your (?:disposal|site|gate|door)|on your\b|at the disposal|gone for good|available"
    r"|ready|live|up\b|in place|done\b|free\b|there\b|out\b|back\b|on (?:site|hand)\b|at (?:the table|no)"
    r"|on (?:us|me)\b|first in line|our (?:cost|expense)|here\b|your)",
    re.IGNORECASE,
)
_STATE_TO_COME = re.compile(
    r"[ ]*(?:out\b|live\b|due out|scheduled|reserved|planned|on its way|back|up\b(?! (?:from|by|to))"
    r"|with you|in your|yours|dispatched|being (?!\w+ing)\w+|tomorrow|today|tonight|hereby \w+ed)",
    re.IGNORECASE,
)
_MOVING = frozenset(
    {
        "ship",
        "go",
        "come",
        "leave",
        "launch",
        "land",
        "follow",
        "start",
        "release",
        "arrive",
        "reach",
        "stay",
        "remain",
    }
)
_MOVES_ELSEWHERE = re.compile(r"[ ]*(?:up\b|to\b(?! (?:you|your|our|qa))|on sale|into effect)", re.IGNORECASE)
# Verbs that a named person's present tense promises with, even without a day.
_STRONG = frozenset(
    {"bring", "join", "lead", "come", "stay", "send", "ship", "handle", "train", "take", "roll", "host", "translate"}
)
_FREE = re.compile(
    r"^[ ]*(?:free|waived|on (?:us|me)|at (?:our|no)|half price|included|yours|complimentary"
    r"|reserved for you|set aside|refunded|credited|due\b|available)",
    re.IGNORECASE,
)
_REFRAIN_SUBJECT = re.compile(r"^(?:no|nothing|none|not)\b", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:nobody|no one)$", re.IGNORECASE)
_PRONOUN_PERSON = re.compile(r"^(?:and |but |then |so )?(?:he|she|they)$", re.IGNORECASE)
_PRONOUN_THING = re.compile(
    r"^(?:and |but |then |so )?(?:it|they|these|those|this|that|both|all of (?:it|this|them)|each"
    r"|everything)$",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[A-ZÀ-ÞŁŚŻ][\w'’-]*")
_TITLES = frozenset({"Mr", "Ms", "Mrs", "Dr", "Eng", "Sig", "Ing", "Prof", "Khun", "Sir"})
_TITLE = re.compile(r"(?:Mr|Ms|Mrs|Dr|Eng|Sig|Ing|Prof|Khun|Sir)\b")
_NAMES_LIKE_NOUNS = frozenset(
    ["james", "chris", "thomas", "lucas", "jonas", "nicolas", "hans", "lars", "mats", "ines", "agnes", "oliver", "peter", "walter", "alexander", "christopher", "heather", "jennifer", "amber", "victor", "hector", "igor", "laurence", "florence", "lawrence", "clarence", "hollis", "fergus", "kestrel", "wouter", "esther"]
)
_COMMON_NOUN = re.compile(r"(?:s|ing|tion|ment|ity|ence|ance|ure|ness|ship|er|or)$")
_REPORTING = re.compile(
    r"\b(?:said|says|told|tells?|mentioned|wrote|promised|indicated|announced|stated|reported|asked"
    r"|thinks?|thought|hopes? that|claims?|believes?|understands?|knows?|assured|confirmed|reckons?"
    r"|insists?|requested|noted|sees?|heard|that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Doing:
    """An undertaking of somebody or something other than "I" and "we"."""

    rule: str
    strength: Strength
    kind: CommitmentKind | None
    actor: str
    verb: str
    verb_at: int


def find_doing(
    text: str, people: People, *, dated: bool, item: bool, near: str | None, conditional: bool
) -> Doing | None:
    """The undertaking in a clause whose subject is not the sender's pronoun; `dated` says that it names a time to come, `near` is
    the colleague named last."""
    modal = _MODAL.match(text)
    if modal:
        return _with_modal(modal, people, near, dated=dated, conditional=conditional)
    to_verb = _TO_VERB.match(text)
    if to_verb and (dated or item):
        actor = person_named(to_verb["subject"].strip(), people, near)
        if actor and is_action(to_verb["verb"]):
            return Doing(
                rule="person.to",
                strength="firm",
                kind=None,
                actor=actor,
                verb=to_verb["verb"],
                verb_at=to_verb.start("verb"),
            )
    for present in _PRESENT.finditer(text, 2, _LONGEST_SUBJECT):
        doing = _with_present(text, present, people, near, dated=dated, conditional=conditional)
        if doing:
            return doing
    return None


def _with_modal(
    match: re.Match[str], people: People, near: str | None, *, dated: bool, conditional: bool
) -> Doing | None:
    subject = match["subject"].strip()
    verb = base_form(match["verb"])
    negated = bool(match["not"] or match["wont"])
    strength: Strength = "tentative" if match["tentative"] else "conditional" if match["can"] else "firm"
    if _REPORTING.search(subject):
        return None
    actor = person_named(subject, people, near)
    known = people.side(subject) == "ours" or bool(_OWN.match(subject) or _TITLE.match(subject))
    if actor and not (match["passive"] and not known):
        return _by_person(match, actor, verb, strength, known=known, negated=negated, dated=dated)
    if match["progressive"] or THIRD_PARTY.search(subject):
        if (
            not (
                _REFRAIN_SUBJECT.match(subject)
                or re.match(
                    r"your (?:\w+[ -]){0,3}?(?:price|rate|tenant|account|data|environment|seats?|discount|contract|term"
                    r"|order|unit|invoices?|credits?|report|quote|sandbox|clinic|site)\b",
                    subject,
                    re.I,
                )
            )
            or match["progressive"]
        ):
            return None
    return _thing_modal(match, subject, verb, strength, negated=negated, dated=dated, conditional=conditional)


def _by_person(
    match: re.Match[str], actor: str, verb: str, strength: Strength, *, known: bool, negated: bool, dated: bool
) -> Doing | None:
    if verb in NO_UNDERTAKING or (negated and verb not in ("raise", "charge", "touch", "share", "reassign")):
        return None
    if match["progressive"] and not (verb in VERB_KINDS and (dated or known or verb in _STRONG)):
        return None
    if verb not in VERB_KINDS and (match["can"] or not (verb == "be" or match["passive"] or dated)):
        return None
    return Doing(
        rule="person.modal",
        strength=strength,
        kind=None,
        actor=actor,
        verb=match["verb"],
        verb_at=match.start("verb"),
    )


def _thing_modal(
    match: re.Match[str],
    subject: str,
    verb: str,
    strength: Strength,
    *,
    negated: bool,
    dated: bool,
    conditional: bool,
) -> Doing | None:
    kind: CommitmentKind | None = None
    rest = match["rest"]
    if _NOBODY.match(subject):
        rule, kind = "thing.refrain", "guarantee"
    elif _REFRAIN_SUBJECT.match(subject) or (negated and not match["can"]):
        rule, kind = "thing.refrain", "guarantee"
        if not (match["passive"] and verb in VERB_KINDS) and verb not in (
            "touch",
            "accrue",
            "leave",
            "increase",
            "change",
            "happen",
            "rise",
            "apply",
        ):
            return None
    elif (match["tentative"] and not re.search(r"\b(?:should|ought to|expected|hopes?)\b", match["tentative"])) or (match["passive"] and match["tentative"]):
        return None
    elif match["passive"] and verb in _PASSIVE_ACTIONS and match["verb"].lower() != verb:
        rule = "thing.passive"
        if match["can"] and not conditional and not dated:
            return None
    elif verb in _THING_VERBS or (match["passive"] and _DELIVERED.match(" " + match["verb"] + rest)):
        rule = "thing.will"
        if verb in ("stay", "remain", "keep", "support", "hold"):
            kind = "guarantee"
        if match["can"] and not _DELIVERED.match(rest):
            return None
        if (
            re.match(r"^(?:it|that|this|which|there)$", subject, re.I)
            and not dated
            and verb not in ("follow", "ship", "reach")
        ):
            return None
    else:
        return None
    return Doing(
        rule=rule, strength=strength, kind=kind, actor="organisation", verb=match["verb"], verb_at=match.start("verb")
    )


def _with_present(
    text: str, match: re.Match[str], people: People, near: str | None, *, dated: bool, conditional: bool
) -> Doing | None:
    subject, verb, rest = text[: match.start()].strip(), base_form(match["verb"]), text[match.end() :]
    if _REPORTING.search(subject):
        return None
    actor = person_named(subject, people, near)
    found = Doing(
        rule="person.present",
        strength="firm",
        kind=None,
        actor=actor or "organisation",
        verb=match["verb"],
        verb_at=match.start("verb"),
    )
    if actor:
        named = people.side(subject) == "ours" or bool(_TITLE.match(subject)) or verb in _STRONG
        return (
            found if verb in VERB_KINDS and (dated or named or conditional) and verb not in NO_UNDERTAKING else None
        )
    if THIRD_PARTY.search(subject):
        return None
    if match["verb"] in ("is", "are"):
        if not ((conditional and _FREE.match(rest)) or (dated and _STATE_TO_COME.match(rest))):
            return None
        tentative = bool(re.search(r"\b(?:planned|scheduled)\b", rest[:30], re.IGNORECASE))
        return replace(found, rule="thing.present-state", strength="tentative" if tentative else "firm")
    if dated and verb in _MOVING and not _MOVES_ELSEWHERE.match(rest):
        return replace(found, rule="thing.present")
    return None


def person_named(subject: str, people: People, near: str | None) -> str | None:
    """The person or team of ours that a subject names, or None."""
    if _PRONOUN_PERSON.match(subject):
        return near
    if _OURS_AS_THING.match(subject):
        return None
    names = [word for word in _NAME_WORD.findall(subject) if looks_like_name(word) and word not in _TITLES]
    if _OWN.match(subject) and not re.match(r"your\b", subject, re.IGNORECASE):
        named = [name for name in names if name.lower() not in ("our", "my")]
        return " ".join(named[:2]) if named else re.sub(r"^(?:(?:and|but|also|then|so),? )", "", subject)
    if THIRD_PARTY.search(subject):
        return None
    if names and people.side(subject) != "theirs" and _is_name_phrase(subject, names):
        return " ".join(names[:2])
    return None


def _is_name_phrase(subject: str, names: list[str]) -> bool:
    """Whether a subject is a name and what is said about it, rather than a title that begins with a capital."""
    first = re.match(r"(?:(?:and|but|also|then|so),? )?(?:(?:Mr|Ms|Mrs|Dr|Eng|Sig|Ing|Prof)\.? )?([\w'’-]+)", subject)
    if not first or first[1] != names[0]:
        return False
    if (
        len(names) == 1
        and not _TITLE.match(subject)
        and _COMMON_NOUN.search(first[1])
        and first[1].lower() not in _NAMES_LIKE_NOUNS
    ):
        return False
    rest = subject[first.end() :].strip()
    return not rest or bool(re.match(r"(?:[A-ZÀ-Þ][\w'’-]*|from|in|of|at|and|,|\(|\+|&)", rest))
