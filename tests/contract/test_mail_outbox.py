"""The outbox keeps what every mail provider promises."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.core.errors import SendRefused
from app.core.ports import MailProvider
from integrations.mail.outbox import OutboxMail
from tests.contract.mail_provider import RAW, Remembers, SendsOnce, outgoing
from tests.support.mail import deliver


class TestOutbox(SendsOnce, Remembers):
    """Looks inside by listing the folder."""

    @pytest.fixture
    def provider(self, tmp_path: Path) -> MailProvider:
        self.folder = tmp_path / "home" / "outbox"
        return OutboxMail(self.folder)

    def delivered(self, provider: MailProvider) -> Sequence[bytes]:  # noqa: ARG002 - the folder says it all
        return [file.read_bytes() for file in sorted(self.folder.glob("*.eml"))]

    def test_a_used_send_id_is_refused_for_another_mail(self, provider: MailProvider) -> None:
        deliver(provider, outgoing())
        with pytest.raises(SendRefused):
            deliver(provider, outgoing(raw=RAW + b"One more promise.\r\n"))
        assert self.delivered(provider) == [RAW]
