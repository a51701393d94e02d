"""Google on loopback: its published contract, faults on the way, and two servers behind them."""
