"""What the network says of a word. Data only."""

LABELS = ("none", "first-firm", "firm", "first-tentative", "tentative", "first-conditional", "conditional")
"""One label a word: outside, or the first or a later word of an undertaking of that strength."""

TAGS = (
    *("$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN"),
    *("JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR"),
    *("RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``"),
)
"""Parts of speech as in UD_English-EWT, the Penn Treebank's."""
