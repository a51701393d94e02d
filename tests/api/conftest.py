"""One server for each module."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.api.house import Api, running_api


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API of the small company, with nothing in it yet."""
    with running_api(tmp_path_factory.mktemp("api")) as api:
        yield api


@pytest.fixture
def sam(api: Api) -> Iterator[httpx.Client]:
    """A program that calls for Sam, who sells, with every scope."""
    with api.client("sam") as client:
        yield client


@pytest.fixture
def ruth(api: Api) -> Iterator[httpx.Client]:
    """A program that calls for Ruth, Sam's manager, with every scope."""
    with api.client("ruth") as client:
        yield client
