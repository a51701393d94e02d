"""What only a real account can settle, tried on one: mail goes from the account to itself."""
