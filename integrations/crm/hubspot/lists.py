"""HubSpot's lists, page by page: all records of a type, those that have changed, owners, and names of properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from hubspot.crm.objects import Filter, FilterGroup, PublicObjectSearchRequest  # type: ignore[import-untyped]

from integrations.crm.hubspot.client import HubspotStep
from integrations.crm.line import Unreadable

_PAGE = 100
_DEEPEST = 10_000
"""How many results a search gives in all, however many it has."""
_CHANGED = {"contacts": "lastmodifieddate"}
"""The property that tells when a record was changed; that of contacts alone has an older name."""
_USUALLY_CHANGED = "hs_lastmodifieddate"


def every(
    step: HubspotStep, type_name: str, properties: Sequence[str], associations: Sequence[str] | None
) -> Iterator[Any]:
    """All records that are not archived."""
    more: dict[str, Any] = {"associations": list(associations)} if associations else {}
    after: str | None = None
    while True:
        if after is not None:
            more["after"] = after
        page = step.ask(
            lambda crm: crm.objects.basic_api.get_page(
                type_name, limit=_PAGE, properties=list(properties), archived=False, **more
            )
        )
        yield from page.results
        following = _after(page)
        if following is None:
            return
        _require_progress(following, after)
        after = following


def changed(step: HubspotStep, type_name: str, properties: Sequence[str], since: datetime | None) -> Iterator[Any]:
    """What was changed since a moment, in order of change; without one, everything. What is archived is not found.

    A search ends at ten thousand results: it is begun anew at the last change that was seen.
    """
    by = _CHANGED.get(type_name, _USUALLY_CHANGED)
    start, seen = int(since.timestamp() * 1000) if since is not None else 0, set[str]()
    while True:
        found = list(_search(step, type_name, [*properties, by], by=by, start=start))
        yield from (each for each in found if each.id not in seen)
        if len(found) < _DEEPEST:
            return
        latest = int(found[-1].updated_at.timestamp() * 1000)
        if latest <= start:
            raise Unreadable(f"HubSpot names {_DEEPEST} {type_name} that were changed at one moment")
        start, seen = latest, {each.id for each in found}


def every_owner(step: HubspotStep) -> Mapping[str, str]:
    """The addresses of the owners by their ids, those who have left too: deals still bear their names."""
    found: dict[str, str] = {}
    for archived in (True, False):
        after: str | None = None
        while True:
            more = {"after": after} if after is not None else {}
            page = step.ask(lambda crm: crm.owners.owners_api.get_page(limit=_PAGE, archived=archived, **more))  # noqa: B023 - asked at once
            found.update((each.id, each.email) for each in page.results if each.email)
            following = _after(page)
            if following is None:
                break
            _require_progress(following, after)
            after = following
    return found


def names_of_fields(step: HubspotStep, type_name: str) -> frozenset[str]:
    """The properties that records of a type have."""
    page = step.ask(lambda crm: crm.properties.core_api.get_all(type_name, archived=False))
    return frozenset(each.name for each in page.results)


def _search(step: HubspotStep, type_name: str, properties: list[str], *, by: str, start: int) -> Iterator[Any]:
    wanted = PublicObjectSearchRequest(
        filter_groups=[FilterGroup(filters=[Filter(property_name=by, operator="GTE", value=str(start))])],
        sorts=[by],
        properties=list(dict.fromkeys(properties)),
        limit=_PAGE,
    )
    got = 0
    while got < _DEEPEST:
        page = step.ask(lambda crm: crm.objects.search_api.do_search(type_name, wanted))
        yield from page.results
        got += len(page.results)
        following = _after(page)
        if following is None:
            return
        _require_progress(following, wanted.after)
        wanted.after = following


def _after(page: Any) -> str | None:
    found = page.paging.next.after if page.paging is not None and page.paging.next is not None else None
    return str(found) if found is not None else None


def _require_progress(following: str, after: str | None) -> None:
    if following == after:
        raise Unreadable("HubSpot gives the same page again and again")
