"""Claims that use none of the words for attaching: "here is the draft", "the workbook accompanies this mail"."""

import re

from extractors.attachments.cue import Claim, Cue
from extractors.attachments.phrases import thing_after, thing_before
from extractors.attachments.vocabulary import DETERMINER, FILE, PAPER, WRITING
from extractors.lazily import compiled

_I = re.IGNORECASE

_MODIFIERS = (
    r"(?:(?!(?:of|for|to|with|how|what|that|in|on|at|by|is|are|from|about|we|you|i|and|where|why"
    r"|link)\b)[\w'&.+/-]{1,30}[ ]){0,5}?"
)
_AFTER_HEAD = (
    r"(?=[ ]*(?:$|[.,;!?…)]|[–—]|[ ]\(|[ ](?:of|for|to|from|with|on|as|you|they|he|she|i|we|showing|reflecting"
    r"|and|in|which"
    r"|that|again|below|too|here|incl\w*|covering|by|so|plus|based|between|signed|dated)\b))"
)
_HANDED = compiled(
    rf"[ ](?P<thing>(?:{DETERMINER}[ ]{_MODIFIERS})?(?:(?P<file>{FILE})|(?<=[ ])(?:(?P<paper>{PAPER})"
    rf"|(?P<writing>{WRITING}))){_AFTER_HEAD})",
    _I,
)
_FRESH = compiled(
    r"\b(?:revised|updated|signed|countersigned|final|latest|corrected|completed|redlined|marked-up|filled-in)\b", _I
)
_WANTED = compiled(
    r"[^.;!?:]{0,30}\b(?:you|they|she|he)(?:'d|'ve| had| have)? (?:asked|requested|wanted|needed|mentioned)\b"
    r"|[ ](?:that )?i(?:'ve| have)? (?:prepared|drafted|put together|made|wrote|built|compiled|developed"
    r"|created|produced|mentioned)\b",
    _I,
)
_FIGURATIVE = compiled(
    r"\b(?:(?:offer|opinion|resolution|statement|picture|kit|chart|guide|image)\W*$|(?:short|quick|long|human"
    r"|minute|brief"
    r"|condensed|tl;?dr|honest|simple|plain)"
    r"[\w -]*(?:version|list|overview|comparison|statement|guide|report|checklist)|(?:an?|my|short"
    r"|quick) (?:list|overview|comparison|checklist|report|picture|copy of what)\W*$)",
    _I,
)
_ELSEWHERE = compiled(
    r"https?:|www\.|\blinks?\b|\bportal\b|\bshared? (?:drive|folder)\b|\bwe landed on\b|\bso far\b|\bbelow\b", _I
)
_COLON = compiled(r":[ ]*$")
_TODAYS = compiled(
    r"[ ](?:of|from) (?:our|the|today's|yesterday's|this) (?:call|meeting|conversation|discussion|chat)\b", _I
)


def from_here(cue: Cue) -> Claim | None:
    """Reads "Here is the draft you asked for": a paper, and not what follows in the mail itself."""
    if _AFTERTHOUGHT.fullmatch(cue.text, cue.start, cue.end):
        return _made_good(cue)
    handed = _HANDED.match(cue.after)
    if handed is None or _ELSEWHERE.search(cue.after) or (_COLON.search(cue.after) and not handed["file"]):
        return None
    rest = cue.after[handed.end() :]
    wanted = bool(_WANTED.match(rest)) or bool(_FRESH.search(handed["thing"]))
    in_the_mail = handed["writing"] or _FIGURATIVE.search(handed["thing"]) or _TODAYS.match(rest)
    if in_the_mail and not handed["file"] and not wanted:
        return None
    document = thing_after(cue.text, cue.end)
    return cue.claim((cue.start, document[1]), document)


_AFTERTHOUGHT = compiled(r"here (?:it is|they are|you go)", _I)
_FORGOTTEN = compiled(
    rf"\b(?:forgot|forgotten|missing|missed|without|left out)\b[^.!?]{{0,60}}?\b(?P<thing>(?:the|my|our"
    rf"|an?) (?:[\w-]+ ){{0,3}}?{PAPER})",
    _I,
)
_FILE_FOLLOWS = compiled(rf"[:,!]?[ ](?P<file>{FILE})", _I)


def _made_good(cue: Cue) -> Claim | None:
    """Reads "Forgot the deck, here it is", "here you go: deck.pptx"."""
    if follows := _FILE_FOLLOWS.match(cue.after):
        file = cue.end + follows.start("file"), cue.end + follows.end("file")
        return cue.claim((cue.start, file[1]), file)
    forgotten = _FORGOTTEN.search(cue.before)
    if forgotten is None or _ELSEWHERE.search(cue.after):
        return None
    offset = cue.start - len(cue.before)
    thing = offset + forgotten.start("thing"), offset + forgotten.end("thing")
    return cue.claim((cue.start, cue.end), thing)


