"""What the doctor finds about mail that comes in. Looks only: no mailbox is looked into."""

from __future__ import annotations

from collections.abc import Iterator

from app.settings import Settings
from app.store.cursors import Followed
from app.store.store import Store
from app.symptoms import Symptom, fine, missing, optional

_WHAT = "replies"


def replies(settings: Settings, store: Store) -> Iterator[Symptom]:
    """Whether mailboxes are read, and a line for each that cannot be, or whose left drafts cannot be looked for."""
    with store.read() as reader:
        known = reader.cursors.every()
    if not settings.inbox_seconds:
        mend = "set COUNTERSIGN_INBOX_SECONDS to 60 (docs/inbox.md)"
        yield optional(_WHAT, "nobody's mailbox is read, so no reply and no bounce is seen", mend)
        return
    for each in known:
        if each.trouble:
            yield _in_trouble(each)
        if each.left_trouble and settings.inbox_submit:
            yield _left_alone(each)
    read = [each.synced_at for each in known if each.synced_at is not None]
    if read:
        found = f"{len(read)} {'mailbox is' if len(read) == 1 else 'mailboxes are'} read"
        yield fine(_WHAT, f"{found} every {settings.inbox_seconds} s, the last at {min(read):%Y-%m-%d %H:%M} UTC")


def _in_trouble(each: Followed) -> Symptom:
    what = f"replies to {each.account}"
    times = "once" if each.failures == 1 else f"{each.failures} times"
    found = f"could not be read {times}: {each.trouble}"
    return missing(what, found, f"it is tried again at {each.next_at:%H:%M} UTC; docs/inbox.md says what else helps")


def _left_alone(each: Followed) -> Symptom:
    found = f"the look at {each.left_failed_at:%Y-%m-%d %H:%M} UTC failed: {each.left_trouble}"
    return missing(f"drafts left with {each.account}", found, "it is tried again; docs/inbox.md says what else helps")
