"""Which verb of a commitment names what is undertaken."""

from dataclasses import replace

from extractors.commitments import slot_words as words
from extractors.commitments.parse_view import ParseView
from extractors.commitments.slot_groups import Group, groups_of
from extractors.wordlists import word_set

_CONDITIONS = words.SUBORDINATORS | word_set(
    "upon provided subject assuming in to for whatever whichever wherever however"
)
_SPEAKERS = word_set("i we")
_NEXT_CLAUSE = word_set(", and but so")
_LONGEST_LEAD = 8
_NEAR = 7
_SHORT = 2


def undertaking(view: ParseView) -> Group | None:
    """The verb that names what is undertaken, or None in a line without one."""
    if True not in view.inside:
        return None
    groups = _after_opening(view, groups_of(view))
    main = [group for group in groups if not _is_subordinate(view, group)]
    if not main:
        return groups[0] if groups and groups[0].opener != "if" else None
    if len(main) > 1 and main[0].opener == "noun" and not main[0].modal and _is_finite(view, main[1]):
        main = main[1:]
    chosen = _first_choice(view, main)
    group = main[chosen]
    for following in main[chosen + 1 :]:
        if not _gives_way(view, group, following):
            break
        led = following.start > group.verb and following.by not in _SPEAKERS and not following.passive
        group = replace(following, subject=group.subject, by=_leader(group), start=group.start) if led else following
    return group


def _leader(group: Group) -> str:
    """Who does what another verb leads to; "let me" and "let's" speak for the sender, "count on us" for all."""
    if group.lemma == "count" and group.by == "you":
        return "we"
    return "i" if group.lemma == "let" else group.by


def _after_opening(view: ParseView, groups: list[Group]) -> list[Group]:
    """The groups after an opening condition ("Should the strike, …, continue, we") or "What I can do is"."""
    opening = view.lower[view.inside.index(True)]
    if opening in _CONDITIONS:
        after = (nth for nth, group in enumerate(groups) if _follows_condition(view, group))
        return groups[next(after, 0) :]
    if opening == "what":
        for nth, group in enumerate(groups):
            if view.tags[group.verb] == "VB" and view.at(group.verb - 1) in words.BE_FORMS:
                speaker = groups[0]
                return [replace(group, subject=speaker.subject, by=speaker.by, passive=False), *groups[nth + 1 :]]
    return groups


def _follows_condition(view: ParseView, group: Group) -> bool:
    """Whether a verb begins what the condition leads to, after a comma or, where none is written, with "I can"."""
    uncommaed = group.opener == "noun" and group.modal and group.by in _SPEAKERS
    return uncommaed or (group.opener == "," and _is_finite(view, group))


def _is_subordinate(view: ParseView, group: Group) -> bool:
    if group.opener in ("if", "relative"):
        return True
    if group.opener in (",", "^", "that") or group.by in _SPEAKERS:
        return False
    conditional = view.condition(group.clause) not in ("", "that", "for")
    return conditional or view.deps[group.clause] == "acl:relcl" or _is_clause_before(view, group)


def _is_clause_before(view: ParseView, group: Group) -> bool:
    """Whether a clause is the subject of a later verb, and does not follow it ("she is happy to host")."""
    return view.deps[group.clause] == "csubj" and view.heads[group.clause] > group.clause


def _first_choice(view: ParseView, main: list[Group]) -> int:
    """The first verb that stands for itself: no order to the recipient, no "to …" of purpose, finite if any is."""
    first = _first_finite(view, main)
    later = range(first + 1, len(main))
    if _only_happens(view, main[first]):
        return next((nth for nth in later if main[nth].by in _SPEAKERS and main[nth].opener in _NEXT_CLAUSE), first)
    if not _is_order(view, main[first]):
        return first
    spoken = [nth for nth in later if main[nth].by in _SPEAKERS or (main[nth].by != "none" and main[nth].modal)]
    return next(iter(spoken), next((nth for nth in later if main[nth].by == "you"), first))


def _only_happens(view: ParseView, group: Group) -> bool:
    """Whether a clause says what a thing will do, so that what "I" or "we" do next to it counts for more."""
    acts = group.subject is not None and view.lower[group.subject] in words.PEOPLE_NOUNS
    return group.by in ("noun", "it") and not (acts or group.modal or group.passive)


