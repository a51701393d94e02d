"""Base forms of verbs by their tag: what the word list does not know is spelled back by rule."""

from functools import lru_cache

from extractors.commitments.lexicon import IRREGULAR, VERB_KINDS
from extractors.commitments.words import base_form
from extractors.lazily import compiled

_IRREGULAR = {
    "go": "gone went",
    "give": "gave",
    "take": "took",
    "come": "came",
    "run": "ran",
    "write": "wrote",
    "speak": "spoke",
    "break": "broken broke",
    "choose": "chosen chose",
    "drive": "driven drove",
    "fly": "flown flew",
    "freeze": "frozen froze",
    "know": "known knew",
    "see": "seen saw",
    "throw": "thrown threw",
    "sit": "sat",
    "stand": "stood",
    "ring": "rung rang",
    "catch": "caught",
    "teach": "taught",
    "think": "thought",
    "lose": "lost",
    "lead": "led",
    "spend": "spent",
    "feed": "fed",
    "wind": "wound",
    "forget": "forgotten forgot",
}
_SHORT_FORMS = {
    **dict.fromkeys(("'m", "’m", "am", "is", "'s", "’s", "are", "'re", "’re", "was", "were", "been", "being"), "be"),
    **dict.fromkeys(("'ve", "’ve", "has", "had", "having"), "have"),
    **dict.fromkeys(("txt", "txting"), "text"),
    "intro": "introduce",
    **{form: base for base, forms in _IRREGULAR.items() for form in forms.split()},
}
_BASE_TAGS = frozenset({"VB", "VBP"})
# A stem that is written with an "e" after it: "creat-", "provid-", "resolv-", and short ones such as "nam-".
_LOST_E = compiled(
    r"(?:[^aeo]at|(?:v|xc|^c)it|[iuy]d|iz|[iy]s|[aeiou]c|nc|v|u|[ai]g|dg|[bcdfgkptz]l|[ua]r|ir|um|^[^aeiou]*[aeiouy][^aeiouwxy])$"
)
_VOWEL = compiled(r"[aeiouy]")
_DOUBLED = compiled(r"([bdgkmnprtv])\1$")
_HISSING = ("sses", "shes", "ches", "xes", "zzes", "oes")


@lru_cache(maxsize=4096)
def lemma_of(word: str, tag: str) -> str:
    """The base form of a lower-case verb form that has this Penn tag."""
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    known = base_form(word)
    if tag in _BASE_TAGS and word not in IRREGULAR:
        return word
    return known if word in IRREGULAR or known in VERB_KINDS else _spelled_back(word)


def _spelled_back(word: str) -> str:
    if word.endswith(("reed", "teed")):
        return word[:-1]
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-2] if word.endswith(_HISSING) else word[:-1]
    stem = next((word.removesuffix(end) for end in ("ed", "ing") if word.endswith(end)), word)
    if not _VOWEL.search(stem) or word.endswith("eed"):
        return word
    if stem == word or stem.endswith("ee"):
        return stem
    return stem[:-1] if _DOUBLED.search(stem) else stem + "e" * bool(_LOST_E.search(stem))
