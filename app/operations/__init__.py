"""What operators need: metrics, logs, readiness, stopping, housekeeping, back-up and restore."""
