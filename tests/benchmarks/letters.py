"""Mail to the contacts of the large world, each to another one, from whoever owns the deal.

Hundreds of mails to one contact would be held back after the first few, and rightly so.
"""

from __future__ import annotations

from app.core.drafts import Draft
from tests.benchmarks.company import address_of, seller_of

_GREETING = "Hi Kim,\n\n"
_ROUTINE = (
    "thank you for sending the format. One purchase order for both sites, with the site's code in the reference, "
    "is fine on our side. The vendor number that your team gave us last year is still the right one."
)
_NUMBERS = (
    "here are the numbers on one page: one site, 2,900 assets, six technicians and one planner come to 20,000, "
    "net of tax. Nothing in it has changed since we spoke."
)
_PROMISED = "I will send you the rollout plan by Wednesday, December 2."


def routine(number: int, run: str = "routine") -> Draft:
    """An answer that promises nothing and that the sample policy sends by itself."""
    return _letter(number, run, action="reply", text=_ROUTINE)


def proposal(number: int, run: str = "proposal") -> Draft:
    """Promises nothing, and no rule of the sample policy knows it: the sender's manager reads it first."""
    return _letter(number, run, action="proposal", text=_NUMBERS)


def promising(number: int, run: str = "promising") -> Draft:
    """The same with one promise in it."""
    return _letter(number, run, action="proposal", text=f"{_NUMBERS} {_PROMISED}")


def _letter(number: int, run: str, *, action: str, text: str) -> Draft:
    seller = seller_of(number)
    signed = f"{_GREETING}{text}\n\nReference {run} {number}.\n\nBest,\n{seller.title()}\n"
    return Draft(
        client_id=f"bench-{run}-{number}",
        action=action,
        agent="bench-agent",
        on_behalf_of=seller,
        to=(address_of(number),),
        subject=f"Planner for site {number}",
        text=signed,
        deal_id=f"B-{number}",
    )
