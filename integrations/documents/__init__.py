"""Libraries of documents that may be shared."""