_WE = compiled(r"(?:\b(?:i|we)(?:'m| am|'re| are|'ve| have)(?:[ ](?:also|now|just|herewith|hereby))*[ ]|^\W*)$", _I)
_REACHED = compiled(
    rf"[ ](?P<aside>(?:(?:on|along|over|for your \w+|to you|you|herewith|below)[ ])*)"
    rf"(?P<thing>{DETERMINER}[ ]{_MODIFIERS}(?:{PAPER}|{FILE}|(?P<writing>{WRITING}))){_AFTER_HEAD}",
    _I,
)
_LATER = compiled(
    r"\b(?:tomorrow|later|tonight|this (?:afternoon|evening|week)|next|in (?:the|our|your|my) (?!\w+ (?:format"
    r"|version)))",
    _I,
)


def from_forwarding(cue: Cue) -> Claim | None:
    """Reads "I'm forwarding the term sheet", "I've also included a redlined draft"."""
    if only := _ONLY_INCLUDED.fullmatch(cue.text):
        return cue.claim((only.start("thing"), cue.end), only.span("thing"))
    we, reached = _WE.search(cue.before), _REACHED.match(cue.after)
    if we is None or reached is None or (not we[0].strip() and cue.text[cue.start] != "F"):
        return None
    document = cue.end + reached.start("thing"), thing_after(cue.text, cue.end + reached.start("thing"))[1]
    if _LATER.search(cue.text, document[0], document[1] + 60) or (reached["writing"] and cue.text[cue.start] in "iI"):
        return None
    return cue.claim((cue.start - len(we[0].lstrip()), document[1]), document)


_CARRIES = compiled(
    r"(?:accompan(?:y|ies|ied by|ying)|(?:joined|added|clipped|tacked on|linked) (?:\w+ )?to|\b(?:is|are) in"
    r"|\b(?:put|popped|dropped|slipped|stuck|packed|tucked|threw|thrown|added)\b[^.;:!?]{0,80}?\b(?:in with|into|in"
    r"|with|on|to)|\bsharing\b[^.;:!?]{0,80}?\b(?:with|in)|(?:come|comes"
    r"|coming|go|goes|going|travel|travels|ride|rides"
    r"|riding|send|sending|sent|submit|submitting|included?|including|receive|find"
    r"|transmit)\b[^.;:!?]{0,80}?\b(?:with|alongside|in))[ ]$",
    _I,
)
_NOT_SAID = compiled(
    r"\b(?:not|n't|never|no|nothing|(?:will|'ll|would|could|can|if)(?! (?:also )?(?:find|receive|see)\b))\b", _I
)
_A_PAPER = compiled(rf"{FILE}|\b{PAPER}", _I)
_VERB_BEFORE = compiled(
    r"[ ](?:which |that )?(?:is |are |has been )?(?:accompan|joined|added|comes?\b|goes?\b|travels?\b|rides?\b"
    r"|you(?:'ll| will)? find)",
    _I,
)


_WITH = compiled(r"^\W*(?P<with>(?:along |together )?with )$", _I)
_YOU_RECEIVE = compiled(
    r"[ ,]+(?:you (?:also )?(?:receive|get|will find|find)|i(?: am|'m)? (?:sending|send|sharing|share)(?: you)?"
    r"|we(?: are|'re)? (?:sending|send|submit|submitting|sharing|share)(?: you)?|comes?|goes)"
    rf"[ ](?P<thing>{DETERMINER}[ ])",
    _I,
)


def from_this_mail(cue: Cue) -> Claim | None:
    """Reads "the price workbook accompanies this mail", "with this message you receive our offer"."""
    if fronted := _WITH.search(cue.before):
        received = _YOU_RECEIVE.match(cue.after)
        document = thing_after(cue.text, cue.end + received.start("thing")) if received else None
        return cue.claim((fronted.start("with"), document[1]), document) if document else None
    if (beside := _BESIDE.search(cue.before)) and _SAYS_SOMETHING.match(cue.after):
        offset = cue.start - len(cue.before)
        thing = offset + beside.start("thing"), offset + beside.end("thing")
        return cue.claim((thing[0], cue.end), thing)
    if not _CARRIES.search(cue.before) or _NOT_SAID.search(cue.before) or not _A_PAPER.search(cue.before):
        return None
    verb = _VERB_BEFORE.search(cue.text, cue.start - len(cue.before), cue.start)
    document = thing_before(cue.text, verb.start() if verb else cue.start)
    moved = _MOVED.fullmatch(cue.text, *document)
    return cue.claim((document[0], cue.end), moved.span("thing") if moved else document)


_MOVED = compiled(
    r"(?:(?:i|we)(?:'ve| have|'m| am|'re| are)?(?: also| just)? \w+ )?(?P<thing>.+?)"
    r" (?:(?:is|are) in|in with|along with|into|in|with|on|to)",
    _I,
)
_BESIDE = compiled(
    r"(?:^|[,;:(–—-]|\b(?:and|but|so))[ ]*"
    rf"(?P<thing>(?:the|our|my)[ ](?:[\w'-]{{1,20}}[ ]){{0,3}}?{PAPER})[ ]with[ ]$",
    _I,
)
_SAYS_SOMETHING = compiled(r"[ ](?:has|have|shows?|lists?|covers?|contains?|is|are|gives?|explains?|answers?)\b", _I)
_ONLY_INCLUDED = compiled(rf"\W*(?P<thing>(?:[\w'-]{{1,20}} ){{0,3}}?{PAPER}) included[ .!]*", _I)

