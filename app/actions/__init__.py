"""Gates on what agents do besides mail: proposed, judged, approved, claimed once, reported. See docs/actions.md."""
