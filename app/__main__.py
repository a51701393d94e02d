"""`countersign` and `python -m app`."""

from __future__ import annotations

import gc
import sys

_NEW_OBJECTS_BETWEEN_LOOKS = 50_000

# Nearly all that loading makes stays: to look for garbage among it every 700 objects takes a fifth of the start.
gc.set_threshold(_NEW_OBJECTS_BETWEEN_LOOKS)

from app.cli.main import run  # noqa: E402 - after what makes loading it faster


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
