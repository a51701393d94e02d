"""A double of Microsoft Graph and of Entra's token endpoint, our own: no server of others was found.

It speaks real HTTP on loopback, answers in Graph's shapes and goes wrong in every way that it is told to. Its shapes
are held to Microsoft's own models by `tests/emulators/test_graph_contract.py`; what it does with a mail is what
Microsoft documents, and where that says nothing the less kind of two possibilities.
"""
