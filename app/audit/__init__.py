"""The trail: an append-only chain of events that anybody can verify."""
