"""Zero-width characters in the words themselves. What html hides is found where html is rendered, in html_text."""

from extractors.findings import HiddenText
from extractors.reading import Reading

_BYTE_ORDER_MARK = "\ufeff"


def find_zero_width(text: str, reading: Reading) -> list[HiddenText]:
    """The runs of invisible characters of a text, save a byte-order mark at its start."""
    return [
        HiddenText(text=text[start:end], start=start, end=end, how="zero_width")
        for start, end in reading.removed
        if not (start == 0 and text[:end] == _BYTE_ORDER_MARK) and not set(text[start:end]) <= {"\u00ad"}
    ]
