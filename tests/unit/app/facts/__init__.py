"""Gathering facts: what is asked, what is made of the answers, and what happens to those that do not come."""
