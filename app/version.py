"""Which version this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version


def version() -> str:
    """The installed package's version; `source` where it runs from a folder of sources."""
    try:
        return installed_version("countersign")
    except PackageNotFoundError:
        return "source"
