"""What of a mail its sender did not newly write: older mail, signatures and small print, line by line."""
