"""The checks on what stands in the text. The near misses matter most: these results stop a mail."""
