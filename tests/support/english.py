"""English words as the product's tokenizer parts them."""

from spacy.lang.en import English
from spacy.tokens import Doc

_ENGLISH = English()


def doc(text: str) -> Doc:
    """The words of a text."""
    return _ENGLISH.make_doc(text)
