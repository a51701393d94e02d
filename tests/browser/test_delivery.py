"""Mail that is stuck, settled in a real browser before a real server with a worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.core.lifecycle import State
from app.services import open_services
from app.settings import Settings
from tests.browser.conftest import Site
from tests.browser.steps import look_at, picture, say, take_seat
from tests.support.gates import RecordingMail
from tests.support.undelivered import FORGETFUL, come_to_grief
from tests.unit.app.ui.pages import sample

pytestmark = pytest.mark.browser


def test_mail_that_is_stuck_is_settled(site: Site, chromium_page: Page, tmp_path: Path) -> None:
    lost, refused = stick(site)
    page = chromium_page
    take_seat(page, site, "ruth")
    expect(page.get_by_role("radio", name="Delivery · 2")).to_be_visible()
    look_at(page, "Delivery")
    expect(page.locator(".cs-rule", has_text="may have left")).to_contain_text(lost)
    expect(page.locator(".cs-rule", has_text="not sent")).to_contain_text(refused)
    picture(page, tmp_path, "delivery")

    page.get_by_role("button", name="It did leave …").click()
    page.get_by_role("button", name="It did leave", exact=True).click()
    expect(page.locator(".cs-notice-bad")).to_contain_text("Say how you know")
    say(page, "How do you know that it left?", "It is in the sent mail")
    page.get_by_role("button", name="It did leave", exact=True).click()
    expect(page.locator(".cs-notice-good")).to_contain_text("it did leave")
    expect(page.get_by_role("radio", name="Delivery · 1")).to_be_checked()

    page.get_by_role("button", name="Try again …").click()
    say(page, "How do you know that it can leave now?", "The mailbox is open again")
    page.get_by_role("button", name="Try again", exact=True).click()
    expect(page.locator(".cs-leaving")).to_contain_text("Sent at")
    expect(page.get_by_role("radio", name="Delivery", exact=True)).to_be_checked()
    expect(page.locator(".cs-empty")).to_contain_text("No mail that is yours to settle")
    [left] = site.outbox()
    assert f"Subject: {refused}" in left


def stick(site: Site) -> tuple[str, str]:
    """Bring one draft to where nobody knows whether it left, and one to where it was refused; their subjects."""
    mail = RecordingMail()
    services = open_services(Settings(home=site.home), mail=mail)
    try:
        refused = come_to_grief(services, mail, sample("08-", services), "refused")
        mail.manner = FORGETFUL
        lost = come_to_grief(services, mail, sample("07-", services), "lost")
    finally:
        services.close()
    assert (lost.row.state, refused.row.state) == (State.NEEDS_PERSON, State.FAILED)
    return lost.row.subject, refused.row.subject
