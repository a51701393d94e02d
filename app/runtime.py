"""The one set of services of this process, shared by the page, the API and the worker that live in it."""

from __future__ import annotations

import threading

from app.services import Services, open_services
from app.settings import read_settings

_lock = threading.Lock()
_services: list[Services] = []


def services() -> Services:
    """The services, opened from the settings in force at the first call. Raises what `open_services` raises."""
    with _lock:
        if not _services:
            _services.append(open_services(read_settings()))
        return _services[0]


def close_services() -> None:
    """Let go of them; the next call of `services` opens new ones."""
    with _lock:
        while _services:
            _services.pop().close()
