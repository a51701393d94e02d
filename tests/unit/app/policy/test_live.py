"""The policy in force is compiled once for each version."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import cast

import cel
import pytest

from app.core.errors import InvalidPolicy, NotFound
from app.policy.live import LivePolicy
from app.policy.model import Policy
from app.store.policies import PublishedPolicy
from app.store.store import Reader
from tests.unit.app.policy.samples import NOW

RULE = "version: {version}\nrules: [{{id: a, route: review, when: deal.amount > {version}}}]"


@dataclass
class Shelf:
    """A double of the store: the versions that were published, and which is in force."""

    versions: tuple[int, ...] = (1, 2)
    live: int | None = 1
    read: Counter[int] = field(default_factory=Counter)

    @property
    def policies(self) -> Shelf:
        """Itself."""
        return self

    def live_version(self) -> int | None:
        """The version in force."""
        return self.live

    def get(self, version: int) -> PublishedPolicy | None:
        """The version, and a note that it was read."""
        self.read[version] += 1
        text = RULE.format(version=version)
        is_known = version in self.versions
        return (
            PublishedPolicy(version=version, text=text, published_by="gate", published_at=NOW) if is_known else None
        )


def test_a_version_is_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: Counter[str] = Counter()
    compile_for_real = cel.compile

    def counted(source: str) -> cel.Program:
        compiled[source] += 1
        return compile_for_real(source)

    monkeypatch.setattr(cel, "compile", counted)
    shelf, live = Shelf(), LivePolicy()

    def in_force() -> Policy:
        return live.read(cast(Reader, shelf))

    first = in_force()
    assert all(in_force() is first for _ in range(50))
    shelf.live = 2
    second = in_force()
    assert second is not first
    shelf.live = 1
    assert in_force() is first
    assert live.of_version(cast(Reader, shelf), 2) is second
    assert compiled == {"deal.amount > 1": 1, "deal.amount > 2": 1}
    assert shelf.read == {1: 1, 2: 1}


def test_without_a_policy_in_force_there_is_none_to_read() -> None:
    with pytest.raises(InvalidPolicy, match="no policy is in force"):
        LivePolicy().read(cast(Reader, Shelf(live=None)))
    with pytest.raises(NotFound, match="policy version '9'"):
        LivePolicy().of_version(cast(Reader, Shelf()), 9)
