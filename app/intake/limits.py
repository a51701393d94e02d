"""How much a draft may hold."""

MAX_BODY = 1_000_000
"""Characters of the text, and of the HTML."""

MAX_ATTACHMENTS = 25_000_000
"""Bytes of all attachments together, decoded."""

MAX_INPUT = 40_000_000
"""Bytes of a draft as it is handed in, base64 included."""

MAX_RECIPIENTS = 200
"""Different addresses in to, cc and bcc together."""

MAX_FILES = 200
"""Attachments."""

MAX_HEADER = 32_000
"""Characters of one header of a mail as it is handed in; the parser's memory grows with their square."""

MAX_PART_HEADER = 4_000
"""Characters of a header that describes a part; a long file name in percent code fits."""

MAX_PARTS = 1_000
"""Lines of a mail that may begin a part."""

MAX_PARSING = 20_000_000
"""Lines of a mail times its boundaries: the parser compares each with each."""

MAX_SUBJECT = 998
"""Characters, as many as a header line may have."""

MAX_CONTENT_TYPE = 998
"""Characters of an attachment's media type with its parameters."""

MAX_ID = 200
"""Characters of an id, of an agent's name, and of the like."""

MAX_MESSAGE_ID = 980
"""Characters between the angle brackets: a Message-ID must stand on one line, which holds 998 octets."""

MAX_REFERENCES = 500
"""Message-IDs of earlier mails in the thread."""

MAX_FILENAME = 255
"""Characters."""
