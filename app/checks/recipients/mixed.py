"""What was meant for the house, in a mail that leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.checks.check import Check
from app.checks.recipients.audience import inside, is_ours, outside
from app.checks.recipients.candour import candid
from app.checks.recipients.names import called
from app.checks.results import evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Recipient
from app.core.findings import Findings
from extractors.lazily import compiled

_CUSTOMER = r"(?:the )?(?:customers?|clients?|prospects?|buyers?)"
_HANDS = r"(?:shar|forward|sen[dt]|show|circulat|pass|distribut)\w*"
_NOT = r"(?:do not|don't|must not|mustn't|never|not to be|cannot be|can't be)"
_THEM, _US = "{THEM}", "{US}"
_INTERNAL = "|".join(
    (
        r"\b(?:for )?internal(?:ly)?(?: use| eyes| distribution| discussion)? only\b",
        r"\bfor (?:purely )?internal (?:use|eyes|discussion)\b",
        r"\b(?:strictly|purely) internal\b|\bfor our eyes only\b",
        r"^\W*internal\s*[:\])]|[\[(]internal[\])]",
        rf"\b{_NOT} (?:\w+ )?{_HANDS}[^.!?\n]{{0,40}}?\b(?:(?:to|with) {_THEM}|externally|outside (?:of )?our)\b",
        rf"\bnot for {_THEM}(?! (?:reference|records))\b",
        r"\bkeep (?:this|it|that) (?:strictly )?(?:internal|in-house|in the house)\b",
        rf"\bkeep (?:this|it|that) (?:away )?from {_THEM}\b",
        rf"\b{_NOT} (?:tell|mention (?:this|it|that) to|let) {_THEM}\b",
        rf"\b(?:before|until|when|once) we (?:reply|respond|go back|get back|present|talk|send \w+) to {_THEM}\b",
        rf"\b{_THEM} (?:doesn't|does not|must not|mustn't|should not|shouldn't|needn't) (?:know|see|find out|hear)\b",
        r"\bour (?:walk-?away|bottom line|floor(?: price)?|price floor|fallback position|margins?|cost base)\b",
        r"\bour negotiati(?:on|ng) (?:position|strategy|plan)\b|\bwe c(?:an|ould) go (?:as low as|down to|lower)\b",
        r"\binternal (?:note|memo|comment)s?\s*:|\bour internal (?:target|cost|price|pricing|forecast)s?\b",
        rf"\b{_US} ?[,:–-]+ (?:[^.!?\n]{{0,60}}\b)?(?:(?:can|could|will|would) you (?:please )?(?:approve|sign off)"
        r"|please (?:approve|sign off)|(?:are|is) (?:we|it) (?:ok|okay|fine) to|do we have (?:room|margin)|how low"
        r"|(?:can|could|should) we (?:go|tell|offer|mention)|what(?:'s| is) our"
        r"|they(?:'ll| will|'d| would) (?:sign|accept|pay|take))\b",
    )
)
_THEIRS = compiled(r"[^.!?\n]{0,40}\b(?:on your side|at your end|within your|in your|your own)\b", re.IGNORECASE)
_INTERNAL_FILE = compiled(
    r"(?:^|[^a-z])(?:internal|battle[-_ ]?card|margins?|walk[-_ ]?away|price[-_ ]?floor|floor[-_ ]?prices?"
    r"|deal[-_ ]?desk|deal[-_ ]?review|commissions?|win[-_ ]?plan|account[-_ ]?plan"
    r"|negotiation[-_ ](?:plan|strategy))(?:[^a-z]|$)",
    re.IGNORECASE,
)
_INTERNAL_WORDS = compiled(
    r"\b(?:for )?internal (?:use )?only\b|\bfor internal use\b|\bcompany confidential\b"
    r"|\bnot for (?:external|customer|client)s?(?: use| distribution)?\b"
    r"|\bdo not (?:share|distribute) (?:outside|externally)",
    re.IGNORECASE,
)
_FIRST_WORDS = 2_000
_ADDRESS = compiled(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HEADERS = compiled(r"^[>\s]*(?:\*?from\*?:)(?P<from>[^\n]*)(?P<rest>(?:\n[>\s]*[^\n]+){1,8})", re.I | re.M)
_READERS = compiled(r"^[>\s]*\*?(?:to|cc)\*?:(?P<to>[^\n]*)", re.IGNORECASE | re.MULTILINE)


def mixed(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Internal words with colleagues in copy, or an internal thread that somebody outside is brought into."""
    strangers = [r.email for r in outside(facts)]
    if not strangers:
        return
    names = ", ".join(strangers)
    if (thread := _internal_thread(findings, facts)) is not None:
        yield _result(f"This thread stayed among us so far; {names} would read all of it", thread)
    elif any(True for _ in inside(facts)):
        yield from _internal_words(draft, findings, facts, names)
        yield from _internal_files(draft, facts, names)


