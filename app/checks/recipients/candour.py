"""What colleagues say to each other about a customer, without any word that says that it is internal.

It takes three things: the mail addresses colleagues alone, it speaks of the customer in the third person, and it says
what one says of customers and not to them: what they are thought of, whether they will buy, how to handle them.
"""

from __future__ import annotations

import re

from app.checks.deal.sentences import Sentence, sentences
from app.checks.recipients.audience import inside, outside
from app.checks.recipients.names import called, fits
from app.checks.recipients.salutation import addressed
from app.core.facts import Facts
from app.core.findings import Findings

_THEY = r"(?:she|he|they|them|her|him|the (?:customers?|clients?|prospects?|buyers?))"
_FORECAST = (
    r"forecast\w*|pipeline|(?:in|to|as) commit|upside|best case|quota|(?:our|my|the) (?:quarterly )?number"
    r"|(?:down|put|have|see|is|are|it|them)\b[^.!?\n]{0,25} at (?:about |around )?\d\d ?(?:%|percent|per cent)",
    r"(?:will|won['’]t|['’]ll|going to) (?:probably |surely |never |ever |not |anyway |also )*(?:close|sign|buy|cave"
    r"|fold"
    r"|give in|pay)\b(?! (?:off|attention|a visit|the invoice))|(?:close|sign)s? (?:this|by|before) "
    r"(?:the |this )?(?:month|quarter|year|end|week)|win (?:rate|probability)|(?:likely|unlikely|odds"
    r"|chances?) (?:to|of|are|that)",
)
_THOUGHT_OF = (
    r"(?:\d\d ?%|percent) (?:likely|sure|certain|chance)|lukewarm|gone (?:quiet|dark|cold)|burn(?:ed|t) by"
    r"|swallow(?:s|ed)|balks?"
    r"|a pain|easy (?:to work|prey|to please)|competitors? (?:got|has|have|is)|flexible|the one (?:to convince|who)"
    r"|convince|persuade"
    r"|no clue|(?:doesn['’]t|don['’]t|not sure) (?:[\w']+ )?(?:get|understands?|realis?z?e|know)|tire[- ]?kick\w*"
    r"|shopping around|fishing",
    r"champions?|blockers?|detractors?|on our side|against us|in our pocket|(?:can['’]t|cannot|does ?n['’]t"
    r"|wo ?n['’]t) decide"
    r"|decision[- ]?makers?|(?:budget|signing) authority|(?:has|have|had|got) (?:no|the|any|more) (?:budget|money"
    r"|say|authority)"
    r"|over (?:her|his|their) heads?|no (?:other |real )?(?:vendors?|alternatives?|options?|choice|plan b)"
    r"|nowhere else",
    r"desperate\w*|nervous|under pressure|in a hurry|(?:don['’]t|doesn['’]t|no idea|not) know what|clueless|no idea"
    r"|difficult"
    r"|painful|stubborn|annoying|bluff\w*|naive|pushy|chaotic|inexperienced|high[- ]maintenance|demanding|lazy"
    r"|disorgani[sz]ed"
    r"|(?:a bit|quite|rather|so|too|very|really|pretty) (?:slow|weak|junior|keen|eager|soft|green|vague|confused"
    r"|cheap|greedy)",
    r"honestly|frankly|between (?:you and me|us|ourselves|the lines)|off the record|to be (?:honest|blunt)"
    r"|won['’]t notice"
    r"|(?:keeps?|kept) (?:asking|pushing|coming|changing|whining|complaining|bugging|pestering)",
    r"my (?:read|gut|take|impression|bet|guess|sense|hunch|feeling)\b",
    r"(?:i|we)(?: really| still| just)? (?:do ?n['’]t (?:think|believe|trust)|doubt|suspect|bet|reckon|fear|sense"
    r"|guess)\b",
    rf"(?:i|we) (?:think|believe|expect|assume|feel) (?:that )?(?:{_THEY}|they|{{THEM}})\b",
)
_HANDLED = (
    r"(?:can|could|may|shall|should|do) (?:i|we) (?:go (?:to|down|as|lower|higher)|offer|give|charge|ask"
    r"|say (?:something|anything|no|yes)"
    r"|tell|mention|wait|walk|let|counter|throw in)|how (?:low|high|far) (?:can|could|should|may|do)|(?:could|should"
    r"|might) (?:probably |easily )?have (?:asked|charged|got|held)"
    r"|(?:can|could|let['’]s) charge|i['’]d (?:say|rather|offer|start|wait|hold|go|not|let|keep|give|put|counter"
    r"|leave|prefer)",
    rf"(?:make|let|have|keep)(?: it)? (?:{_THEY}|{{THEM}}) (?:wait|sweat|guess|think|out|in the dark|hanging|busy"
    rf"|warm|happy for now|away)"
    r"|speed (?:things|it|them|her|him) up|keep (?:this|it|that|the \w+) (?:to ourselves|quiet|from)"
    r"|without (?:a fight|blinking)",
    rf"(?:mention|say|breathe|reveal|leak)\b[^.!?\n]{{0,40}} to (?:{_THEY}|{{THEM}})\b|make (?:our|my|the) (?:number"
    rf"|target|quarter|plan|quota)",
    r"(?:how (?:hard|far|much)|should|could|can|let['’]s|would|to) (?:\w+ ){0,3}(?:push|press|squeeze|pressure"
    r"|upsell|milk)\b"
    r"|hold (?:back|firm|out|off|the line)|stall|string (?:them|her|him) along|play (?:hard|for time)",
    rf"(?:not|n['’]t|never|without) (?:yet )?(?:tell|telling|mention|show|showing|admit|reveal"
    rf"|let)(?:ing)? (?:{_THEY}|{{THEM}})\b"
    rf"|before (?:i|we) (?:\w+ )?(?:answer|reply|respond|tell|call|go back)(?: to)? (?:{_THEY}|{{THEM}})\b",
    r"talk us down|(?:start|open|begin|anchor) (?:\w+ ){0,3}at (?:[$€£] ?)?\d[\d,.k]|(?:come|go|went) down to"
    r"|leave (?:us )?(?:some )?room|give in"
    r"|lock (?:them|her|him) in|(?:move|budge|give) on (?:the )?price|at list(?: price)?|walk[- ]?away|lowball"
    r"|haggl\w+|leverage"
    r"|bargaining|our (?:margin|floor|bottom line|position)|wriggle room|wiggle room|sweeten",
    r"worth (?:an?|our|the|more|your|putting|another|any|all)\b|(?:waste|wasting|more) of our time|more of our time"
    r"|bother(?:ing)? with",
)
_TALK = "|".join((*_FORECAST, *_THOUGHT_OF, *_HANDLED))


