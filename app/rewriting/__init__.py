"""Safe rewrites that checks suggest, put into a draft: those that a person chose, and none that adds a promise."""

from app.rewriting.acceptance import Acceptance, LeftOut, accept
from app.rewriting.offers import EVERY, Chosen, Offer, chosen_from, offers

__all__ = ["EVERY", "Acceptance", "Chosen", "LeftOut", "Offer", "accept", "chosen_from", "offers"]
