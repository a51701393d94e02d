"""The policy in force, compiled once per version."""

from __future__ import annotations

from app.core.errors import InvalidPolicy
from app.policy.document import load_policy
from app.policy.model import Policy
from app.store.store import Reader


class LivePolicy:
    """Reads the published policy; a version never changes, so what is compiled stays good."""

    def __init__(self) -> None:
        self._compiled: dict[int, Policy] = {}

    def read(self, reader: Reader) -> Policy:
        """The policy in force. Raises InvalidPolicy where none has been published."""
        version = reader.policies.live_version()
        if version is None:
            raise InvalidPolicy("no policy is in force; publish one with `countersign policy publish FILE`")
        if version not in self._compiled:
            published = reader.policies.get(version)
            assert published is not None  # noqa: S101 - versions are never deleted
            self._compiled[version] = load_policy(published.text)
        return self._compiled[version]
