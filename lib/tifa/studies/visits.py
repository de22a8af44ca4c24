"""Visits: who went where on which day, each with the sentence that says so."""

from tifa.studies.visiting.tallies import kinds, leaders, points
from tifa.studies.visiting.visits import visits

__all__ = ["kinds", "leaders", "points", "visits"]
