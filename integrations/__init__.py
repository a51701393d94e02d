"""The outside, one provider a file, each behind a port of `app.core.ports`. Of the app it knows `app.core` only."""
