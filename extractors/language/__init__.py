"""The product's own language pipeline: which words of a sentence belong to an undertaking, and how it parses.

Trained by `extractors.training`; the weights lie in `extractors/model/` under a licence of their own.
"""

from extractors.language.pipeline import Language, language
from extractors.language.tagger import Tagged

__all__ = ["Language", "Tagged", "language"]
