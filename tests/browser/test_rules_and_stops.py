"""A rule from the form into force, and the stop switch, in a real browser before a real server with a worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import look_at, open_from_queue, picture, say, sit_down

pytestmark = pytest.mark.browser
SUBJECT = "Re: Your offer for Tacoma"


def test_a_rule_is_proposed_by_form_reviewed_by_another_and_published(
    site: Site, chromium_page: Page, tmp_path: Path
) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    look_at(page, "Policy", "New rule")
    amount = page.get_by_role("spinbutton", name="value")
    amount.fill("70000")
    amount.press("Tab")
    expect(page.locator(".cs-progress")).to_contain_text("If the deal's amount is at least 70,000: a person decides")
    expect(page.locator(".cs-cel")).to_have_text("deal.amount >= 70000")
    say(page, "Name", "large-deals")
    say(page, "Why, as everybody reads it", "Large deals are read first.")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("of the last 30 days would go another way")).to_be_visible()
    picture(page, tmp_path, "rule")
    page.get_by_role("button", name="Propose the rule").click()
    expect(page.locator(".cs-notice-good")).to_contain_text("Proposed as version 2")

    sit_down(page, site, "ruth")
    look_at(page, "Policy", "Proposals")
    expect(page.locator(".cs-rule", has_text="large-deals")).to_contain_text("on trial")
    say(page, "What did you look at", "Tried on November")
    picture(page, tmp_path, "proposal")
    page.get_by_role("button", name="Approve the proposal").click()
    expect(page.locator(".cs-notice-good")).to_contain_text("It changes nothing until it is published")
    page.get_by_role("button", name="Put version 2 in force").click()
    expect(page.locator(".cs-notice-good")).to_contain_text("Version 2 is in force")
    look_at(page, "Policy", "In force")
    expect(page.locator(".cs-rule", has_text="large-deals")).to_contain_text("on trial")
    picture(page, tmp_path, "policy")


def test_an_agent_is_stopped_and_resumed(site: Site, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    look_at(page, "Agents")
    page.get_by_label("Why? Everybody who meets the stop reads it.").fill("It quotes last year's prices")
    page.get_by_role("button", name="Stop agent deal-desk-agent").click()
    expect(page.locator(".cs-notice-bad")).to_contain_text("Stop agent deal-desk-agent now?")
    picture(page, tmp_path, "stop")
    page.get_by_role("button", name="Yes, stop agent deal-desk-agent").click()
    expect(page.locator(".st-key-stopped")).to_contain_text("It quotes last year's prices")
    picture(page, tmp_path, "stopped")

    look_at(page, "Review")
    open_from_queue(page, SUBJECT)
    page.keyboard.press("a")
    expect(page.locator(".cs-notice-bad")).to_contain_text("That was not done")
    assert site.outbox() == []

    look_at(page, "Agents")
    page.get_by_role("button", name="Resume …").click()
    page.get_by_role("button", name="Resume agent deal-desk-agent").click()
    expect(page.locator(".cs-notice-good")).to_contain_text("No longer stopped")
    expect(page.locator(".st-key-stopped")).to_have_count(0)
