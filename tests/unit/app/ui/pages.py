"""The page in a test: the house behind it, and what a reader sees and presses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from streamlit.testing.v1 import AppTest

from app import runtime
from app.core.clock import ManualClock
from app.core.drafts import Draft
from app.edits import DraftEdit
from app.intake import read_drafts
from app.services import Services
from app.standing import Standing, read_standing
from app.store.policies import PublishedPolicy

PAGE = Path(runtime.__file__).parent / "ui" / "page.py"


def sample(name: str, services: Services) -> Draft:
    """The sample draft whose file begins with this."""
    [file] = services.opened.drafts.glob(f"{name}*")
    [draft] = read_drafts(file)
    assert isinstance(draft, Draft)
    return draft


@dataclass(frozen=True, kw_only=True)
class House:
    """The services behind the page, and the clock that they go by."""

    services: Services
    clock: ManualClock

    def submit(self, name: str) -> Standing:
        """Hand in a sample draft."""
        return self.services.gate.submit(sample(name, self.services))

    def standing(self, draft_id: str) -> Standing:
        """Where a draft is now."""
        with self.services.store.read() as reader:
            return read_standing(reader, draft_id)

    def edited(self, standing: Standing, text: str) -> Standing:
        """Change the text behind the page, as the sender."""
        return self.services.gate.edit(
            standing.row.id, DraftEdit(text=text), person=standing.row.on_behalf_of, digest=standing.row.digest
        )

    def wait(self, **stretch: float) -> None:
        """Let time pass and wake what is due then."""
        self.clock.advance(timedelta(**stretch))
        with self.services.store.read() as reader:
            due = reader.drafts.overdue(now=self.services.clock.now(), grace=timedelta(0), limit=100)
        for draft_id, version in due:
            self.services.gate.wake(draft_id, version)


def page_for(person: str | None = None, *, draft: str | None = None, view: str | None = None) -> AppTest:
    """The page, run once; with a person, that person sits before it."""
    page = AppTest.from_file(PAGE, default_timeout=30)
    if person is not None:
        page.session_state["person"] = person
    if view is not None:
        page.session_state["view"] = view
    if draft is not None:
        page.query_params["draft"] = draft
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, key: str) -> None:
    """Press the button of this name, and expect no exception."""
    page.button(key=key).click().run()
    assert not page.exception


def shown(page: AppTest) -> str:
    """All the markup on the page."""
    return "\n".join(element.value for element in page.html)


def named(action: str, standing: Standing) -> str:
    """The name of an action's button for exactly these bytes."""
    return f"{action}-{standing.row.id}-{standing.row.digest}"


def publish(house: House, text: str, *, version: int) -> None:
    """Put a policy in force that nobody reviewed."""
    with house.services.store.write(now=house.services.clock.now()) as tx:
        policy = PublishedPolicy(version=version, text=text, published_by="test", published_at=tx.now)
        tx.policies.publish(policy)
