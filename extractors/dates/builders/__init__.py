"""From matches of date patterns to what they mean; None where a match turns out to be none."""
