"""What stands in the text that ought not to leave: leaks, secrets, remains of the machine that wrote it.

One file a check; beside them what several share, and the words that each looks for.
"""
