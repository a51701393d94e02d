"""Questions, places that are passed on, and fresh codes, in a real browser before a real server with a worker."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from app.core.clock import ManualClock
from app.identity.vault import new_key
from app.permissions import require_person
from app.services import open_services
from app.settings import SAMPLE_WORLD, read_settings
from tests.browser.conftest import Site
from tests.browser.steps import open_from_queue, picture, say, sit_down

pytestmark = pytest.mark.browser
SUBJECT = "Re: Your offer for Tacoma"
LET_GO = re.compile("Leaves in|Being sent|Sent at")
"""What is seen of a draft that was let go, however late one looks."""


@pytest.fixture
def secret_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for secrets, for every process that starts from here on."""
    monkeypatch.setenv("COUNTERSIGN_SECRET_KEY", new_key())


def enrolled(site: Site, person_id: str, monkeypatch: pytest.MonkeyPatch) -> pyotp.TOTP:
    """An authenticator app that came into use some minutes ago, so that every code of today is a new one."""
    monkeypatch.setenv("COUNTERSIGN_HOME", str(site.home))
    services = open_services(read_settings(), base_clock=ManualClock(datetime.now(UTC) - timedelta(minutes=5)))
    try:
        person = require_person(person_id, services.opened.world.people)
        app = pyotp.parse_uri(services.second_factors.begin(person))
        assert isinstance(app, pyotp.TOTP)
        services.second_factors.confirm(person, app.at(services.second_factors.wall.now()))
    finally:
        services.close()
    return app


def test_a_question_is_asked_answered_and_the_draft_approved(site: Site, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    open_from_queue(page, SUBJECT)
    page.keyboard.press("q")
    page.get_by_label("What do you need to know?").fill("Who agreed to 20%?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".cs-notice-good")).to_contain_text("Marcus Hale and the agent have been told")
    expect(page.locator(".cs-remark-question")).to_contain_text("Who agreed to 20%?")
    picture(page, tmp_path, "asked")

    sit_down(page, site, "marcus")
    open_from_queue(page, SUBJECT)
    page.get_by_label("Your answer.").fill("Oscar's board did, on Monday.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator(".cs-remark-answer")).to_contain_text("Oscar's board did")
    picture(page, tmp_path, "answered")

    sit_down(page, site, "dana")
    open_from_queue(page, SUBJECT)
    expect(page.locator(".cs-remark-answer")).to_contain_text("Oscar's board did")
    page.keyboard.press("a")
    expect(page.locator(".cs-leaving")).to_contain_text("Sent at", timeout=60_000)


def test_a_place_is_passed_on_and_the_newcomer_decides(site: Site, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    sit_down(page, site, "dana")
    open_from_queue(page, SUBJECT)
    page.keyboard.press("p")
    page.get_by_label("Ask instead").click()
    page.get_by_role("option", name="Ruth Calloway").click()
    page.get_by_label("Why (kept in the trail)").fill("I am in a plane")
    picture(page, tmp_path, "passing-on")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.locator(".cs-notice-good")).to_contain_text("Ruth Calloway is asked now")

    sit_down(page, site, "ruth")
    open_from_queue(page, SUBJECT)
    expect(page.get_by_text("instead of Dana Okafor")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".cs-leaving")).to_contain_text(LET_GO)


def test_a_code_is_asked_for_where_the_rule_wants_one(
    secret_key: None, site: Site, chromium_page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = (SAMPLE_WORLD / "policy.yaml").read_text(encoding="utf-8")
    with_code = rules.replace("version: 1\n", "version: 2\n", 1).replace("needed: 1,", "needed: 1, step_up: true,")
    file = tmp_path / "with-code.yaml"
    file.write_text(with_code, encoding="utf-8")
    site.command("policy", "publish", str(file), "--without-review", "Grave ones want a code", "--as", "ruth")
    [draft] = (SAMPLE_WORLD / "drafts").glob("94-*")
    site.command("submit", str(draft))
    page = chromium_page
    sit_down(page, site, "dana")
    open_from_queue(page, "Re: Angebot für drei Werke")
    page.keyboard.press("a")
    expect(page.locator(".cs-notice-bad")).to_contain_text("countersign people totp --as dana")
    picture(page, tmp_path, "no-authenticator")

    app = enrolled(site, "dana", monkeypatch)
    page.get_by_role("button", name="Leave it waiting").click()
    expect(page.get_by_role("button", name="Leave it waiting")).to_have_count(0)
    page.keyboard.press("a")
    # A phone's clock may be one step ahead, and so the machine may be slow.
    say(page, "Code of your authenticator app", app.at(int(time.time()) + app.interval))
    picture(page, tmp_path, "code")
    page.get_by_role("button", name="Approve with this code").click()
    expect(page.locator(".cs-leaving")).to_contain_text(LET_GO)
