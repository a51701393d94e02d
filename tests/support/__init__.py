"""Doubles and builders that several suites share. Every double says that it is one."""
