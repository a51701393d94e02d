"""The traces that writing by machine leaves in a mail: blanks, markup of a model, instructions to one.

Every pattern is as narrow as it can be: these stop a mail, and people write "please disregard my last message" too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.drafts import Draft
from app.core.findings import Findings

_FLAGS = re.IGNORECASE | re.MULTILINE

_BLANK_WORD = (
    r"(?:first|last|full)?[ _-]?names?|company(?:[ _-]name)?|client(?:[ _-]name)?|customer(?:[ _-]name)?"
    r"|prospect(?:[ _-]name)?|recipient(?:[ _-]name)?|sender(?:[ _-]name)?|signature|title|job[ _-]title|role"
    r"|date|time|day|link|url|email|phone(?:[ _-]number)?|number|amount|price|product(?:[ _-]name)?|industry"
    r"|city|country|address|topic|pain[ _-]point|competitor|placeholder|x{2,4}"
)
_BLANK_PHRASE = rf"(?:(?:insert|your|add|enter|fill in|their|our|the)\b[^\]\n<>]{{0,40}}|(?:{_BLANK_WORD}))"

PLACEHOLDER = re.compile(
    rf"""
      \{{\{{ [^{{}}\n]{{0,60}} \}}\}}                      # {{{{first_name}}}}
    | \{{% [^{{}}\n]{{0,60}} %\}}
    | \$\{{ [A-Za-z_.]+ \}}
    | (?<![\w{{$]) \{{ (?:{_BLANK_WORD}) \}}               # {{first_name}}
    | \[ \s* {_BLANK_PHRASE} \s* \] (?! \s? \( | : )       # [NAME], but no [link](https://…)
    | < (?:insert\b[^<>\n]{{0,40}} | your\b[^<>\n]{{0,40}} | (?:{_BLANK_WORD}) ) >
    | \*\| [A-Z_:]+ \|\*                                   # *|FNAME|*
    | %% \w+ %%
    | (?<!\w) x{{1,3}} \s? %                               # XX%
    | [$€£] \s? x{{1,4}} \b (?! \d)
    | \b lorem \s+ ipsum \b
    """,
    _FLAGS | re.VERBOSE,
)
UNDECIDED = re.compile(r"(?-i:\bTB[DCA]\b)")

_INSTRUCTIONS = r"(?:instructions?|prompts?|directives?|guidelines|rules|system message)"
INJECTION = re.compile(
    rf"""
      \b (?:ignore|disregard|forget|override) \s+ (?:all\s+|any\s+)? (?:of\s+)? (?:the\s+|your\s+|these\s+|those\s+)?
        (?:previous|prior|above|earlier|preceding|system|original|initial) \s+ (?:\w+\s+)? {_INSTRUCTIONS} \b
        (?! \s+ (?:I|we|that|which|you|from|for|on|about|in|regarding|sent|given) \b )
    | \b (?:reveal|print|show|repeat|output|ignore|leak|disclose) \s+ (?:me\s+)? (?:your|the) \s+ system \s+ prompt \b
    | ^ [ \t]* (?:\#+\s*)? system \s+ prompt \s* :
    | \b as \s+ an? \s+ (?:AI|artificial\ intelligence|large) \s+ (?:language\s+)? model \b
    | \b as \s+ an \s+ AI (?:\s+ (?:assistant|chatbot|agent))? \s* ,? \s+ I \s*
        (?:can['’]?t|cannot|am\ not|do\ not|don['’]t|am\ unable|['’]m)
    | \b you \s+ are \s+ (?:now\s+)? an? \s+
        (?:helpful\s+ (?:AI\s+)? (?:assistant|agent) | (?:large\s+)? language\ model)
    | \b (?:if\ you\ are|attention|note\ to|instructions?\ (?:to|for)|message\ (?:to|for)) [,:]? \s+
        (?:an?\s+|the\s+|any\s+|all\s+)? (?:LLMs?|language\ models?|AI(?:\ (?:assistants?|agents?|models?))?) \b
        (?! \s* (?:team|lab|group|committee|company|act|vendor|provider|startup|engineer)\b )
    | \b (?:classify|treat|rate|route|mark) \s+ this \s+ (?:e-?mail|message|draft|mail) \s+ as \s+
        (?:low[\ -]risk|pre-?approved|approved|auto[_\ -]?send)
    | <\|\s*[a-z_]+\s*\|>                                  # <|im_start|>
    | \[/?INST\] | <</?SYS>>
    | ^ [ \t]* \#{{2,}} \s* (?:instructions?|response|system|assistant|human) \s* : \s* $
    | </?(?:think(?:ing)?|tool_call|tool_response|tool_use|function_calls?|invoke|assistant|scratchpad)\b[^<>\n]*>
    | " (?:tool_calls?|function_call|tool_use) " \s* :
    | ^ [ \t]* (?:AI\s+)? assistant \s* : \s*
        (?: $ | (?=(?:sure|certainly|of\ course|here|hi|hello|hey|dear|i|okay|absolutely|great|thank)\b) )
    """,
    _FLAGS | re.VERBOSE,
)
_CODE = re.compile(r"`[^`\n]*`")
"""What is quoted as code is the subject of the mail and not its making."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leftover:
    """A passage that a pattern has found. `span` is its place in the findings' text; None for the subject."""

    text: str
    span: tuple[int, int] | None


def search(pattern: re.Pattern[str], draft: Draft, findings: Findings) -> Iterator[Leftover]:
    """Every place in the authored text, the hidden text and the subject that the pattern fits, once."""
    code = [match.span() for match in _CODE.finditer(findings.text)]
    hidden = [(h.start, h.end) for h in findings.hidden]
    seen: set[tuple[int, int]] = set()
    for start, end in [*findings.authored, *hidden]:
        for match in pattern.finditer(findings.text, start, end):
            quoted = any(s <= match.start() and match.end() <= e for s, e in code)
            if match[0].strip() and not quoted and match.span() not in seen:
                seen.add(match.span())
                yield Leftover(text=match[0].strip(), span=match.span())
    for match in pattern.finditer(draft.subject):
        yield Leftover(text=match[0].strip(), span=None)
