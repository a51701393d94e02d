"""What providers promise, as classes that their tests subclass."""

import pytest

# They hold the assertions; without this, one that fails would not say what it saw.
pytest.register_assert_rewrite(
    "tests.contract.delivery", "tests.contract.mail_provider", "tests.contract.road", "tests.contract.notifier"
)
