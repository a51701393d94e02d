"""Google's troubles in the words of the port: what was certainly not sent, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.errors import MailboxClosed, SendError, SendRefused, SendUnavailable, SendUncertain
from integrations.credentials.google.tokens import connect
from integrations.credentials.google.trouble import NO_API, NotLetIn, NoToken, Refusal
from integrations.http import NotAnswered, NotReached


@contextmanager
def told(account: str, *, sends: bool = False) -> Iterator[None]:
    """Raise what happens within as a SendError. `sends`: the call within may have let the mail go."""
    try:
        yield
    except NotLetIn as error:
        raise MailboxClosed(str(error)) from None
    except NoToken as error:
        raise SendUnavailable(str(error), retry_after=error.pause) from None
    except NotReached as error:
        raise SendUnavailable(f"Gmail cannot be reached: {error}") from None
    except NotAnswered as error:
        reason = f"Gmail did not answer as it should: {error}"
        raise SendUncertain(reason) if sends else SendUnavailable(reason) from None
    except Refusal as refused:
        raise _in_words(refused, account, sends=sends) from None


def _in_words(refused: Refusal, account: str, *, sends: bool) -> SendError:
    doubtful = refused.status >= 500 or refused.status < 400 or refused.status == 404
    if doubtful and sends:
        return SendUncertain(str(refused), retry_after=refused.pause)
    if doubtful or refused.is_limit:
        return SendUnavailable(str(refused), retry_after=refused.pause)
    if refused.reason in NO_API:
        return MailboxClosed("the house's project at Google has no Gmail API; enable it in the Google Cloud console")
    if refused.status in (401, 403):
        return MailboxClosed(f"{refused}: the owner of {account} has not allowed it; run {connect(account)}")
    return SendRefused(f"{refused}: Gmail does not take this mail; look at its addresses and its size")