def _internal_words(draft: Draft, findings: Findings, facts: Facts, names: str) -> Iterator[CheckResult]:
    for start, end in findings.authored:
        for found in _internal(_names(facts), _colleagues(facts)).finditer(findings.text, start, end):
            if not _is_theirs(findings.text, found):
                fact = evidence(facts, "draft", "text", found[0].strip())
                message = f"“{found[0].strip()}” is for colleagues, and {names} would read it too"
                yield _result(message, fact, found.span())
                return
    if re.match(r"\s*(?:(?:re|fwd?|aw|wg)\s*:\s*)*\W*internal\b\s*[\]):]", draft.subject, re.IGNORECASE):
        fact = evidence(facts, "draft", "subject", draft.subject)
        yield _result(f"The subject says that this is internal, and {names} would read it", fact)
    elif (spoken := candid(findings, facts, _known_as(facts))) is not None:
        fact = evidence(facts, "draft", "text", spoken.text)
        message = f"This speaks to colleagues about the customer, and {names} would read it too"
        yield _result(message, fact, (spoken.start, spoken.end))


@lru_cache(maxsize=256)
def _internal(names: tuple[str, ...], colleagues: tuple[str, ...]) -> re.Pattern[str]:
    """What colleagues of these names say to each other about a customer who goes by those."""
    them = "|".join((_CUSTOMER, *map(re.escape, names)))
    us = "|".join(map(re.escape, colleagues)) or "(?!)"
    written = _INTERNAL.replace(_THEM, f"(?:{them})").replace(_US, f"(?:{us})")
    return re.compile(written, re.IGNORECASE | re.MULTILINE)


def _names(facts: Facts) -> tuple[str, ...]:
    """The customer's names, and the first names of its people who would read this."""
    account = (facts.account.name, *facts.account.aliases) if facts.account else ()
    return (*account, *_first_names(outside(facts)))


def _known_as(facts: Facts) -> tuple[str, ...]:
    """The customer's names as colleagues say them: `Brightwater` for Brightwater Foods."""
    return (*_names(facts), *((facts.account.name.split()[0],) if facts.account else ()))


def _colleagues(facts: Facts) -> tuple[str, ...]:
    return _first_names(inside(facts))


def _first_names(recipients: Iterable[Recipient]) -> tuple[str, ...]:
    return tuple(person.first for r in recipients if (person := called(r)) is not None and person.first)


def _is_theirs(text: str, found: re.Match[str]) -> bool:
    """Whether it is the customer's own house that the words are about: “for your internal use only”."""
    before, after = text[max(0, found.start() - 40) : found.start()], text[found.end() : found.end() + 50]
    return bool(re.search(r"\byour(?:\W+\w+){0,2}\W*$", before, re.IGNORECASE) or _THEIRS.match(after))


def _internal_files(draft: Draft, facts: Facts, names: str) -> Iterator[CheckResult]:
    texts = {file.filename: file.text[:_FIRST_WORDS] for file in facts.files}
    for attachment in draft.attachments:
        name = attachment.filename
        found = _INTERNAL_FILE.search(name) or _INTERNAL_WORDS.search(texts.get(name, ""))
        if found:
            words = found[0].strip(" -_.")
            fact = evidence(facts, "draft", f"attachments[{name}]", words)
            yield _result(f"{name} looks internal (“{words}”), and {names} would get it too", fact)


def _internal_thread(findings: Findings, facts: Facts) -> Evidence | None:
    conversation = facts.conversation
    if conversation is not None and conversation.messages:
        addresses = dict.fromkeys(a for m in conversation.messages for a in (m.sender, *m.recipients))
        inner = all(is_ours(address, facts) for address in addresses) and len(addresses) > 1
        field = f"conversations[{conversation.id}].messages"
        return evidence(facts, "mailbox", field, ", ".join(addresses)) if inner else None
    quoted = findings.text[findings.authored[-1][1] :] if findings.authored else ""
    for headers in _HEADERS.finditer(quoted):
        senders = _ADDRESS.findall(headers["from"])
        readers = [a for line in _READERS.finditer(headers["rest"]) for a in _ADDRESS.findall(line["to"])]
        if senders and readers and all(is_ours(address, facts) for address in (*senders, *readers)):
            return evidence(facts, "draft", "quoted text", ", ".join((*senders, *readers)))
    return None


def _result(message: str, fact: Evidence, *spans: tuple[int, int]) -> CheckResult:
    return CheckResult(
        check="recipient.mixed", severity=Severity.HIGH, message=message, spans=tuple(spans), evidence=(fact,)
    )


CHECK = Check(
    id="recipient.mixed",
    severities=(Severity.HIGH,),
    when="a mail to customers and colleagues looks internal, or somebody outside joins an internal thread",
    run=mixed,
    needs=("people",),
)