def _first_finite(view: ParseView, main: list[Group]) -> int:
    later = range(1, len(main))
    if not _is_finite(view, main[0]):
        return next((nth for nth in later if _is_finite(view, main[nth])), 0)
    if view.tags[main[0].verb] == "VBG" and not main[0].modal:
        return next((nth for nth in later if main[nth].opener == "," and _is_finite(view, main[nth])), 0)
    return 0


def _is_order(view: ParseView, group: Group) -> bool:
    """ "Say yes and I'll flip the flag" begins with what the recipient is to do."""
    if group.lemma == "let":
        return view.lower[group.verb + 1 : group.verb + 3] in (["me", "know"], ["us", "know"])
    at_start = view.opens(group.verb) or view.at(group.verb - 1) in ("please", "pls", ",")
    return at_start and view.tags[group.verb] in ("VB", "VBP") and not group.modal and group.lemma != "hope"


def _is_finite(view: ParseView, group: Group) -> bool:
    tag, before = view.tags[group.verb], view.tag(group.verb - 1)
    if tag == "VBG" and not group.modal:
        return before in (".", "CC") or view.opens(group.verb)
    return before != "TO" and (group.modal or group.passive or tag not in ("VBN", "VBD", "VBG"))


def _gives_way(view: ParseView, group: Group, following: Group) -> bool:
    """Whether not the first verb but the second says what is undertaken."""
    if _leads_to(view, group, following) or _frames(view, group, following) or _brings_about(view, group, following):
        return True
    gap = view.between(group.verb, following.verb)
    if group.lemma in ("come", "go") and gap[-1:] == ["and"] and len(gap) <= _SHORT:
        return True
    # "I'm in Leeds on Monday and could call in."
    return group.lemma == "be" and following.modal and "and" in gap


def _leads_to(view: ParseView, group: Group, following: Group) -> bool:
    """Whether the first verb is only the way to the second ("try to get", "let me check")."""
    gap = view.between(group.verb, following.verb)
    tag = view.tags[following.verb]
    if group.lemma == "let":
        return following.lemma != "know" and gap[:1] in (["me"], ["us"], ["'s"], ["’s"])
    if (group.lemma, gap) in (("work", ["on"]), ("anticipate", [])):
        return tag == "VBG"
    if (group.lemma, gap) == ("try", []):
        return tag in ("VB", "VBP", "NN")
    makes_it = group.lemma == "make" and gap[:1] not in (["every"], ["an"])
    if makes_it or group.lemma not in words.LEADING or len(gap) > _LONGEST_LEAD:
        return False
    led = "to" in gap or (group.lemma == "try" and gap[-1:] == ["and"])
    return led and all(word in words.BETWEEN_LEADING or word.endswith("ly") for word in gap)


def _frames(view: ParseView, group: Group, following: Group) -> bool:
    """Whether the first verb only assures of the second ("I think we can", "you have my word that")."""
    gap = view.between(group.verb, following.verb)
    if group.lemma in ("give", "have"):
        return "that" in gap and not words.WORD_OF_HONOUR.isdisjoint(gap)
    if group.lemma == "be":
        return following.by in _SPEAKERS and not words.HOPEFUL.isdisjoint(gap)
    participle = view.tags[following.verb] in ("VBG", "VBN") and not following.passive
    if group.lemma not in words.FRAMING or participle:
        return False
    if "that" in gap[:3] or (group.lemma == "see" and "why" in gap):
        return True
    near = len(gap) <= _NEAR and "," not in gap
    return near and following.by in _SPEAKERS and following.opener not in ("if", "and")


def _brings_about(view: ParseView, group: Group, following: Group) -> bool:
    """ "We'll have the forms filled in": the participle is what gets done."""
    gap = view.between(group.verb, following.verb)
    return (
        group.lemma in ("have", "get")
        and view.tags[following.verb] in ("VBN", "VBD", "VB")
        and 1 <= len(gap) <= _NEAR
        and not following.modal
        and "to" not in gap
        and gap[-1] not in (",", "and", "as", "by")
        and not following.passive
        and view.deps[following.verb] not in ("amod", "conj")
    )
