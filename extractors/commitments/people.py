"""Who the names in a mail belong to: the recipient's side, the sender's side, or nobody yet known."""

import re
from dataclasses import dataclass

from extractors.lazily import compiled
from extractors.wordlists import word_set

_NAME = r"(?:(?:Mr|Ms|Mrs|Dr|Eng|Sig|Prof|Khun)\.?[ ])?[A-ZÀ-ÞŁŚŻ][\w'’-]+(?:[ ][A-ZÀ-ÞŁŚŻ][\w'’-]+){0,2}"
_ROLE = r"(?:[\w-]+[ ]){0,5}?[\w-]+"

_GREETING = compiled(
    r"^(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|morning|greetings|estimad[oa]"
    r"|prezad[oa]|hej|moi|hei|salam|pak|kia ora|g'day)\b[ ,]*(?P<names>[^\n,:!.]{2,60}?)[ ]*[,:!.]?$",
    re.IGNORECASE | re.MULTILINE,
)
_THEIRS_AFTER_NAME = (
    r"(?P<theirs> (?:at|from|on) your\b"
    r"|(?:'s team|'s people)?[ ]?\((?:you|yours|your side|customer|client)\b|'s team:"
    r"| (?:told|tells|said|says|mentioned|asked|wants|wanted|thought|thinks|promised|reckons"
    r"|insists|requested|announced|wrote)\b)"
)
_OURS_AFTER_NAME = (
    r"(?P<ours>,? (?:from|in|of|on) (?:our|my|legal|finance|the quality|support|engineering|billing|sales|product)\b"
    r"| ?\((?:our|us|we|my)\b|, (?:our|my|who (?:now )?(?:heads|runs|leads|handles|looks after|owns))\b"
    r"| and (?:I|me)\b)"
)
_NAME_FIRST = compiled(rf"(?P<name>{_NAME})(?:{_THEIRS_AFTER_NAME}|{_OURS_AFTER_NAME})")
_THEIRS = (compiled(rf"\b[Yy]our (?:[\w-]+ ){{0,5}}?(?P<name>{_NAME})"),)
_OURS = tuple(
    compiled(pattern)
    for pattern in (
        rf"\b(?:[Mm]y|[Oo]ur) (?:(?:own|new|dedicated) )?(?:[\w&/-]+ ){{1,5}}?,?[ ]?(?P<name>{_NAME})",
        rf"\b(?:[Mm]y|[Oo]ur) {_ROLE}, (?P<name>{_NAME})",
        r"\b[Yy]our (?:dedicated |new )?(?:success|account|customer success|onboarding|project|implementation"
        rf"|support) (?:manager|lead|engineer|contact|specialist|team),? (?P<name>{_NAME})",
        rf"\bI(?:'ve| have)? asked (?P<name>{_NAME})",
    )
)
_NOT_A_NAME = word_set(
    "i we you he she it they the a an my our your this that these those there here what when where who "
    "why how if once should could would"
    " can will shall may might must no not yes ok sure thanks thank please also and but so or as in on "
    "at by for from to of with after before until"
    " all any each every both most some one two three monday tuesday wednesday thursday friday saturday "
    "sunday january february march april june july august"
    " september october november december q1 q2 q3 q4 let lets let's just then next first second third "
    "finally meanwhile separately attached enclosed"
    " happy glad hope hoping looking going per re fyi ps nb its it's i'm i'll i've i'd we'll we're we've "
    "we'd you'll you're samples pricing drawing delivery"
    " central eastern pacific mountain noon midnight"
    " training onboarding nothing nobody everyone anyone someone soc nda sow poc api sso scim iso gdpr dpa baa"
)


@dataclass(frozen=True, kw_only=True)
class People:
    """First and last names, lower case, by side."""

    ours: frozenset[str]
    theirs: frozenset[str]

    def side(self, name: str) -> str | None:
        """ "ours", "theirs", or None for a name not placed by anything in the mail."""
        parts = {part.lower() for part in re.findall(r"[\w-]+", name)}
        if parts & self.ours:
            return "ours"
        return "theirs" if parts & self.theirs else None


def people_of(text: str) -> People:
    """The people that authored text names, by side; the greeted and "your …" are theirs, "my colleague …" is ours."""
    theirs: set[str] = set()
    ours: set[str] = set()
    for match in _GREETING.finditer(text[:400]):
        theirs.update(_parts(match["names"]))
    for match in _NAME_FIRST.finditer(text):
        (theirs if match["theirs"] else ours).update(_parts(match["name"]))
    for patterns, names in ((_THEIRS, theirs), (_OURS, ours)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                names.update(_parts(match["name"]))
    return People(ours=frozenset(ours), theirs=frozenset(theirs - ours))


def _parts(name: str) -> set[str]:
    words = {word.lower() for word in re.findall(r"[\w-]+", name) if word[0].isupper()}
    return words - _NOT_A_NAME - {"mr", "ms", "mrs", "dr", "eng", "sig", "prof", "khun", "sir", "madam", "team"}


def looks_like_name(word: str) -> bool:
    """Whether a capitalised word may be somebody's name."""
    return word[:1].isupper() and word.lower() not in _NOT_A_NAME and not word.isupper()
