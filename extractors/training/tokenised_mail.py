"""Mail of the Enron-Spam collection put back into the shape that people write.

The collection (Metsis, Androutsopoulos and Paliouras, 2006) keeps its mails in lower case, with a blank around every
mark and lines broken at about eighty characters. Labels of this project over them count characters in what
`restored` returns.
"""

from extractors.lazily import compiled

_RULE = compiled(r"(?:[-_=*~] ?){4,}")
_BROKEN_LINE = 50
"""A line of at least so many characters was broken where it ends, not by its writer."""
_TIGHT = (
    (compiled(r"(?<=\w) ' (?=(?:s|t|re|ve|ll|d|m)\b)"), "'"),
    (compiled(r"\b([il]) '"), r"\1'"),
    (compiled(r"(?<=\d) ([:/.,]) (?=\d)"), r"\1"),
    (compiled(r"(?<=\w) ([/@_-]) (?=\w)"), r"\1"),
    (compiled(r"(?<=\w) \. (?=(?:com|net|org|edu|gov|xls|doc|ppt|pdf|txt|zip)\b)"), "."),
    (compiled(r"\b([ap]) \. m \."), r"\1.m."),
    (compiled(r"(?<=\d) (?=(?:st|nd|rd|th)\b)"), ""),
    (compiled(r"([$#]) (?=\d)"), r"\1"),
    (compiled(r" ([,.;:!?)\]%])"), r"\1"),
    (compiled(r"([(\[]) "), r"\1"),
    (compiled(r'" ([^"\n]*?) "'), r'"\1"'),
    (compiled(r" {2,}"), " "),
)
_SENTENCE_START = compiled(r"(?:^|[.!?] |[.!?:,]\n)(?:- )?[a-z]")
_FIRST_PERSON = compiled(r"\bi\b(?!\.e)")
_DAYS_AND_MONTHS = compiled(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august"
    r"|september|october|november|december|enron|houston|texas)\b"
)


def restored(mail: str) -> str:
    """The body of a mail of the collection, without its subject line.

    Blanks around marks are closed, broken lines joined, and capitals given back to beginnings of sentences, to
    "I" and to days and months; other names stay small.
    """
    body = mail.partition("\n")[2] if mail.startswith("Subject:") else mail
    text = _joined(_RULE.sub(lambda rule: "-----" + ("\n" if rule[0].endswith("\n") else " "), body))
    for pattern, tight in _TIGHT:
        text = pattern.sub(tight, text)
    text = _FIRST_PERSON.sub("I", text)
    text = _DAYS_AND_MONTHS.sub(lambda name: name[0].capitalize(), text)
    return _SENTENCE_START.sub(lambda start: start[0][:-1] + start[0][-1].upper(), text).strip()


def _joined(body: str) -> str:
    text = ""
    for line in body.split("\n"):
        text += line.strip() + (" " if len(line) >= _BROKEN_LINE else "\n")
    return text
