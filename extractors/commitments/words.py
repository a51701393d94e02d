"""Base forms of English verbs, by suffix rules and a short list of exceptions."""

from functools import lru_cache

from extractors.commitments.lexicon import IRREGULAR, VERB_KINDS

_VOWELS = "aeiou"
_SHORTEST_STEM = 2


def _candidates(word: str) -> list[str]:
    stems: list[str] = []
    if word.endswith(("ies", "ied")):
        stems = [word[:-3] + "y"]
    elif word.endswith("es"):
        stems = [word[:-1], word[:-2]]
    elif word.endswith("s") and not word.endswith("ss"):
        stems = [word[:-1]]
    elif word.endswith("ed"):
        stems = [word[:-2], word[:-1], _undoubled(word[:-2])]
    elif word.endswith("ing"):
        stems = [word[:-3], word[:-3] + "e", _undoubled(word[:-3])]
    return [stem for stem in stems if len(stem) >= _SHORTEST_STEM]


def _undoubled(stem: str) -> str:
    doubled = len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] and stem[-1] not in _VOWELS + "sl"
    return stem[:-1] if doubled else stem


@lru_cache(maxsize=4096)
def base_form(word: str) -> str:
    """The base form of a verb form: the known verb among the candidates, else the likeliest."""
    word = word.lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in VERB_KINDS:
        return word
    candidates = _candidates(word)
    known = next((stem for stem in candidates if stem in VERB_KINDS), None)
    return known or (candidates[-1] if candidates else word)


def is_action(word: str) -> bool:
    """Whether a word is a form of a verb one can promise with."""
    return base_form(word) in VERB_KINDS
