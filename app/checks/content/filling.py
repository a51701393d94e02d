"""What a blank stands for, where the CRM and the directory know it."""

from __future__ import annotations

import re

from app.checks.content.passages import Stretch
from app.checks.words import bag
from app.core.checks import Suggestion
from app.core.drafts import Draft
from app.core.facts import Contact, Facts
from extractors.lazily import compiled

_NOISE = compiled(r"[^a-z]+")
_FIRST_NAMES = bag(
    """
    name firstname fname first contactfirstname contactname recipientname prospectname clientname customername
    leadfirstname leadname insertname recipientfirstname personfirstname givenname namehere recipient
    insertnamehere contact prospectfirstname clientsname recipientsname prospectsname customersname
    firstnamehere contactsname undefined null none nan
    """
)
_LAST_NAMES = bag("lastname lname contactlastname familyname recipientlastname surname leadlastname")
_FULL_NAMES = bag("fullname contactfullname recipientfullname")
_COMPANIES = bag(
    """
    company companyname accountname account clientcompany prospectcompany recipientcompany contactcompany
    theircompany customercompany contactaccount accountsname insertcompany insertcompanyname companyhere
    leadcompany
    """
)
_OWN_NAMES = bag(
    """
    yourname sendername sendersname senderfullname insertyourname yourfullname ownername username signature
    sender senderfirstname yourfirstname yournamehere
    """
)
_GREETING = compiled(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b", re.IGNORECASE)


def filling(span: tuple[int, int], stretch: Stretch, draft: Draft, facts: Facts) -> Suggestion | None:
    """The name that belongs in a blank; None where it is not sure which one does."""
    if stretch.is_subject:
        return None
    blank = stretch.text[slice(*span)]
    greeting = _GREETING.match(blank.lstrip())
    if greeting:
        return _greeted(span, blank, greeting, draft, facts)
    words = _value(blank, stretch.before(span[0], 40).rpartition("\n")[2], draft, facts)
    why = "this is who is meant, as far as the records say"
    return Suggestion(start=span[0], end=span[1], replacement=words, why=why) if words else None


def _value(blank: str, before: str, draft: Draft, facts: Facts) -> str:
    key = _NOISE.sub("", re.sub(r"[:|]\s*default\b.*", "", blank.casefold()))
    reader = _only_reader(draft, facts)
    names = reader.name.split() if reader else []
    if key in _OWN_NAMES:
        return facts.sender.name
    if key in _COMPANIES:
        return facts.account.name if facts.account else ""
    if len(names) < 2:
        return ""
    titled = re.search(r"\b(?:mr|mrs|ms|dr)\.?\s*$", before, re.IGNORECASE)
    if key in _LAST_NAMES or (titled and key in _FIRST_NAMES):
        return names[-1]
    if key in _FULL_NAMES:
        return " ".join(names)
    return names[0] if key in _FIRST_NAMES and _GREETING.match(before.strip()) else ""


def _greeted(
    span: tuple[int, int], blank: str, greeting: re.Match[str], draft: Draft, facts: Facts
) -> Suggestion | None:
    """A greeting that lacks its name: `Hi ,` or `Dear undefined,`."""
    reader = _only_reader(draft, facts)
    titled = re.search(r"\b(?:mr|mrs|ms|dr)\.?", blank, re.IGNORECASE)
    if reader is None or len(reader.name.split()) < 2:
        return None
    name = f"{titled[0]} {reader.name.split()[-1]}" if titled else reader.name.split()[0]
    mark = blank.rstrip()[-1]
    words = f"{greeting[0]} {name}{mark if mark in ',!:' else ','}"
    return Suggestion(start=span[0], end=span[1], replacement=words, why="the mail is written to this person")


def _only_reader(draft: Draft, facts: Facts) -> Contact | None:
    if len(draft.to) != 1:
        return None
    address = draft.to[0].casefold()
    return next((r.contact for r in facts.recipients if r.email.casefold() == address), None)
