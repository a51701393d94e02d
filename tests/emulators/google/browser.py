"""Somebody at a browser, played over HTTP: opens the page of a sign-in, presses a button, and is sent back."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from html import unescape

import requests

from integrations.http import open_session

_PATIENCE = 20
_FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"')


def presses(email: str, *, comes_back: Callable[[str], None]) -> Callable[[str], None]:
    """A browser whose owner presses the button of this account. `comes_back` hears where it is sent then."""

    def open_browser(address: str) -> None:
        with open_session() as session:
            page = session.get(address, timeout=_PATIENCE, allow_redirects=False)
            if page.is_redirect:
                comes_back(page.headers["Location"])
                return
            page.raise_for_status()
            for action, inside in _FORM.findall(page.text):
                values = {name: unescape(value) for name, value in _HIDDEN.findall(inside)}
                if values.get("email") == email:
                    there = requests.compat.urljoin(address, unescape(action))
                    answer = session.post(there, data=values, timeout=_PATIENCE, allow_redirects=False)
                    comes_back(answer.headers["Location"])
                    return
            raise AssertionError(f"there is no button for {email}")

    return open_browser


def meanwhile(goes: Callable[[str], None]) -> Callable[[str], None]:
    """The same, in a thread of its own: a browser keeps nobody waiting."""

    def start(address: str) -> None:
        threading.Thread(target=goes, args=(address,)).start()

    return start


def follow(address: str) -> None:
    """Open the page that the browser is sent to."""
    with open_session() as session:
        session.get(address, timeout=_PATIENCE).raise_for_status()
