"""Column types that read the same on every database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

ID = sa.String(80)
DIGEST = sa.String(80)


def moment_text(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds: sorts as text, and is hashed as it stands."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as ISO 8601 text in UTC."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        """To text; refuses a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return moment_text(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        """Back to an aware moment in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A JSON value, kept as text, so that what is read is what was written."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        """To text."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        """Back to a JSON value."""
        return None if value is None else json.loads(value)
