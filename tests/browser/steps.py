"""What people do on the page, whatever it is about."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site


def picture(page: Page, folder: Path, name: str) -> None:
    """Keep what the page looks like now."""
    page.screenshot(path=folder / f"{name}.png")


def take_seat(page: Page, site: Site, person: str) -> None:
    """Sit down before the page, whoever sat there before."""
    page.goto(site.url)
    page.locator(f".st-key-card-sit-{person} button").click()
    expect(page.locator(".cs-counts")).to_be_visible()


def sit_down(page: Page, site: Site, person: str) -> None:
    """Sit down in the sample world, where a draft waits."""
    take_seat(page, site, person)
    expect(page.locator(".cs-verdict")).to_be_visible()


def open_from_queue(page: Page, subject: str) -> None:
    """Open the draft with this subject."""
    page.locator("[class*=st-key-card-][class*=open-dr]", has_text=subject).locator("button").click()
    expect(page.locator(".cs-envelope .cs-subject")).to_have_text(subject)
    # The buttons below belong to the draft before until the page is drawn.
    expect(page.locator("[class*=st-key-card-on-open]", has_text=subject)).to_be_visible()


def look_at(page: Page, view: str, part: str = "") -> None:
    """Choose a view, and a part of it."""
    for name in filter(None, (view, part)):
        page.get_by_role("radio", name=name).first.click()
        expect(page.get_by_role("radio", name=name).first).to_be_checked()


def say(page: Page, label: str, text: str) -> None:
    """Type into a box and leave it."""
    box = page.get_by_label(label)
    box.fill(text)
    box.press("Tab")
    expect(box).to_have_value(text)
