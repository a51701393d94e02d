"""A password, a key or another secret that lets whoever reads it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.checks.check import Check
from app.checks.content.keys import connection_strings, known_keys, links_with_tokens, userinfo
from app.checks.content.passages import Stretch, told, written_and_signed
from app.checks.content.passwords import codes, passwords
from app.checks.content.secret import Secret
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

_KINDS: tuple[tuple[Callable[[str, int, int], Iterator[Secret]], Severity], ...] = (
    (known_keys, Severity.BLOCK),
    (connection_strings, Severity.BLOCK),
    (links_with_tokens, Severity.HIGH),
    (passwords, Severity.HIGH),
    (codes, Severity.HIGH),
)
"""In the order in which a secret that has two forms is taken for one."""


def credentials(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Each secret once; no result repeats it."""
    for stretch in written_and_signed(draft, findings):
        taken: list[Secret] = []
        for find, severity in _KINDS:
            for secret in find(stretch.text, stretch.start, stretch.end):
                if not any(secret.start < other.end and other.start < secret.end for other in taken):
                    taken.append(secret)
                    yield _result(secret, severity, stretch, facts)


def _result(secret: Secret, severity: Severity, stretch: Stretch, facts: Facts) -> CheckResult:
    return told(
        "content.credentials",
        severity,
        f"The mail holds {secret.what} ({secret.mask})",
        stretch.passage(secret.start, secret.end),
        facts,
        value=secret.mask,
        suggestion=_without_user(secret, stretch.text),
    )


def _without_user(secret: Secret, text: str) -> Suggestion | None:
    place = userinfo(text, secret)
    why = "the link leads there without the password too"
    return Suggestion(start=place[0], end=place[1], replacement="", why=why) if place else None


CHECK = Check(
    id="content.credentials",
    severities=(Severity.BLOCK, Severity.HIGH),
    when="the mail states a key, a token or a connection string (block), a password, a code or a link that signs in",
    run=credentials,
)
