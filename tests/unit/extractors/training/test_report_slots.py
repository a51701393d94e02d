import pytest

from extractors.training.report.slots import close, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the SOC 2 report", "SOC 2 report."),
        ("our Report", "your report"),
        ("Joe's office", "Joe office"),
        ("Joe’s office", "Joe's office"),
        (None, None),
        (None, ""),
        ("this", "this"),
    ],
)
def test_the_same(one: str | None, other: str | None) -> None:
    assert same(one, other)
    assert close(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("report", None), (None, "it"), ("report", "reports"), ("this", "that"), ("report SOC 2", "SOC 2 report")],
)
def test_not_the_same(one: str | None, other: str | None) -> None:
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other", "is_close"),
    [
        ("signed SOC 2 report", "report", True),
        ("new offer", "old offer", True),
        ("new offer", "report", False),
        ("pay pay", "pay back all now", True),
        ("pay pay pay", "pay back all", False),
        ("report", None, False),
    ],
)
def test_close_is_half_the_words_of_the_shorter(one: str, other: str | None, is_close: bool) -> None:
    assert close(one, other) is is_close
    assert close(other, one) is is_close
