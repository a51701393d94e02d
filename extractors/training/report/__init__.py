"""How well the extractors do on texts they have not seen, as tables for people to read."""
