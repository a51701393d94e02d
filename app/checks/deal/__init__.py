"""The deal that a mail is about: what its state, limits and next step allow to be written. One file a check."""
