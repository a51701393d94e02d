"""A private transport whose notices bring a one-time code, where the policy lets their reader decide from a phone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.clock import Clock
from app.core.ids import Ids
from app.core.notices import Notice
from app.core.ports import Notifier, People
from app.identity.codes import notice_with_code
from app.store.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class WithCodes:
    """The transport behind it sees the code; the board, the trail and the log never do."""

    carrier: Notifier
    store: Store
    ids: Ids
    people: People
    clock: Clock
    link: str
    """The page's address."""

    @property
    def name(self) -> str:
        """The name of the transport behind it."""
        return self.carrier.name

    @property
    def private(self) -> bool:
        """Whether the transport behind it is."""
        return self.carrier.private

    def notify(self, notice: Notice) -> None:
        """Tell one person or agent, with a fresh code where one may answer. Raises what the transport raises."""
        if self.private:
            now = self.clock.now()
            text, _ = notice_with_code(self.store, self.ids, self.people, notice, link=self.link, now=now)
            notice = replace(notice, text=text)
        self.carrier.notify(notice)
