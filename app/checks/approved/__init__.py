"""What product and legal let be said to customers, and what a draft says beyond it. One file a check."""
