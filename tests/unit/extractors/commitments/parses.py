"""Sentences with a parse written by hand, so that no model is needed: "word/TAG/relation/head" for each word."""

from spacy.lang.en import English
from spacy.tokens import Doc

_ENGLISH = English()
_CLOSE_TO_BEFORE = (".", ",", ":", "-", "'ll", "'m", "'d")


def parsed(words: str) -> Doc:
    """The sentence as a parsed document; contractions and marks stand close to the word before."""
    rows = [word.split("/") for word in words.split()]
    texts = [row[0] for row in rows]
    spaces = [not following.startswith(_CLOSE_TO_BEFORE) for following in texts[1:]] + [False]
    spaces = [space and text != "-" for space, text in zip(spaces, texts, strict=True)]
    return Doc(
        _ENGLISH.vocab,
        words=texts,
        spaces=spaces,
        tags=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
    )
