"""The policy in force, compiled once per version."""

from __future__ import annotations

from app.core.errors import InvalidPolicy, NotFound
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
        return self.of_version(reader, version)

    def of_version(self, reader: Reader, version: int) -> Policy:
        """A policy that is or was in force. Raises NotFound."""
        if version not in self._compiled:
            published = reader.policies.get(version)
            if published is None:
                raise NotFound("policy version", str(version))
            self._compiled[version] = load_policy(published.text)
        return self._compiled[version]
