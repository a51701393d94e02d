"""The vocabulary that every other room speaks. No I/O, no imports from other rooms."""
