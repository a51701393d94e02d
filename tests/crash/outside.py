"""Durable steps that no story passes, each with the reason. A new step is in a story, or is added here knowingly."""

from __future__ import annotations

from collections.abc import Mapping

OUTSIDE: Mapping[str, str] = {
    "app/accounts/waking.py ": "a mail that is not woken looks by itself within the hour",
    "app/actions/": "actions of agents other than mail: their own road, which sends nothing",
    "app/approvals/carrying.py ": "notices are carried at least once, under the same id",
    "app/approvals/questions.py ": "a comment is one transaction",
    "app/autonomy/": "signing, withdrawing, looking and reporting are one transaction each",
    "app/delivery/sending.py Sending._left_by_hand find": "asks only, after a draft was found gone",
    "app/demo.py ": "only in a house that is thrown away",
    "app/identity/": "codes and second factors: they come before a decision, which is a transaction of its own",
    "app/inbox/": "a page and the place to go on from are one transaction; what was cut off is read and told again",
    "app/limits/rejudging.py ": "puts a draft last in a list; only where judging it has failed",
    "app/limits/switch.py resume_by_id": "the same transaction as `resume`",
    "app/operations/": "back-up and restore have tests of their own",
    "app/policy/": "proposing, reviewing and publishing are one transaction each",
    "app/tokens.py ": "issuing and revoking are one transaction each",
}
"""The beginning of a seam's name, and why the crash suite does not go there."""
