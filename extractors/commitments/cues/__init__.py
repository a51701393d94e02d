"""The pattern families that make a clause a commitment, each with the id that is given as evidence.

A pattern is matched where the clause proper begins, after its condition and lead-in words; the first family that
matches decides. `verb` is the action, `who` the actor's pronoun.
"""

from extractors.commitments.cues import meetings, questions, things
from extractors.commitments.cues.cue import Cue, Cues
from extractors.commitments.cues.firm import FIRM
from extractors.commitments.cues.hedged import HEDGED
from extractors.commitments.cues.offers import OFFERS
from extractors.commitments.cues.recipient import RECIPIENT

SPOKEN = Cues.of(*HEDGED, *OFFERS, *FIRM, *RECIPIENT)
MEETINGS = Cues.of(*meetings.MEETINGS)
QUESTIONS = Cues.of(*questions.QUESTIONS)
THINGS = Cues.of(*things.THINGS)

__all__ = ["MEETINGS", "QUESTIONS", "SPOKEN", "THINGS", "Cue", "Cues"]
