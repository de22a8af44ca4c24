"""The explorers behind :mod:`tifa.showing.explore`: plain functions that answer, and a thin layer of widgets."""
