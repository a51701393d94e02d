"""Small made-up situations, and what each check ought to make of them. How to write one: README.md."""