_AS_WANTED = compiled(
    rf"(?P<thing>(?:{_MODIFIERS}){PAPER}(?:[ ](?:for|of|to)[^,.;:!?]{{1,40}}|[ ]{PAPER})?)[, ]+$", _I
)
_ONLY_THIS = compiled(
    rf",[ ](?P<thing>(?:the|our|my|your)[ ](?:[\w'-]{{1,20}}[ ]){{0,3}}?{PAPER}"
    r"(?:[ ](?:for|of|from)[^,.;:!?]{1,40})?)[ .!]*",
    _I,
)
_SENTENCE = compiled(r"\b(?:i|we|you|it|is|are|was|were|will|has|have|can|do|did|please|send|need)\b|'", _I)


def from_request(cue: Cue) -> Claim | None:
    """Reads "Term sheet for the pilot, as requested." and nothing more."""
    if not cue.before.strip(" *-") and (handed := _ONLY_THIS.fullmatch(cue.text, cue.end)):
        return cue.claim((cue.start, handed.end("thing")), handed.span("thing"))
    wanted = _AS_WANTED.fullmatch(cue.text, 0, cue.start) if cue.start <= 120 else None
    if wanted is None or _SENTENCE.search(wanted["thing"]) or cue.after.strip(" .!"):
        return None
    return cue.claim((0, cue.end), wanted.span("thing"))


_BELOW = compiled(
    r"(?:^|[(,;:–—-][ ]*)(?P<thing>(?:[\w'-]{1,20}[ ]){0,4}?(?:pdf|spreadsheet|slides?|deck|file|docx?|xlsx?"
    r"|powerpoint|workbook)s?)[ ](?:(?:is|are)[ ])?$",
    _I,
)


def from_below(cue: Cue) -> Claim | None:
    """Reads "PDF below": a kind of file, put under the text by the mail program."""
    below = _BELOW.search(cue.before)
    if below is None or cue.after[:2].strip(" .,;:!)"):
        return None
    offset = cue.start - len(cue.before)
    return cue.claim(
        (offset + below.start("thing"), cue.end), (offset + below.start("thing"), offset + below.end("thing"))
    )


_NEW_ONE = compiled(
    r"\b(?:please|kindly|pls)[ ](?:use|take|work from|go by)[ ]$|(?:^|[,;:][ ]|\b(?:please|pls"
    r"|kindly)[ ])(?:have|take)[ ]a[ ](?:quick )?look[ ]at[ ]$",
    _I,
)


_THIS_FILE = compiled(r"this (?:file|spreadsheet|workbook|deck|pdf)", _I)
_THIS_IS = compiled(r"th(?:is is|ese are) ", _I)


def from_new_one(cue: Cue) -> Claim | None:
    """Reads "please use this new file", "this is the revised draft"."""
    if this_is := _THIS_IS.match(cue.text, cue.start, cue.end):
        return None if cue.before.strip(" *-") else cue.claim((cue.start, cue.end), (this_is.end(), cue.end))
    use = _NEW_ONE.search(cue.before)
    if _THIS_FILE.fullmatch(cue.text, cue.start, cue.end) and not cue.before.strip(" *-"):
        return cue.claim((cue.start, cue.end), (cue.start, cue.end))
    return cue.claim((cue.start - len(use[0]), cue.end), (cue.start, cue.end)) if use else None


_SENDS = compiled(
    r"\b(?:i|we)(?:'m| am|'re| are)?(?: also)? (?:send|sending|submit|submitting|hand|handing|share|sharing"
    r"|return|returning)(?: you| over| to you)? $",
    _I,
)
_BEGINS_A_PAPER = compiled(rf"[ ]{DETERMINER}[ ]{_MODIFIERS}(?:{PAPER}|{FILE})", _I)
_ONLY_A_PAPER = compiled(
    rf"(?:^|[,;:(–—-]|\b(?:and|the|our))[ ]*(?:[\w'.-]{{1,20}}[ ]){{0,3}}?(?:{PAPER}|{FILE})[ ]$", _I
)


def from_herewith(cue: Cue) -> Claim | None:
    """Reads "We send you herewith our offer", "scan herewith"."""
    if sends := _SENDS.search(cue.before):
        document = thing_after(cue.text, cue.end)
        return cue.claim((cue.start - len(sends[0]), document[1]), document)
    if not cue.before.strip(" *-") and _BEGINS_A_PAPER.match(cue.after):
        document = thing_after(cue.text, cue.end)
        return cue.claim((cue.start, document[1]), document)
    if not _ONLY_A_PAPER.search(cue.before) or cue.after[:2].strip(" .,;:!)"):
        return None
    document = thing_before(cue.text, cue.start)
    return cue.claim((document[0], cue.end), document)
