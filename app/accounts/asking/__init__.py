"""What the doctor learns by asking providers: whether each account does what it is connected for."""
