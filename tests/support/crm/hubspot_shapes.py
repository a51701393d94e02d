"""What HubSpot's OpenAPI documents let be asked and answered, by the models that its client was made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hubspot.crm import objects, owners, properties  # type: ignore[import-untyped]

QUERIES = {
    ("GET", "objects", 1): {"limit", "after", "properties", "propertiesWithHistory", "associations", "archived"},
    ("GET", "objects", 2): {"properties", "propertiesWithHistory", "associations", "archived", "idProperty"},
    ("PATCH", "objects", 2): {"idProperty"},
    ("GET", "owners", 0): {"email", "after", "limit", "archived"},
    ("GET", "properties", 1): {"archived", "properties"},
}
"""The parameters that a call may have, by its verb, its resource and how many parts its path has besides."""
_CLIENT = objects.ApiClient()


class UnknownToHubspot(Exception):
    """Something was sent that HubSpot's documents do not have."""


def check_query(method: str, resource: str, parts: int, names: set[str]) -> None:
    """Raises UnknownToHubspot."""
    unknown = names - QUERIES.get((method, resource, parts), set())
    if unknown:
        raise UnknownToHubspot(f"{method} {resource} takes no {sorted(unknown)}")


def check_body(value: object, model: str) -> None:
    """Every key of the value, and all in it, belongs to the model. Raises UnknownToHubspot, or the model's error."""
    kind = getattr(objects.models, model)
    assert isinstance(value, dict)
    unknown = value.keys() - set(kind.attribute_map.values())
    if unknown:
        raise UnknownToHubspot(f"{model} has no {sorted(unknown)}")
    given: dict[str, Any] = {}
    for name, theirs in kind.attribute_map.items():
        if theirs not in value:
            continue
        given[name] = value[theirs]
        inner = kind.openapi_types[name].removeprefix("list[").removesuffix("]")
        if hasattr(objects.models, inner):
            for each in value[theirs] if isinstance(value[theirs], list) else [value[theirs]]:
                check_body(each, inner)
    kind(**given)


def record(
    record_id: str, values: Mapping[str, str | None], *, created: datetime, updated: datetime, archived: bool
) -> Any:
    """A record without associations."""
    return objects.SimplePublicObject(
        id=record_id, properties=dict(values), created_at=created, updated_at=updated, archived=archived
    )


def with_associations(found: Any, associations: Mapping[str, list[tuple[str, str]]]) -> Any:
    """The same with what it is associated with; HubSpot leaves out what it has none of."""
    listed = {
        name: objects.CollectionResponseAssociatedId(
            results=[objects.AssociatedId(id=other, type=kind) for other, kind in others]
        )
        for name, others in associations.items()
        if others
    }
    return objects.SimplePublicObjectWithAssociations(
        id=found.id,
        properties=found.properties,
        created_at=found.created_at,
        updated_at=found.updated_at,
        archived=found.archived,
        associations=listed or None,
    )


def page(results: list[Any], after: str | None, *, total: int | None = None) -> Any:
    """A page of a list, or of a search where there is a `total`."""
    paging = objects.ForwardPaging(next=objects.NextPage(after=after)) if after is not None else None
    if total is not None:
        return objects.CollectionResponseWithTotalSimplePublicObjectForwardPaging(
            total=total, results=results, paging=paging
        )
    return objects.CollectionResponseSimplePublicObjectWithAssociationsForwardPaging(results=results, paging=paging)


def owner(owner_id: str, email: str, *, archived: bool, at: datetime) -> Any:
    """Somebody who may own a deal."""
    return owners.PublicOwner(
        id=owner_id, email=email, type="PERSON", created_at=at, updated_at=at, archived=archived
    )


def owner_page(results: list[Any]) -> Any:
    """Owners."""
    return owners.CollectionResponsePublicOwnerForwardPaging(results=results)


def property_page(names: list[str]) -> Any:
    """The properties of a type."""
    return properties.CollectionResponsePropertyNoPaging(
        results=[
            properties.ModelProperty(
                name=name, label=name, description="", group_name="info", type="string", field_type="text", options=[]
            )
            for name in names
        ]
    )


def plain(model: Any) -> object:
    """A model as JSON has it."""
    found: object = _CLIENT.sanitize_for_serialization(model)
    return found
