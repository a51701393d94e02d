"""The words of date expressions and what they stand for. Data only, in lower case."""
