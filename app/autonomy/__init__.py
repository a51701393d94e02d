"""Autonomy that is earned by outcomes, and lost by one incident; and samples of what left unattended.

How it works: docs/autonomy.md.
"""
