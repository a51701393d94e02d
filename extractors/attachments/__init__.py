"""Statements that this very message carries a file.

Each word that may make such a statement ("attached", "enclosed", "PFA", "here is") is looked at in its surroundings:
what stands before and after it decides whether it speaks of a file of this message, and which words name that file.
"""

from collections.abc import Iterable

from extractors.attachments.claims import claims_by_sentence
from extractors.findings import AttachmentClaim
from extractors.segments import Sentence

__all__ = ["find_attachment_claims"]


def find_attachment_claims(sentences: Iterable[Sentence]) -> list[AttachmentClaim]:
    """The attachment claims of a text, in order, none overlapping another.

    `document` is the noun phrase with the file name where one is given, or what stands for it ("the attached").
    """
    placed = list(sentences)
    return [
        AttachmentClaim(
            text=placed[index].text[claim.start : claim.end],
            start=placed[index].start + claim.start,
            end=placed[index].start + claim.end,
            document=claim.document,
        )
        for index, claim in claims_by_sentence([sentence.text for sentence in placed])
    ]
