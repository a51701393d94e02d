"""What a sentence takes off the price, in each of the forms that people give it in: one file a form."""
