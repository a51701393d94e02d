"""What of an html body is seen, what is hidden, and what somebody else wrote."""
