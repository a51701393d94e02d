"""Asks the ports, once a draft, for everything that the checks and the policy may know about its surroundings."""

from app.facts.gathering import Gathering, gather
from app.facts.in_time import CrmInTime, PeopleInTime
from app.facts.lookups import Lookup, Lookups, Timer

__all__ = ["CrmInTime", "Gathering", "Lookup", "Lookups", "PeopleInTime", "Timer", "gather"]
