"""An answer to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.loops.course import is_answer, is_bounce, is_machine, is_mail_system
from app.checks.recipients.audience import is_ours
from app.checks.results import evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, Message
from app.core.findings import Findings
from extractors.lazily import compiled

_AUTOMATIC_SUBJECT = compiled(
    r"\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr)\s*:\s*)*+"
    r"(?:automatic reply|auto[- ]?(?:reply|response|responder)|out[- ]of[- ](?:the[- ])?office(?: auto[- ]?reply)?"
    r"|abwesenheitsnotiz|automatische antwort|réponse automatique|respuesta automática|risposta automatica"
    r"|automatisch antwoord|autosvar|undeliver(?:able|ed)(?: mail)?|mail delivery (?:failed|failure)"
    r"|delivery status notification|returned mail|message not delivered)\s*(?:[:(]|$)",
    re.IGNORECASE,
)
_AUTOMATIC_WORDS = compiled(
    r"\bthis is an? (?:automat(?:ed|ic)|auto-?generated) (?:reply|response|message|e-?mail)\b"
    r"|\bout of (?:the )?office\b(?s:.{0,160})\b(?:limited access to (?:my )?e-?mail|as soon as i(?:'m| am) back"
    r"|(?:up)?on my return|when i (?:return|get back)|in urgent (?:cases|matters)|(?:for|if) (?:anything )?urgent)",
    re.IGNORECASE,
)


def automatic(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """An out-of-office note wants no answer, and two machines that answer each other never stop."""
    for address in draft.to:
        if is_mail_system(address):
            yield _result(f"{address} is a mail system, not a person", evidence(facts, "draft", "to", address))
            return
    conversation = facts.conversation
    place, last = _last_heard(facts)
    if conversation is not None and last is not None:
        if is_bounce(last) or (is_machine(last) and is_answer(draft)):
            field = f"conversations[{conversation.id}].messages[{place}]"
            said = "says that a mail was not delivered" if is_bounce(last) else "is an automatic reply"
            yield _result(
                f"The last message of the thread, from {last.sender}, {said}; nobody wrote it",
                evidence(facts, "mailbox", field, f"automatic, {last.at.isoformat()}"),
            )
    elif is_answer(draft):
        yield from _by_its_looks(draft, findings, facts)


def _last_heard(facts: Facts) -> tuple[int, Message | None]:
    """The latest message with its place, machines' notes from our own side left aside."""
    messages = facts.conversation.messages if facts.conversation else ()
    for place in range(len(messages) - 1, -1, -1):
        if is_bounce(messages[place]) or not (is_machine(messages[place]) and is_ours(messages[place].sender, facts)):
            return place, messages[place]
    return 0, None


def _by_its_looks(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Without the mailbox, the subject and what is quoted still tell."""
    subjects = {"thread.subject": (draft.thread.subject or "") if draft.thread else "", "subject": draft.subject}
    for field, subject in subjects.items():
        if _AUTOMATIC_SUBJECT.match(subject):
            yield _result(f"It answers an automatic message: “{subject}”", evidence(facts, "draft", field, subject))
            return
    quoted = _AUTOMATIC_WORDS.search(findings.text, findings.authored[-1][1] if findings.authored else 0)
    if quoted:
        words = " ".join(quoted[0].split())
        fact = evidence(facts, "draft", "quoted text", words)
        yield _result(f"It answers an automatic message: “{words}”", fact, quoted.span())


def _result(message: str, fact: Evidence, *spans: tuple[int, int]) -> CheckResult:
    return CheckResult(
        check="loop.automatic", severity=Severity.HIGH, message=message, spans=tuple(spans), evidence=(fact,)
    )


CHECK = Check(
    id="loop.automatic",
    severities=(Severity.HIGH,),
    when="the mail answers an out-of-office note, a bounce or another machine's message",
    run=automatic,
)
