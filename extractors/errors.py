"""What can go wrong when findings are asked for."""


class ExtractionError(ValueError):
    """The request itself is wrong (an unknown time zone, a moment without offset); the message says what to
    give instead.
    """
