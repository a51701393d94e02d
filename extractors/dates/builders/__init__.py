"""From matches of date patterns to what they mean."""
