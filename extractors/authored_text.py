"""The sender's own new text: no quoted replies, forwarded mail, signatures, disclaimers or mobile footers.

Works line by line and only ever leaves lines out, so the spans it gives are offsets into the text as it came.
When in doubt a line stays in: what is left out is not judged.
"""

from extractors.authored.page import Page
from extractors.authored.quotes import drop_border_rules, drop_older_mail
from extractors.authored.signatures import drop_mobile_footers, drop_signatures
from extractors.authored.smallprint import drop_small_print


def authored_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) of every stretch of authored text, in order, without surrounding white space."""
    page = Page(text)
    drop_older_mail(page)
    drop_mobile_footers(page)
    drop_small_print(page)
    drop_signatures(page)
    drop_border_rules(page)
    return page.spans()
