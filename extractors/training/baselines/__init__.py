"""Other ways of finding undertakings and dates, for comparison. None of them is part of the product."""
