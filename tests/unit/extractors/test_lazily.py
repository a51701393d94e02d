"""A pattern that is compiled late is the pattern that would have been compiled early."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from extractors.lazily import compiled


def test_it_does_what_the_pattern_does() -> None:
    early, late = re.compile(r"(?P<day>\w+)day", re.IGNORECASE), compiled(r"(?P<day>\w+)day", re.IGNORECASE)
    text = "Monday or TUESDAY"
    assert late.findall(text) == early.findall(text)
    assert [match["day"] for match in late.finditer(text)] == ["Mon", "TUES"]
    assert late.sub("-", text) == early.sub("-", text)
    assert late.groupindex == early.groupindex
    assert (late.pattern, late.flags) == (r"(?P<day>\w+)day", re.IGNORECASE)


def test_bytes_are_looked_through_as_well() -> None:
    assert compiled(rb"a+").search(b"baa")


def test_what_is_no_pattern_is_said_at_the_first_use() -> None:
    late = compiled("(")
    with pytest.raises(re.error):
        late.search("a")


def test_the_services_are_loaded_without_compiling_the_patterns_of_the_product() -> None:
    count = """
import gc
import app.services
late = [each for each in gc.get_objects() if type(each).__name__ == "_Lazily"]
print(len(late), sum("search" in vars(each) for each in late))
"""
    done = subprocess.run([sys.executable, "-c", count], capture_output=True, text=True, check=True)
    patterns, ready = map(int, done.stdout.split())
    assert patterns > 500
    assert ready < 10
