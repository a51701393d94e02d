"""A house of its own for each test: the sample world, a clock that stands still, no worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from app import runtime
from app.core.clock import ManualClock
from app.services import open_services
from tests.support.databases import lay_tables
from tests.unit.app.ui.pages import House


@pytest.fixture(autouse=True)
def no_search_for_components(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page would look through every installed package for components of Streamlit's; the page uses none."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The sample world in an empty home."""
    clock = ManualClock(datetime(2026, 1, 5, 12, 0, tzinfo=UTC))
    monkeypatch.setenv("COUNTERSIGN_HOME", str(lay_tables(tmp_path)))
    monkeypatch.setattr(runtime, "open_services", lambda settings: open_services(settings, base_clock=clock))
    runtime.close_services()
    try:
        yield House(services=runtime.services(), clock=clock)
    finally:
        runtime.close_services()
