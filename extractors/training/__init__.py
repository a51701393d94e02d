"""How the extractors were developed and are measured. Nothing here runs in the product."""
