"""The real server on a home of its own, and Debian's Chromium before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from app.settings import SAMPLE_WORLD
from tests.support.processes import Installation, wait_until

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 30_000
"""Milliseconds. A machine that is busy with other things may take long to draw a page."""
DRAFTS = ("14-*", "15-*", "18-*", "20-*", "46-*", "49-*", "50-*", "51-*")


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running server."""

    url: str
    home: Path
    installation: Installation

    def command(self, *arguments: str) -> str:
        """What a command of this installation says."""
        done = self.installation.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def outbox(self) -> list[str]:
        """The mails that have left, as text."""
        return [file.read_text(encoding="utf-8") for file in (self.home / "outbox").glob("*.eml")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """`countersign serve` with a few sample drafts handed in."""
    installation = Installation(home=tmp_path, world=SAMPLE_WORLD)
    files = [str(file) for pattern in DRAFTS for file in sorted((SAMPLE_WORLD / "drafts").glob(pattern))]
    handed_in = installation.run("submit", *files, "--json")
    assert handed_in.returncode == 0, handed_in.stderr
    port = free_port()
    server = installation.start("serve", "--port", str(port))
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(f"{url}/api/healthz"), seconds=60, what="the server to answer")
        yield Site(url=url, home=tmp_path, installation=installation)
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            raise


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def chromium_page() -> Iterator[Page]:
    """A window of 1280 × 800."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.skip("needs Chromium: install Debian's `chromium`, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        yield page
        browser.close()
