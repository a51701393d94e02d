"""Countersign: the gate between the agents that write a sales team's email and the customers who read it."""
