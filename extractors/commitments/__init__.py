"""Commitments: what the sender undertakes, by pattern families over clauses, each finding with the id of its
evidence.
"""

from extractors.commitments.find import find_commitments

__all__ = ["find_commitments"]
