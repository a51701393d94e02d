"""Sources of promises from before Countersign."""