def candid(findings: Findings, facts: Facts, names: tuple[str, ...]) -> Sentence | None:
    """The first sentence of a mail to colleagues alone that says of the customer what is not said to customers."""
    if not names or not _addresses_colleagues_alone(findings, facts):
        return None
    them = "|".join(re.escape(name) for name in names)
    spoken_of = re.compile(rf"\b(?:{them}|the (?:customer|client|prospect|buyer))\b", re.IGNORECASE)
    read = sentences(findings)
    if not any(spoken_of.search(sentence.text) for sentence in read):
        return None
    talk = re.compile(rf"\b(?:{_TALK.replace('{THEM}', f'(?:{them})')})\b", re.IGNORECASE)
    return next((sentence for sentence in read if talk.search(sentence.text)), None)


def _addresses_colleagues_alone(findings: Findings, facts: Facts) -> bool:
    """Whether everybody whom the mail greets is on our side; a mail that greets nobody addresses its readers."""
    greeted = addressed(findings, never=frozenset()) or _vocative(findings)
    ours = [person for recipient in inside(facts) if (person := called(recipient)) is not None]
    theirs = [person for recipient in outside(facts) if (person := called(recipient)) is not None]
    called_on = [name if isinstance(name, tuple) else name.words for name in greeted]
    if any(fits(words, person) for words in called_on for person in theirs):
        return False
    return any(fits(words, person) for words in called_on for person in ours)


def _vocative(findings: Findings) -> tuple[tuple[str, ...], ...]:
    """A colleague whose name begins the mail: `Ruben, could we …`."""
    start, end = findings.authored[0] if findings.authored else (0, 0)
    first = re.match(r"\W*([^\W\d_]+)\s*[,:–—-]", findings.text[start:end])
    return ((first[1],),) if first else ()
