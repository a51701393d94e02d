"""Something taken off a price, in the terms in which it was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.checks.deal.money import Money

MONTHS_IN = {"week": 12 / 52, "month": 1.0, "quarter": 3.0, "year": 12.0}
"""How many months a unit of time is."""
FREE = (
    r"(?:free(?: of charge)?|on us|on the house|at no (?:extra |additional )?(?:cost|charge)|for free|gratis"
    r"|without charge|for nothing|costs? (?:you )?nothing)"
)
"""The ways to say that something costs nothing, as a pattern."""


class Form(StrEnum):
    """How something is given away."""

    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"
    """One price in place of another."""
    MONTHS = "months"
    TRADE = "trade"
    """More for the price of less."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Giveaway:
    """Something taken off a price. All offsets are characters of the text it was read in."""

    form: Form
    quantity: float
    """Money of an AMOUNT, the new price of a PRICE, months of MONTHS; percentage points of the others."""
    start: int
    end: int
    number: tuple[int, int] | None = None
    """The words in whose place a smaller quantity may stand; None where the sentence would not bear it."""
    money: Money | None = None
    """The amount, with its currency, of an AMOUNT and a PRICE."""
    times_a_year: float = 1
    """How often an AMOUNT is given."""
    months: float | None = None
    """The stretch to which it is limited, such as the first three months; None where it has no such limit."""
    price: float | None = None
    """What a PRICE was before; None: the deal's own."""
