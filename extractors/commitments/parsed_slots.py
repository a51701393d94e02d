"""Who does what to what for whom in a commitment, from the dependency parse of its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.commitments.parse_view import NounPhrase, ParseView, noun_phrases, view_of
from extractors.commitments.people import People
from extractors.commitments.slot_actor import SENDER, actor_of
from extractors.commitments.slot_choice import object_of, recipient_of
from extractors.commitments.slot_lines import line_of, recipient_of_line
from extractors.commitments.slot_phrases import Phrases
from extractors.commitments.slot_text import particle_of, phrase_text, text_up_to
from extractors.commitments.slot_verbs import undertaking

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INVITES = (["how", "about"], ["what", "about"])


@dataclass(frozen=True, kw_only=True)
class ParsedSlots:
    """Who gets what by which action; `actor` is `sender`, `organisation`, or a person or team as written."""

    actor: str
    action: str | None
    object: str | None
    recipient: str | None


def parsed_slots(
    doc: "Doc",
    span: tuple[int, int],
    *,
    dates: Sequence[tuple[int, int]],
    people: People,
    near: str | None = None,
) -> ParsedSlots:
    """The slots of the commitment at `span` of a parsed sentence or list line.

    Places count characters of `doc.text`, end exclusive; `dates` are those of the date mentions, which are no
    objects. `people` are those of the mail, and `near` is the colleague named last, whom "he", "she" or "they" means.
    """
    view = view_of(doc, span, dates)
    group = undertaking(view)
    phrases = noun_phrases(view, None if group is None else group.verb)
    if group is None:
        return _verbless(view, phrases, people)
    found = Phrases(view, phrases, group, particle_of(view, group.verb))
    actor = actor_of(found, people, near)
    chosen = object_of(found, person=actor.is_subject)
    recipient = recipient_of(found, chosen)
    return ParsedSlots(
        actor=actor.name,
        action=found.action,
        object=_thing_text(found, chosen),
        recipient=None if recipient is None else phrase_text(view, phrases, recipient, up_to=chosen),
    )


def _thing_text(found: Phrases, nth: int | None) -> str | None:
    """The object as written; before the verb it reaches to it ("the file for lab 3 | is", "have the keys | cut")."""
    if nth is None:
        return None
    phrase = found.phrases[nth]
    end = found.group.start if nth == found.subject else found.group.verb
    whole = None
    if nth == found.subject or nth == found.brought_about():
        whole = text_up_to(found.view, phrase, end)
    return whole or phrase_text(found.view, found.phrases, nth)


def _text(view: ParseView, phrases: list[NounPhrase], nth: int | None) -> str | None:
    return None if nth is None else phrase_text(view, phrases, nth)


def _verbless(view: ParseView, phrases: list[NounPhrase], people: People) -> ParsedSlots:
    line = line_of(view, phrases, people)
    inside = [lower for lower, within in zip(view.lower, view.inside, strict=True) if within]
    meets = inside[:2] in _INVITES
    return ParsedSlots(
        actor=SENDER if meets else line.actor,
        action="meet" if meets else None,
        object=_text(view, phrases, line.thing),
        recipient=_text(view, phrases, recipient_of_line(view, phrases)),
    )
