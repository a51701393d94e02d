"""The page in a real browser, before a real server with a worker: approve by key, see it leave, find its promise."""

from __future__ import annotations

import email
import re
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import open_from_queue, picture, sit_down
from tests.support.processes import wait_until

pytestmark = pytest.mark.browser
SUBJECT = "Re: Board paper"
PROMISE = "Corvane Foods Rollout Plan by Monday, November 23"


@pytest.fixture
def hosts(chromium_page: Page) -> set[str]:
    """Every host that the page has asked for something."""
    seen: set[str] = set()
    chromium_page.on("request", lambda request: seen.add(urlsplit(request.url).hostname or ""))
    return seen


def test_a_draft_is_approved_by_key_leaves_and_is_in_ledger_and_trail(
    site: Site, chromium_page: Page, hosts: set[str], tmp_path: Path
) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    expect(page.locator(".cs-envelope .cs-subject")).to_have_text(SUBJECT)
    expect(page.locator("mark.cs-promise").first).to_contain_text("I'll send you the Corvane Foods Rollout Plan")
    picture(page, tmp_path, "review")

    page.keyboard.press("a")
    expect(page.locator(".cs-leaving")).to_contain_text("Approved. Leaves in")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    picture(page, tmp_path, "approved")
    expect(page.locator(".cs-leaving")).to_contain_text("Sent at", timeout=45_000)
    wait_until(lambda: len(site.outbox()) == 1, seconds=10, what="the mail in the outbox")
    mail = email.message_from_string(site.outbox()[0], policy=default)
    assert mail["Subject"] == SUBJECT
    assert PROMISE in mail.as_string()

    page.get_by_role("radio", name="Ledger").click()
    card = page.locator(".cs-promise-row", has_text=PROMISE)
    expect(card).to_be_visible()
    page.locator("[class*=st-key-card-promise]", has=card).locator("button").click()
    expect(page.get_by_role("button", name="Open the mail that made it")).to_be_visible()
    picture(page, tmp_path, "ledger")

    page.get_by_role("radio", name="Audit").click()
    page.get_by_role("button", name="Verify the trail").click()
    expect(page.locator(".cs-notice-good")).to_contain_text(re.compile(r"Its head is event \d+, sha256:[0-9a-f]{64}"))
    picture(page, tmp_path, "audit")
    assert hosts == {"127.0.0.1"}


def test_keys_do_nothing_while_somebody_types(site: Site, chromium_page: Page) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    page.keyboard.press("x")
    box = page.get_by_label(re.compile("Why is it rejected"))
    box.fill("")
    box.press_sequentially("a x e j k u")
    expect(box).to_have_value("a x e j k u")
    expect(page.locator(".cs-envelope .cs-subject")).to_have_text(SUBJECT)
    page.get_by_role("button", name="Reject for good").click()
    expect(page.locator(".cs-notice-good")).to_contain_text("Rejected. It will not be sent.")
    assert site.outbox() == []


def test_an_edit_is_judged_before_anything_else_can_be_done(site: Site, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    sit_down(page, site, "marcus")
    open_from_queue(page, "Re: Your offer for Tacoma")
    picture(page, tmp_path, "suggestion")
    page.get_by_role("button", name="Use this wording").click()
    expect(page.locator(".cs-body ins")).to_have_text("15")
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    picture(page, tmp_path, "preview")
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".cs-notice")).to_contain_text("Checked again")
    expect(page.locator(".cs-body")).to_contain_text("15% discount")


def test_an_approved_draft_is_taken_back_by_key(site: Site, chromium_page: Page) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    page.keyboard.press("j")
    expect(page.locator(".cs-envelope .cs-subject")).not_to_have_text(SUBJECT)
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(".cs-leaving")).to_contain_text("Taken back. It will not be sent.")
    assert site.outbox() == []
